import { random } from '../../../src/core/random';
import { kernelBench } from './kernel-bench';

const [X, ROW, ALONE] = [0x10000, 0x20000, 0x30000];

/** tanh or the sigmoid of `count` floats: all in one row, and four by four, where no pairs are. */
function bothWays(kind: number, numbers: readonly number[]): [row: Float32Array, alone: Float32Array] {
  const bench = kernelBench(1);
  const count = numbers.length;
  bench.floats(X, count).set(numbers);
  const call = (x: number, y: number, floats: number): void =>
    bench.call('activate', [kind, x, 0, 0, 0, y, 0, 0, 0, 1, 1, 1, floats, 0]);
  call(X, ROW, count);
  for (let i = 0; i < count; i += 4) call(X + i * 4, ALONE + i * 4, 4);
  return [bench.floats(ROW, count).slice(), bench.floats(ALONE, count).slice()];
}

describe.each<[string, number, (x: number) => number]>([
  ['sigmoid', 6, (x) => 1 / (1 + Math.exp(-x))],
  ['tanh', 8, Math.tanh],
])('%s of a row', (_, kind, exact) => {
  const stream = random(5);
  const edges = [0, -0, NaN, Infinity, -Infinity, 100, -100, 1e-30];

  it.each([4, 8, 12, 20])('gives the bits of single numbers, %i floats', (count) => {
    const numbers = Array.from({ length: count }, (__, i) => edges[i] ?? 4 * stream.normal());
    const [row, alone] = bothWays(kind, numbers);
    expect(new Uint32Array(row.buffer)).toEqual(new Uint32Array(alone.buffer));
  });

  it('is right to 1e-6', () => {
    const numbers = Array.from({ length: 1000 }, () => 6 * (stream.next() - 0.5));
    const [row] = bothWays(kind, numbers);
    row.forEach((value, i) => {
      const right = exact(Math.fround(numbers[i]));
      expect(Math.abs(value - right)).toBeLessThanOrEqual(1e-6 * Math.abs(right));
    });
  });
});
