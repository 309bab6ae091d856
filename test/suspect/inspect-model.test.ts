import type { Tensor } from '@tensorflow/tfjs';
import type { BuildContext, BuildModel } from '../../src/build/build-model';
import type { FitOptions } from '../../src/build/fit-options';
import { dataset } from '../../src/data/dataset';
import type { TensorFlow } from '../../src/engine/tf';
import { useEngine } from '../../src/engine/use-engine';
import { DATA_CHECKS, MODEL_CHECKS } from '../../src/suspect/checks';
import { inspectModel } from '../../src/suspect/inspect-model';
import { blobs, linear, plane, tensors } from '../build/helpers';

const DATA = blobs(200);
const TWO = blobs(200, 2);

/** A hidden layer and an output, each with a change to its configuration, and what stands between and behind. */
const made =
  (
    hidden: object = {},
    out: object = {},
    between: 'dropout' | '' = '',
    behind: 'dropout' | '' = '',
  ): BuildModel =>
  ({ tf, inputShape, units }: BuildContext) =>
    tf.sequential({
      layers: [
        tf.layers.dense({ inputShape, units: 16, activation: 'relu', name: 'hidden', ...hidden }),
        ...(between ? [tf.layers.dropout({ rate: 0.95, name: 'drop' })] : []),
        tf.layers.dense({ units, activation: 'softmax', name: 'out', ...out }),
        ...(behind ? [tf.layers.dropout({ rate: 0.2, name: 'drop' })] : []),
      ],
    });

const told = async (build: BuildModel, data = DATA, options: FitOptions = {}) =>
  (await inspectModel(build, data, options)).findings.map(({ code, where }) => [code, where.layer]);

let tf: TensorFlow;
/** A layer that takes the mean of a batch from each of its examples, as a slip of the axis does. */
let meanless: BuildModel;
beforeAll(async () => {
  ({ tf } = await useEngine());
  class BatchMean extends tf.layers.Layer {
    static className = 'BatchMean';
    override call(inputs: Tensor | Tensor[]): Tensor {
      const [x] = [inputs].flat();
      return tf.tidy(() => x.sub(x.mean(0, true)));
    }
  }
  meanless = ({ inputShape, units }) =>
    tf.sequential({
      layers: [
        tf.layers.dense({ inputShape, units: 8, activation: 'relu', name: 'hidden' }),
        new BatchMean({ name: 'mean' }),
        tf.layers.dense({ units, activation: 'softmax', name: 'out' }),
      ],
    });
});

describe('inspectModel', () => {
  it('finds nothing in a healthy model, and looks at all that is there before training', async () => {
    const report = await inspectModel(made(), DATA, { validation: blobs(100, 3, 2) });
    expect(report.findings).toEqual([]);
    expect(report.outcomes.map(({ check }) => check)).toEqual(
      expect.arrayContaining([...DATA_CHECKS, ...MODEL_CHECKS].map(({ id }) => id).concat('initial-loss')),
    );
    expect(report.outcomes.filter(({ status }) => status !== 'nothing-found')).toEqual([]);
  });

  const FAULTS: readonly (readonly [string, BuildModel, string, string | undefined])[] = [
    ['no activation at the end', made({}, { activation: 'linear' }), 'output-does-not-fit-loss', 'out'],
    ['sigmoids for one of three', made({}, { activation: 'sigmoid' }), 'output-does-not-fit-loss', 'out'],
    ['no activation between layers', made({ activation: 'linear' }), 'no-non-linearity', 'hidden'],
    ['one unit in the middle', made({ units: 1 }), 'bottleneck', 'hidden'],
    ['a frozen layer', made({ trainable: false }), 'frozen-layers', 'hidden'],
    ['zeros', made({ kernelInitializer: 'zeros' }), 'equal-initial-weights', 'hidden'],
    ['ones', made({ kernelInitializer: 'ones' }), 'equal-initial-weights', 'hidden'],
    ['dropout behind the output', made({}, {}, '', 'dropout'), 'dropout-on-output', 'drop'],
    ['dropout of nearly all', made({}, {}, 'dropout'), 'dropout-too-high', 'drop'],
  ];
  it.each(FAULTS)('finds %s', async (_words, build, code, layer) => {
    expect(await told(build)).toContainEqual([code, layer]);
  });

  it('finds softmax on one unit, weights that are too large, biases and penalties', async () => {
    const one: BuildModel = ({ inputShape }) =>
      tf.sequential({
        layers: [tf.layers.dense({ inputShape, units: 1, activation: 'softmax', name: 'out' })],
      });
    expect(await told(one, TWO)).toContainEqual(['softmax-on-one-unit', 'out']);
    const large = { kernelInitializer: tf.initializers.randomNormal({ stddev: 30 }) };
    expect(await told(made(large))).toContainEqual(['initial-weights-scale', 'hidden']);
    const low = { biasInitializer: tf.initializers.constant({ value: -20 }) };
    expect(await told(made(low))).toContainEqual(['initial-bias', 'hidden']);
    const penalised = { kernelRegularizer: tf.regularizers.l2({ l2: 10 }) };
    expect(await told(made(penalised))).toContainEqual(['penalty-dominates', 'hidden']);
  });

  it('finds a loss that does not fit, and an output that cannot reach its targets', async () => {
    expect(await told(made(), DATA, { loss: 'meanSquaredError' })).toContainEqual([
      'loss-does-not-fit-task',
      'out',
    ]);
    expect(await told(made({}, { activation: 'sigmoid' }), plane(100))).toContainEqual([
      'output-cannot-reach-target',
      'out',
    ]);
    expect(await told(made({}, { activation: 'linear' }), plane(100))).toEqual([]);
  });

  it('finds a layer that mixes the examples of a batch', async () => {
    const { findings, outcomes } = await inspectModel(meanless, DATA);
    expect(findings.map(({ code }) => code)).toContain('mixes-examples');
    const { measure } = outcomes.find(({ check }) => check === 'mixed-examples')!;
    expect(measure.mixing).toBeGreaterThan(0.01);
  });

  it('looks at the data too', async () => {
    const rows = Array.from({ length: 60 }, (_, i) => [i % 2, 200 + i]);
    const data = dataset({ features: rows, labels: rows.map((_, i) => i % 3), classes: ['a', 'b', 'c'] });
    expect(await told(made(), data)).toContainEqual(['input-scale', undefined]);
  });

  it('takes a model as it is, and leaves it so', async () => {
    const model = made()({ tf, inputShape: [2], units: 3, classes: ['a', 'b', 'c'], vocabulary: null });
    const weights = model.getWeights().map((one) => Array.from(one.dataSync()));
    const { outcomes } = await inspectModel(model, DATA);
    expect(outcomes.find(({ check }) => check === 'initial-weights')!.status).toBe('cannot-tell');
    expect(model.getWeights().map((one) => Array.from(one.dataSync()))).toEqual(weights);
    model.dispose();
  });

  it('says the same of the same seed', async () => {
    const [a, b, c] = [await inspectModel(made(), DATA), await inspectModel(made(), DATA), await inspectModel(made(), DATA, { seed: 1 })]; // prettier-ignore
    expect(JSON.stringify(a)).toBe(JSON.stringify(b));
    expect(JSON.stringify(a)).not.toBe(JSON.stringify(c));
  });

  it('leaves no tensors, on success and on a throw', async () => {
    const failing: BuildModel = (context) => {
      linear(context);
      throw new Error('after the weights were made');
    };
    const before = await tensors();
    await inspectModel(made(), DATA, { validation: blobs(40, 3, 2) });
    await inspectModel(meanless, DATA);
    await inspectModel(made(), DATA, { optimizer: 'sgd' });
    expect(await tensors()).toBe(before);
    for (const call of [
      () => inspectModel(failing, DATA),
      () => inspectModel(linear, DATA, { loss: 'mse' as never }),
      () => inspectModel(linear, DATA, { optimizer: 'none' as never }),
    ]) {
      await expect(call()).rejects.toThrow();
    }
    expect(await tensors()).toBe(before);
  });

  it.each([
    [() => inspectModel(undefined as never, DATA), 'build'],
    [() => inspectModel(linear, [] as never), 'train'],
    [() => inspectModel(linear, DATA, { epochs: 0 }), 'epochs'],
    [() => inspectModel(linear, DATA, { epoch: 3 } as never), undefined],
    [() => inspectModel(linear, DATA, { loss: 'mse' as never }), 'loss'],
  ])('refuses %s', async (call, param) => {
    await expect(call()).rejects.toMatchObject({
      name: 'InputError',
      fn: 'inspectModel',
      ...(param && { param }),
    });
  });
});
