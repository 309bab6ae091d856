import { checkOptions, integer } from '../core/options';
import { asResult } from '../core/showable';
import { checkPredictions } from '../metrics/check-predictions';
import { eachSeed } from '../metrics/by-seed';
import type { Predictions } from '../metrics/types';
import { acrossSeeds } from '../stats/across-seeds';
import { wilsonInterval } from '../stats/wilson-interval';
import { confusion } from './confusion';
import type { ConfusedPair, Confusion, MostConfused } from './types';

/** Options of {@link mostConfused}. */
export interface MostConfusedOptions {
  /** Pairs at most; defaults to 10. */
  readonly limit?: number;
  /** Examples that a pair must have; defaults to 1. */
  readonly minCount?: number;
}

/** Row numbers of every wrong prediction by "label,predicted". */
function wrongByPair({ n, label, predicted }: Predictions): Map<string, number[]> {
  const pairs = new Map<string, number[]>();
  for (let i = 0; i < n; i++) {
    if (label[i] === predicted[i]) continue;
    const key = `${label[i]},${predicted[i]}`;
    const rows = pairs.get(key);
    if (rows) rows.push(i);
    else pairs.set(key, [i]);
  }
  return pairs;
}

/** The rate of a pair over the seeds. */
function rateAcross(
  bySeed: readonly Confusion['counts'][],
  label: number,
  predicted: number,
): Pick<ConfusedPair, 'rate' | 'interval' | 'seeds'> {
  const values = bySeed.map((counts) => {
    const total = counts[label].reduce((sum, count) => sum + count, 0);
    const count = counts[label][predicted];
    return { value: count / total, interval: wilsonInterval(count, total) };
  });
  const { value, interval, sd, n } = acrossSeeds(values, 0.95, [0, 1]);
  return { rate: value, interval, seeds: { sd, n } };
}

/**
 * Returns the ordered pairs of classes that are mixed up most, by count and then by rate. A pair's interval is for its
 * rate alone; among many pairs the largest looks worse than it is.
 *
 * @param subject predictions, or a confusion (whose pairs then know no examples: `indices` is empty)
 * @param options limit; defaults to 10. minCount; defaults to 1
 * @returns pairs with count, rate among the examples of that label, 95 % Wilson interval and row numbers
 * @throws InputError `invalid-type`, `unsupported` for regression, `out-of-range`, `unknown-option`
 * @example
 * const p = predictionsFrom([{ y: 'a', p: 'b' }, { y: 'b', p: 'b' }], { label: 'y', predicted: 'p' });
 * mostConfused(p).pairs[0].rate // => 1
 */
export function mostConfused(
  subject: Predictions | Confusion,
  options: MostConfusedOptions = {},
): MostConfused {
  const fn = 'mostConfused';
  const { limit = 10, minCount = 1 } = checkOptions(fn, options, { limit: integer(1), minCount: integer(1) });
  const isTable = (subject as Confusion | undefined)?.kind === 'confusion';
  const predictions = isTable ? undefined : checkPredictions(fn, subject, 'classification');
  const { counts, classes, name, n } = predictions ? confusion(predictions) : (subject as Confusion);
  const rows = predictions ? wrongByPair(predictions) : new Map<string, number[]>();
  const pairs: ConfusedPair[] = [];
  const bySeed = predictions ? eachSeed(predictions).map((own) => confusion(own).counts) : [];
  counts.forEach((row, label) => {
    const total = row.reduce((sum, count) => sum + count, 0);
    row.forEach((count, predicted) => {
      if (label === predicted || count < minCount) return;
      pairs.push({
        label: classes[label],
        predicted: classes[predicted],
        count,
        ...(bySeed.length > 0
          ? rateAcross(bySeed, label, predicted)
          : { rate: count / total, interval: wilsonInterval(count, total) }),
        indices: rows.get(`${label},${predicted}`) ?? [],
      });
    });
  });
  pairs.sort((a, b) => b.count - a.count || b.rate - a.rate);
  return asResult({ kind: 'most-confused', name, n, pairs: pairs.slice(0, limit) });
}
