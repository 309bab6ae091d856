import type { LayersModel } from '@tensorflow/tfjs';
import { InputError } from '../core/input-error';
import { random } from '../core/random';
import { asResult } from '../core/showable';
import type { SweepResult } from '../engine/sweep/sweep-job';
import { sliceableColumns } from '../data/sliceable-columns';
import { useEngine } from '../engine/use-engine';
import { makePredictions } from '../metrics/make-predictions';
import type { Predictions } from '../metrics/types';
import { readyModel } from './build-model';
import { evaluate } from './evaluate';
import { examplesOf } from './examples-of';
import { preparingWarnings, rememberPreparation } from './prepare-sets';
import type { Run } from './run';
import type { PreparedRun } from './sweep-job-of';
import type { PlannedRun } from './sweep-options';
import type { SweepRun } from './sweep-types';
import type { RunLog } from './types';

const FN = 'sweep';

/** The weights of a trained model, and the place of each among those of the model. */
interface Weights {
  readonly values: readonly Float32Array[];
  readonly places: readonly number[];
}

async function restored(run: PlannedRun, { values, places }: Weights): Promise<LayersModel> {
  const { tf } = await useEngine();
  const { model } = readyModel(FN, tf, run.build, run.train, random(run.seed).fork('weights'));
  places.forEach((place, i) => {
    const weight = model.weights[place];
    const tensor = tf.tensor(values[i], weight.shape as number[]);
    weight.write(tensor);
    tensor.dispose();
  });
  rememberPreparation(model, run.train.preparation);
  return model;
}

function sweepRun(
  run: PlannedRun,
  ranOn: SweepRun['ranOn'],
  log: RunLog | null,
  failure: string | null,
  predictions: Predictions | null,
  weights: Weights | null,
): SweepRun {
  const { configuration, seed } = run;
  const data = { kind: 'sweep-run' as const, configuration, seed, log, failure, ranOn };
  const live = {
    predictions,
    async model(): Promise<LayersModel> {
      if (weights) return await restored(run, weights);
      throw new InputError({
        code: 'unsupported',
        fn: 'model',
        param: 'run',
        expected: `be one that was trained; "${configuration}", seed ${seed}, failed: ${failure}`,
      });
    },
  };
  return asResult(data, live);
}

/** The run that an error ended before or in its training. */
export const failedRun = (run: PlannedRun, ranOn: SweepRun['ranOn'], error: unknown): SweepRun =>
  sweepRun(run, ranOn, null, error instanceof Error ? error.message : String(error), null, null);

/** The run that a worker has made. */
export function runOfResult(
  run: PlannedRun,
  prepared: Omit<PreparedRun, 'job'>,
  result: SweepResult,
): SweepRun {
  if (result.outcome === 'failed') {
    const how = result.crashed ? 'its worker ended: ' : '';
    return sweepRun(run, 'worker', null, `${how}${result.message}`, null, null);
  }
  const { fixed, part, places } = prepared;
  const { initial, trained, weights, outputs } = result;
  const { validation } = run.options;
  const warnings = [...preparingWarnings({ train: run.train, validation }), ...trained.warnings];
  const examples = examplesOf(trained.examples, part);
  const log: RunLog = asResult({ ...fixed, initial, ...trained, warnings, examples });
  const predictions =
    validation && outputs
      ? makePredictions(FN, {
          name: log.name,
          task: validation.task,
          classes: validation.classes,
          ids: validation.ids,
          label: validation.labels,
          output: outputs,
          metadata: sliceableColumns(validation),
        })
      : null;
  return sweepRun(run, 'worker', log, null, predictions, { values: weights, places });
}

/** The run that `fit` has made on the main thread; its model is freed. */
export async function runOfFit(run: PlannedRun, made: Run): Promise<SweepRun> {
  try {
    const { validation } = run.options;
    const predictions = validation ? await evaluate(made, validation, { name: made.log.name }) : null;
    const values = made.model.weights.map(
      (weight) => (weight.read().dataSync() as Float32Array).slice() as Float32Array,
    );
    return sweepRun(run, 'main', made.log, null, predictions, { values, places: values.map((_, i) => i) });
  } finally {
    made.dispose();
  }
}
