import { InputError } from '../../core/input-error';
import { integer, numberIn, type Constraint } from '../../core/options';
import type { Predictions } from '../../metrics/types';

/** From where on an error of a regression counts: in units of the target, or as a quantile of all errors. */
export type ErrorAbove = number | { readonly quantile: number };

/** Constraint of the option `errorAbove`. */
export const errorAboveGiven: Constraint<ErrorAbove> = {
  code: 'out-of-range',
  expected: 'be a number ≥ 0, or { quantile } strictly between 0 and 1',
  holds: (value): value is ErrorAbove =>
    numberIn(0, Infinity).holds(value) ||
    (typeof value === 'object' &&
      value !== null &&
      Object.keys(value).length === 1 &&
      numberIn(0, 1, { open: true }).holds((value as { quantile?: unknown }).quantile)),
};

/** Constraint of numbers of examples. */
export const someExamples = integer(0);

/** Rows that the model has wrong, and those it has right. */
export interface ErrorRows {
  readonly wrong: readonly number[];
  readonly right: readonly number[];
  /** Regression: what an absolute error must be above. */
  readonly bound: number | null;
}

/**
 * The bound above which the largest 1 − q of the values lie, with all that equal the least of them; where there is no smaller value
 * than these, they are no larger than the others, and nothing is above the bound.
 */
function boundAt(values: Float64Array, q: number): number {
  const sorted = values.filter(Number.isFinite).sort();
  let at = Math.min(sorted.length - 1, Math.ceil(q * sorted.length));
  const least = sorted[at];
  while (at > 0 && sorted[at] === least) at--;
  return sorted[at] ?? NaN;
}

/**
 * Returns which rows are errors: a wrong class, for multi-label any wrong label; for regression an absolute error above the bound, by
 * default that of nine tenths of the examples; errors as large as the least of the worst tenth belong to it. What is not a number is wrong.
 *
 * @throws InputError `unsupported` for a bound where there are classes
 */
export function errorRows(fn: string, predictions: Predictions, errorAbove?: ErrorAbove): ErrorRows {
  const { task, n, label, predicted, correct } = predictions;
  const rows = Array.from({ length: n }, (_, i) => i);
  if (task !== 'regression') {
    if (errorAbove !== undefined) {
      throw new InputError({
        code: 'unsupported',
        fn,
        param: 'errorAbove',
        expected: `be left out for a ${task} task: an answer is wrong or right`,
        received: errorAbove,
      });
    }
    return {
      wrong: rows.filter((i) => correct[i] !== 1),
      right: rows.filter((i) => correct[i] === 1),
      bound: null,
    };
  }
  const sizes = Float64Array.from(rows, (i) => Math.abs(predicted[i] - label[i]));
  const bound = typeof errorAbove === 'number' ? errorAbove : boundAt(sizes, errorAbove?.quantile ?? 0.9);
  const small = (i: number): boolean => sizes[i] <= bound;
  return { wrong: rows.filter((i) => !small(i)), right: rows.filter(small), bound };
}
