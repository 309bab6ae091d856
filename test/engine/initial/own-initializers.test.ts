import { createHash } from 'node:crypto';
import type { LayersModel, Tensor } from '@tensorflow/tfjs';
import { random } from '../../../src/core/random';
import { drawOrthogonal } from '../../../src/engine/initial/draw-orthogonal';
import { drawNormal, drawUniform } from '../../../src/engine/initial/draw-weights';
import { withOwnInitializers } from '../../../src/engine/initial/with-own-initializers';
import type { TensorFlow } from '../../../src/engine/tf';
import { useEngine } from '../../../src/engine/use-engine';

let tf: TensorFlow;
beforeAll(async () => {
  ({ tf } = await useEngine());
});

/** Values of an initializer of tfjs for a shape, by ours. */
function drawn(make: () => { apply(shape: number[]): Tensor }, shape: number[], seed = 1): Float32Array {
  return withOwnInitializers(tf, random(seed), () =>
    tf.tidy(() => make().apply(shape).dataSync() as Float32Array),
  );
}

const moments = (values: Float32Array): { mean: number; sd: number; size: number; fourth: number } => {
  const n = values.length;
  const mean = values.reduce((a, b) => a + b, 0) / n;
  const sd = Math.sqrt(values.reduce((a, b) => a + (b - mean) ** 2, 0) / n);
  const fourth = values.reduce((a, b) => a + ((b - mean) / sd) ** 4, 0) / n;
  return { mean, sd, size: values.reduce((a, b) => Math.max(a, Math.abs(b)), 0), fourth };
};

// Of a normal variable cut at ±2, φ(2) = 0.053991 and 2Φ(2) − 1 = 0.954500: the variance is 1 − 4φ(2) / 0.9545 = 0.77374,
// E z⁴ = 3 − 28φ(2) / 0.9545 = 1.41618, and 1.41618 / 0.77374² = 2.3655.
const CUT_SD = 0.87963;

describe('initial weights by our own kernels', () => {
  // 60,000 numbers: a mean is off by 0.004 sd, a standard deviation by 0.3 %, one time in three.
  const shape = [3, 5, 40, 100];
  const [fanIn, fanOut] = [3 * 5 * 40, 3 * 5 * 100];
  const rows: [string, () => { apply(shape: number[]): Tensor }, number, number, number][] = [
    // name, initializer, standard deviation, largest size, fourth moment
    ...(
      [
        ['glorotNormal', 2 / (fanIn + fanOut)],
        ['heNormal', 2 / fanIn],
        ['leCunNormal', 1 / fanIn],
      ] as const
    ).map(([name, v]): [string, () => never, number, number, number] => {
      const sd = Math.sqrt(v);
      return [name, () => tf.initializers[name]({}) as never, CUT_SD * sd, 2 * sd, 2.3655];
    }),
    ...(
      [
        ['glorotUniform', 2 / (fanIn + fanOut)],
        ['heUniform', 2 / fanIn],
        ['leCunUniform', 1 / fanIn],
      ] as const
    ).map(([name, v]): [string, () => never, number, number, number] => {
      // Of a uniform variable the variance is limit² / 3, the fourth moment 9/5 of its square.
      return [name, () => tf.initializers[name]({}) as never, Math.sqrt(v), Math.sqrt(3 * v), 1.8];
    }),
    ['randomNormal', () => tf.initializers.randomNormal({ stddev: 0.2 }), 0.2, Infinity, 3],
    ['truncatedNormal', () => tf.initializers.truncatedNormal({ stddev: 0.2 }), CUT_SD * 0.2, 0.4, 2.3655],
    ['randomUniform', () => tf.initializers.randomUniform({}), 0.1 / Math.sqrt(12), 0.05, 1.8],
    [
      'varianceScaling',
      () => tf.initializers.varianceScaling({ scale: 3, mode: 'fanOut', distribution: 'uniform' }),
      Math.sqrt(3 / fanOut),
      Math.sqrt(9 / fanOut),
      1.8,
    ],
  ];

  it.each(rows)('%s has the distribution of its definition, and of tfjs', (_, make, sd, size, fourth) => {
    const ours = moments(drawn(make, shape));
    const theirs = tf.tidy(() => moments(make().apply(shape).dataSync() as Float32Array));
    for (const seen of [ours, theirs]) {
      expect(Math.abs(seen.mean) / sd).toBeLessThan(0.02);
      expect(Math.abs(seen.sd / sd - 1)).toBeLessThan(0.015);
      expect(Math.abs(seen.fourth / fourth - 1)).toBeLessThan(0.05);
      expect(seen.size).toBeLessThanOrEqual(size * (1 + 1e-6));
    }
  });

  it('draws around a mean of its own', () => {
    const { mean, sd } = moments(
      drawn(() => tf.initializers.randomNormal({ mean: 3, stddev: 0.5 }), [20_000]),
    );
    expect([mean, sd].map((value) => value.toFixed(1))).toEqual(['3.0', '0.5']);
    const uniform = drawn(() => tf.initializers.randomUniform({ minval: 1, maxval: 2 }), [20_000]);
    expect(moments(uniform).mean).toBeCloseTo(1.5, 1);
    expect(uniform.every((value) => value >= 1 && value <= 2)).toBe(true);
  });

  it.each([
    [64, 192],
    [192, 64],
    [33, 33],
    [1, 5],
    [7, 1],
    [401, 400],
    [700, 800], // more than the memory that is kept
  ])('makes a %i × %i matrix orthogonal to 1e-5', (rows, columns) => {
    const matrix = drawOrthogonal(random(3), rows, columns, 1);
    const [count, length] = rows < columns ? [rows, columns] : [columns, rows];
    const at = (k: number, i: number): number =>
      rows < columns ? matrix[k * columns + i] : matrix[i * columns + k];
    let worst = 0;
    // All pairs are too many for the large ones.
    const step = Math.ceil(count / 40);
    for (let a = 0; a < count; a += step) {
      for (let b = 0; b <= a; b += step) {
        let sum = 0;
        for (let i = 0; i < length; i++) sum += at(a, i) * at(b, i);
        worst = Math.max(worst, Math.abs(sum - Number(a === b)));
      }
    }
    expect(worst).toBeLessThan(1e-5);
  });

  it('draws orthogonal matrices of which none is favoured', () => {
    // Of a random rotation in two dimensions each entry has mean 0 and mean square 1/2; half of them have determinant 1.
    const stream = random(5);
    const made = Array.from({ length: 2000 }, () => drawOrthogonal(stream, 2, 2, 1));
    const mean = (of: (m: Float32Array) => number): number =>
      made.reduce((sum, m) => sum + of(m), 0) / made.length;
    for (let i = 0; i < 4; i++) {
      expect(Math.abs(mean((m) => m[i]))).toBeLessThan(0.06);
      expect(Math.abs(mean((m) => m[i] ** 2) - 0.5)).toBeLessThan(0.03);
    }
    expect(Math.abs(mean((m) => Number(m[0] * m[3] - m[1] * m[2] > 0)) - 0.5)).toBeLessThan(0.04);
    expect(Array.from(drawOrthogonal(random(1), 1, 1, 2)).map(Math.abs)).toEqual([2]);
  });

  it('gives the same bits on every machine', () => {
    const hash = createHash('sha256');
    for (const values of [
      drawNormal(random(1), 40_001, { mean: 0, sd: 0.1, bound: 2 }),
      drawUniform(random(2), 40_001, -0.05, 0.05),
      drawOrthogonal(random(3), 24, 96, 1),
    ])
      hash.update(new Uint8Array(values.buffer, values.byteOffset, values.byteLength));
    expect(hash.digest('hex').slice(0, 16)).toBe('ac9ec5beee6e15f0');
  });

  it('goes by the stream alone, and leaves tfjs as it was, also when building throws', () => {
    const make = (): { apply(shape: number[]): Tensor } => tf.initializers.glorotNormal({});
    expect(drawn(make, [4, 4])).toEqual(drawn(make, [4, 4]));
    expect(drawn(make, [4, 4], 2)).not.toEqual(drawn(make, [4, 4]));
    const { apply } = tf.initializers.orthogonal({} as never) as unknown as { apply: unknown };
    const fails = (): never => {
      throw new Error('on the way');
    };
    expect(() => withOwnInitializers(tf, random(1), fails)).toThrow('on the way');
    expect((tf.initializers.orthogonal({} as never) as unknown as { apply: unknown }).apply).toBe(apply);
  });

  it('leaves seeds of their own, other types and what tfjs refuses to tfjs', () => {
    const seeded = (): { apply(shape: number[]): Tensor } => tf.initializers.heNormal({ seed: 7 });
    const theirs = tf.tidy(() => seeded().apply([3, 3]).dataSync() as Float32Array);
    expect(drawn(seeded, [3, 3])).toEqual(theirs);
    expect(() => drawn(() => tf.initializers.orthogonal({} as never), [3])).toThrow('at least 2D');
  });

  it('gives a recurrent layer orthogonal weights without a word of warning', () => {
    const warn = jest.spyOn(console, 'warn').mockImplementation(() => undefined);
    const model: LayersModel = withOwnInitializers(tf, random(1), () =>
      tf.sequential({ layers: [tf.layers.gru({ units: 64, inputShape: [2, 3] })] }),
    );
    expect(warn).not.toHaveBeenCalled();
    warn.mockRestore();
    const kernel = model.getWeights()[1];
    const apart = tf.tidy(() =>
      tf
        .matMul(kernel as never, kernel as never, false, true)
        .sub(tf.eye(64))
        .abs()
        .max()
        .dataSync(),
    );
    expect(apart[0]).toBeLessThan(1e-5);
    model.dispose();
  });
});
