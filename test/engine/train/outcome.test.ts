import fc from 'fast-check';
import { random } from '../../../src/core/random';
import { outcomeOf } from '../../../src/engine/train/outcome';
import type { TrainingData } from '../../../src/engine/train/types';

/** Examples of one column unless more are given, whose targets are these. */
const values = (targets: readonly number[], inputs: readonly number[] = targets): TrainingData => ({
  ...{ task: 'regression', n: targets.length, table: true },
  inputs: Float32Array.from(inputs),
  targets: Float32Array.from(targets),
  labels: Float64Array.from(targets),
});
const classes = (labels: readonly number[], units: number): TrainingData => ({
  ...{ task: 'classification', n: labels.length, table: true },
  inputs: new Float32Array(labels.length),
  targets: Float32Array.from({ length: labels.length * units }, (_, at) =>
    units === 1 ? labels[at] : Number(labels[Math.floor(at / units)] === at % units),
  ),
  labels: Int32Array.from(labels),
});
const all = (n: number): Int32Array => Int32Array.from({ length: n }, (_, i) => i);
const spread = (of: readonly number[]): number => {
  const mean = of.reduce((a, b) => a + b, 0) / of.length;
  return Math.sqrt(of.reduce((sum, value) => sum + (value - mean) ** 2, 0) / of.length);
};

describe('outcomeOf', () => {
  it('counts what was told as what, and how far answers and targets spread', () => {
    const data = classes([0, 1, 2, 1], 3);
    const outputs = [0.8, 0.1, 0.1, 0.2, 0.5, 0.3, 0.6, 0.2, 0.2, 0.1, 0.7, 0.2];
    const told = outcomeOf(data, all(4), Float32Array.from(outputs), 3);
    expect(told.n).toBe(4);
    expect(told.confusion).toEqual([
      [1, 0, 0],
      [0, 2, 0],
      [1, 0, 0],
    ]);
    expect(told.range).toEqual([Math.fround(0.1), Math.fround(0.8)]);
    // Shares 1/4, 1/2 and 1/4: standard deviations √(3/16), 1/2 and √(3/16).
    expect(told.targetSpread).toBeCloseTo((2 * Math.sqrt(3 / 16) + 0.5) / 3, 12);
    const units = [0, 1, 2].map((u) => outputs.filter((_, at) => at % 3 === u));
    expect(told.spread).toBeCloseTo(units.map(spread).reduce((a, b) => a + b, 0) / 3, 6);
  });

  it('takes one sigmoid for two classes, and rows in the order that is asked for', () => {
    const data = classes([0, 1, 1], 1);
    const told = outcomeOf(data, Int32Array.of(2, 0), Float32Array.of(0.4, 0.6), 1);
    expect(told.confusion).toEqual([
      [0, 1],
      [1, 0],
    ]);
    expect([told.n, told.targetSpread]).toEqual([2, 0.5]);
  });

  it('is that of a naive count for any answers', () => {
    const row = fc.tuple(fc.integer({ min: 0, max: 3 }), fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 4, maxLength: 4 })); // prettier-ignore
    fc.assert(
      fc.property(fc.array(row, { minLength: 1, maxLength: 20 }), (rows) => {
        const data = classes(rows.map(([label]) => label), 4); // prettier-ignore
        const outputs = Float32Array.from(rows.flatMap(([, output]) => output));
        const { confusion } = outcomeOf(data, all(rows.length), outputs, 4);
        const naive = [0, 1, 2, 3].map((k) =>
          [0, 1, 2, 3].map(
            (j) => rows.filter(([label, o]) => label === k && o.indexOf(Math.max(...o)) === j).length,
          ),
        );
        expect(confusion).toEqual(naive);
      }),
      { seed: 1 },
    );
  });

  it('has no confusion of values, of several labels, or of more than fifty classes', () => {
    expect(outcomeOf(values([1, 2]), all(2), Float32Array.of(1, 2), 1).confusion).toBeNull();
    const several: TrainingData = { ...classes([0, 1], 2), task: 'multi-label' };
    expect(outcomeOf(several, all(2), Float32Array.of(1, 0, 0, 1), 2).confusion).toBeNull();
    const answers = (units: number) =>
      outcomeOf(classes([0], units), all(1), new Float32Array(units), units).confusion?.length;
    expect([answers(50), answers(51)]).toEqual([50, undefined]);
  });
});

describe('what a column says of the errors', () => {
  const n = 200;
  const stream = random(1);
  const noise = Array.from({ length: n }, () => [stream.normal(), stream.normal()]);

  it('is nearly all where they follow it, and nearly nothing where they do not', () => {
    // The error is the second column itself: over tenths of a normal column all but about 5 % of its variance.
    const follows = outcomeOf(
      values(
        noise.map(([, b]) => 5 + b),
        noise.flat(),
      ),
      all(n),
      new Float32Array(n),
      1,
    ).residual!;
    expect(follows.column).toBe(1);
    expect(follows.share).toBeGreaterThan(0.9);
    const luck = noise.map(() => stream.normal());
    const none = outcomeOf(values(luck, noise.flat()), all(n), new Float32Array(n), 1).residual!;
    expect(Math.abs(none.share)).toBeLessThan(0.1);
  });

  it('is all of an error that steps from tenth to tenth, and nothing where there is no error', () => {
    const column = Array.from({ length: 100 }, (_, i) => (i * 37) % 100);
    const steps = column.map((value) => Math.floor(value / 10) ** 2);
    expect(outcomeOf(values(steps, column), all(100), new Float32Array(100), 1).residual).toEqual({
      ...{ column: 0, share: 1 },
    });
    const exact = outcomeOf(values(steps, column), all(100), Float32Array.from(steps), 1).residual!;
    expect(exact.share).toBe(0);
  });

  it('is ω² over its tenths, ties together', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.integer({ min: 0, max: 5 }), fc.integer({ min: -9, max: 9 })), { minLength: 50, maxLength: 70 }), (rows) => {
        const [column, errors] = [rows.map(([x]) => x), rows.map(([, e]) => e)];
        // Equal values fall into the tenth of the first of them by rank.
        const part = column.map((x) => Math.floor((10 * column.filter((y) => y < x).length) / rows.length));
        const mean = (of: readonly number[]): number => of.reduce((a, b) => a + b, 0) / of.length;
        const total = errors.reduce((sum, e) => sum + (e - mean(errors)) ** 2, 0);
        const groups = [...new Set(part)].map((p) => errors.filter((_, i) => part[i] === p));
        const between = groups.reduce((sum, g) => sum + g.length * (mean(g) - mean(errors)) ** 2, 0);
        const chance = ((groups.length - 1) * (total - between)) / (rows.length - groups.length);
        const told = outcomeOf(values(errors, column), all(rows.length), new Float32Array(rows.length), 1);
        if (total > 0) expect(told.residual!.share).toBeCloseTo((between - chance) / total, 9);
      }),
      { seed: 1, numRuns: 50 },
    ); // prettier-ignore
  });

  it('is not asked of images, of few examples or of very many columns', () => {
    const residual = (data: TrainingData) =>
      outcomeOf(data, all(data.n), new Float32Array(data.n), 1).residual;
    const targets = noise.map(([a]) => a);
    expect(residual({ ...values(targets), table: false })).toBeNull();
    expect([residual(values(targets.slice(0, 49))), residual(values(targets.slice(0, 50)))]).toEqual([
      ...[null, expect.anything()],
    ]);
    expect(residual(values(targets, new Array<number>(257 * n).fill(0)))).toBeNull();
  });
});
