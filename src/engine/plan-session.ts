import type { LayersModel, Optimizer } from '@tensorflow/tfjs';
import { InputError } from '../core/input-error';
import type { Random } from '../core/random';
import { freeOptimizer } from './free-optimizer';
import type { Loss } from './losses';
import { graphOf } from './plan/graph';
import { planLoss } from './plan/losses';
import { planOptimizer } from './plan/optimizers';
import { draw } from './plan/blueprint';
import { inWords, TooLarge } from './plan/memory-pool';
import { compilePlan, type Plan, type PlanData, type PlanSpec } from './plan/plan';
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

/** Bytes of a data set that are copied into the memory of the plan. */
const MOST_COPIED = 128e6;

/** Compiles a plan; one that does not fit is an InputError that names the layer, the size and the mend. */
function compiled(spec: PlanSpec): Plan {
  try {
    return compilePlan(spec);
  } catch (error) {
    if (!(error instanceof TooLarge)) throw error;
    const { largest, bytes } = draw(spec).blueprint;
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
  const { tf, model, optimizer, loss, units, batch, threads } = spec;
  const plan = compiled({
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
      const blocks = { n, inputs: [inputs], targets: [targets] };
      // Large data stay where they are, and each step copies the examples it needs.
      const large = inputs.byteLength + targets.byteLength > MOST_COPIED;
      handles.set(handle, large ? plan.attach(blocks) : plan.load(blocks));
      return handle;
    },
    step(data, rows, watch) {
      if (!watch) return { loss: plan.step(dataOf(data), rows), outputs: plan.outputs() };
      const { loss: value, norms, activations } = plan.watchedStep(dataOf(data), rows);
      watch({ norms: byLayer(norms), activations });
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
