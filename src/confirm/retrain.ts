import type { BuildContext, BuildModel } from '../build/build-model';
import { editedBuild, type ModelEdit } from '../build/edit-model';
import type { RunLog } from '../build/types';
import { applyPreparation } from '../data/prepare/apply-preparation';
import { needsPreparing } from '../data/needs-preparing';
import type { Dataset } from '../data/types';
import { InputError } from '../core/input-error';
import type { LiveRun } from './live-run';

/** What is needed of `fit`. */
type Fit = (
  build: unknown,
  train: Dataset,
  options: object,
) => Promise<{ readonly log: RunLog; dispose?: () => void }>;

/** The training and validation examples of a run, with the features that it was trained on. */
export interface Sets {
  readonly train: Dataset;
  readonly validation: Dataset | null;
}

/** What is different in one arm; the rest is as in the run. */
export interface Change {
  readonly train?: Dataset;
  readonly validation?: Dataset | null;
  /** Options of `fit`; undefined takes the default. */
  readonly options?: Readonly<Record<string, unknown>>;
  readonly edit?: ModelEdit;
}

/** Features as they are: what made them must not make them again of the raw columns. */
const asGiven = (data: Dataset): Dataset => ({
  ...data,
  columns: undefined,
  roles: undefined,
  preparation: undefined,
});

/** Returns the examples of a run as its model saw them; throws `missing` where the run lacks them. */
export function setsOf({ log, train, validation }: LiveRun): Sets {
  if (!train) {
    throw new InputError({
      code: 'missing',
      fn: 'confirm',
      param: 'run.train',
      expected: 'be the data the run was trained on',
    });
  }
  const made = (data: Dataset): Dataset =>
    asGiven(
      log.preparation && needsPreparing(data) ? applyPreparation('confirm', log.preparation, data) : data,
    );
  return { train: made(train), validation: validation ? made(validation) : null };
}

/** The vocabulary stands in the preparation, which the data no longer carry. */
function withVocabulary(build: BuildModel, vocabulary: number | null): BuildModel {
  return vocabulary === null ? build : (context: BuildContext) => build({ ...context, vocabulary });
}

/**
 * Trains the model of a run anew with one thing changed, from the same seed, and returns the log; the model is freed.
 * Weights that were given example by example are left out where the training examples change.
 */
export async function retrain(
  run: LiveRun,
  change: Change,
  { seed, signal }: { readonly seed: number; readonly signal?: AbortSignal },
): Promise<RunLog> {
  const { fit } = require('../build/fit') as { readonly fit: Fit };
  const { log } = run;
  const own = setsOf(run);
  const { train = own.train, validation = own.validation, options = {}, edit } = change;
  const vocabulary = (run.train?.preparation ?? log.preparation)?.vocabulary ?? null;
  const build = withVocabulary(run.build as BuildModel, vocabulary);
  const { seeds, workers, prepare, exampleWeights, ...given } = (run.options ?? {}) as Record<
    string,
    unknown
  >;
  void [seeds, workers, prepare];
  const made = await fit(edit ? editedBuild(build, edit) : build, train, {
    ...given,
    ...(exampleWeights !== undefined && train.n === own.train.n && { exampleWeights }),
    epochs: log.config.epochs,
    seed,
    ...options,
    validation: validation ?? undefined,
    live: false,
    onProgress: undefined,
    signal,
  });
  try {
    return made.log;
  } finally {
    made.dispose?.();
  }
}
