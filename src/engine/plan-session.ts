import type { LayersModel, Optimizer } from '@tensorflow/tfjs';
import { InputError } from '../core/input-error';
import type { Random } from '../core/random';
import { freeOptimizer } from './free-optimizer';
import type { Loss } from './losses';
import { graphOf } from './plan/graph';
import { planLoss } from './plan/losses';
import { planOptimizer } from './plan/optimizers';
import { draw, sizesOf } from './plan/draw';
import { inWords, TooLarge } from './plan/memory-pool';
import { hasModule } from './plan/module';
import { compilePlan, type PlanSpec } from './plan/plan';
import { sessionOn } from './session-on';
import type { TensorFlow } from './tf';
import { setLearningRate } from './set-learning-rate';
import { dropoutSeed, type StepSettings, type TrainingSession } from './training-session';

export interface PlanSessionSpec extends StepSettings {
  readonly tf: TensorFlow;
  readonly model: LayersModel;
  readonly optimizer: Optimizer;
  readonly loss: Loss;
  readonly units: number;
  readonly batch: number;
  readonly stream: Random;
  readonly threads: number;
  /** Whether relaxed operations may be used, where there are such. */
  readonly fast?: boolean;
  /** Milliseconds of steps on one thread before others are asked for; defaults to 20. */
  readonly alone?: number;
}

/** A training that ends sooner has no use for other threads, and asking for them takes some milliseconds. */
const ALONE = 20;
/** Bytes of a data set that are copied into the memory of the plan. */
const MOST_COPIED = 128e6;

/** Does work of a plan; one that does not fit is an InputError that names the layer, the size and the mend. */
function fitting<T>(spec: PlanSpec, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof TooLarge)) throw error;
    const { bytes, largest } = sizesOf(draw(spec));
    throw new InputError({
      code: 'too-large',
      fn: 'fit',
      param: 'model',
      expected: `fit in memory: a step of ${spec.batch} examples takes ${inWords(bytes)}, of which ${inWords(largest.bytes)} are for ${largest.label}`,
      mend: 'Take a smaller batchSize, smaller examples or fewer units.',
      cause: error,
    });
  }
}

/**
 * Returns a training session that runs the compiled step of a model. The weights are brought into the model by `sync` alone.
 *
 * @throws Unplannable when the model, the loss or the optimizer holds what a plan cannot express
 */
export function planSession(spec: PlanSessionSpec): TrainingSession {
  const { tf, model, optimizer, loss, units, batch, threads, alone = ALONE, weightDecay } = spec;
  const { clipNorm, clipValue } = spec;
  const planned: PlanSpec = {
    graph: graphOf(model),
    losses: [planLoss(loss.name)],
    optimizer: planOptimizer(optimizer, weightDecay),
    ...{ clipNorm, clipValue },
    module: spec.fast && hasModule('fast') ? 'fast' : 'plan',
    batch,
    threads,
    alone,
    seed: dropoutSeed(spec.stream),
  };
  const plan = fitting(planned, () => compilePlan(planned));
  plan.readWeights();
  const session = sessionOn(plan, units, MOST_COPIED);
  return {
    ...session,
    // Inference is drawn after the first step.
    step: (data, rows, watch) => fitting(planned, () => session.step(data, rows, watch)),
    setRate: (rate) => setLearningRate('fit', optimizer, rate),
    sync() {
      for (const param of plan.params) {
        const tensor = tf.tensor(plan.values(param), [...param.shape]);
        param.weight.write(tensor);
        tensor.dispose();
      }
    },
    dispose() {
      plan.dispose();
      freeOptimizer(optimizer);
    },
  };
}
