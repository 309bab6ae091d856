import { random } from '../core/random';
import type { Dataset } from '../data/types';
import { planRefused } from '../engine/choose-session';
import { freeOptimizer } from '../engine/free-optimizer';
import { setLearningRate } from '../engine/set-learning-rate';
import type { LossName } from '../engine/losses';
import { completed, draw, type Drawing } from '../engine/plan/draw';
import { graphOf } from '../engine/plan/graph';
import { planLoss } from '../engine/plan/losses';
import { hasModule } from '../engine/plan/module';
import { planOptimizer } from '../engine/plan/optimizers';
import { readAll } from '../engine/plan/plan';
import { Unplannable } from '../engine/plan/unplannable';
import { stepSizes } from '../engine/sweep/step-sizes';
import type { SweepJob } from '../engine/sweep/sweep-job';
import { layerFacts } from '../engine/train/layer-facts';
import type { Engine } from '../engine/use-engine';
import { readyModel } from './build-model';
import { engineRecord, fixedParts, type FixedParts } from './fixed-parts';
import { lossOf } from './loss-of';
import { optimizerOf } from './optimizer-of';
import { weightsOf } from './step-options';
import type { SweepData } from './sweep-data';
import type { PlannedRun } from './sweep-options';

const FN = 'sweep';

/** A run as plain data for a worker, and what is needed to make a log and a model of its result. */
export interface PreparedRun {
  readonly job: SweepJob;
  readonly fixed: FixedParts;
  /** The examples it is trained on. */
  readonly part: Pick<Dataset, 'ids' | 'labels'>;
  /** For each weight of the job, its place among those of the model. */
  readonly places: readonly number[];
}

/**
 * Builds the model of a run and returns its training as plain data; the model is freed.
 *
 * @throws Unplannable when a plan cannot express it, InputError, and what the build function throws
 */
export function sweepJobOf(
  id: string,
  run: PlannedRun,
  { tf, ...engine }: Engine,
  data: SweepData,
): PreparedRun {
  const refused = planRefused();
  if (refused) throw new Unplannable('the model', refused);
  const { train, subset, options, seed } = run;
  const { validation, epochs = 10, batchSize = 32, shuffle = true } = options;
  const ready = readyModel(FN, tf, run.build, train, random(seed).fork('weights'));
  const { model, units } = ready;
  try {
    const loss = lossOf(FN, options.loss, train, units);
    const { optimizer, ...chosen } = optimizerOf(
      FN,
      tf,
      options.optimizer ?? 'adam',
      options.learningRate,
      options.weightDecay,
    );
    if (options.schedule !== undefined) setLearningRate(FN, optimizer, chosen.learningRate);
    const exampleWeights = weightsOf(FN, train, options) ?? undefined;
    const n = subset ? subset.length : train.n;
    let drawing: Drawing;
    try {
      drawing = draw({
        graph: graphOf(model),
        losses: [planLoss(loss.name)],
        optimizer: planOptimizer(optimizer, chosen.weightDecay),
        ...{ clipNorm: options.clipNorm, clipValue: options.clipValue },
        module: options.fast && hasModule('fast') ? 'fast' : 'plan',
        batch: Math.min(batchSize, n),
      });
    } finally {
      freeOptimizer(optimizer);
    }
    const { blueprint, weights } = drawing;
    const part = data.part(train, subset);
    const job: SweepJob = {
      id,
      blueprint: completed(drawing, stepSizes(blueprint, n, batchSize, validation?.n ?? 0)),
      initialWeights: readAll(weights).map((values) => values.slice()),
      train: data.shared(train, units),
      validation: validation ? data.shared(validation, units) : null,
      loss: loss.name as LossName,
      layers: layerFacts(model),
      learningRate: chosen.learningRate,
      ...{ schedule: options.schedule, exampleWeights },
      ...{ subset, units, epochs, batchSize, shuffle, seed },
    };
    const fixed = fixedParts({
      ...{ data: part, options, model, loss: loss.name, seed, built: true },
      config: {
        ...{ epochs, batchSize, shuffle, optimizer: chosen.name },
        ...{ learningRate: chosen.learningRate, weightDecay: chosen.weightDecay },
      },
      engine: engineRecord({ tf, ...engine }, { id: 'plan' }),
      summaries: {
        train: data.summary(part),
        validation: validation ? data.summary(validation) : null,
        split: validation ? data.compared(part, validation) : null,
      },
    });
    const ofModel = model.weights as unknown as readonly { readonly id: number }[];
    const places = weights.map((weight) => ofModel.findIndex((own) => own.id === weight.id));
    return { job, fixed, part: { ids: part.ids, labels: part.labels }, places };
  } finally {
    model.dispose();
  }
}
