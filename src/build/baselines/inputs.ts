import { InputError } from '../../core/input-error';
import { permutation, random } from '../../core/random';
import { featureSize } from '../../data/feature-size';
import { needsPreparing } from '../../data/needs-preparing';
import { sparseFeatures, type SparseFeatures } from '../../data/prepare/sparse-features';
import { takeExamples } from '../../data/take-examples';
import type { Dataset } from '../../data/types';
import { prepareSets, type PrepareChoice } from '../prepare-sets';
import type { InputKind, Sizes } from './rung';

/** Training examples that the training score is taken on, at most. */
const MOST_CHECKED = 2000;

/** The features, made, and what is known of them. */
export interface Inputs {
  readonly train: Dataset;
  readonly validation: Dataset;
  readonly kind: InputKind;
  readonly sparse: ((data: Dataset) => SparseFeatures) | null;
}

function kindOf({ preparation, features }: Dataset): InputKind {
  if (preparation?.steps.some(({ step }) => step === 'words' || step === 'characters')) return 'text';
  return features.shape.length === 2 ? 'series' : features.shape.length === 3 ? 'image' : 'columns';
}

/** Returns the data sets with features: raw columns prepared, dense ones standardised, both as measured on the training data. */
export function makeInputs(
  fn: string,
  train: Dataset,
  validation: Dataset,
  choice: PrepareChoice | undefined,
): Inputs {
  const usual = needsPreparing(train) || train.preparation ? undefined : {};
  const sets = prepareSets(fn, train, validation, choice ?? usual);
  const made = { train: sets.train, validation: sets.validation! };
  if (made.train.preparation?.vocabulary != null) {
    throw new InputError({
      code: 'unsupported',
      fn,
      param: 'prepare',
      expected: 'make features that can be added up; token ids are numbers of words',
      mend: "Leave out text: 'tokens'.",
    });
  }
  const kind = kindOf(made.train);
  const known = new Map<Dataset, SparseFeatures>();
  const sparse = (data: Dataset): SparseFeatures => {
    const features = known.get(data) ?? sparseFeatures(made.train.preparation!, data);
    known.set(data, features);
    return features;
  };
  return { ...made, kind, sparse: kind === 'text' ? sparse : null };
}

/** Returns what the cost of a training goes by. */
export function sizesOf({ train, validation, sparse }: Inputs, seeds: number): Sizes {
  const { shape } = train.features;
  const d = featureSize(shape);
  return {
    d,
    shape,
    seeds,
    units: train.task === 'regression' ? 1 : train.classes.length,
    validation: validation.n,
    dense: sparse ? sparse(validation).indices.length / validation.n : d,
  };
}

/** Returns a seeded random part of a data set of so many examples, in their order; all of it where it has no more. */
export function someExamples(data: Dataset, n: number, seed: number): Dataset {
  if (n >= data.n) return data;
  return takeExamples(data, permutation(data.n, random(seed).fork('sample')).slice(0, n).sort());
}

/** Returns the training examples that the training score is taken on. */
export const checkedExamples = (train: Dataset, seed: number): Dataset =>
  someExamples(train, MOST_CHECKED, seed);
