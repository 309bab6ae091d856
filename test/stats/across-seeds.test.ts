import { acrossSeeds } from '../../src/stats/across-seeds';

const value = (at: number, reach = 0.1): { value: number; interval: [number, number] } => ({
  value: at,
  interval: [at - reach, at + reach],
});

describe('acrossSeeds', () => {
  it('adds what other seeds do to what other examples do', () => {
    // Mean 0.8, deviation 0.1, standard error 0.1/√3; Student's 97.5 % quantile for 2 is 4.302653: half-width 0.248414.
    const made = acrossSeeds([value(0.7), value(0.8), value(0.9)]);
    expect([made.value, made.sd, made.n]).toEqual([expect.closeTo(0.8, 12), expect.closeTo(0.1, 12), 3]);
    expect(made.interval[0]).toBeCloseTo(0.8 - Math.hypot(0.1, 0.248414), 5);
    expect(made.interval[1]).toBeCloseTo(0.8 + Math.hypot(0.1, 0.248414), 5);
    expect(acrossSeeds([value(0.7), value(0.8), value(0.9)], 0.95, [0, 1]).interval[1]).toBe(1);
  });

  it('keeps sides apart, and is the interval of the examples where the seeds agree', () => {
    const same = { value: 0.9, interval: [0.5, 0.95] as [number, number] };
    const { interval, sd } = acrossSeeds([same, same, same]);
    expect([...interval, sd]).toEqual([expect.closeTo(0.5, 12), expect.closeTo(0.95, 12), 0]);
  });

  it('gives one seed its own interval, none NaN, and leaves out what is no number', () => {
    expect(acrossSeeds([value(0.5)])).toEqual({ value: 0.5, interval: [0.4, 0.6], sd: NaN, n: 1 });
    expect(acrossSeeds([])).toEqual({ value: NaN, interval: [NaN, NaN], sd: NaN, n: 0 });
    expect(acrossSeeds([value(NaN), value(1), value(3)])).toMatchObject({ value: 2, n: 2 });
    expect(() => acrossSeeds([], 1)).toThrow('strictly between 0 and 1');
  });
});
