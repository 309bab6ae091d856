import type { Tensor } from '@tensorflow/tfjs';
import fc from 'fast-check';
import type { TensorFlow } from '../../../src/engine/tf';
import { completed, expectClose, expectSame, normal, on } from './both';

let tf: TensorFlow;
beforeAll(async () => {
  tf = await completed();
});

const complex = (seed: number, ...shape: readonly number[]): Tensor =>
  tf.complex(normal(tf, seed, ...shape), normal(tf, seed + 1, ...shape));

/** Both parts of a complex tensor. */
const parts = (z: Tensor): Tensor[] => [tf.real(z), tf.imag(z)];

/** The transform by its definition, in double precision. */
function definition(re: readonly number[], im: readonly number[], sign: 1 | -1): number[][] {
  const n = re.length;
  const rows = re.map((_, k) =>
    re.reduce(
      ([x, y], r, i) => {
        const angle = (sign * 2 * Math.PI * ((i * k) % n)) / n;
        const [c, s] = [Math.cos(angle), Math.sin(angle)];
        return [x + r * c - im[i] * s, y + r * s + im[i] * c];
      },
      [0, 0],
    ),
  );
  return [rows.map(([x]) => x), rows.map(([, y]) => y)];
}

describe('complex numbers on WebAssembly', () => {
  it('are put together, taken apart, read, measured and reckoned with as on the plain backend', async () => {
    await expectSame(tf, () => {
      const [a, b] = [complex(1, 3, 4), complex(5, 3, 4)];
      const row = complex(9, 4);
      return [
        ...[...parts(a), tf.abs(a)],
        ...[
          a.add(b),
          a.sub(row),
          a.mul(b),
          a.clone(),
          tf.concat([a, b], 1),
          tf.stack([complex(1, 3, 4), complex(5, 3, 4)]),
        ].flatMap(parts),
        // The plain backend changes the shape of what it reshapes or stacks: fresh numbers for each.
        ...parts(complex(7, 3, 4).reshape([2, 6])),
        ...[tf.zerosLike(a), tf.onesLike(a), a.cast('float32').cast('complex64')].flatMap(parts),
      ];
    });
    const z = tf.complex([1, 2], [3, 4]);
    expect(Array.from(await z.data())).toEqual([1, 3, 2, 4]);
    z.dispose();
  });
});

describe('Fourier transforms on WebAssembly', () => {
  it('of any length are those of the definition, and there and back again', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(fc.integer({ min: 1, max: 70 }), fc.constantFrom(97, 128, 243)),
        async (n) => {
          const [re, im, x, y, u, v, p, q] = await on(tf, 'wasm', () => {
            const z = complex(n, 2, n);
            return [...parts(z), ...parts(tf.fft(z)), ...parts(tf.ifft(z)), ...parts(tf.ifft(tf.fft(z)))];
          });
          [0, 1].forEach((row) => {
            const of = (t: typeof re): number[] => (t.values as number[]).slice(row * n, (row + 1) * n);
            const asResult = (values: readonly number[]) => [{ shape: [n], dtype: 'float32', values }];
            const there = definition(of(re), of(im), -1);
            const back = definition(of(re), of(im), 1).map((list) => list.map((value) => value / n));
            [x, y].forEach((t, i) => expectClose(asResult(of(t)), asResult(there[i]), 1e-6));
            [u, v].forEach((t, i) => expectClose(asResult(of(t)), asResult(back[i]), 1e-6));
          });
          expectClose([p, q], [re, im], 1e-6);
        },
      ),
      { numRuns: 80, seed: 1 },
    );
  });

  it('of a long prime length', async () => {
    const n = 4099;
    const [re, im, p, q] = await on(tf, 'wasm', () => {
      const z = complex(1, n);
      return [...parts(z), ...parts(tf.ifft(tf.fft(z)))];
    });
    expectClose([p, q], [re, im], 1e-6);
  });

  it('of real signals, back, and in short windows, as on the plain backend', async () => {
    await expectSame(
      tf,
      () => [
        ...parts(tf.spectral.rfft(normal(tf, 1, 3, 12))),
        tf.spectral.irfft(complex(3, 2, 8)),
        tf.abs(tf.signal.stft(normal(tf, 5, 64) as never, 16, 8)),
      ],
      1e-5,
    );
  });

  it('of many lengths one after another', async () => {
    for (const n of [3, 5, 6, 7, 9, 10, 11, 12, 13, 3])
      await expectSame(tf, () => parts(tf.fft(complex(n, n))), 1e-5);
  });
});
