import type { LayersModel, Tensor } from '@tensorflow/tfjs';
import { withoutRandomness } from '../../src/build/without-randomness';
import type { TensorFlow } from '../../src/engine/tf';
import { useEngine } from '../../src/engine/use-engine';

let tf: TensorFlow;
beforeAll(async () => {
  ({ tf } = await useEngine());
});

/** Whether two passes in training give the same numbers. */
const repeats = (model: LayersModel, shape: readonly number[]): boolean => {
  const x = tf.randomNormal([4, ...shape], 0, 1, 'float32', 1);
  const pass = (): number[] =>
    tf.tidy(() => Array.from((model.apply(x, { training: true }) as Tensor).dataSync()));
  const same = JSON.stringify(pass()) === JSON.stringify(pass());
  x.dispose();
  return same;
};

const layersOf = (): Record<string, readonly [shape: number[], layers: () => object[]]> => ({
  dropout: [[5], () => [tf.layers.dropout({ rate: 0.5, inputShape: [5] })]],
  gaussianDropout: [[5], () => [tf.layers.gaussianDropout({ rate: 0.5, inputShape: [5] })]],
  alphaDropout: [[5], () => [tf.layers.alphaDropout({ rate: 0.5, inputShape: [5] })]],
  gaussianNoise: [[5], () => [tf.layers.gaussianNoise({ stddev: 1, inputShape: [5] })]],
  spatialDropout: [[6, 5], () => [tf.layers.spatialDropout1d({ rate: 0.5, inputShape: [6, 5] })]],
  lstm: [
    [6, 5],
    () => [tf.layers.lstm({ units: 3, dropout: 0.5, recurrentDropout: 0.5, inputShape: [6, 5] })],
  ],
  bidirectional: [
    [6, 5],
    () => {
      const layer = tf.layers.gru({ units: 3, dropout: 0.5 }) as never;
      return [tf.layers.bidirectional({ layer, mergeMode: 'concat', inputShape: [6, 5] })];
    },
  ],
  'time distributed': [
    [6, 5],
    () => [tf.layers.timeDistributed({ layer: tf.layers.dropout({ rate: 0.5 }), inputShape: [6, 5] })],
  ],
  nested: [
    [5],
    () => [
      tf.sequential({
        layers: [tf.layers.dense({ units: 3, inputShape: [5] }), tf.layers.dropout({ rate: 0.5 })],
      }),
    ],
  ],
});

describe('withoutRandomness', () => {
  it('turns off every random layer of tfjs, inside of others too', () => {
    for (const [name, [shape, make]] of Object.entries(layersOf())) {
      const model = tf.sequential({ layers: make() as never });
      expect([name, repeats(model, shape)]).toEqual([name, false]);
      expect([name, withoutRandomness(model).length]).toEqual([name, 1]);
      expect([name, repeats(model, shape)]).toEqual([name, true]);
      expect(withoutRandomness(model)).toEqual([]);
      model.dispose();
    }
  });

  it('turns off the dropout of bare cells, which tfjs draws but once', () => {
    const cell = [
      tf.layers.gruCell({ units: 3, dropout: 0.5, recurrentDropout: 0.2 }),
      tf.layers.simpleRNNCell({ units: 2, dropout: 0.5 }),
    ];
    const model = tf.sequential({ layers: [tf.layers.rnn({ cell, inputShape: [6, 5], name: 'cells' })] });
    expect(withoutRandomness(model)).toEqual(['cells']);
    const rates = (cell as unknown as { dropout: number; recurrentDropout: number }[]).flatMap(
      ({ dropout, recurrentDropout }) => [dropout, recurrentDropout],
    );
    expect(rates).toEqual([0, 0, 0, 0]);
    model.dispose();
  });

  it('turns off random widths', () => {
    const layer = tf.layers.randomWidth({ factor: 0.5, name: 'wider' });
    expect(
      withoutRandomness({ name: 'model', getClassName: () => 'Model', layers: [layer] } as never),
    ).toEqual(['wider']);
    const widths = Array.from({ length: 5 }, () =>
      tf.tidy(() => (layer.apply(tf.ones([1, 4, 8, 1])) as Tensor).shape[2]),
    );
    expect(widths).toEqual([8, 8, 8, 8, 8]);
  });

  it('leaves a model without draws alone', () => {
    const model = tf.sequential({
      layers: [tf.layers.dense({ units: 1, inputShape: [2] }), tf.layers.batchNormalization()],
    });
    expect(withoutRandomness(model)).toEqual([]);
    model.dispose();
  });
});
