import type { LayersModel } from '@tensorflow/tfjs';
import { InputError } from '../core/input-error';
import { random } from '../core/random';
import { featureSize } from '../data/feature-size';
import { compareSets } from '../data/profile/compare-sets';
import type { Dataset, Task } from '../data/types';
import { LOSSES, type Loss, type LossName } from '../engine/losses';
import { predictRows, predictor } from '../engine/predictor';
import type { TensorFlow } from '../engine/tf';
import { unitsOf } from './build-model';
import { goalsOf } from './goals';
import type { RecorderOptions } from './recorder-options';
import { metricsOf } from '../engine/train/score';
import { rowScorer, scoredRows } from '../engine/train/score-rows';
import { summarizeData } from './summarize-data';
import { summarizeModel } from './summarize-model';
import { lossNameOf, metricId } from './tfjs-names';
import { trainingData } from './training-data';
import type { EngineRecord, RunLog, Scores } from './types';

const FN = 'recorder';

/** What a recorder knows of a training before its first step. */
export interface RecordedFacts {
  /** The parts of the log that do not change any more. */
  readonly fixed: Pick<
    RunLog,
    | 'kind'
    | 'schemaVersion'
    | 'name'
    | 'createdBy'
    | 'task'
    | 'classes'
    | 'seed'
    | 'engine'
    | 'model'
    | 'data'
    | 'goals'
    | 'preparation'
    | 'initial'
  >;
  readonly loss: string;
  /** Metrics of the log: that of the task where it is measured, and those of tfjs. */
  readonly metrics: readonly string[];
  /** Hunch's id of each metric by the name tfjs gives it. */
  readonly ids: ReadonlyMap<string, string>;
  /** Measure the scores of the data sets that were given, as they are now. */
  readonly scoreTrain?: () => Scores;
  readonly scoreValidation?: () => Scores;
}

const ENGINES: Readonly<Record<string, EngineRecord['name']>> = {
  tensorflow: 'native',
  wasm: 'wasm',
  cpu: 'cpu',
};

function engineOf(tf: TensorFlow): EngineRecord {
  const backend = tf.getBackend();
  const reason = `TensorFlow.js was set to the backend "${backend}"`;
  return { name: ENGINES[backend] ?? 'unknown', version: tf.version_core, reason, steps: 'tfjs-layers' };
}

/** The loss to score data sets with; refuses one that only tfjs knows. */
function ownLoss(name: string): Loss {
  if (Object.hasOwn(LOSSES, name)) return LOSSES[name as LossName];
  throw new InputError({
    code: 'unsupported',
    fn: FN,
    param: 'train", "validation',
    expected: `be left out with the loss ${name}, which Hunch cannot measure for each example (it can ${Object.keys(LOSSES).join(', ')})`,
    mend: 'Loss and metrics are then recorded as tfjs gives them.',
  });
}

/** Task and classes where no data set tells: by the loss, the metrics and the units of the model. */
function guessLabels(
  loss: string,
  metrics: readonly string[],
  units: number,
): { readonly task: Task; readonly classes: readonly string[] } {
  if (!/crossentropy/i.test(loss) && !metrics.includes('accuracy'))
    return { task: 'regression', classes: [] };
  const classes = Array.from({ length: units === 1 ? 2 : units }, (_, code) => String(code));
  return { task: units > 1 && loss === 'binaryCrossentropy' ? 'multi-label' : 'classification', classes };
}

/**
 * Returns what is known of a training before it starts, the first scores included.
 *
 * @throws InputError `unsupported`, `length-mismatch` where the data sets cannot be measured with this model
 */
export function recordedFacts(tf: TensorFlow, model: LayersModel, options: RecorderOptions): RecordedFacts {
  const { train, validation } = options;
  const data = train ?? validation;
  const units = data
    ? unitsOf(FN, model, data)
    : model.outputs[0].shape.slice(1).reduce((product: number, side) => product * (side ?? NaN), 1);
  const loss = lossNameOf(model);
  const names = model.metricsNames.filter((name) => name !== 'loss');
  const ids = new Map(names.map((name) => [name, metricId(name, loss, units)]));
  const metrics = [...new Set([...(data ? metricsOf(data) : []), ...ids.values()])];
  const own = data && ownLoss(loss);
  const by = data && predictor(tf, model, data.features.shape);
  const scorerOf = (some: Dataset, rows?: Int32Array): (() => Scores) => {
    const plain = trainingData(some, units);
    const size = featureSize(some.features.shape);
    return rowScorer(
      (wanted) => predictRows(by!, plain.inputs, size, wanted, units),
      plain,
      own!,
      units,
      rows,
    );
  };
  const rows = train && scoredRows(train.n, validation?.n ?? 0, random(options.seed ?? 0));
  const scoreTrain = train && scorerOf(train, rows);
  const scoreValidation = validation && scorerOf(validation);
  return {
    fixed: {
      kind: 'run-log',
      schemaVersion: 1,
      name: options.name ?? train?.name ?? model.name,
      createdBy: 'recorder',
      ...(data ? { task: data.task, classes: data.classes } : guessLabels(loss, metrics, units)),
      seed: options.seed ?? null,
      engine: engineOf(tf),
      model: summarizeModel(model),
      data: {
        train: train ? summarizeData(train) : null,
        validation: validation ? summarizeData(validation) : null,
        split: train && validation ? compareSets(train, validation) : null,
      },
      ...(train?.preparation && { preparation: train.preparation }),
      goals: goalsOf(FN, options.goals),
      initial: scoreTrain?.() ?? null,
    },
    loss,
    metrics,
    ids,
    scoreTrain,
    scoreValidation,
  };
}
