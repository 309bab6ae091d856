import { kernelBench } from './kernel-bench';
import { isKept, normal, philox } from './philox';

const bench = kernelBench(64);
const OUT = 1 << 20;
const [SEED, STEP, WORK] = [4096, 4100, 8192];

interface Place {
  readonly first?: number;
  readonly seed?: number;
  readonly step?: number;
  readonly stream?: number;
  readonly own?: number;
}

function drawn(
  kernel: 'normals' | 'keepBits',
  groups: number,
  rest: Parameters<typeof bench.call>[1],
  p: Place,
): void {
  const { first = 0, seed = 1, step = 1, stream = 0, own = 0 } = p;
  bench.words(SEED, 2).set([seed, step]);
  bench.call(kernel, [OUT, first, groups, SEED, STEP, stream, own, ...rest]);
}

function normals(n: number, place: Place = {}, mean = 0, deviation = 1): Float32Array {
  drawn('normals', n / 16, [{ float: mean }, { float: deviation }], place);
  return bench.floats(OUT, n).slice();
}

function bits(n: number, drop: number, place: Place = {}): Uint8Array {
  drawn('keepBits', n / 32, [drop, WORK], place);
  const words = bench.words(OUT, n / 32);
  return Uint8Array.from({ length: n }, (_, i) => (words[i >> 5] >>> (i & 31)) & 1);
}

const moment = (x: ArrayLike<number>, k: number, centre = 0): number => {
  let sum = 0;
  for (let i = 0; i < x.length; i++) sum += (x[i] - centre) ** k;
  return sum / x.length;
};

function correlation(x: ArrayLike<number>, y: ArrayLike<number>, lag = 0): number {
  const [mx, my] = [moment(x, 1), moment(y, 1)];
  const n = x.length - lag;
  let sum = 0;
  for (let i = 0; i < n; i++) sum += (x[i] - mx) * (y[i + lag] - my);
  return sum / n / Math.sqrt(moment(x, 2, mx) * moment(y, 2, my));
}

/** Five standard errors of a mean of n numbers: one test in two million fails by chance, and the seeds are fixed. */
const bound = (n: number, deviation = 1): number => (5 * deviation) / Math.sqrt(n);

describe('Philox', () => {
  // From the file of known answers of Random123, the library of its authors.
  it.each([
    ['00000000 00000000 00000000 00000000', '00000000 00000000', '6627e8d5 e169c58d bc57ac4c 9b00dbd8'],
    ['ffffffff ffffffff ffffffff ffffffff', 'ffffffff ffffffff', '408f276d 41c83b0e a20bc7c6 6d5451fd'],
    ['243f6a88 85a308d3 13198a2e 03707344', 'a4093822 299f31d0', 'd16cfe09 94fdcceb 5001e420 24126ea1'],
  ])('gives the known answer for counter %s and key %s', (counter, key, answer) => {
    const words = (text: string): number[] => text.split(' ').map((word) => parseInt(word, 16));
    bench.call('randomWords', [OUT, 1, ...words(counter), ...words(key)]);
    const made = bench.words(OUT, 16);
    expect([0, 4, 8, 12].map((i) => made[i])).toEqual(words(answer));
    expect(philox(words(counter), words(key))).toEqual(words(answer));
  });

  it('goes on from counter to counter as the plain implementation does', () => {
    bench.call('randomWords', [OUT, 3, 7, 1, 2, 3, 4, 5]);
    const made = bench.words(OUT, 48);
    for (let i = 0; i < 48; i++) {
      const counter = 7 + 4 * Math.floor(i / 16) + (i % 4);
      expect(made[i]).toBe(philox([counter, 1, 2, 3], [4, 5])[(i % 16) >> 2]);
    }
  });
});

describe('normal numbers', () => {
  const n = 1 << 18;

  it('have the moments of a normal distribution and its distribution function', () => {
    const x = normals(n);
    expect(Math.abs(moment(x, 1))).toBeLessThan(bound(n));
    expect(Math.abs(moment(x, 2) - 1)).toBeLessThan(bound(n, Math.SQRT2));
    expect(Math.abs(moment(x, 3))).toBeLessThan(bound(n, Math.sqrt(15)));
    expect(Math.abs(moment(x, 4) - 3)).toBeLessThan(bound(n, Math.sqrt(96)));
    const sorted = x.sort();
    // P(X ≤ z) for z = −2, −1, 0, 1, 2
    const below = [0.02275, 0.158655, 0.5, 0.841345, 0.97725];
    below.forEach((p, i) => {
      const share = sorted.findIndex((value) => value > i - 2) / n;
      expect(Math.abs(share - p)).toBeLessThan(bound(n, Math.sqrt(p * (1 - p))));
    });
    expect(Math.max(...sorted.subarray(-1), -sorted[0])).toBeGreaterThan(4);
  });

  it('have the mean and deviation asked for, and are those of the plain implementation', () => {
    const x = normals(160, { first: 3, seed: 9, step: 4, stream: 2, own: 11 }, 1.5, 0.25);
    x.forEach((value, i) => {
      const expected = normal(48 + i, { seed: 9, step: 4, stream: 2, own: 11 });
      expect(value).toBeCloseTo(1.5 + 0.25 * expected, 5);
    });
  });

  it.each<[string, Place]>([
    ['the next step', { step: 2 }],
    ['another stream', { stream: 1 }],
    ['another seed', { seed: 2 }],
    ['another seed of the layer', { own: 1 }],
    ['the places after it', { first: n / 16 }],
  ])('have nothing to do with those of %s', (_, place) => {
    const x = normals(n);
    const y = normals(n, place);
    for (const lag of [0, 1, 2, 4, 8, 16]) {
      expect(Math.abs(correlation(x, y, lag))).toBeLessThan(bound(n));
      if (lag > 0) expect(Math.abs(correlation(x, x, lag))).toBeLessThan(bound(n));
    }
    const squares = (z: Float32Array): Float32Array => z.map((value) => value * value);
    expect(Math.abs(correlation(squares(x), squares(y)))).toBeLessThan(bound(n));
  });
});

describe('bits', () => {
  const n = 1 << 18;

  it.each([1, 655, 6554, 32768, 58982, 65535])('are zero %i times in 65536', (drop) => {
    const kept = bits(n, drop);
    const rate = drop / 65536;
    expect(Math.abs(1 - moment(kept, 1) - rate)).toBeLessThan(bound(n, Math.sqrt(rate * (1 - rate))));
  });

  it('go by the place alone, and are those of the plain implementation', () => {
    const all = bits(640, 20000, { seed: 5, step: 3, stream: 2, own: 1 });
    const later = bits(320, 20000, { first: 10, seed: 5, step: 3, stream: 2, own: 1 });
    expect(later).toEqual(all.subarray(320));
    all.forEach((bit, i) => {
      expect(bit === 1).toBe(isKept(i, 20000, { seed: 5, step: 3, stream: 2, own: 1 }));
    });
  });

  it('are independent from place to place, step to step and stream to stream', () => {
    const x = bits(n, 32768);
    for (let lag = 1; lag <= 33; lag++) expect(Math.abs(correlation(x, x, lag))).toBeLessThan(bound(n));
    for (const place of [{ step: 2 }, { stream: 1 }, { seed: 2 }, { own: 1 }]) {
      expect(Math.abs(correlation(x, bits(n, 32768, place)))).toBeLessThan(bound(n));
    }
    // Each of the 32 places of a word by itself.
    for (let bit = 0; bit < 32; bit++) {
      const own = x.filter((_, i) => i % 32 === bit);
      expect(Math.abs(moment(own, 1) - 0.5)).toBeLessThan(bound(own.length, 0.5));
    }
  });
});
