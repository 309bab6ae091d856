import type { LayersModel, Optimizer } from '@tensorflow/tfjs';
import type { Random } from '../core/random';
import { freeOptimizer } from './free-optimizer';
import type { Loss } from './losses';
import { graphOf } from './plan/graph';
import { planLoss } from './plan/losses';
import { planOptimizer } from './plan/optimizers';
import { compilePlan, type PlanData } from './plan/plan';
import type { TensorFlow } from './tf';
import type { LayerNorms, LoadedData, TrainingSession } from './training-session';

export interface PlanSessionSpec {
  readonly tf: TensorFlow;
  readonly model: LayersModel;
  readonly optimizer: Optimizer;
  readonly loss: Loss;
  readonly units: number;
  readonly batch: number;
  readonly stream: Random;
  readonly threads: number;
}

/**
 * Returns a training session that runs the compiled step of a model. The weights are brought into the model by `sync` alone.
 *
 * @throws Unplannable when the model, the loss or the optimizer holds what a plan cannot express
 */
export function planSession(spec: PlanSessionSpec): TrainingSession {
  const { tf, model, optimizer, loss, units, batch, threads } = spec;
  const plan = compilePlan({
    graph: graphOf(model),
    losses: [planLoss(loss.name)],
    optimizer: planOptimizer(optimizer),
    batch,
    threads,
    seed: Math.floor(spec.stream.next() * 2 ** 32),
  });
  plan.readWeights();
  const handles = new Map<LoadedData, PlanData>();
  const dataOf = (data: LoadedData): PlanData => handles.get(data)!;

  return {
    id: 'plan',
    load({ n, inputs, targets }) {
      const handle = { n };
      handles.set(handle, plan.load({ n, inputs: [inputs], targets: [targets] }));
      return handle;
    },
    step(data, rows, watch) {
      if (!watch) return { loss: plan.step(dataOf(data), rows), outputs: plan.outputs() };
      const { loss: value, norms } = plan.watchedStep(dataOf(data), rows);
      watch(byLayer(norms));
      return { loss: value, outputs: plan.outputs() };
    },
    predict(data, rows) {
      const outputs = new Float32Array(rows.length * units);
      for (let start = 0; start < rows.length; start += plan.inferBatch) {
        plan.infer(dataOf(data), Array.prototype.slice.call(rows, start, start + plan.inferBatch));
        outputs.set(plan.outputs(), start * units);
      }
      return outputs;
    },
    finite: () => plan.finite(),
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

/** Norms of a layer from the square sums of its weights. */
function byLayer(
  norms: readonly { layer: string; update: number; weight: number; gradient: number }[],
): LayerNorms[] {
  const sums = new Map<string, [number, number, number]>();
  for (const { layer, update, weight, gradient } of norms) {
    const [u, w, g] = sums.get(layer) ?? [0, 0, 0];
    sums.set(layer, [u + update, w + weight, g + gradient]);
  }
  return [...sums].map(([layer, [update, weight, gradient]]) => ({
    layer,
    update: Math.sqrt(update),
    weight: Math.sqrt(weight),
    gradient: Math.sqrt(gradient),
  }));
}
