import type { LayersModel, Optimizer } from '@tensorflow/tfjs';
import { random } from '../core/random';
import { featureSize } from '../data/feature-size';
import type { Dataset } from '../data/types';
import { planRefused } from '../engine/choose-session';
import { freeOptimizer } from '../engine/free-optimizer';
import { explainPlan } from '../engine/plan/explain';
import { graphOf } from '../engine/plan/graph';
import { planLoss } from '../engine/plan/losses';
import { planOptimizer } from '../engine/plan/optimizers';
import { Unplannable } from '../engine/plan/unplannable';
import { predictRows, predictor } from '../engine/predictor';
import { layerFacts } from '../engine/train/layer-facts';
import { rowScorer, scoredRows } from '../engine/train/score-rows';
import { useEngine } from '../engine/use-engine';
import { readyModel, type BuildModel } from './build-model';
import { fixedParts } from './fixed-parts';
import { checkFit, type FitOptions } from './fit-options';
import { lossOf } from './loss-of';
import { mixingOf } from './mixing';
import { NOTHING_YET } from './nothing-yet';
import { optimizerOf } from './optimizer-of';
import { prepareSets } from './prepare-sets';
import { trainingData } from './training-data';
import type { EngineRecord, RunLog } from './types';

/** Whether the steps would run as a plan, in which no layer mixes examples. */
function planned(model: LayersModel, loss: string, optimizer: Optimizer, batch: number): boolean {
  if (planRefused()) return false;
  try {
    explainPlan({
      ...{ graph: graphOf(model), losses: [planLoss(loss)], optimizer: planOptimizer(optimizer), batch },
    });
    return true;
  } catch (error) {
    if (error instanceof Unplannable) return false;
    throw error;
  }
}

/**
 * Returns the log of a training that has not begun: the data, the layers with their first weights, the loss before the first
 * step. The model is freed where it was built for it.
 *
 * @throws InputError as `fit` does
 */
export async function staticLog(
  fn: string,
  build: BuildModel | LayersModel,
  train: Dataset,
  options: FitOptions,
): Promise<RunLog> {
  checkFit(build, train, options, fn);
  const sets = prepareSets(fn, train, options.validation, options.prepare);
  const { tf, ...engine } = await useEngine();
  const { epochs = 10, batchSize = 32, shuffle = true, seed = 0 } = options;
  const stream = random(seed);
  const { model, units, built } = readyModel(fn, tf, build, sets.train, stream.fork('weights'));
  try {
    const data = sets.train;
    const loss = lossOf(fn, options.loss, data, units);
    const { optimizer, ...chosen } = optimizerOf(
      fn,
      tf,
      options.optimizer ?? 'adam',
      options.learningRate,
      options.weightDecay,
    );
    const byPlan = planned(model, loss.name, optimizer, Math.min(batchSize, data.n));
    freeOptimizer(optimizer);
    const plain = trainingData(data, units);
    const by = predictor(tf, model, data.features.shape);
    const size = featureSize(data.features.shape);
    const rows = scoredRows(data.n, sets.validation?.n ?? 0, stream);
    const score = rowScorer(
      (wanted) => predictRows(by, plain.inputs, size, wanted, units),
      plain,
      loss,
      units,
      rows,
    );
    const record: EngineRecord = { ...engine, steps: byPlan ? 'plan' : 'autograd' };
    return {
      ...NOTHING_YET,
      ...fixedParts({
        ...{
          data,
          options: { ...options, validation: sets.validation },
          model,
          loss: loss.name,
          seed,
          built,
        },
        config: { epochs, batchSize, shuffle, optimizer: chosen.name, learningRate: chosen.learningRate },
        engine: record,
      }),
      initial: score(),
      layers: layerFacts(model).map((facts) => ({
        ...facts,
        updateRatio: [],
        gradientNorm: [],
        weightNorm: [],
      })),
      ...(byPlan ? {} : { mixing: mixingOf(tf, model, data) }),
    };
  } finally {
    if (built) model.dispose();
  }
}
