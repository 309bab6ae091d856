import { permutation, random, shuffleInPlace } from '../../src/core/random';

describe('random', () => {
  it('gives the same stream for the same seed and another for another', () => {
    const draw = (seed: number): number[] => {
      const stream = random(seed);
      return Array.from({ length: 5 }, () => stream.next());
    };
    expect(draw(7)).toEqual(draw(7));
    expect(draw(7)).not.toEqual(draw(8));
  });

  it('is uniform: mean 1/2, variance 1/12, each tenth about a tenth', () => {
    const stream = random(1);
    const n = 100_000;
    const tenths = new Array<number>(10).fill(0);
    let sum = 0;
    let squares = 0;
    for (let i = 0; i < n; i++) {
      const x = stream.next();
      sum += x;
      squares += x * x;
      tenths[Math.floor(x * 10)]++;
    }
    // Standard errors: 0.289/√n = 0.0009 for the mean, √(0.09·n) = 95 for a tenth's count.
    expect(Math.abs(sum / n - 0.5)).toBeLessThan(0.004);
    expect(Math.abs(squares / n - 1 / 3)).toBeLessThan(0.004);
    for (const count of tenths) expect(Math.abs(count - n / 10)).toBeLessThan(450);
  });

  it('draws normals of mean 0 and variance 1', () => {
    const stream = random(2);
    const xs = Array.from({ length: 50_000 }, () => stream.normal());
    const mean = xs.reduce((a, b) => a + b, 0) / xs.length;
    const variance = xs.reduce((a, b) => a + (b - mean) ** 2, 0) / xs.length;
    expect(Math.abs(mean)).toBeLessThan(0.02);
    expect(Math.abs(variance - 1)).toBeLessThan(0.03);
  });

  it('forks streams that do not move the parent', () => {
    const a = random(3);
    const b = random(3);
    a.fork('weights').next();
    expect(a.next()).toBe(b.next());
    expect(random(3).fork('x').next()).not.toBe(random(3).fork('y').next());
  });

  it('shuffles evenly: each of 6 orders of 3 about a sixth of the time', () => {
    const stream = random(4);
    const counts = new Map<string, number>();
    for (let i = 0; i < 6000; i++) {
      const key = permutation(3, stream).join('');
      counts.set(key, (counts.get(key) ?? 0) + 1);
    }
    expect([...counts.keys()].sort()).toEqual(['012', '021', '102', '120', '201', '210']);
    for (const count of counts.values()) expect(Math.abs(count - 1000)).toBeLessThan(150);
  });

  it('keeps every element when it shuffles', () => {
    expect([...shuffleInPlace([5, 6, 7, 8], random(0))].sort()).toEqual([5, 6, 7, 8]);
  });
});
