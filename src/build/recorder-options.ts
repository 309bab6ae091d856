import type { LayersModel } from '@tensorflow/tfjs';
import { InputError } from '../core/input-error';
import { anything, checkOptions, fn, integer, record, text } from '../core/options';
import type { ProgressListener } from '../core/progress';
import { refuseRaw } from '../data/needs-preparing';
import type { Dataset } from '../data/types';
import { checkDatasets } from './check-datasets';
import { LIVE } from './fit-options';
import { goalsOf, type Goals } from './goals';

export interface RecorderOptions {
  /** The training examples that `model.fit` is given as tensors; their scores are measured after each epoch. */
  readonly train?: Dataset;
  /** The validation examples; their scores are measured after each epoch, in place of those that tfjs takes. */
  readonly validation?: Dataset;
  /** Names the run in figures; defaults to the name of the training data, or of the model. */
  readonly name?: string;
  /** The seed that the training was given, for the log; chooses the training examples that are scored. Unknown by default. */
  readonly seed?: number;
  /** Levels to compare with on the validation data. */
  readonly goals?: Goals;
  /** Draw the learning curve while training, in a notebook, and what happens in the layers with `'layers'`; defaults to true. */
  readonly live?: boolean | 'layers';
  readonly onProgress?: ProgressListener;
  /** The model that is trained, where tfjs does not tell: beside callbacks that are plain objects of functions. */
  readonly model?: LayersModel;
}

/** Checks all that `recorder` is given. */
export function checkRecorder(options: RecorderOptions): void {
  checkOptions('recorder', options, {
    train: record,
    validation: record,
    name: text,
    seed: integer(0),
    goals: record,
    live: LIVE,
    onProgress: fn,
    model: anything,
  });
  goalsOf('recorder', options.goals);
  checkDatasets('recorder', options.train, options.validation);
  if (options.train) refuseRaw('recorder', 'train', options.train);
  if (options.validation) refuseRaw('recorder', 'validation', options.validation);
  if (options.model !== undefined && !(options.model as { layers?: unknown } | null)?.layers) {
    throw new InputError({
      code: 'invalid-type',
      fn: 'recorder',
      param: 'model',
      expected: 'be a tfjs-layers model',
      received: options.model,
    });
  }
}
