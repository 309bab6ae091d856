import type { Predictions } from '../../metrics/types';
import type { FindSlicesOptions } from './slice-options';
import type { FoundSlices } from './types';

/**
 * Returns the slices of the data on which the model falls short: combinations of up to three conditions (values, ranges of
 * numbers, nothing there) that rows enough satisfy. The rows are halved, three times anew where they are at most 200,000 (see
 * `splits`); each half is searched, and what says something new there is judged by the other half, which that search never saw,
 * and reported where the rate of false discoveries allows it. Pairs of conditions are searched exactly, deeper ones as far as can
 * be afforded. Rows of a slice that belong to one before it do not count for it: what remains is its own.
 *
 * The score is surprise (standard errors above the other rows; of errors of 0 and 1 by the likelihood ratio), which finds small
 * slices with a moderate error as well as large ones; with `alpha` it is SliceLine's, which weighs height against size by α. Use
 * `alpha`, `holdOut: 0` and `group: false` for SliceLine as published. Of losses or squared errors ("measure") means are compared
 * instead of shares.
 *
 * @param predictions from `evaluate` or `predictionsFrom`, with metadata columns
 * @param options see {@link FindSlicesOptions}
 * @returns slices with error, interval, share of all errors, gain if fixed (in units of the error), n and p-value; what was not
 *   confirmed; how many combinations were tried; how small a slice could have been seen with so many rows
 * @throws InputError `missing`, `invalid-type`, `out-of-range`, `unsupported`, `unknown-option`
 * @example
 * const rows = Array.from({ length: 4000 }, (_, i) => {
 *   const city = ['Bern', 'Rome', 'Oslo'][i % 3];
 *   return { y: 1, p: i % (city === 'Rome' ? 3 : 20) === 1 ? 0 : 1, city, age: 20 + (((i * 7919) % 4001) % 50) };
 * });
 * const p = predictionsFrom(rows, { label: 'y', predicted: 'p', task: 'classification' });
 * findSlices(p).slices.map((slice) => slice.description) // => ['city = Rome']
 * @see Svetlana Sagadeeva & Matthias Boehm, "SliceLine: Fast, Linear-Algebra-based Slice Finding for ML Model Debugging", 2021
 */
export function findSlices(predictions: Predictions, options: FindSlicesOptions = {}): FoundSlices {
  const { slicesOfPredictions } =
    require('./slices-of-predictions') as typeof import('./slices-of-predictions');
  return slicesOfPredictions(predictions, options);
}
