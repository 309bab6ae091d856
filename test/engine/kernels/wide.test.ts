import { random } from '../../../src/core/random';
import { kernelBench, type KernelBench } from './kernel-bench';

const AT = { from: 0x10000, weights: 0x40000, to: 0x80000, bias: 0xc0000 };
const ADD = 1;
const RELU = 2;

/** A dense layer, or a convolution of one row whose windows are segments side by side. */
interface Case {
  readonly rows: number;
  readonly length: number;
  readonly segments: number;
  readonly columns: number;
}

const CASES: Case[] = [];
for (const rows of [1, 3, 4, 5, 8, 11]) {
  for (const [length, segments] of [
    [1, 1],
    [7, 1],
    [64, 1],
    [5, 3],
  ]) {
    for (const columns of [8, 16, 24, 40]) CASES.push({ rows, length, segments, columns });
  }
}

/** Runs a kernel on numbers that are drawn; returns the bits of its output. */
function run(
  bench: KernelBench,
  kernel: 'product' | 'productGrad',
  { rows, length, segments, columns }: Case,
  mode: number,
): Uint32Array {
  const stream = random(rows + 100 * length + 10_000 * columns);
  const pix = (length + 3) * 4;
  const strideX = 2 * pix;
  const images = 2;
  const image = (rows + 2 * segments) * pix;
  const fill = (address: number, floats: number): void => {
    const values = bench.floats(address, floats);
    for (let i = 0; i < floats; i++) values[i] = stream.normal();
  };
  fill(AT.from, (images * image) / 4);
  fill(AT.weights, length * segments * columns);
  fill(AT.bias, columns);
  fill(AT.to, images * rows * columns);
  const from = [AT.from, image, 0, pix];
  const to = [AT.to, rows * columns * 4, 0, columns * 4];
  const window = [1, 0, segments, strideX, length];
  if (kernel === 'product') {
    const bias = mode & ADD ? 0 : AT.bias;
    bench.call(kernel, [...from, AT.weights, ...to, bias, images, 1, rows, columns, ...window, mode]);
    return bench.words(AT.to, images * rows * columns).slice();
  }
  bench.call(kernel, [...from, ...to, AT.weights, images, 1, rows, columns, ...window]);
  return bench.words(AT.weights, length * segments * columns).slice();
}

describe('tiles for vectors of eight floats', () => {
  it.each([
    ['product', 0],
    ['product', ADD],
    ['product', RELU],
    ['productGrad', 0],
  ] as const)('give the bits of those for four: %s, mode %i', (kernel, mode) => {
    const four = kernelBench(1, false);
    const eight = kernelBench(1, true);
    for (const one of CASES) {
      const bits = run(four, kernel, one, mode);
      expect({ ...one, bits: run(eight, kernel, one, mode) }).toEqual({ ...one, bits });
      expect(new Set(bits).size).toBeGreaterThan(bits.length / 8);
    }
  });
});
