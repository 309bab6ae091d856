import { InputError } from '../core/input-error';
import { check, record } from '../core/options';
import { needsPreparing } from '../data/needs-preparing';
import { refuseNonFinite } from '../data/refuse-non-finite';
import type { Dataset } from '../data/types';

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
  const regression = data.task === 'regression';
  const fits = (label: number): boolean =>
    regression
      ? Number.isFinite(label)
      : Number.isInteger(label) && label >= 0 && label < data.classes.length;
  const wrong = Array.from(data.labels).findIndex((label) => !fits(label));
  if (wrong < 0) return;
  throw new InputError({
    code: regression ? 'non-finite' : 'out-of-range',
    fn,
    param: `${param}.labels`,
    expected: `be ${regression ? 'finite numbers' : `class codes from 0 to ${data.classes.length - 1}`}; that of example ${wrong + 1} is not`,
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
export function checkDatasets(fn: string, train: Dataset | undefined, validation: Dataset | undefined): void {
  if (train !== undefined) checkDataset(fn, 'train', train);
  if (validation !== undefined) checkDataset(fn, 'validation', validation);
  if (!train || !validation) return;
  const [own, other] = [sidesOf(train, validation), sidesOf(validation, train)];
  if (own !== other) {
    throw new InputError({
      code: 'length-mismatch',
      fn,
      param: 'validation',
      expected: `be of the same shape, task and classes as the training data (${own}); it has ${other}`,
    });
  }
  const differs = train.classes.findIndex((name, code) => name !== validation.classes[code]);
  if (differs < 0) return;
  throw new InputError({
    code: 'length-mismatch',
    fn,
    param: 'validation',
    expected: `have the classes of the training data in the same order; class ${differs} is "${train.classes[differs]}" there and "${validation.classes[differs]}" here`,
    mend: 'Split one data set with splitDataset, or give dataset() the same classes for both.',
  });
}
