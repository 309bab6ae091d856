import { random } from '../../../src/core/random';
import { kernelBench, type KernelBench } from './kernel-bench';

const AT = { from: 0x10000, weights: 0x80000, to: 0x180000, bias: 0x1f0000, by: 0x200000, lists: 0x280000 };
const [ADD, RELU, CUT] = [1, 2, 4];

interface Case {
  /** Images, lines of each, and rows of a line; one of the first two where not said. */
  readonly images?: number;
  readonly height?: number;
  readonly rows: number;
  readonly length: number;
  readonly columns: number;
  /** Share of the numbers that are not zero. */
  readonly density: number;
  readonly mode?: number;
  /** A weight, or a number of the gradient, that stands where a zero of the rows would meet it. */
  readonly odd?: number;
}

/** Bytes that the kernels are given for their lists. */
const listBytes = (length: number): number => Math.max(8192, 8 * length + 64);

const MARK = 0xabababab;

/** Runs a kernel, or its sparse twin, on numbers that are drawn; returns what it leaves and how far its lists reach. */
function run(bench: KernelBench, kernel: string, one: Case): { bits: Buffer; listed: number } {
  const { images = 1, height = 1, rows, length, columns, density, mode = 0, odd } = one;
  const sparse = kernel.startsWith('sparse');
  const stream = random(rows + 100 * length + 10_000 * columns);
  const draw = (address: number, floats: number): Float32Array => {
    const values = bench.floats(address, floats);
    for (let i = 0; i < floats; i++) values[i] = stream.next() - 0.5;
    return values;
  };
  // What lies between two rows is not theirs.
  const pix = (length + 5) * 4;
  const all = images * height * rows;
  const from = draw(AT.from, (all * pix) / 4);
  for (let row = 0; row < all; row++) {
    for (let k = 0; k < length; k++) {
      if (stream.next() >= density) from[row * (length + 5) + k] = stream.next() < 0.5 ? 0 : -0;
    }
  }
  const weights = draw(AT.weights, length * columns);
  draw(AT.bias, columns);
  const to = draw(AT.to, all * columns);
  draw(AT.by, all * columns);
  const room = listBytes(length);
  const lists = bench.words(AT.lists, room / 4 + 64).fill(MARK);
  const view = (base: number, bytes: number): number[] => [base, height * rows * bytes, rows * bytes, bytes];
  const [rowsIn, out] = [view(AT.from, pix), view(AT.to, columns * 4)];
  const loop = [images, height, rows, columns, 1, 0, 1, 0, length];
  if (/product$/i.test(kernel)) {
    if (odd !== undefined) weights[3] = odd;
    const start = mode & ADD ? 0 : AT.bias;
    const cut = view(AT.by, columns * 4);
    bench.call(kernel, [
      ...rowsIn,
      AT.weights,
      ...out,
      start,
      ...loop,
      mode,
      ...cut,
      ...(sparse ? [AT.lists] : []),
    ]);
  } else {
    if (odd !== undefined) to[3] = odd;
    bench.call(kernel, [...rowsIn, ...out, AT.weights, ...loop, ...(sparse ? [AT.lists] : [])]);
  }
  let listed = lists.length;
  while (listed > 0 && lists[listed - 1] === MARK) listed--;
  expect(listed * 4).toBeLessThanOrEqual(room);
  const [address, floats] = /product$/i.test(kernel)
    ? [AT.to, all * columns]
    : [AT.weights, length * columns];
  return { bits: Buffer.from(bench.words(address, floats).slice().buffer), listed };
}

const CASES: Case[] = [];
for (const rows of [1, 7, 8, 33]) {
  for (const length of [32, 47, 130]) {
    for (const columns of [8, 16, 24, 72]) {
      for (const density of [0, 0.05, 0.3, 1]) CASES.push({ rows, length, columns, density });
    }
  }
}

describe.each([
  ['product', 0],
  ['product', ADD],
  ['product', RELU],
  ['product', ADD | CUT],
  ['productGrad', 0],
] as const)('%s, mode %i, without the zeros of its rows', (kernel, mode) => {
  const twin = kernel === 'product' ? 'sparseProduct' : 'sparseProductGrad';
  const bench = kernelBench(4);

  it('gives the same bits', () => {
    let listed = 0;
    for (const plain of CASES) {
      const one = { ...plain, mode };
      const { bits } = run(bench, kernel, one);
      const left = run(bench, twin, one);
      expect({ ...one, same: left.bits.equals(bits) }).toEqual({ ...one, same: true });
      listed += Number(left.listed > 0);
      // Few rows, and rows without a zero, go the usual way; many zeros and columns do not.
      if (one.rows < 8 || one.density === 1)
        expect({ ...one, listed: left.listed }).toEqual({ ...one, listed: 0 });
      else if (one.density <= 0.05 && one.columns > 8)
        expect({ ...one, listed: left.listed > 0 }).toEqual({ ...one, listed: true });
    }
    expect(listed).toBeGreaterThan(CASES.length / 4);
  });

  it('goes through images line by line', () => {
    for (const [images, height, rows] of [
      [3, 1, 7],
      [2, 5, 1],
      [2, 3, 11],
    ]) {
      const one = { images, height, rows, length: 37, columns: 40, density: 0.1, mode };
      const left = run(bench, twin, one);
      expect(left.listed).toBeGreaterThan(0);
      expect(left.bits.equals(run(bench, kernel, one).bits)).toBe(true);
    }
  });

  it('takes rows that fill the lists alone', () => {
    const one = { rows: 17, length: 2003, columns: 64, density: 0.1, mode };
    const left = run(bench, twin, one);
    expect(left.listed).toBeGreaterThan(0);
    expect(left.bits.equals(run(bench, kernel, one).bits)).toBe(true);
  });

  // Zero times infinity is no number, which must not get lost.
  it.each([Infinity, -Infinity, NaN])('leaves nothing out where it would meet %p', (odd) => {
    const one = { rows: 16, length: 40, columns: 32, density: 0.05, mode, odd };
    const left = run(bench, twin, one);
    expect(left.listed).toBe(0);
    expect(left.bits.equals(run(bench, kernel, one).bits)).toBe(true);
    expect(new Float32Array(left.bits.buffer).some(Number.isNaN)).toBe(true);
  });
});
