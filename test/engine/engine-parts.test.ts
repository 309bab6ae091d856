import { random } from '../../src/core/random';
import { freeTape } from '../../src/engine/free-tape';
import type { TensorFlow } from '../../src/engine/tf';
import { useEngine } from '../../src/engine/use-engine';
import { withSeededRandom } from '../../src/engine/with-seeded-random';

let tf: TensorFlow;
beforeAll(async () => {
  ({ tf } = await useEngine());
});

describe('withSeededRandom', () => {
  it('lets Math.random draw from the stream, and puts it back whatever happens', () => {
    const before = Math.random;
    const stream = random(1);
    const wanted = [stream.next(), stream.next()];
    const again = random(1);
    expect(withSeededRandom(again, () => [Math.random(), Math.random()])).toEqual(wanted);
    const fails = (): never => {
      throw new Error('on the way');
    };
    expect(() => withSeededRandom(again, fails)).toThrow('on the way');
    expect(Math.random).toBe(before);
  });
});

describe('what the WebAssembly backend lacks', () => {
  it('is there: gradients of convolutions and embeddings, einsum', () => {
    const count = tf.memory().numTensors;
    tf.tidy(() => {
      // One 2×2 image, one 1×1 filter of weight 3: d(sum of outputs)/d(weight) = 1 + 2 + 3 + 4.
      const image = tf.tensor4d([1, 2, 3, 4], [1, 2, 2, 1]);
      const filter = tf.tensor4d([3], [1, 1, 1, 1]);
      const ofFilter = tf.grad((w) => tf.conv2d(image, w as typeof filter, 1, 'valid').sum());
      expect(Array.from(ofFilter(filter).dataSync())).toEqual([10]);
      const depthwise = tf.grads((x, w) =>
        tf.depthwiseConv2d(x as typeof image, w as typeof filter, 1, 'valid').sum(),
      );
      const [ofImage, ofWeight] = depthwise([image, filter]);
      expect([Array.from(ofImage.dataSync()), Array.from(ofWeight.dataSync())]).toEqual([[3, 3, 3, 3], [10]]);
      // Rows 1, 1, 0 of a table are summed: row 1 counts twice.
      const table = tf.tensor2d([1, 2, 3, 4], [2, 2]);
      const ofTable = tf.grad((t) => tf.gather(t, tf.tensor1d([1, 1, 0], 'int32')).sum());
      expect(Array.from(ofTable(table).dataSync())).toEqual([1, 1, 2, 2]);
      // (1 2; 3 4)·(1 2; 3 4)
      expect(Array.from(tf.einsum('ij,jk->ik', table, table).dataSync())).toEqual([7, 10, 15, 22]);
    });
    expect(tf.memory().numTensors).toBe(count);
  });
});

describe('freeTape', () => {
  it('frees what a gradient that threw keeps; without it, that stays', () => {
    const x = tf.tensor1d([1, 2]);
    const before = tf.memory().numTensors;
    const fails = tf.grad((t) => {
      t.square().exp();
      throw new Error('on the way forward');
    });
    expect(() => fails(x)).toThrow('on the way forward');
    expect(tf.memory().numTensors).toBeGreaterThan(before);
    freeTape(tf);
    expect(tf.memory().numTensors).toBe(before);
    expect(
      Array.from(
        tf
          .grad((t) => t.square().sum())(x)
          .dataSync(),
      ),
    ).toEqual([2, 4]);
    x.dispose();
  });
});
