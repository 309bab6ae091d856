import { InputError } from '../../core/input-error';
import type { Warnings } from '../../core/warning';
import type { Predictions } from '../../metrics/types';
import { FN } from './label-issues-options';

/** Probabilities that rules can read: N×K or, for multi-label, N×K of each label. */
export interface ReadableRows {
  /** Rows of the predictions that are judged; null for all. */
  readonly rows: Int32Array | null;
  readonly n: number;
  readonly p: Float64Array | Float32Array;
}

const asFloats = (values: ArrayLike<number>): Float64Array | Float32Array =>
  values instanceof Float64Array || values instanceof Float32Array ? values : Float64Array.from(values);

/** The mean of what several seeds say. */
function meanOverSeeds(all: readonly ArrayLike<number>[]): Float64Array {
  const sum = new Float64Array(all[0].length);
  for (const values of all) for (let at = 0; at < sum.length; at++) sum[at] += values[at] / all.length;
  return sum;
}

/** True where every value is a probability. */
function areProbabilities(p: Float64Array | Float32Array): boolean {
  for (let at = 0; at < p.length; at++) if (!(p[at] >= -1e-6 && p[at] <= 1 + 1e-6)) return false;
  return true;
}

/**
 * Returns the probabilities of predictions, the mean over seeds where there are several; rows without are left out, with a warning.
 *
 * @throws InputError `missing` where there are no probabilities, `out-of-range` where one is no probability
 */
export function readableRows(predictions: Predictions, warnings: Warnings): ReadableRows {
  const { n, classes, bySeed } = predictions;
  const k = classes.length;
  const seeds = (bySeed ?? []).flatMap(({ probabilities }) => (probabilities ? [probabilities] : []));
  const given = seeds.length > 1 ? meanOverSeeds(seeds) : predictions.probabilities;
  if (given === null) {
    throw new InputError({
      code: 'missing',
      fn: FN,
      param: 'predictions',
      expected: 'know the probability of each class; these have predicted classes only',
      mend: 'Give probabilities to predictionsFrom, or end the model with a softmax.',
    });
  }
  const p = asFloats(given);
  if (areProbabilities(p)) return { rows: null, n, p };
  const readable = new Int32Array(n);
  let count = 0;
  for (let i = 0; i < n; i++) {
    let sum = 0;
    for (let at = i * k; at < (i + 1) * k; at++) {
      const value = p[at];
      sum += value;
      if (value >= -1e-6 && value <= 1 + 1e-6) continue;
      if (Number.isNaN(value)) break;
      throw new InputError({
        code: 'out-of-range',
        fn: FN,
        param: 'predictions',
        expected: `hold probabilities between 0 and 1; example "${predictions.ids[i]}" has another`,
        received: value,
      });
    }
    if (!Number.isNaN(sum)) readable[count++] = i;
  }
  warnings.add(
    'no-prediction',
    `${n - count} of ${n} examples have no probabilities and are left out.`,
    n - count,
  );
  const rows = readable.slice(0, count);
  const kept = new Float64Array(count * k);
  rows.forEach((row, i) => kept.set(p.subarray(row * k, (row + 1) * k), i * k));
  return { rows, n: count, p: kept };
}
