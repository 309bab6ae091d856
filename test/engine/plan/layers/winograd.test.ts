import * as tf from '@tensorflow/tfjs';
import { draftStep } from '../../../../src/engine/plan/draft';
import { graphOf } from '../../../../src/engine/plan/graph';
import { planLoss } from '../../../../src/engine/plan/losses';
import { expectParity } from '../parity';

type Conv2D = Parameters<typeof tf.layers.conv2d>[0];

const build = (args: Partial<Conv2D>, [h, w]: readonly [number, number]): tf.LayersModel =>
  tf.sequential({
    layers: [
      tf.layers.conv2d({ inputShape: [h, w, 2], filters: 16, kernelSize: 1, activation: 'tanh' }),
      tf.layers.conv2d({ filters: 24, kernelSize: 3, ...args }),
      tf.layers.conv2d({ filters: 16, kernelSize: 3, padding: 'same', activation: 'tanh' }),
      tf.layers.globalAveragePooling2d({}),
      tf.layers.dense({ units: 3 }),
    ],
  });

/** How often each kernel is called in a training step. */
function kernelsOf(model: tf.LayersModel): Record<string, number> {
  const { stages, turns } = draftStep({
    graph: graphOf(model),
    batch: 4,
    training: true,
    losses: [planLoss('meanSquaredError')],
  });
  const counts: Record<string, number> = {};
  for (const { kernel } of [...stages.flat(), ...turns.map(({ op }) => op)])
    counts[kernel] = (counts[kernel] ?? 0) + 1;
  return counts;
}

describe('convolutions by Winograd', () => {
  it.each<[string, Partial<Conv2D>, [number, number]]>([
    ['whole tiles', { padding: 'same', activation: 'relu' }, [4, 8]],
    ['cut tiles', { padding: 'same', activation: 'tanh' }, [6, 7]],
    ['valid, without a bias', { activation: 'relu', useBias: false }, [6, 6]],
  ])('%s', async (_, args, size) => {
    await expectParity({
      batch: 4,
      steps: 2,
      build: () => build(args, size),
    });
  });

  it('of a value that is taken twice, shared', async () => {
    await expectParity({
      batch: 4,
      steps: 2,
      build: () => {
        const input = tf.input({ shape: [4, 8, 16] });
        const first = tf.layers.dense({ units: 16, activation: 'relu' });
        const shared = tf.layers.conv2d({ filters: 16, kernelSize: 3, padding: 'same', activation: 'relu' });
        const start = first.apply(input) as tf.SymbolicTensor;
        const once = shared.apply(start) as tf.SymbolicTensor;
        const twice = shared.apply(once) as tf.SymbolicTensor;
        const beside = tf.layers.dense({ units: 2 }).apply(once) as tf.SymbolicTensor;
        return tf.model({ inputs: input, outputs: [twice, beside, start] });
      },
    });
  });

  it('are 3 × 3, of enough channels, over images that tiles cover well', () => {
    const same = { padding: 'same' } as const;
    const all = { winograd: 4, winogradGrad: 2, winogradWeights: 4 };
    expect(kernelsOf(build(same, [8, 8]))).toMatchObject(all);
    // The second convolution alone: three products, two of them with transformed weights.
    const one = { winograd: 2, winogradGrad: 1, winogradWeights: 2 };
    expect(kernelsOf(build({ ...same, kernelSize: 5 }, [8, 8]))).toMatchObject(one);
    expect(kernelsOf(build({ ...same, dilationRate: 2 }, [8, 8]))).toMatchObject(one);
    expect(kernelsOf(build({ ...same, filters: 12 }, [8, 8]))).not.toHaveProperty('winograd');
    expect(kernelsOf(build(same, [5, 5]))).not.toHaveProperty('winograd');
  });
});
