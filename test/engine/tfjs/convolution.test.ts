import type { Tensor, Tensor4D } from '@tensorflow/tfjs';
import fc from 'fast-check';
import type { TensorFlow } from '../../../src/engine/tf';
import { completed, expectSame, normal } from './both';

let tf: TensorFlow;
beforeAll(async () => {
  tf = await completed();
});

type Pad = 'valid' | 'same' | number;

interface Case {
  readonly batch: number;
  readonly height: number;
  readonly width: number;
  readonly channels: number;
  readonly filters: number;
  readonly kernel: readonly [number, number];
  readonly strides: readonly [number, number];
  readonly pad: Pad;
}

const side = (max: number) => fc.integer({ min: 1, max });
const pairOf = (max: number) => fc.tuple(side(max), side(max));

const cases: fc.Arbitrary<Case> = fc
  .record({
    batch: side(5),
    height: side(11),
    width: side(11),
    channels: fc.constantFrom(1, 2, 3, 4, 5, 8, 9),
    filters: fc.constantFrom(1, 2, 3, 7, 8, 12, 17),
    kernel: pairOf(5),
    strides: pairOf(3),
    pad: fc.constantFrom<Pad>('valid', 'same', 1),
  })
  .filter(({ pad, height, width, kernel: [h, w] }) => pad === 'same' || (h <= height && w <= width));

/** Two gradients, of an output filled with numbers, by the input and by the filter. */
function gradients(
  { batch, height, width, channels, kernel }: Case,
  filters: number,
  convolve: (x: Tensor4D, filter: Tensor4D) => Tensor4D,
) {
  return () => {
    const x = normal(tf, 1, batch, height, width, channels) as Tensor4D;
    const filter = normal(tf, 2, ...kernel, channels, filters) as Tensor4D;
    const y = convolve(x, filter);
    const dy = normal(tf, 3, ...y.shape);
    const by = tf.grads((a, b) => convolve(a as Tensor4D, b as Tensor4D))([x, filter], dy);
    return [y, ...by];
  };
}

describe('convolutions on WebAssembly, and their gradients', () => {
  it('for any size, stride and padding', async () => {
    await fc.assert(
      fc.asyncProperty(cases, async (c) => {
        const { strides, pad } = c;
        await expectSame(
          tf,
          gradients(c, c.filters, (x, filter) =>
            tf.conv2d(x, filter, [...strides], pad, 'NHWC', [1, 1], pad === 1 ? 'floor' : undefined),
          ),
        );
      }),
      { numRuns: 100, seed: 1 },
    );
  });

  it('depthwise, with any number of filters a channel, strides or dilations', async () => {
    await fc.assert(
      fc.asyncProperty(cases, side(3), async (c, times) => {
        const { strides, pad } = c;
        await expectSame(
          tf,
          gradients(c, times, (x, filter) =>
            tf.depthwiseConv2d(x, filter, [...strides], pad, 'NHWC', 1, pad === 1 ? 'floor' : undefined),
          ),
        );
      }),
      { numRuns: 100, seed: 2 },
    );
  });

  it('depthwise and dilated: forward as the plain backend, whose gradients know no dilation, backward its adjoint', async () => {
    await fc.assert(
      fc.asyncProperty(cases, side(3), pairOf(3), async (c, times, dilations) => {
        const reach = c.kernel.map((k, i) => (k - 1) * dilations[i] + 1);
        // With a number for padding, TensorFlow.js forgets the dilation in the output's size.
        fc.pre(c.pad === 'same' || (c.pad === 'valid' && reach[0] <= c.height && reach[1] <= c.width));
        const shapes = [
          [c.batch, c.height, c.width, c.channels],
          [...c.kernel, c.channels, times],
        ];
        const convolve = (seeds: readonly [number, number]): Tensor4D => {
          const [x, filter] = shapes.map((shape, i) => normal(tf, seeds[i], ...shape) as Tensor4D);
          return tf.depthwiseConv2d(x, filter, 1, c.pad, 'NHWC', [...dilations]);
        };
        await expectSame(tf, () => convolve([1, 2]));
        tf.tidy(() => {
          const [x, filter] = shapes.map((shape, i) => normal(tf, i + 1, ...shape));
          const dy = normal(tf, 3, ...convolve([1, 2]).shape);
          // By name: the gradient of TensorFlow.js refuses dilations.
          const attrs = { strides: 1, dilations, pad: c.pad };
          const run = (name: string, inputs: object, more: object) =>
            tf.engine().runKernel(name, inputs as never, { ...attrs, ...more } as never) as Tensor4D;
          const dx = run('DepthwiseConv2dNativeBackpropInput', { dy, filter }, { inputShape: x.shape });
          const dw = run('DepthwiseConv2dNativeBackpropFilter', { x, dy }, { filterShape: filter.shape });
          const dot = (a: Tensor, b: Tensor): number => tf.sum(tf.mul(a, b)).dataSync()[0];
          // <dx, u> = <dy, u * filter> for any u, and likewise for the filter.
          const size = Math.sqrt(dy.size) * Math.max(1, Math.sqrt(filter.size));
          expect(Math.abs(dot(dx, normal(tf, 7, ...x.shape)) - dot(dy, convolve([7, 2])))).toBeLessThan(
            1e-4 * size,
          );
          expect(Math.abs(dot(dw, normal(tf, 8, ...filter.shape)) - dot(dy, convolve([1, 8])))).toBeLessThan(
            1e-4 * size,
          );
        });
      }),
      { numRuns: 100, seed: 3 },
    );
  });

  it('for images that are cut into several chunks', async () => {
    const big: Case = {
      ...{ batch: 5, height: 40, width: 33, channels: 12, filters: 10 },
      ...{ kernel: [3, 3], strides: [1, 2], pad: 'same' },
    };
    await expectSame(
      tf,
      gradients(big, 6, (x, filter) => tf.conv2d(x, filter, [1, 2], 'same')),
    );
    await expectSame(
      tf,
      gradients(big, 2, (x, filter) => tf.depthwiseConv2d(x, filter, 2, 'same')),
    );
  });

  it('dilated, forward', async () => {
    for (const dilations of [
      [2, 2],
      [3, 1],
    ] as [number, number][]) {
      await expectSame(tf, () => {
        const x = normal(tf, 1, 2, 9, 8, 3) as Tensor4D;
        const filter = normal(tf, 2, 3, 2, 3, 5) as Tensor4D;
        return ['same', 'valid'].map((pad) => tf.conv2d(x, filter, 1, pad as Pad, 'NHWC', dilations));
      });
    }
  });

  it.each(['linear', 'relu', 'relu6', 'elu', 'sigmoid', 'leakyrelu', 'prelu'] as const)(
    'with bias and %s fused',
    async (activation) => {
      for (const filters of [5, 8]) {
        await expectSame(tf, () => {
          const x = normal(tf, 1, 2, 6, 5, 3) as Tensor4D;
          const bias = normal(tf, 3, filters) as never;
          const common = { x, bias, activation, leakyreluAlpha: 0.3, strides: 1, pad: 'same' as const };
          const extra = activation === 'prelu' ? { preluActivationWeights: normal(tf, 4, filters) } : {};
          const filter = normal(tf, 2, 3, 3, 3, filters) as Tensor4D;
          const narrow = normal(tf, 5, 2, 2, 3, 1) as Tensor4D;
          const three = activation === 'prelu' ? { preluActivationWeights: normal(tf, 4, 3) } : {};
          return [
            tf.fused.conv2d({ ...common, ...extra, filter }),
            tf.fused.depthwiseConv2d({ ...common, ...three, bias: normal(tf, 6, 3), filter: narrow }),
          ];
        });
      }
    },
  );

  it('1-D and transposed', async () => {
    await expectSame(tf, () => {
      const x = normal(tf, 1, 3, 17, 5);
      const filter = normal(tf, 2, 4, 5, 6);
      const by = tf.grads((a, b) => tf.conv1d(a as never, b as never, 2, 'same'));
      return by([x, filter]);
    });
    await expectSame(tf, () => {
      const x = normal(tf, 1, 2, 5, 4, 3);
      const filter = normal(tf, 2, 3, 2, 6, 3);
      const by = tf.grads((a, b) => tf.conv2dTranspose(a as never, b as never, [2, 10, 8, 6], 2, 'same'));
      return [
        tf.conv2dTranspose(x as Tensor4D, filter as Tensor4D, [2, 10, 8, 6], 2, 'same'),
        ...by([x, filter]),
      ];
    });
  });

  it('of an empty batch', async () => {
    const none: Case = {
      ...{
        batch: 0,
        height: 4,
        width: 4,
        channels: 2,
        filters: 3,
        strides: [1, 1],
        pad: 'same',
        kernel: [3, 3],
      },
    };
    await tf.setBackend('wasm');
    const backprop = (name: string, inputs: object, attrs: object) =>
      tf.tidy(() => (tf.engine().runKernel(name, inputs as never, attrs as never) as Tensor4D).dataSync());
    const attrs = {
      strides: 1,
      pad: none.pad,
      dataFormat: 'NHWC',
      filterShape: [3, 3, 2, 3],
      inputShape: [0, 4, 4, 2],
    };
    const x = tf.zeros([0, 4, 4, 2]);
    const dy = tf.zeros([0, 4, 4, 3]);
    const filter = tf.zeros([3, 3, 2, 3]);
    expect(backprop('Conv2DBackpropFilter', { x, dy }, attrs)).toEqual(new Float32Array(54));
    expect(backprop('Conv2DBackpropInput', { dy, filter }, attrs)).toHaveLength(0);
    tf.dispose([x, dy, filter]);
  });
});
