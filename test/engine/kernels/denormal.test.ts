import { kernelBench, type KernelBench } from './kernel-bench';

// Processors take a hundred cycles for a number between 0 and 2^-126. Nothing that decays may come there and stay.
const LEAST = 2 ** -126;
const denormals = (numbers: Float32Array): number =>
  numbers.filter((x) => x !== 0 && Math.abs(x) < LEAST).length;

/** Memory of 64 kB for each of several things. */
const at = (k: number): number => 0x10000 * (k + 1);

const FLOATS = 8;

/** Rates as the kernels of src/engine/kernels/optimize.ts take them, with short memories: decay is the same, only sooner. */
const OPTIMIZERS: [name: string, rates: number[]][] = [
  ['momentum', [0.1, 0.9, 0]],
  ['momentum', [0.1, 0.9, 1]],
  ['adam', [0.001, 0.9, 0.95, 1e-7, 1, 0]],
  ['adamax', [0.001, 0.9, 0.95, 1e-7]],
  ['rmsprop', [0.001, 0.9, 0.8, 1e-7, 0]],
  // TensorFlow.js subtracts ε from the centred mean of squares: less than nothing where gradients end, unless it is negative.
  ['rmsprop', [0.001, 0.9, 0.8, -1e-7, 1]],
  ['adadelta', [0.001, 0.9, 1e-7]],
];

describe.each(OPTIMIZERS)('%s with rates %j', (name, rates) => {
  const set = (bench: KernelBench, gradient: readonly number[]): Float32Array => {
    bench.floats(at(0), FLOATS).fill(1);
    bench.floats(at(1), FLOATS).set(gradient);
    bench.floats(at(5), rates.length).set(rates);
    return bench.floats(at(2), 3 * FLOATS); // up to three states
  };
  const step = (bench: KernelBench): void =>
    bench.call(name, [
      at(0),
      at(1),
      0,
      1,
      at(2),
      at(2) + 4 * FLOATS,
      FLOATS,
      at(5),
      0,
      0,
      at(2) + 8 * FLOATS,
    ]);

  it('forgets a gradient that has ended, without denormal numbers on the way', () => {
    const bench = kernelBench(1);
    const all = set(bench, [1, -1, 1e-3, 1e-6, -1e-9, 1e-12, 1e-15, 100]);
    step(bench);
    expect(all.filter((x) => x !== 0).length).toBeGreaterThanOrEqual(FLOATS);
    bench.floats(at(1), FLOATS).fill(0);
    let found = 0;
    for (let i = 0; i < 4000; i++) {
      step(bench);
      found += denormals(all);
    }
    expect(found).toBe(0);
    expect([...all].filter((x) => x !== 0)).toEqual([]);
  });

  it('makes none of gradients of any size, and keeps what is no number', () => {
    const bench = kernelBench(1);
    const all = set(bench, [1e-10, -1e-18, 1e-22, 1e-26, -1e-30, 1e-34, 1e-38, NaN]);
    for (let i = 0; i < 50; i++) {
      step(bench);
      expect(denormals(all)).toBe(0);
    }
    expect(all[FLOATS - 1]).toBeNaN();
    expect(bench.floats(at(0), FLOATS)[FLOATS - 1]).toBeNaN();
    expect(all[0]).not.toBe(0);
  });
});

describe('gradients over many steps', () => {
  const [n, T, units, bytes] = [2, 400, 8, 32];
  // Places of 64 kB would be too small for the gates.
  const [G, H, C, S, U, DH, DC, ROOM] = Array.from({ length: 8 }, (_, k) => 0x100000 * (k + 1));
  it.each<[string, number, number[]]>([
    ['simpleRnnGrad', 1, [U]],
    ['gruGrad', 3, [U, U, ROOM]],
    ['lstmGrad', 4, [U, C, (T + 1) * bytes, bytes, S, T * bytes, bytes, DC]],
  ])('%s: what vanishes is zero', (kernel, gates, more) => {
    const bench = kernelBench(16);
    const fill = (address: number, floats: number, value: number): void =>
      void bench.floats(address, floats).fill(value);
    const wide = (gates * n * T * bytes) / 4;
    fill(G, wide, 0.4);
    fill(H, (n * (T + 1) * bytes) / 4, 0.3);
    fill(C, (n * (T + 1) * bytes) / 4, 0.2);
    fill(S, (n * T * bytes) / 4, 0.2);
    fill(U, 4 * units * units, 0.05);
    fill(DH, n * units, 1e-3);
    bench.call(kernel, [
      ...[G, T * gates * bytes, gates * bytes, H, (T + 1) * bytes, bytes, 0, 0, 0],
      ...[n, T, units, bytes, 8, 6, 0, 0, 0, 0, DH],
      ...more,
    ]);
    const all = bench.floats(G, wide);
    expect(denormals(all)).toBe(0);
    expect([...all.subarray(0, gates * units)].every((x) => x === 0)).toBe(true);
    expect(all.subarray((T - 1) * gates * units, T * gates * units).some((x) => x !== 0)).toBe(true);
  });
});

describe('on the way back', () => {
  const TINY = [1, -1e-20, 1e-23, -1e-24, 1e-30, 1e-38, NaN, -1e-40];
  const KEPT = [true, true, false, false, false, false, true, false];

  it('a gradient below 2^-75 is zero behind an activation', () => {
    const bench = kernelBench(1);
    bench.floats(at(0), 8).fill(0.5); // the sigmoid's value
    bench.floats(at(1), 8).set(TINY);
    const row = (k: number): number[] => [at(k), 0, 0, 0];
    bench.call('activateGrad', [6, ...row(0), ...row(1), ...row(2), 1, 1, 1, 8, 0, 0]);
    expect([...bench.floats(at(2), 8)].map((x) => x !== 0)).toEqual(KEPT);
  });

  it('and where a product cuts it by a ReLU', () => {
    const bench = kernelBench(1);
    bench.floats(at(0), 8).set(TINY); // rows of one number, times one
    bench.floats(at(1), 8).fill(1);
    bench.floats(at(3), 64).fill(1);
    bench.call('product', [
      ...[at(0), 0, 0, 4, at(1), at(2), 0, 0, 32, 0],
      ...[1, 1, 8, 8, 1, 0, 1, 0, 1, 4, at(3), 0, 0, 32],
    ]);
    const first = TINY.map((_, i) => bench.floats(at(2) + 32 * i, 1)[0]);
    expect(first.map((x) => x !== 0)).toEqual(KEPT);
  });

  it('classes far from the likeliest one have a share that is no denormal number, nor has their gradient', () => {
    const bench = kernelBench(1);
    bench.floats(at(0), 8).set([500, 0, 420, 413, 412, -500, 499, 0]);
    const row = (k: number): number[] => [at(k), 0, 0, 32];
    bench.call('softmax', [...row(0), ...row(1), 1, 1, 1, 8, 7]);
    const shares = bench.floats(at(1), 8);
    expect(denormals(shares)).toBe(0);
    expect(shares.subarray(0, 7).every((x) => x > 0)).toBe(true);
    bench.floats(at(2), 8).set([1, 0, 0, 0, 0, 0, 0, 0]);
    // Cross-entropy over a softmax, targets as vectors, no weights, a scale of 1/64.
    bench.call('lossOf', [
      ...[13, ...row(1), ...row(3), at(2), 0, at(4), at(5), at(6), at(7), 1, 1, 1, 8, 7],
      { float: 1 / 64 },
      at(8),
    ]);
    const gradient = bench.floats(at(3), 8);
    expect(denormals(gradient)).toBe(0);
    expect(gradient[0] * 64).toBeCloseTo(shares[0] - 1, 6);
    expect([...gradient.subarray(1, 6)]).toEqual([0, 0, 0, 0, 0]);
  });

  it('a sigmoid does not fall below 2^-50', () => {
    const bench = kernelBench(1);
    bench.floats(at(0), 8).set([-10, -30, -34, -36, -90, -Infinity, NaN, 50]);
    bench.call('activate', [6, at(0), 0, 0, 0, at(1), 0, 0, 0, 1, 1, 1, 8, 0]);
    const values = [...bench.floats(at(1), 8)];
    for (const value of values.slice(3, 6)) expect(value * 2 ** 50).toBeCloseTo(1, 4);
    expect(values[2]).toBeCloseTo(1.71e-15, 16);
    expect(values[6]).toBeNaN();
    expect(values[7]).toBe(1);
  });
});
