import { InputError } from '../core/input-error';
import { check, checkSameLength, record } from '../core/options';
import { labelWidth } from '../data/label-rows';
import { needsPreparing } from '../data/needs-preparing';
import { refuseNonFinite } from '../data/refuse-non-finite';
import type { Dataset, Task } from '../data/types';

interface LabelRule {
  readonly code: 'non-finite' | 'out-of-range';
  readonly expected: string;
  holds(label: number): boolean;
}

/** What each number of the labels must be, for K classes. */
const LABELS: Readonly<Record<Task, (classes: number) => LabelRule>> = {
  classification: (classes) => ({
    code: 'out-of-range',
    expected: `class codes from 0 to ${classes - 1}`,
    holds: (label) => Number.isInteger(label) && label >= 0 && label < classes,
  }),
  'multi-label': () => ({
    code: 'out-of-range',
    expected: '0 or 1 for each label',
    holds: (label) => label === 0 || label === 1,
  }),
  regression: () => ({ code: 'non-finite', expected: 'finite numbers', holds: Number.isFinite }),
};

function checkDataset(fn: string, param: string, data: Dataset): void {
  check(fn, param, data, record);
  if (data.kind !== 'dataset') {
    throw new InputError({
      code: 'invalid-type',
      fn,
      param,
      expected: 'be a Dataset',
      received: data,
      mend: 'Make one with dataset().',
    });
  }
  if (data.n === 0) throw new InputError({ code: 'empty', fn, param, expected: 'hold at least one example' });
  refuseNonFinite(fn, data.features);
  const width = labelWidth(data);
  const { code, expected, holds } = LABELS[data.task](data.classes.length);
  checkSameLength(fn, { features: data.n, labels: data.labels.length / width });
  const wrong = Array.from(data.labels).findIndex((label) => !holds(label));
  if (wrong < 0) return;
  throw new InputError({
    code,
    fn,
    param: `${param}.labels`,
    expected: `be ${expected}; that of example ${Math.floor(wrong / width) + 1} is not`,
    received: data.labels[wrong],
  });
}

/** Raw columns have the shape that preparing gives them. */
function sidesOf(data: Dataset, other: Dataset): string {
  const shaped = !(data.columns && other.columns);
  const inputs = needsPreparing(data) ? 'raw columns' : `shape [${data.features.shape.join(', ')}]`;
  return `${shaped ? inputs : 'raw columns'}, ${data.task}, ${data.classes.length} classes`;
}

/**
 * Checks that data sets can be trained on and judged by.
 *
 * @throws InputError `invalid-type`, `empty`, `non-finite`, `out-of-range` for labels that are no class;
 *   `length-mismatch` when the two do not go together
 */
export function checkDatasets(
  fn: string,
  train: Dataset | undefined,
  validation: Dataset | undefined,
  param = 'validation',
): void {
  if (train !== undefined) checkDataset(fn, 'train', train);
  if (validation !== undefined) checkDataset(fn, param, validation);
  if (!train || !validation) return;
  const [own, other] = [sidesOf(train, validation), sidesOf(validation, train)];
  if (own !== other) {
    throw new InputError({
      code: 'length-mismatch',
      fn,
      param,
      expected: `be of the same shape, task and classes as the training data (${own}); it has ${other}`,
    });
  }
  const differs = train.classes.findIndex((name, code) => name !== validation.classes[code]);
  if (differs < 0) return;
  throw new InputError({
    code: 'length-mismatch',
    fn,
    param,
    expected: `have the classes of the training data in the same order; class ${differs} is "${train.classes[differs]}" there and "${validation.classes[differs]}" here`,
    mend: 'Split one data set with splitDataset, or give dataset() the same classes for both.',
  });
}
