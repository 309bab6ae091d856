import type { LayersModel, Optimizer, Tensor, Variable } from '@tensorflow/tfjs';
import type { Random } from '../core/random';
import type { Loss } from './losses';
import type { TensorFlow } from './tf';
import type { Batch, LayerNorms, StepResult, TrainingSession } from './training-session';
import { withSeededRandom } from './with-seeded-random';

export interface SessionSpec {
  readonly tf: TensorFlow;
  readonly model: LayersModel;
  readonly optimizer: Optimizer;
  readonly loss: Loss;
  readonly inputShape: readonly number[];
  readonly units: number;
  readonly stream: Random;
}

interface NamedVariable {
  readonly layer: string;
  readonly variable: Variable;
}

/** The trainable variables of a model with the layer each belongs to, none twice. */
function trainable(model: LayersModel): NamedVariable[] {
  const seen = new Set<Variable>();
  return model.layers.flatMap((layer) =>
    (layer.trainable ? layer.trainableWeights : []).flatMap((weight) => {
      const variable = weight.read() as Variable;
      if (seen.has(variable)) return [];
      seen.add(variable);
      return [{ layer: layer.name, variable }];
    }),
  );
}

const square = (values: ArrayLike<number>): number => {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i] * values[i];
  return sum;
};

const squareOfDifference = (a: ArrayLike<number>, b: ArrayLike<number>): number => {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] - b[i]) ** 2;
  return sum;
};

/** Square sums of gradients, weights and updates by layer, as norms. */
function normsOf(
  variables: readonly NamedVariable[],
  before: readonly Float32Array[],
  gradients: readonly Float32Array[],
): LayerNorms[] {
  const sums = new Map<string, [number, number, number]>();
  variables.forEach(({ layer, variable }, i) => {
    const [update, weight, gradient] = sums.get(layer) ?? [0, 0, 0];
    const after = variable.dataSync();
    sums.set(layer, [
      update + squareOfDifference(after, before[i]),
      weight + square(before[i]),
      gradient + square(gradients[i]),
    ]);
  });
  return [...sums].map(([layer, [update, weight, gradient]]) => ({
    layer,
    update: Math.sqrt(update),
    weight: Math.sqrt(weight),
    gradient: Math.sqrt(gradient),
  }));
}

/** Returns a training session that runs TensorFlow.js' autograd step by step. */
export function autogradSession(spec: SessionSpec): TrainingSession {
  const { tf, model, optimizer, loss, inputShape, units, stream } = spec;
  const variables = trainable(model);
  const list = variables.map(({ variable }) => variable);

  function forward(batch: Batch, keep: (output: Tensor) => void): Tensor {
    const x = tf.tensor(batch.inputs, [batch.n, ...inputShape]);
    const y = tf.tensor2d(batch.targets, [batch.n, units]);
    const output = (model.apply(x, { training: true }) as Tensor).reshape([batch.n, units]);
    keep(output);
    const penalties = model.calculateLosses();
    return penalties
      .reduce((sum: Tensor, penalty) => sum.add(penalty), loss.tensor(tf, y, output))
      .asScalar();
  }

  function step(batch: Batch, watch?: (norms: readonly LayerNorms[]) => void): StepResult {
    const before = watch ? list.map((variable) => variable.dataSync().slice() as Float32Array) : [];
    return tf.tidy(() => {
      let output: Tensor | undefined;
      const { value, grads } = withSeededRandom(stream, () =>
        tf.variableGrads(
          () => forward(batch, (t) => (output = tf.keep(t))) as ReturnType<typeof tf.scalar>,
          list,
        ),
      );
      const outputs = (output as Tensor).dataSync() as Float32Array;
      (output as Tensor).dispose();
      const result = { loss: value.dataSync()[0], outputs: outputs.slice() };
      const gradients = watch ? list.map((v) => grads[v.name].dataSync().slice() as Float32Array) : [];
      optimizer.applyGradients(grads);
      watch?.(normsOf(variables, before, gradients));
      return result;
    });
  }

  return {
    id: 'autograd',
    step,
    predict: (inputs, n) =>
      tf.tidy(() => {
        const x = tf.tensor(inputs, [n, ...inputShape]);
        const output = model.apply(x, { training: false }) as Tensor;
        return output.dataSync().slice() as Float32Array;
      }),
    finite: () => list.every((variable) => variable.dataSync().every((w) => Number.isFinite(w))),
    dispose: () => optimizer.dispose(),
  };
}
