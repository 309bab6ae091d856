import type { LayersModel } from '@tensorflow/tfjs';
import { currentHost } from '../core/host';
import { startProgress } from '../core/progress';
import { asResult } from '../core/showable';
import type { Warnings } from '../core/warning';
import { allFinite, layerNorms, trainableOf, valuesOf } from '../engine/layer-norms';
import type { TensorFlow } from '../engine/tf';
import { layerFacts } from '../engine/train/layer-facts';
import { batchMeans, tfjsValidation, type TfjsLogs } from './batch-means';
import { breather } from '../engine/train/breathe';
import { growingLog } from '../engine/train/growing-log';
import { recordedFacts } from './recorded-facts';
import type { RecorderOptions } from './recorder-options';
import { learningRateOf, metricDirections, optimizerNameOf } from './tfjs-names';
import type { RunLog, StopReason } from './types';
import { isWatched } from '../engine/train/watched-steps';

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
  epochBegin(): void;
  batchBegin(batch: number): void;
  /** What it returns is to be awaited: signals and displays have their turn. */
  batchEnd(logs: TfjsLogs | undefined): Promise<void> | undefined;
  epochEnd(logs: TfjsLogs | undefined): void;
  trainEnd(): void;
  log(): RunLog;
}

function warnOfData(warnings: Warnings, { train }: RecorderOptions, { samples }: TfjsParams): void {
  if (!train) {
    warnings.add(
      'training-scores-running',
      'Training scores are means over the steps of each epoch, weights moving and dropout on: the recorder was given no training data.',
    );
  } else if (typeof samples === 'number' && samples !== train.n) {
    warnings.add(
      'other-training-data',
      `model.fit was given ${samples} examples, the recorder ${train.n}: the training scores are those of the recorder's.`,
    );
  }
}

/** Begins to record a training: measures the model as it is, and starts the progress. */
export function startRecording(
  tf: TensorFlow,
  model: LayersModel,
  params: TfjsParams,
  options: RecorderOptions,
): Recording {
  const growing = growingLog(layerFacts(model));
  const { fixed, loss, metrics, ids, scoreTrain, scoreValidation } = recordedFacts(tf, model, options);
  warnOfData(growing.warnings, options, params);
  const variables = trainableOf(model);
  const rate = (): number => learningRateOf(model.optimizer);
  const [optimizer, learningRate] = [optimizerNameOf(model), rate()];
  const epochs = (params.epochs ?? 1) - (params.initialEpoch ?? 0);
  const interrupt = currentHost()?.interruptSignal();
  const breathe = breather();
  let batchSize = params.batchSize ?? NaN;
  let stepsPerEpoch = params.steps ?? Math.ceil((params.samples ?? NaN) / batchSize);
  let epoch = 1;
  let stepsInEpoch = 0;
  let running = batchMeans(ids);
  let before: Float32Array[] | undefined;
  let values: Readonly<Record<string, number>> | undefined;
  let stopped: StopReason = 'aborted';
  let whole: RunLog | undefined;

  const log = (): RunLog =>
    whole ??
    asResult({
      ...fixed,
      config: {
        ...{ epochs, batchSize, stepsPerEpoch, optimizer, learningRate, loss, metrics },
        higherIsBetter: metricDirections(metrics),
        shuffle: null,
        initialWeights: 'given' as const,
      },
      ...growing.parts(stopped),
      examples: null,
    });
  const progress = startProgress(
    {
      label: 'training',
      total: epochs,
      unit: 'epoch',
      detail: { live: options.live ?? true, snapshot: log },
    },
    options.onProgress,
  );

  return {
    log,
    epochBegin() {
      growing.beginEpoch();
      epoch = growing.ended + 1;
      stepsInEpoch = 0;
      running = batchMeans(ids);
    },
    batchBegin(batch) {
      before = isWatched(batch, stepsPerEpoch) ? valuesOf(variables) : undefined;
    },
    batchEnd(logs) {
      if (before)
        growing.layers.add({ norms: layerNorms(variables, before), activations: [], exampleGradients: null });
      stepsInEpoch++;
      const value = running.add(logs);
      growing.step(value, rate());
      if (!Number.isFinite(value)) growing.fail('loss', epoch);
      if (Number.isNaN(batchSize)) batchSize = running.scores().loss.n;
      if (interrupt?.aborted) model.stopTraining = true;
      const pause = breathe();
      if (pause && stepsPerEpoch > 0)
        progress.within(epoch - 1, { done: stepsInEpoch, total: stepsPerEpoch, unit: 'step' }, values);
      return pause;
    },
    epochEnd(logs) {
      const validation = scoreValidation?.() ?? tfjsValidation(logs, ids);
      if (Number.isNaN(stepsPerEpoch)) stepsPerEpoch = stepsInEpoch;
      if (!allFinite(variables)) growing.fail('weight', epoch);
      // tfjs takes no validation scores of an epoch that is cut short.
      if (params.doValidation && validation === null) return;
      const own = running.scores();
      growing.endEpoch({
        epoch,
        step: growing.steps,
        running: own,
        train: scoreTrain?.() ?? own,
        validation,
        learningRate: rate(),
      });
      const shown = validation ?? own;
      const metricValues = Object.entries(shown.metrics).map(([id, { value }]) => [id, value]);
      values = { loss: shown.loss.value, ...Object.fromEntries(metricValues) };
      progress.update(epoch, values);
      if (interrupt?.aborted) model.stopTraining = true;
    },
    trainEnd() {
      if (!model.stopTraining || growing.ended >= epochs) stopped = 'completed';
      whole = log();
      progress.end(growing.ended);
    },
  };
}
