import type { Callback, LayersModel } from '@tensorflow/tfjs';
import { InputError } from '../core/input-error';
import type { TensorFlow } from '../engine/tf';
import type { TfjsLogs } from './batch-means';
import { checkRecorder, type RecorderOptions } from './recorder-options';
import { startRecording, type Recording, type TfjsParams } from './recording';
import type { RunLog } from './types';

/** A callback for `model.fit` and `model.fitDataset` that keeps a log of the training. */
export interface Recorder extends Callback {
  /** What has been recorded so far; whole when the training has ended. Throws an InputError before the training starts. */
  readonly log: RunLog;
}

/**
 * Returns a tfjs-layers callback that records a training you run yourself, as a log like that of `fit`. Use it for code
 * that calls `model.fit` or `model.fitDataset`; where you may choose, `fit` records more: gradients, how each example
 * fares, and a training that can be repeated from its seed.
 *
 * Recorded are the loss of each step, loss and metrics of each epoch, validation scores as tfjs takes them, the learning
 * rate, and how far each layer moves in some of the steps. What tfjs does not tell is NaN or null, and checks that need
 * it are skipped. Given the data sets, the recorder measures the scores with their standard errors in inference mode
 * after each epoch, and before the first, as `fit` does. An epoch cut short before tfjs took its validation scores counts
 * by its steps alone. When the training ends early, by `stopTraining`, by another callback or by an error, the log has
 * what there was until then and `stopped` is "aborted". The notebook's stop button ends the training after its step.
 *
 * One recorder records one training. Give it alone or in an array of callbacks, after those that change the learning rate.
 * Beside plain objects of functions tfjs does not tell which model it trains: put one of them first, and pass `model`.
 *
 * @param options `train` and `validation` to measure scores on; `model` where tfjs does not tell; name, seed, goals, live
 * @returns the callback; its `log` is the run log
 * @throws InputError `unknown-option`, `invalid-type`, `length-mismatch`; in `model.fit`, before anything is trained:
 *   `unsupported` for a second training or a loss that cannot be measured on the data sets, `missing` for the model,
 *   `length-mismatch` where model and data sets do not fit
 * @example
 * const tf = require('@tensorflow/tfjs');
 * const model = tf.sequential({ layers: [tf.layers.dense({ inputShape: [1], units: 1 })] });
 * model.compile({ loss: 'meanSquaredError', optimizer: 'sgd' });
 * const rec = recorder({ name: 'a line' });
 * await model.fit(tf.tensor2d([[0], [1]]), tf.tensor2d([[1], [3]]), { epochs: 3, callbacks: rec });
 * rec.log.epochs.length // => 3
 * rec.log.config.optimizer // => 'sgd'
 */
export function recorder(options: RecorderOptions = {}): Recorder {
  checkRecorder(options);
  const tf = require('@tensorflow/tfjs') as TensorFlow;
  let model: LayersModel | undefined = options.model;
  let params: TfjsParams | undefined;
  let recording: Recording | undefined;

  function begin(given: TfjsParams | undefined): void {
    if (recording) {
      throw new InputError({
        code: 'unsupported',
        fn: 'recorder',
        param: 'callbacks',
        expected: `hold a new recorder for each training; this one holds the log of "${recording.log().name}"`,
        mend: 'Make another with recorder().',
      });
    }
    if (!model) {
      throw new InputError({
        code: 'missing',
        fn: 'recorder',
        param: 'model',
        expected:
          'be given here: beside plain objects of functions, tfjs does not tell which model it trains',
        mend: 'Make it with recorder({ model }).',
      });
    }
    recording = startRecording(tf, model, given ?? {}, options);
  }

  // The functions are the recorder's own, not its prototype's: beside plain objects tfjs takes them off and puts them
  // on a callback of its own, which then is `this` and has the parameters.
  class RecorderCallback extends tf.Callback {
    override setModel(trained: LayersModel): void {
      model = trained;
    }
    override setParams(given: TfjsParams & Parameters<Callback['setParams']>[0]): void {
      params = given;
    }
    override onTrainBegin = async function (this: { params?: TfjsParams }): Promise<void> {
      begin(params ?? this.params);
    };
    override onEpochBegin = async (): Promise<void> => recording?.epochBegin();
    override onBatchBegin = async (batch: number): Promise<void> => recording?.batchBegin(batch);
    override onBatchEnd = async (_batch: number, logs?: object): Promise<void> =>
      recording?.batchEnd(logs as TfjsLogs | undefined);
    override onEpochEnd = async (_epoch: number, logs?: object): Promise<void> =>
      recording?.epochEnd(logs as TfjsLogs | undefined);
    override onTrainEnd = async (): Promise<void> => recording?.trainEnd();
    get log(): RunLog {
      if (recording) return recording.log();
      throw new InputError({
        code: 'empty',
        fn: 'recorder',
        param: 'log',
        expected: 'be read once the training has started; nothing is recorded yet',
        mend: 'Await model.fit(x, y, { callbacks: rec }) first.',
      });
    }
  }
  return new RecorderCallback() as unknown as Recorder;
}
