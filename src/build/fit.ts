import type { LayersModel } from '@tensorflow/tfjs';
import { currentHost } from '../core/host';
import { startProgress } from '../core/progress';
import { random, type Random } from '../core/random';
import { asResult } from '../core/showable';
import type { Dataset } from '../data/types';
import { trainingSession } from '../engine/choose-session';
import { breather } from '../engine/train/breathe';
import { layerFacts } from '../engine/train/layer-facts';
import { metricOf } from '../engine/train/score';
import { startTraining } from '../engine/train/train';
import { useEngine, type Engine } from '../engine/use-engine';
import { readyModel, type BuildModel, type ReadyModel } from './build-model';
import { examplesOf } from './examples-of';
import { engineRecord, fixedParts, type FixedParts } from './fixed-parts';
import { checkFit, type FitOptions, type FitSeedsOptions } from './fit-options';
import { initialFacts } from './initial-facts';
import { lossOf } from './loss-of';
import { mixingOf } from './mixing';
import { optimizerOf } from './optimizer-of';
import { weightsOf } from './step-options';
import { prepareSets, preparingWarnings, rememberPreparation } from './prepare-sets';
import { makeRun, type Run } from './run';
import type { Runs } from './runs-types';
import { trainingData } from './training-data';
import type { RunLog } from './types';

/** What is ready before the first step. */
interface Start {
  readonly engine: Engine;
  readonly ready: ReadyModel;
  readonly stream: Random;
  readonly begun: number;
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
    options.weightDecay,
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
    weightDecay: chosen.weightDecay,
    ...{ clipNorm: options.clipNorm, clipValue: options.clipValue, fast: options.fast },
  });
  try {
    // A plan leaves the model's own weights as they are until `sync`: they are looked at when the log is made.
    const drawn = session.id === 'plan' ? undefined : initialFacts(model);
    const mixing = unplanned ? { mixing: mixingOf(engine.tf, model, data) } : {};
    const interrupt = currentHost()?.interruptSignal();
    const training = startTraining({
      session,
      train: { ...trainingData(data, units), weights: weightsOf('fit', data, options) ?? undefined },
      validation: validation ? trainingData(validation, units) : null,
      subset: null,
      loss,
      units,
      layers: layerFacts(model),
      ...{ epochs, batchSize, shuffle, stream },
      learningRate: chosen.learningRate,
      schedule: options.schedule,
      begun: start.begun,
      aborted: () => Boolean(options.signal?.aborted || interrupt?.aborted),
      breathe: breather(),
    });
    const { log } = training;
    if (unplanned) log.warnings.add('not-planned', unplanned);
    for (const { code, message, count } of preparingWarnings({ train: data, validation }))
      log.warnings.add(code, message, count);
    // Summing up the data takes a while, and nothing needs it before somebody looks.
    let known: (FixedParts & Pick<RunLog, 'initial' | 'mixing'>) | undefined;
    const fixed = (): FixedParts & Pick<RunLog, 'initial' | 'mixing'> =>
      (known ??= {
        ...fixedParts({
          ...{ data, options, model, loss: loss.name, seed, built: ready.built, initialWeights: drawn },
          config: {
            ...{ epochs, batchSize, shuffle, optimizer: chosen.name },
            ...{ learningRate: chosen.learningRate, weightDecay: chosen.weightDecay },
          },
          engine: engineRecord(engine, session),
        }),
        initial: training.initial,
        ...mixing,
      });
    const detail = {
      live: options.live ?? true,
      snapshot: (): RunLog => ({ ...fixed(), ...log.parts('completed'), examples: null }),
    };
    const work = { label: 'training', total: epochs, unit: 'epoch', detail };
    const progress = startProgress(work, options.onProgress);
    const metric = metricOf(data);
    let done: RunLog | undefined;
    try {
      let values: Record<string, number> | undefined;
      const trained = await training.run(
        ({ epoch, train, validation: judged }) => {
          const shown = judged ?? train;
          values = { loss: shown.loss.value, [metric]: shown.metrics[metric].value };
          progress.update(epoch, values);
        },
        (steps, total) => progress.within(log.ended, { done: steps, total, unit: 'step' }, values),
      );
      done = asResult({ ...fixed(), ...trained, examples: examplesOf(trained.examples, data) });
      return done;
    } finally {
      const last = done;
      progress.end(log.ended, undefined, last && { ...detail, snapshot: () => last });
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
 * Raw columns are prepared first: measured on the training examples, applied to those of validation, kept in the log as
 * `preparation`. `evaluate` then makes the same features of what it is given.
 *
 * With `seeds`, the model is built and trained once for each, on all cores, with the numbers that each seed gives alone; the
 * result is all of them with their spread, which figures, `diagnose`, `evaluate` and the looks at its predictions take as they
 * take a run. One training is a sample of one: whether a change helped shows only beside what the seed alone changes.
 *
 * @param build a function that returns a tfjs-layers model (its weights then come from the seed), or a model, which is
 * trained on in place
 * @param train N examples
 * @returns the run, or the runs of several seeds; `dispose()` frees the models
 * @throws InputError naming what cannot be used; nothing has been trained then
 * @example
 * const run = await fit(
 *   ({ tf, inputShape, units }) => tf.sequential({ layers: [tf.layers.dense({ inputShape, units, activation: 'softmax' })] }),
 *   datasets.iris(),
 *   { epochs: 2, seed: 1 },
 * );
 * run.log.epochs.length // => 2
 * @example
 * const runs = await fit(
 *   ({ tf, inputShape, units }) => tf.sequential({ layers: [tf.layers.dense({ inputShape, units, activation: 'softmax' })] }),
 *   datasets.iris(),
 *   { epochs: 2, seeds: 3 },
 * );
 * runs.summary.train.loss.n // => 3
 */
export async function fit(build: BuildModel, train: Dataset, options: FitSeedsOptions): Promise<Runs>;
export async function fit(
  build: BuildModel | LayersModel,
  train: Dataset,
  options?: FitOptions,
): Promise<Run>;
export async function fit(
  build: BuildModel | LayersModel,
  train: Dataset,
  given: FitOptions | FitSeedsOptions = {},
): Promise<Run | Runs> {
  if ('seeds' in given && given.seeds !== undefined) {
    const { fitSeeds } = await import('./fit-seeds');
    return await fitSeeds(build as BuildModel, train, given);
  }
  const options = given as FitOptions;
  checkFit(build, train, options);
  const sets = prepareSets('fit', train, options.validation, options.prepare);
  const begun = performance.now();
  const engine = await useEngine();
  const stream = random(options.seed ?? 0);
  const ready = readyModel('fit', engine.tf, build, sets.train, stream.fork('weights'));
  try {
    const own = { ...options, validation: sets.validation };
    const log = await runTraining({ engine, ready, stream, begun }, sets.train, own);
    const { model, built } = ready;
    rememberPreparation(model, sets.train.preparation);
    const live = { model, train: sets.train, validation: sets.validation ?? null, build, options };
    return makeRun(log, live, built);
  } catch (error) {
    if (ready.built) ready.model.dispose();
    throw error;
  }
}
