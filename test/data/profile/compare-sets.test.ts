import fc from 'fast-check';
import { dataset } from '../../../src/data/dataset';
import { compareSets } from '../../../src/data/profile/compare-sets';
import { countCopies } from '../../../src/data/profile/copies';
import { takeExamples } from '../../../src/data/take-examples';
import { inTurn, normalRows, regression, someValues } from './naive';

const column = (values: readonly number[]) => inTurn(values.map((value) => [value]));
const range = (from: number, to: number): number[] => Array.from({ length: to - from }, (_, i) => from + i);

/** Largest distance between two step functions, looked for at each value of either. */
function naiveDistance(a: readonly number[], b: readonly number[]): number {
  const below = (values: readonly number[], at: number): number =>
    values.filter((value) => value <= at).length / values.length;
  return Math.max(...[...a, ...b].map((at) => Math.abs(below(a, at) - below(b, at))));
}

describe('the distance of two distributions', () => {
  it('is that of a naive search, ties and all', () => {
    fc.assert(
      fc.property(someValues(2), someValues(2), (a, b) => {
        const { effect } = compareSets(column(a), column(b)).distribution;
        const constant = new Set([...a, ...b]).size === 1;
        expect(effect).toBeCloseTo(constant ? 0 : naiveDistance(a, b), 12);
      }),
      { seed: 1 },
    );
  });
});

describe('countCopies', () => {
  it('is that of a naive search, for features and labels that are few', () => {
    const rows = fc.array(fc.tuple(fc.integer({ min: 0, max: 3 }), fc.integer({ min: 0, max: 1 })), {
      minLength: 1,
      maxLength: 20,
    });
    const made = (list: readonly (readonly [number, number])[]) =>
      dataset({ features: list.map(([x]) => [x, 0.1]), labels: list.map(([, y]) => y), classes: ['a', 'b'] });
    fc.assert(
      fc.property(rows, rows, (a, b) => {
        const same = (one: readonly number[], other: readonly number[]): boolean =>
          one.join() === other.join();
        const copies = b.filter((row) => a.some((other) => same(row, other))).length;
        const within = a.filter((row) => a.filter((other) => same(row, other)).length > 1).length;
        expect(countCopies(made(a), made(b))).toEqual({ copies, rateWithin: within / a.length });
      }),
      { seed: 1 },
    );
  });

  it('tells rows by the last bit of a feature, by the target and by each label', () => {
    const one = regression([[1, 2]], [0.5]);
    expect(countCopies(one, regression([[1, 2]], [0.5])).copies).toBe(1);
    expect(countCopies(one, regression([[1, 2 + 2 ** -22]], [0.5])).copies).toBe(0);
    expect(countCopies(one, regression([[1, 2]], [0.51])).copies).toBe(0);
    const several = (labels: readonly (readonly string[])[]) =>
      dataset({ features: labels.map(() => [1]), labels, classes: ['a', 'b'] });
    expect(countCopies(several([['a'], ['a', 'b']]), several([['b'], ['a']])).copies).toBe(1);
  });

  it('has no two keys alike among many rows', () => {
    const many = inTurn(normalRows(5000, 2, 1));
    expect(countCopies(many, inTurn(normalRows(5000, 2, 2)))).toEqual({ copies: 0, rateWithin: 0 });
    expect(countCopies(many, many).copies).toBe(5000);
  });
});

describe('correlations', () => {
  it('are those of the definition: the pair that differs most, in Fisher’s z', () => {
    const [a, b] = [normalRows(60, 3, 1), normalRows(50, 3, 2)];
    // In the second set the third column follows the first.
    const tied = b.map(([x, y, z]) => [x, y, x + 0.3 * z]);
    const rounded = (rows: readonly (readonly number[])[]) => rows.map((row) => row.map(Math.fround));
    const correlation = (rows: readonly (readonly number[])[], i: number, j: number): number => {
      const mean = (of: (row: readonly number[]) => number): number =>
        rows.reduce((sum, row) => sum + of(row), 0) / rows.length;
      const [mi, mj] = [mean((row) => row[i]), mean((row) => row[j])];
      const cov = mean((row) => (row[i] - mi) * (row[j] - mj));
      return cov / Math.sqrt(mean((row) => (row[i] - mi) ** 2) * mean((row) => (row[j] - mj) ** 2));
    };
    const by = (i: number, j: number): number =>
      Math.abs(Math.atanh(correlation(rounded(a), i, j)) - Math.atanh(correlation(rounded(tied), i, j)));
    const told = compareSets(inTurn(a), inTurn(tied)).correlation;
    expect(told.column).toBe('column 1 and column 3');
    expect(told.effect).toBeCloseTo(by(0, 2), 9);
    expect(by(0, 2)).toBeGreaterThan(Math.max(by(0, 1), by(1, 2)));
    expect(told.z).toBeGreaterThan(4);
  });
});

describe('compareSets', () => {
  const rows = normalRows(900, 4, 7);
  const train = inTurn(rows.slice(0, 600));
  const other = rows.slice(600);
  const differing = (change: (row: readonly number[]) => readonly number[]) =>
    compareSets(train, inTurn(other.map(change)));

  it('finds no difference between two halves of one whole', () => {
    const { copies, copiesOf, rateWithin, ...differences } = differing((row) => row);
    expect([copies, copiesOf, rateWithin]).toEqual([0, 300, 0]);
    for (const { z } of Object.values(differences)) expect(z).toBeLessThan(3);
  });

  it('keeps quiet on many columns and many splits', () => {
    const scores = [1, 2, 3, 4, 5].flatMap((seed) => {
      const whole = normalRows(240, 30, seed);
      const { shift, spread, distribution, correlation } = compareSets(
        inTurn(whole.slice(0, 160)),
        inTurn(whole.slice(160)),
      );
      return [shift.z, spread.z, distribution.z, correlation.z];
    });
    expect(Math.max(...scores)).toBeLessThan(4);
  });

  it('measures a shift in standard deviations of the first set', () => {
    const { shift } = differing(([a, b, c, d]) => [a, b + 1, c, d]);
    const mean = (list: readonly (readonly number[])[]): number =>
      list.reduce((sum, row) => sum + Math.fround(row[1]), 0) / list.length;
    const first = rows.slice(0, 600);
    const sd = Math.sqrt(first.reduce((sum, row) => sum + (Math.fround(row[1]) - mean(first)) ** 2, 0) / 600);
    expect(shift.column).toBe('column 2');
    expect(shift.effect).toBeCloseTo((mean(other) + 1 - mean(first)) / sd, 5);
    // About 1 / √(1/600 + 1/300) = 14 standard errors.
    expect(shift.z).toBeGreaterThan(10);
  });

  it('measures a spread by the logarithm of its ratio', () => {
    const { spread, shift } = differing(([a, b, c, d]) => [a, b, 3 * c, d]);
    expect(spread.column).toBe('column 3');
    expect(Math.abs(spread.effect - Math.log(3))).toBeLessThan(0.15);
    expect(spread.z).toBeGreaterThan(10);
    expect(shift.z).toBeLessThan(4);
  });

  it('finds columns that have changed places', () => {
    const wide = rows.map(([a, b, c, d]) => [a, 5 + 2 * b, c, a + 0.5 * d]);
    const { shift, correlation } = compareSets(
      inTurn(wide.slice(0, 600)),
      inTurn(wide.slice(600).map(([a, b, c, d]) => [b, a, c, d])),
    );
    expect(shift.z).toBeGreaterThan(10);
    expect(correlation).toMatchObject({ column: expect.stringMatching(/column 4$/) });
    expect(correlation.z).toBeGreaterThan(6);
  });

  it('counts copies across, and compares classes by Cramér’s V', () => {
    const all = inTurn(rows.slice(0, 400));
    const [first, second] = [takeExamples(all, range(0, 300)), takeExamples(all, range(200, 400))];
    expect(compareSets(first, second)).toMatchObject({ copies: 100, copiesOf: 200, rateWithin: 0 });
    const shares = (even: number, odd: number) =>
      dataset({
        features: normalRows(even + odd, 1, even),
        labels: [...new Array<number>(even).fill(0), ...new Array<number>(odd).fill(1)],
        classes: ['even', 'odd'],
      });
    // R: chisq.test(matrix(c(60, 40, 20, 80), 2), correct = FALSE): X-squared = 33.333; V = √(33.333 / 200).
    const { classes } = compareSets(shares(60, 40), shares(20, 80));
    expect(classes.effect).toBeCloseTo(Math.sqrt(100 / 3 / 200), 9);
    // ∛33.333 = 3.2183, less 1 − 2/9, by √(2/9) = 0.4714.
    expect(classes.z).toBeCloseTo((Math.cbrt(100 / 3) - 7 / 9) / Math.sqrt(2 / 9), 9);
    expect(compareSets(shares(50, 50), shares(30, 30)).classes.effect).toBe(0);
  });

  it('says of a regression, of other columns and of constants what can be said', () => {
    const targets = regression(rows.slice(0, 20), range(0, 20));
    expect(compareSets(targets, targets).classes).toEqual({ effect: NaN, z: NaN });
    const fewer = inTurn(other.map(([a, b]) => [a, b]));
    expect(compareSets(train, fewer)).toMatchObject({
      copies: 0,
      shift: { column: '', effect: 0, z: -Infinity },
    });
    const still = column(new Array<number>(30).fill(2));
    expect(compareSets(still, still).shift.z).toBe(-Infinity);
    expect(compareSets(still, column(new Array<number>(30).fill(3))).shift).toMatchObject({ effect: 0.5 });
  });
});
