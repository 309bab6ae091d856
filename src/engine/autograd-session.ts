import type { LayersModel, Optimizer, Scalar, Tensor } from '@tensorflow/tfjs';
import type { Random } from '../core/random';
import { freeOptimizer } from './free-optimizer';
import { freeTape } from './free-tape';
import { allFinite, layerNorms, trainableOf, valuesOf } from './layer-norms';
import type { Loss } from './losses';
import { predictRows, predictor } from './predictor';
import type { TensorFlow } from './tf';
import { takeRows } from './take-rows';
import { clipGradients } from './clip-gradients';
import { setLearningRate } from './set-learning-rate';
import type {
  LoadedData,
  SessionData,
  StepResult,
  StepSettings,
  StepWatch,
  TrainingSession,
} from './training-session';
import { withSeededRandom } from './with-seeded-random';

export interface SessionSpec extends StepSettings {
  readonly tf: TensorFlow;
  readonly model: LayersModel;
  readonly optimizer: Optimizer;
  readonly loss: Loss;
  readonly inputShape: readonly number[];
  readonly units: number;
  readonly stream: Random;
}

/** Returns a training session that runs TensorFlow.js' autograd step by step. */
export function autogradSession(spec: SessionSpec): TrainingSession {
  const { tf, model, optimizer, loss, inputShape, units, stream, weightDecay = 0 } = spec;
  const variables = trainableOf(model);
  const list = variables.map(({ variable }) => variable);

  const size = inputShape.reduce((product, side) => product * side, 1);
  const outputsOf = predictor(tf, model, inputShape);

  function forward(data: SessionData, rows: ArrayLike<number>, keep: (output: Tensor) => void): Scalar {
    const x = tf.tensor(takeRows(data.inputs, rows, size), [rows.length, ...inputShape]);
    const y = tf.tensor2d(takeRows(data.targets, rows, units), [rows.length, units]);
    const output = (model.apply(x, { training: true }) as Tensor).reshape([rows.length, units]);
    keep(output);
    const each = loss.tensor(tf, y, output);
    const { weights } = data;
    const own = weights ? each.mul(tf.tensor1d(takeRows(weights, rows, 1))) : each;
    return model
      .calculateLosses()
      .reduce((sum: Tensor, penalty) => sum.add(penalty), own.mean())
      .asScalar();
  }

  /** Shrinks each weight before Adam moves it. */
  function decay(): void {
    const { learningRate } = optimizer as unknown as { learningRate: number };
    for (const variable of list) variable.assign(variable.mul(1 - learningRate * weightDecay));
  }

  function step(data: LoadedData, rows: ArrayLike<number>, watch?: (seen: StepWatch) => void): StepResult {
    const before = watch ? valuesOf(variables) : [];
    let output: Tensor | undefined;
    try {
      return tf.tidy(() => {
        const { value, grads } = withSeededRandom(stream, () =>
          tf.variableGrads(() => forward(data as SessionData, rows, (t) => (output = tf.keep(t))), list),
        );
        const outputs = (output as Tensor).dataSync().slice() as Float32Array;
        const result = { loss: value.dataSync()[0], outputs };
        const gradients = watch ? list.map((v) => grads[v.name].dataSync().slice() as Float32Array) : [];
        if (weightDecay > 0) decay();
        optimizer.applyGradients(clipGradients(tf, grads, spec));
        watch?.({ norms: layerNorms(variables, before, gradients), activations: [], exampleGradients: null });
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
    load: (data) => data,
    step,
    setRate: (rate) => setLearningRate('fit', optimizer, rate),
    predict: (data, rows) => predictRows(outputsOf, (data as SessionData).inputs, size, rows, units),
    finite: () => allFinite(variables),
    sync: () => undefined,
    dispose: () => freeOptimizer(optimizer),
  };
}
