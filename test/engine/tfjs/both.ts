import type { Tensor } from '@tensorflow/tfjs';
import { useEngine } from '../../../src/engine/use-engine';
import type { TensorFlow } from '../../../src/engine/tf';
import { random } from '../../../src/core/random';

/** TensorFlow.js on the completed WebAssembly backend. */
export async function completed(): Promise<TensorFlow> {
  process.env.HUNCH_ENGINE = 'wasm';
  return (await useEngine()).tf;
}

/** What a computation gives, as plain data. */
export interface Result {
  readonly shape: readonly number[];
  readonly dtype: string;
  readonly values: readonly (number | string)[];
}

/** Runs a computation on one backend and leaves nothing behind. */
export async function on(
  tf: TensorFlow,
  backend: 'cpu' | 'wasm',
  compute: () => Tensor | readonly Tensor[],
): Promise<Result[]> {
  await tf.setBackend(backend);
  const before = tf.memory().numTensors;
  const results = tf.tidy(() => {
    const made = compute();
    return (Array.isArray(made) ? (made as Tensor[]) : [made as Tensor]).map((tensor) => ({
      shape: tensor.shape,
      dtype: tensor.dtype,
      values: Array.from(tensor.dataSync() as unknown as Iterable<number>),
    }));
  });
  expect(tf.memory().numTensors).toBe(before);
  await tf.setBackend('wasm');
  return results;
}

/** Asserts that two lists of tensors are the same, numbers up to `tolerance` of the largest. */
export function expectClose(actual: readonly Result[], wanted: readonly Result[], tolerance = 1e-5): void {
  expect(actual.map(({ shape, dtype }) => ({ shape, dtype }))).toEqual(
    wanted.map(({ shape, dtype }) => ({ shape, dtype })),
  );
  wanted.forEach(({ values, dtype }, k) => {
    if (dtype === 'string') return expect(actual[k].values).toEqual(values);
    const numbers = values as readonly number[];
    const scale = Math.max(1e-3, ...numbers.filter(Number.isFinite).map(Math.abs));
    const worst = numbers.reduce((worst, value, i) => {
      const other = actual[k].values[i] as number;
      if (Object.is(value, other) || value === other) return worst;
      return Math.max(worst, Number.isFinite(value - other) ? Math.abs(value - other) : Infinity);
    }, 0);
    expect(worst / scale).toBeLessThanOrEqual(tolerance);
  });
}

/** Asserts that the completed WebAssembly backend computes what the plain JavaScript backend does. */
export async function expectSame(
  tf: TensorFlow,
  compute: () => Tensor | readonly Tensor[],
  tolerance?: number,
): Promise<void> {
  const [wanted, actual] = [await on(tf, 'cpu', compute), await on(tf, 'wasm', compute)];
  expectClose(actual, wanted, tolerance);
}

/** Normal numbers in a shape, the same ones for the same seed. */
export function normal(tf: TensorFlow, seed: number, ...shape: readonly number[]): Tensor {
  const stream = random(seed);
  const size = shape.reduce((product, side) => product * side, 1);
  return tf.tensor(
    Float32Array.from({ length: size }, () => stream.normal()),
    [...shape],
  );
}
