import type { LayersModel } from '@tensorflow/tfjs';
import { currentHost } from '../core/host';
import { InputError } from '../core/input-error';
import { startProgress } from '../core/progress';
import { random } from '../core/random';
import { asResult } from '../core/showable';
import type { Dataset, Task } from '../data/types';
import { allFinite, layerNorms, trainableOf, valuesOf } from '../engine/layer-norms';
import { LOSSES, type Loss, type LossName } from '../engine/losses';
import { predictor } from '../engine/predictor';
import type { TensorFlow } from '../engine/tf';
import { batchMeans, tfjsValidation, type BatchMeans, type TfjsLogs } from './batch-means';
import { breather } from './breathe';
import { unitsOf } from './build-model';
import { goalsOf } from './goals';
import { growingLog } from './growing-log';
import type { RecorderOptions } from './recorder-options';
import { metricOf } from './score';
import { rowScorer, scoredRows } from './score-rows';
import { summarizeData } from './summarize-data';
import { summarizeModel } from './summarize-model';
import { learningRateOf, lossNameOf, metricId, optimizerNameOf } from './tfjs-names';
import type { EngineRecord, RunLog, Scores, StopReason } from './types';
import { isWatched } from './watched-steps';

const FN = 'recorder';

/** What tfjs-layers says of a training before it starts. */
export interface TfjsParams {
  readonly epochs?: number | null;
  readonly initialEpoch?: number | null;
  readonly samples?: number | null;
  readonly steps?: number | null;
  readonly batchSize?: number | null;
  readonly doValidation?: boolean;
}

/** One training of tfjs while it is recorded; its functions answer those of a callback. */
export interface Recording {
  batchBegin(batch: number): void;
  batchEnd(batch: number, logs: TfjsLogs | undefined): Promise<void> | undefined;
  epochBegin(): void;
  epochEnd(epoch: number, logs: TfjsLogs | undefined): void;
  trainEnd(): void;
  log(): RunLog;
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

/** Loss to score data sets with; refuses one that only tfjs knows. */
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

interface Labels {
  readonly task: Task;
  readonly classes: readonly string[];
}

/** Task and classes where no data set tells: by the loss and the units of the model. */
function guessLabels(loss: string, metrics: readonly string[], units: number): Labels {
  const classifies = /crossentropy/i.test(loss) || metrics.includes('accuracy');
  const count = units === 1 ? 2 : units;
  const classes = classifies ? Array.from({ length: count }, (_, code) => String(code)) : [];
  return { task: classifies ? 'classification' : 'regression', classes };
}

function unitsIn(model: LayersModel): number {
  return model.outputs[0].shape.slice(1).reduce((product: number, side) => product * (side ?? NaN), 1);
}

/** Begins to record a training: measures the model as it is, and starts the progress. */
export function startRecording(
  tf: TensorFlow,
  model: LayersModel,
  params: TfjsParams,
  options: RecorderOptions,
): Recording {
  const { train, validation } = options;
  const begun = performance.now();
  const data: Dataset | undefined = train ?? validation;
  const units = data ? unitsOf(FN, model, data) : unitsIn(model);
  const lossName = lossNameOf(model);
  const loss = data && ownLoss(lossName);
  const by = data && predictor(tf, model, data.features.shape);
  const stream = random(options.seed ?? 0);
  const scoreTrain = train && rowScorer(by!, train, loss!, units, scoredRows(train, validation, stream));
  const scoreValidation = validation && rowScorer(by!, validation, loss!, units);

  const names = model.metricsNames.filter((name) => name !== 'loss');
  const ids = new Map(names.map((name) => [name, metricId(name, lossName, units)]));
  const metrics = [...new Set([...(data ? [metricOf(data)] : []), ...ids.values()])];
  const variables = trainableOf(model);
  const growing = growingLog(model, begun);
  if (train && typeof params.samples === 'number' && params.samples !== train.n) {
    growing.warnings.add(
      'other-training-data',
      `model.fit was given ${params.samples} examples, the recorder ${train.n}: the training scores are those of the recorder's.`,
    );
  }
  if (!train) {
    growing.warnings.add(
      'training-scores-running',
      'Training scores are means over the steps of each epoch, weights moving and dropout on: the recorder was given no training data.',
    );
  }
  const first = params.initialEpoch ?? 0;
  const planned = (params.epochs ?? 1) - first;
  const fixed = {
    kind: 'run-log' as const,
    schemaVersion: 1 as const,
    name: options.name ?? train?.name ?? model.name,
    createdBy: 'recorder' as const,
    ...(data ? { task: data.task, classes: data.classes } : guessLabels(lossName, metrics, units)),
  };
  const known = {
    seed: options.seed ?? null,
    engine: engineOf(tf),
    model: summarizeModel(model),
    data: {
      train: train ? summarizeData(train) : null,
      validation: validation ? summarizeData(validation) : null,
    },
    goals: goalsOf(FN, options.goals),
    initial: scoreTrain?.() ?? null,
  };
  const learningRate = learningRateOf(model.optimizer);
  const optimizer = optimizerNameOf(model);
  const interrupt = currentHost()?.interruptSignal();
  const breathe = breather();
  let batchSize = params.batchSize ?? NaN;
  let stepsPerEpoch = params.steps ?? Math.ceil((params.samples ?? NaN) / batchSize);
  let epoch = 1;
  let inEpoch = 0;
  let running: BatchMeans = batchMeans(ids);
  let before: Float32Array[] | undefined;
  let stopped: StopReason | undefined;
  let whole: RunLog | undefined;

  const log = (): RunLog =>
    whole ??
    asResult({
      ...fixed,
      config: {
        epochs: planned,
        batchSize,
        stepsPerEpoch,
        optimizer,
        learningRate,
        loss: lossName,
        metrics,
        shuffle: null,
        initialWeights: 'given' as const,
      },
      ...known,
      ...growing.parts(stopped ?? 'aborted'),
    });
  const detail = { live: options.live ?? true, snapshot: log };
  const progress = startProgress(
    { label: 'training', total: planned, unit: 'epoch', detail },
    options.onProgress,
  );

  return {
    log,
    epochBegin() {
      growing.beginEpoch();
      epoch = growing.epochs.length + 1;
      inEpoch = 0;
      running = batchMeans(ids);
    },
    batchBegin(batch) {
      before = isWatched(batch, stepsPerEpoch) ? valuesOf(variables) : undefined;
    },
    batchEnd(_batch, logs) {
      if (before) growing.layers.add(layerNorms(variables, before));
      before = undefined;
      inEpoch++;
      const value = running.add(logs);
      growing.step(value, learningRateOf(model.optimizer));
      if (!Number.isFinite(value)) growing.fail('loss', epoch);
      if (Number.isNaN(batchSize)) batchSize = running.scores().loss.n;
      if (interrupt?.aborted) model.stopTraining = true;
      return breathe();
    },
    epochEnd(_epoch, logs) {
      const taken = scoreValidation?.() ?? tfjsValidation(logs, ids);
      if (Number.isNaN(stepsPerEpoch)) stepsPerEpoch = inEpoch;
      if (!allFinite(variables)) growing.fail('weight', epoch);
      // tfjs takes no validation scores of an epoch that is cut short.
      if (params.doValidation && taken === null) return;
      const own: Scores = running.scores();
      growing.layers.endEpoch();
      growing.endEpoch({
        epoch,
        step: growing.steps,
        running: own,
        train: scoreTrain?.() ?? own,
        validation: taken,
        learningRate: learningRateOf(model.optimizer),
      });
      const shown = taken ?? own;
      const values = Object.entries(shown.metrics).map(([id, { value }]) => [id, value]);
      progress.update(epoch, { loss: shown.loss.value, ...Object.fromEntries(values) });
      if (interrupt?.aborted) model.stopTraining = true;
    },
    trainEnd() {
      stopped = model.stopTraining && growing.epochs.length < planned ? 'aborted' : 'completed';
      whole = log();
      progress.end(growing.epochs.length);
    },
  };
}
