import { fisherExact } from '../../src/stats/fisher-exact';
import { meanAndVariance } from '../../src/stats/moments';
import { welch } from '../../src/stats/welch';

const moments = (values: readonly number[]) => ({
  n: values.length,
  sum: values.reduce((a, b) => a + b, 0),
  squares: values.reduce((a, b) => a + b * b, 0),
});

describe('fisherExact', () => {
  // SciPy 1.16: hypergeom.sf(hits − 1, n, marked, drawn)
  test.each([
    [3, 4, 4, 8, 0.24285714285714283],
    [60, 400, 100, 1000, 1.6703210339517585e-5],
    [30, 400, 100, 1000, 0.9890147890082065],
    [1, 4, 3, 10, 0.8333333333333334],
    [1300, 10_000, 10_000, 100_000, 1.4994204019670737e-24],
  ])('%d of %d drawn, %d of %d marked', (hits, drawn, marked, n, p) => {
    expect(fisherExact(hits, drawn, marked, n) / p).toBeCloseTo(1, 8);
  });

  test('is 1 where no other number is possible', () => {
    expect(fisherExact(0, 5, 3, 10)).toBe(1);
    expect(fisherExact(3, 10, 3, 10)).toBe(1);
    expect(fisherExact(0, 0, 0, 0)).toBe(1);
  });

  test('sums to 1 with its other side, for all small tables', () => {
    for (let n = 1; n <= 9; n++) {
      for (let drawn = 0; drawn <= n; drawn++) {
        for (let marked = 0; marked <= n; marked++) {
          for (let hits = Math.max(1, drawn + marked - n); hits <= Math.min(drawn, marked); hits++) {
            // At least `hits` in the group: at most marked − hits in the others.
            const other = marked - hits + 1;
            const rest = n - drawn;
            const others = other > Math.min(rest, marked) ? 0 : fisherExact(other, rest, marked, n);
            expect(fisherExact(hits, drawn, marked, n) + others).toBeCloseTo(1, 10);
          }
        }
      }
    }
  });

  test('refuses what cannot be', () => {
    expect(() => fisherExact(5, 4, 4, 8)).toThrow(/fisherExact: "hits" must be an integer from 0 to 4/);
    expect(() => fisherExact(0, 4, 6, 8)).toThrow(/integer from 2 to 4/);
  });
});

describe('welch', () => {
  test('agrees with SciPy', () => {
    const { t, df, pValue } = welch(moments([1.5, 2, 9, 4, 4.5]), moments([1, 2, 3, 1, 2, 2.5]));
    expect(t).toBeCloseTo(1.6688712727836206, 10);
    expect(df).toBeCloseTo(4.48624297563147, 10);
    expect(pValue).toBeCloseTo(0.08133938853653964, 10);
  });

  test('keeps the digits of a small probability', () => {
    const high = moments(Array.from({ length: 200 }, (_, i) => 10 + (i % 3)));
    const low = moments(Array.from({ length: 200 }, (_, i) => i % 3));
    expect(welch(high, low).pValue).toBeLessThan(1e-200);
    expect(welch(low, high).pValue).toBe(1);
  });

  test('is unknown where nothing varies or too little is there', () => {
    expect(welch(moments([1, 1]), moments([1, 1])).t).toBeNaN();
    expect(welch(moments([1]), moments([1, 2])).pValue).toBeNaN();
    expect(meanAndVariance(moments([])).mean).toBeNaN();
  });
});
