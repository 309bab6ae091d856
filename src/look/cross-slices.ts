import type { Predictions } from '../metrics/types';
import type { CrossAxisChoice, CrossSlices, CrossSlicesOptions } from './cross/types';

/**
 * Returns the model's error in each combination of two sides: a difficulty and a column, two columns, or two difficulties. Each
 * cell has its n, interval, share of all errors and gain if it were as good as the whole; cells of too few examples, or with
 * an interval too wide, say so and are judged by nothing. A test tells whether the effect of one side depends on the other,
 * and each cell how far it lies from what its row and its column alone give.
 *
 * Numbers and dates are cut into bins of about equal size, of text the most frequent values are shown and the others put
 * together, and what is missing is a level of its own. The test is Pearson's chi-square of a logistic model without
 * interaction, by simulation where counts are small; of losses and squared errors a weighted sum of squares over the cells with
 * enough examples. p-values of the cells are adjusted by Benjamini and Hochberg.
 *
 * @param predictions from `evaluate` or `predictionsFrom`
 * @param a rows: a column's name, { column, bins, edges }, "label", "predicted", a difficulty, or { source: … }
 * @param b columns, likewise
 * @returns cells row by row; examples whose error is unknown, or outside given edges, are left out and said
 * @throws InputError `missing`, `out-of-range`, `invalid-type`, `empty`, `unknown-option`, and those of `difficulty`
 * @example
 * const rows = Array.from({ length: 80 }, (_, i) => ({ y: 'a', p: i % 4 === 3 ? 'b' : 'a', ink: i, hand: i % 2 ? 'left' : 'right' }));
 * const p = predictionsFrom(rows, { label: 'y', predicted: 'p', metadata: ['ink', 'hand'] });
 * crossSlices(p, 'ink', 'hand', { bins: 2 }).cells.map((cell) => cell.error) // => [0.5, 0, 0.5, 0]
 * @see Alan Agresti, "Categorical data analysis", 2013
 */
export function crossSlices(
  predictions: Predictions,
  a: CrossAxisChoice,
  b: CrossAxisChoice,
  options: CrossSlicesOptions = {},
): CrossSlices {
  const { crossedSlices } = require('./cross/crossed-slices') as typeof import('./cross/crossed-slices');
  return crossedSlices(predictions, a, b, options);
}
