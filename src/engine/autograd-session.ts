import type { LayersModel, Optimizer, Scalar, Tensor } from '@tensorflow/tfjs';
import type { Random } from '../core/random';
import { freeTape } from './free-tape';
import { allFinite, layerNorms, trainableOf, valuesOf } from './layer-norms';
import type { Loss } from './losses';
import { predictor } from './predictor';
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

/** Frees an optimizer with all it keeps: that of momentum (4.22) forgets the rate it inherits from plain descent. */
function freeOptimizer(optimizer: Optimizer): void {
  optimizer.dispose();
  const { c } = optimizer as unknown as { readonly c?: Tensor };
  if (c && !c.isDisposed) c.dispose();
}

/** Returns a training session that runs TensorFlow.js' autograd step by step. */
export function autogradSession(spec: SessionSpec): TrainingSession {
  const { tf, model, optimizer, loss, inputShape, units, stream } = spec;
  const variables = trainableOf(model);
  const list = variables.map(({ variable }) => variable);

  function forward(batch: Batch, keep: (output: Tensor) => void): Scalar {
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
    const before = watch ? valuesOf(variables) : [];
    let output: Tensor | undefined;
    try {
      return tf.tidy(() => {
        const { value, grads } = withSeededRandom(stream, () =>
          tf.variableGrads(() => forward(batch, (t) => (output = tf.keep(t))), list),
        );
        const outputs = (output as Tensor).dataSync().slice() as Float32Array;
        const result = { loss: value.dataSync()[0], outputs };
        const gradients = watch ? list.map((v) => grads[v.name].dataSync().slice() as Float32Array) : [];
        optimizer.applyGradients(grads);
        watch?.(layerNorms(variables, before, gradients));
        return result;
      });
    } catch (error) {
      freeTape(tf);
      throw error;
    } finally {
      output?.dispose();
    }
  }

  return {
    id: 'autograd',
    step,
    ...predictor(tf, model, inputShape),
    finite: () => allFinite(variables),
    dispose: () => freeOptimizer(optimizer),
  };
}
