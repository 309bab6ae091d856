import { InputError } from '../../core/input-error';
import { asResult } from '../../core/showable';
import { refuseNonFinite } from '../refuse-non-finite';
import { featureSize } from '../feature-size';
import type { Dataset, FeatureBlock } from '../types';
import { standardizedBlock } from './block-step';
import { columnNotes, type ColumnNotes } from './column-notes';
import { encodersOf } from './encoders';
import type { BlockStep, Preparation } from './types';

/** More numbers than this do not go into one block. */
const MOST_NUMBERS = 2 ** 30;

function fromBlock(fn: string, step: BlockStep, preparation: Preparation, dataset: Dataset): FeatureBlock {
  const { features, name } = dataset;
  if (features.shape.join() !== preparation.shape.join()) {
    throw new InputError({
      code: 'length-mismatch',
      fn,
      param: 'dataset',
      expected: `have the shape of "${preparation.name}", [${preparation.shape.join(', ')}]; "${name}" has [${features.shape.join(', ')}]`,
    });
  }
  if (dataset.preparation) {
    throw new InputError({
      code: 'unsupported',
      fn,
      param: 'dataset',
      expected: `be as it was before anything was prepared; "${name}" was by what was measured on "${dataset.preparation.name}"`,
    });
  }
  refuseNonFinite(fn, features);
  return { ...features, values: standardizedBlock(step, features) };
}

function fromColumns(
  fn: string,
  preparation: Preparation,
  dataset: Dataset,
  notes: ColumnNotes,
): FeatureBlock {
  const { shape, names } = preparation;
  const size = featureSize(shape);
  if (dataset.n * size > MOST_NUMBERS) {
    throw new InputError({
      code: 'too-large',
      fn,
      param: 'dataset',
      expected: `make at most ${MOST_NUMBERS} numbers; ${dataset.n} examples of ${size} features make ${dataset.n * size}`,
      mend: 'Prepare with a smaller "vocabulary" or "maxLevels".',
    });
  }
  const values = new Float32Array(dataset.n * size);
  let first = 0;
  for (const { names: own, encode } of encodersOf(fn, preparation, dataset, notes)) {
    for (let row = 0; row < dataset.n; row++) {
      const begin = row * size + first;
      encode(row, (feature, value) => (values[begin + feature] = value));
    }
    first += own.length;
  }
  return { values, shape, names };
}

/** Returns a data set with the features that a preparation makes; one that it made already is returned as it is. */
export function applyPreparation(fn: string, preparation: Preparation, dataset: Dataset): Dataset {
  if (dataset.preparation?.fingerprint === preparation.fingerprint) return dataset;
  const notes = columnNotes();
  const block = preparation.steps.find((step) => step.step === 'standardize');
  const features = block
    ? fromBlock(fn, block, preparation, dataset)
    : fromColumns(fn, preparation, dataset, notes);
  refuseNonFinite(fn, features);
  return asResult({ ...dataset, features, preparation, warnings: notes.list() });
}
