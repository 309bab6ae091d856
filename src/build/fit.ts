import type { LayersModel } from '@tensorflow/tfjs';
import { currentHost } from '../core/host';
import { startProgress } from '../core/progress';
import { permutation, random } from '../core/random';
import { collectWarnings } from '../core/warning';
import { asResult } from '../core/showable';
import { featureSize } from '../data/feature-size';
import type { Dataset } from '../data/types';
import { autogradSession } from '../engine/autograd-session';
import { useEngine } from '../engine/use-engine';
import { breather } from './breathe';
import { readyModel, type BuildModel } from './build-model';
import { encodeTargets } from './encode-targets';
import { exampleSums } from './example-sums';
import { checkFit, type FitOptions } from './fit-options';
import { confidenceIn } from './judge-row';
import { layerWatch } from './layer-watch';
import { lossOf } from './loss-of';
import { optimizerOf } from './optimizer-of';
import { predictRows } from './predict-rows';
import { makeRun, type Run } from './run';
import { metricOf, scorer } from './score';
import { summarizeData } from './summarize-data';
import { summarizeModel } from './summarize-model';
import { thinned } from './thinned';
import type { EpochRecord, NonFinite, RunLog, Scores, StopReason } from './types';

/** Steps of an epoch at which the layers are looked at. */
const WATCHED_STEPS = 8;
const SAMPLE = 1000;

/**
 * Trains a model and returns the run: the model, and a log of all that happened. In a notebook the learning curve is drawn
 * meanwhile. The same seed and engine give the same log, but for its `timing`.
 *
 * Training scores are taken in inference mode on a fixed sample of max(validation, 1,000) examples, so that they compare
 * with validation. A loss that is not a finite number ends the training. When aborted, by `signal` or by the notebook's
 * stop button, the run holds what was learnt so far.
 *
 * @param build a function that returns a tfjs-layers model (its weights then come from the seed), or a model, which is
 * trained on in place
 * @param train N examples
 * @returns the run; `run.dispose()` frees the model
 * @throws InputError naming what cannot be used; nothing has been trained then
 * @example
 * const run = await fit(
 *   ({ tf, inputShape, units }) => tf.sequential({ layers: [tf.layers.dense({ inputShape, units, activation: 'softmax' })] }),
 *   datasets.iris(),
 *   { epochs: 2, seed: 1 },
 * );
 * run.log.epochs.length // => 2
 */
export async function fit(
  build: BuildModel | LayersModel,
  train: Dataset,
  options: FitOptions = {},
): Promise<Run> {
  checkFit(build, train, options);
  const { validation, epochs = 10, batchSize = 32, shuffle = true, seed = 0, name = train.name } = options;
  const begun = performance.now();
  const engine = await useEngine();
  const { tf } = engine;
  const stream = random(seed);
  const { model, units, built } = readyModel('fit', tf, build, train, stream.fork('weights'));
  const freeOnError = (): void => {
    if (built) model.dispose();
  };
  let session;
  try {
    const loss = lossOf('fit', options.loss, train, units);
    const { optimizer, ...chosen } = optimizerOf(tf, options.optimizer ?? 'adam', options.learningRate);
    session = autogradSession({
      tf,
      model,
      optimizer,
      loss,
      inputShape: train.features.shape,
      units,
      stream: stream.fork('dropout'),
    });
    const active = session;
    const size = featureSize(train.features.shape);
    const targets = encodeTargets(train, units);
    const validationTargets = validation && encodeTargets(validation, units);
    const sampleSize = Math.min(train.n, Math.max(validation?.n ?? 0, SAMPLE));
    const sample = permutation(train.n, stream.fork('sample')).subarray(0, sampleSize).sort();
    const allValidation = Int32Array.from({ length: validation?.n ?? 0 }, (_, i) => i);
    const scoreRows = (data: Dataset, goals: Float32Array, rows: Int32Array): Scores => {
      const tally = scorer(data, loss, units);
      const outputs = predictRows(active, data, rows, units);
      rows.forEach((row, i) => {
        const target = goals.subarray(row * units, (row + 1) * units);
        tally.add(data.labels[row], target, outputs.subarray(i * units, (i + 1) * units), 0);
      });
      return tally.scores();
    };
    const stepsPerEpoch = Math.ceil(train.n / batchSize);
    const watchEvery = Math.max(1, Math.floor(stepsPerEpoch / WATCHED_STEPS));
    const warnings = collectWarnings();
    const lossSeries = thinned();
    const rateSeries = thinned();
    const watch = layerWatch(model);
    const sums = exampleSums(train.ids);
    const records: EpochRecord[] = [];
    const secondsPerEpoch: number[] = [];
    const interrupt = currentHost()?.interruptSignal();
    const aborted = (): boolean => Boolean(options.signal?.aborted || interrupt?.aborted);
    const order = stream.fork('order');
    const breathe = breather();
    let stopped: StopReason = 'completed';
    let nonFinite: NonFinite | null = null;
    let stepsDone = 0;
    const fixed = {
      kind: 'run-log' as const,
      schemaVersion: 1 as const,
      name,
      createdBy: 'fit' as const,
      task: train.task,
      classes: train.classes,
      config: {
        epochs,
        batchSize,
        stepsPerEpoch,
        optimizer: chosen.name,
        learningRate: chosen.learningRate,
        loss: loss.name,
        metrics: [metricOf(train)],
        shuffle,
        initialWeights: built ? ('built' as const) : ('given' as const),
      },
      seed,
      engine: { name: engine.name, version: engine.version, reason: engine.reason, steps: session.id },
      model: summarizeModel(model),
      data: { train: summarizeData(train), validation: validation ? summarizeData(validation) : null },
      goals: { humanLevel: options.goals?.humanLevel ?? null, baseline: options.goals?.baseline ?? null },
      initial: scoreRows(train, targets, sample),
    };
    const snapshot = (): RunLog => ({
      ...fixed,
      steps: { stride: lossSeries.stride, loss: lossSeries.points(), learningRate: rateSeries.points() },
      epochs: [...records],
      layers: watch.records(),
      examples: null,
      nonFinite,
      stopped,
      timing: { seconds: (performance.now() - begun) / 1000, secondsPerEpoch: [...secondsPerEpoch] },
      warnings: warnings.list(),
    });
    const detail = { live: options.live ?? true, snapshot };
    const progress = startProgress(
      { label: 'training', total: epochs, unit: 'epoch', detail },
      options.onProgress,
    );

    const trainEpoch = async (epoch: number): Promise<Scores> => {
      const rows = shuffle ? permutation(train.n, order) : Int32Array.from({ length: train.n }, (_, i) => i);
      const running = scorer(train, loss, units);
      for (let start = 0; start < train.n && !aborted(); start += batchSize) {
        const batchRows = rows.subarray(start, start + batchSize);
        const inputs = new Float32Array(batchRows.length * size);
        const goals = new Float32Array(batchRows.length * units);
        batchRows.forEach((row, i) => {
          inputs.set(train.features.values.subarray(row * size, (row + 1) * size), i * size);
          goals.set(targets.subarray(row * units, (row + 1) * units), i * units);
        });
        const watched = (start / batchSize) % watchEvery === 0 ? watch.add : undefined;
        const result = active.step({ n: batchRows.length, inputs, targets: goals }, watched);
        stepsDone++;
        lossSeries.push(result.loss);
        rateSeries.push(chosen.learningRate);
        batchRows.forEach((row, i) => {
          const label = train.labels[row];
          const judged = running.add(label, goals, result.outputs, i);
          const confidence = confidenceIn(label, result.outputs, i, units, train.task);
          sums.add(row, epoch, judged.loss, confidence, judged.correct);
        });
        if (!Number.isFinite(result.loss)) {
          nonFinite = { what: 'loss', step: stepsDone, epoch };
          break;
        }
        await breathe();
      }
      return running.scores();
    };

    for (let epoch = 1; epoch <= epochs && !aborted() && nonFinite === null; epoch++) {
      const epochBegun = performance.now();
      const running = await trainEpoch(epoch);
      if (nonFinite === null && !active.finite()) nonFinite = { what: 'weight', step: stepsDone, epoch };
      watch.endEpoch();
      const record: EpochRecord = {
        epoch,
        step: stepsDone,
        running,
        train: scoreRows(train, targets, sample),
        validation:
          validation && validationTargets ? scoreRows(validation, validationTargets, allValidation) : null,
        learningRate: chosen.learningRate,
      };
      records.push(record);
      secondsPerEpoch.push((performance.now() - epochBegun) / 1000);
      const shown = record.validation ?? record.train;
      const values = { loss: shown.loss.value, [metricOf(train)]: shown.metrics[metricOf(train)].value };
      progress.update(epoch, values);
      await breathe();
    }
    if (nonFinite !== null) stopped = 'non-finite';
    else if (aborted()) stopped = 'aborted';
    const log = asResult({ ...snapshot(), examples: sums.dynamics() });
    progress.end(records.length, undefined, { ...detail, snapshot: () => log });
    return makeRun(log, { model, train, validation: validation ?? null, build, options }, built);
  } catch (error) {
    freeOnError();
    throw error;
  } finally {
    session?.dispose();
  }
}
