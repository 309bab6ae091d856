import type { LayersModel } from '@tensorflow/tfjs';
import { currentHost } from '../core/host';
import { startProgress } from '../core/progress';
import { permutation, random, type Random } from '../core/random';
import { asResult } from '../core/showable';
import type { Dataset } from '../data/types';
import { trainingSession } from '../engine/choose-session';
import type { LoadedData, TrainingSession } from '../engine/training-session';
import { useEngine, type Engine } from '../engine/use-engine';
import { breather } from './breathe';
import { readyModel, type BuildModel, type ReadyModel } from './build-model';
import { encodeTargets } from './encode-targets';
import { exampleSums } from './example-sums';
import { checkFit, type FitOptions } from './fit-options';
import { goalsOf } from './goals';
import { growingLog } from './growing-log';
import { lossOf } from './loss-of';
import { optimizerOf } from './optimizer-of';
import { makeRun, type Run } from './run';
import { metricOf } from './score';
import { rowScorer, scoredRows } from './score-rows';
import { summarizeData } from './summarize-data';
import { summarizeModel } from './summarize-model';
import { trainEpoch } from './train-epoch';
import type { EngineRecord, RunLog, Scores } from './types';

/** What is ready before the first step. */
interface Start {
  readonly engine: Engine;
  readonly ready: ReadyModel;
  readonly stream: Random;
  readonly begun: number;
}

/** What ran the steps. A plan is WebAssembly whatever TensorFlow.js itself runs on. */
function engineRecord({ name, version, reason }: Engine, { id }: TrainingSession): EngineRecord {
  return { name: id === 'plan' ? 'wasm' : name, version, reason, steps: id };
}

async function runTraining(start: Start, data: Dataset, options: FitOptions): Promise<RunLog> {
  const { engine, ready, stream } = start;
  const { model, units } = ready;
  const { validation, epochs = 10, batchSize = 32, shuffle = true, seed = 0 } = options;
  const loss = lossOf('fit', options.loss, data, units);
  const { optimizer, ...chosen } = optimizerOf(
    'fit',
    engine.tf,
    options.optimizer ?? 'adam',
    options.learningRate,
  );
  const { session, unplanned } = trainingSession({
    engine,
    model,
    optimizer,
    loss,
    inputShape: data.features.shape,
    units,
    batch: Math.min(batchSize, data.n),
    stream: stream.fork('dropout'),
  });
  try {
    const targets = encodeTargets(data, units);
    const load = (some: Dataset): LoadedData =>
      session.load({ n: some.n, inputs: some.features.values, targets: encodeTargets(some, units) });
    const loaded = load(data);
    const scorerOf = (some: Dataset, held: LoadedData, rows?: Int32Array): (() => Scores) =>
      rowScorer((wanted) => session.predict(held, wanted), some, loss, units, rows);
    const scoreTrain = scorerOf(data, loaded, scoredRows(data, validation, stream));
    const scoreValidation = validation && scorerOf(validation, load(validation));
    const metric = metricOf(data);
    const log = growingLog(model, start.begun);
    if (unplanned) log.warnings.add('not-planned', unplanned);
    const sums = exampleSums(data.ids);
    const interrupt = currentHost()?.interruptSignal();
    const aborted = (): boolean => Boolean(options.signal?.aborted || interrupt?.aborted);
    const order = stream.fork('order');
    const breathe = breather();
    const fixed = {
      kind: 'run-log' as const,
      schemaVersion: 1 as const,
      name: options.name ?? data.name,
      createdBy: 'fit' as const,
      task: data.task,
      classes: data.classes,
      config: {
        epochs,
        batchSize,
        stepsPerEpoch: Math.ceil(data.n / batchSize),
        optimizer: chosen.name,
        learningRate: chosen.learningRate,
        loss: loss.name,
        metrics: [metric],
        shuffle,
        initialWeights: ready.built ? ('built' as const) : ('given' as const),
      },
      seed,
      engine: engineRecord(engine, session),
      model: summarizeModel(model),
      data: { train: summarizeData(data), validation: validation ? summarizeData(validation) : null },
      goals: goalsOf('fit', options.goals),
      initial: scoreTrain(),
    };
    const detail = {
      live: options.live ?? true,
      snapshot: (): RunLog => ({ ...fixed, ...log.parts('completed') }),
    };
    const work = { label: 'training', total: epochs, unit: 'epoch', detail };
    const progress = startProgress(work, options.onProgress);
    const spec = {
      ...{ session, loaded, train: data, targets, units, loss, batchSize, log, sums, aborted, breathe },
      learningRate: chosen.learningRate,
    };
    let done: RunLog | undefined;
    try {
      for (let epoch = 1; epoch <= epochs && !aborted() && log.nonFinite === null; epoch++) {
        log.beginEpoch();
        const rows = shuffle ? permutation(data.n, order) : Int32Array.from({ length: data.n }, (_, i) => i);
        const running = await trainEpoch(spec, epoch, rows);
        if (!session.finite()) log.fail('weight', epoch);
        log.layers.endEpoch();
        const scores = { train: scoreTrain(), validation: scoreValidation?.() ?? null };
        log.endEpoch({ epoch, step: log.steps, running, ...scores, learningRate: chosen.learningRate });
        const shown = scores.validation ?? scores.train;
        progress.update(epoch, { loss: shown.loss.value, [metric]: shown.metrics[metric].value });
        await breathe();
      }
      const stopped = log.nonFinite ? 'non-finite' : aborted() ? 'aborted' : 'completed';
      done = asResult({ ...fixed, ...log.parts(stopped), examples: sums.dynamics() });
      return done;
    } finally {
      const last = done;
      progress.end(log.epochs.length, undefined, last && { ...detail, snapshot: () => last });
    }
  } finally {
    session.sync();
    session.dispose();
  }
}

/**
 * Trains a model and returns the run: the model, and a log of all that happened. In a notebook the learning curve is drawn
 * meanwhile. The same seed and engine give the same log, but for its `timing` and for layers without a name of their own,
 * which tfjs numbers in the order in which they are made.
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
  const begun = performance.now();
  const engine = await useEngine();
  const stream = random(options.seed ?? 0);
  const ready = readyModel('fit', engine.tf, build, train, stream.fork('weights'));
  try {
    const log = await runTraining({ engine, ready, stream, begun }, train, options);
    const { model, built } = ready;
    return makeRun(log, { model, train, validation: options.validation ?? null, build, options }, built);
  } catch (error) {
    if (ready.built) ready.model.dispose();
    throw error;
  }
}
