import { random } from '../../../src/core/random';
import { kernelBench } from './kernel-bench';

const GROUP = 8;

/** Places in the bench's memory. */
const AT = {
  x: 0x10000,
  w: 0x100000,
  direct: 0x200000,
  winograd: 0x300000,
  u: 0x400000,
  v: 0x600000,
  m: 0x800000,
};
const SCRATCH = 0xa00000;

interface Case {
  readonly n: number;
  readonly side: number;
  readonly channels: number;
  readonly units: number;
}

/** A convolution of an image with a border, or its weight gradient, in three ways: products, Winograd, float64. */
function setUp({ n, side, channels, units }: Case, seed: number) {
  const bench = kernelBench();
  const stream = random(seed);
  const wide = side + 2;
  const pix = channels * 4;
  const view = [AT.x, wide * wide * pix, wide * pix, pix];
  const out = (base: number): number[] => [base, side * side * units * 4, side * units * 4, units * 4];
  const x = bench.floats(AT.x, n * wide * wide * channels);
  for (let i = 0; i < x.length; i++) x[i] = Math.max(0, stream.normal());
  return { bench, stream, wide, pix, view, out, x };
}

/** Root of the mean square difference from the float64 numbers, as a share of the largest of them. */
function roundoff(values: Float32Array, exact: Float64Array): number {
  let sum = 0;
  let top = 0;
  exact.forEach((number, i) => {
    sum += (values[i] - number) ** 2;
    top = Math.max(top, Math.abs(number));
  });
  return Math.sqrt(sum / exact.length) / top;
}

function forward(one: Case): { direct: number; winograd: number } {
  const { n, side, channels, units } = one;
  const { bench, stream, wide, pix, view, out, x } = setUp(one, 7);
  // Panels [units/8][9 · channels][8].
  const w = bench.floats(AT.w, 9 * channels * units);
  for (let i = 0; i < w.length; i++) w[i] = stream.normal() / Math.sqrt(9 * channels);
  const exact = new Float64Array(n * side * side * units);
  for (let place = 0, i = 0; place < n * side * side; place++) {
    const image = Math.floor(place / (side * side));
    const [h, c] = [Math.floor(place / side) % side, place % side];
    for (let unit = 0; unit < units; unit++, i++) {
      for (let k = 0; k < 9 * channels; k++) {
        const [y, rest] = [Math.floor(k / (3 * channels)), k % (3 * channels)];
        const from = ((image * wide + h + y) * wide + c) * channels + rest;
        exact[i] += x[from] * w[((unit >> 3) * 9 * channels + k) * 8 + (unit & 7)];
      }
    }
  }
  const segments = [3, wide * pix, 1, 0, 3 * channels];
  bench.call('product', [...view, AT.w, ...out(AT.direct), 0, n, side, side, units, ...segments, 0]);
  bench.call('winogradWeights', [AT.w, AT.u, channels, units, SCRATCH]);
  bench.call('winograd', [
    ...[...view, AT.u, 0, ...out(AT.winograd), n, side, side, channels, units, 0, 0, 0, 0, 0],
    ...[AT.v, AT.m, SCRATCH, GROUP],
  ]);
  return {
    direct: roundoff(bench.floats(AT.direct, exact.length), exact),
    winograd: roundoff(bench.floats(AT.winograd, exact.length), exact),
  };
}

function gradient(one: Case): { direct: number; winograd: number } {
  const { n, side, channels, units } = one;
  const { bench, stream, wide, pix, view, out, x } = setUp(one, 8);
  const d = bench.floats(AT.w, n * side * side * units);
  for (let i = 0; i < d.length; i++) d[i] = stream.normal();
  const exact = new Float64Array(9 * channels * units);
  for (let place = 0; place < n * side * side; place++) {
    const image = Math.floor(place / (side * side));
    const [h, c] = [Math.floor(place / side) % side, place % side];
    for (let k = 0; k < 9 * channels; k++) {
      const [y, rest] = [Math.floor(k / (3 * channels)), k % (3 * channels)];
      const value = x[((image * wide + h + y) * wide + c) * channels + rest];
      for (let unit = 0; unit < units; unit++)
        exact[((unit >> 3) * 9 * channels + k) * 8 + (unit & 7)] += value * d[place * units + unit];
    }
  }
  for (const at of [AT.direct, AT.winograd]) bench.floats(at, exact.length).fill(0);
  const segments = [3, wide * pix, 1, 0, 3 * channels];
  bench.call('productGrad', [...view, ...out(AT.w), AT.direct, n, side, side, units, ...segments]);
  bench.call('winogradGrad', [
    ...[...view, ...out(AT.w), AT.winograd, n, side, side, channels, units],
    ...[AT.u, AT.v, AT.m, SCRATCH, GROUP],
  ]);
  return {
    direct: roundoff(bench.floats(AT.direct, exact.length), exact),
    winograd: roundoff(bench.floats(AT.winograd, exact.length), exact),
  };
}

describe('roundoff of convolutions by Winograd against float64', () => {
  it.each<[number, number, number]>([
    [8, 16, 4],
    [32, 32, 3.2],
    [64, 16, 2.8],
  ])('forward, %i channels to %i: less than %d times that of products', (channels, units, most) => {
    const { direct, winograd } = forward({ n: 2, side: 8, channels, units });
    expect(winograd).toBeLessThan(most * direct);
    expect(winograd).toBeLessThan(3e-7);
  });

  it.each<[number, number, number]>([
    [8, 16, 2.5],
    [32, 16, 2.5],
  ])('weight gradient, %i channels to %i: less than %d times that of products', (channels, units, most) => {
    const { direct, winograd } = gradient({ n: 4, side: 16, channels, units });
    expect(winograd).toBeLessThan(most * direct);
    expect(winograd).toBeLessThan(6e-7);
  });
});
