import { asResult } from '../core/showable';
import { acrossSeeds } from '../stats/across-seeds';
import { METRICS } from './metrics';
import type { MetricValue, Predictions, SeedPredictions } from './types';

/** Returns the predictions of each seed as if they stood alone; none where there are no seeds. */
export function eachSeed(predictions: Predictions): readonly Predictions[] {
  const { bySeed, ...shared } = predictions;
  return (bySeed ?? []).map((own) => ({ ...shared, ...own }));
}

/** A metric over the seeds: its mean, with an interval for other seeds and other examples. */
function metricAcross(values: readonly MetricValue[]): MetricValue {
  const [{ metric, level, n }] = values;
  const range = METRICS.find(({ id }) => id === metric)?.range;
  const { value, interval, sd, n: seeds } = acrossSeeds(values, level, range);
  return { metric, value, interval, level, n, seeds: { sd, n: seeds } };
}

/** The place of the seed in the middle, from the lowest mean loss to the highest, or by the first metric without losses. */
function typical(all: readonly SeedPredictions[]): number {
  const scoreOf = ({ loss, metrics }: SeedPredictions): number =>
    loss === null
      ? (metrics[0]?.value ?? NaN)
      : Array.from(loss).reduce((sum, value) => sum + value, 0) / loss.length;
  const order = all
    .map((one, place) => ({ place, score: scoreOf(one) }))
    .sort((a, b) => a.score - b.score || a.place - b.place);
  return order[Math.floor((order.length - 1) / 2)].place;
}

/**
 * Returns the predictions of several seeds for the same examples as one: its rows are those of the typical seed, a model that
 * there is; `metrics` are means over the seeds, with intervals for other seeds and other examples; `bySeed` has what each
 * seed said, for those that look on.
 *
 * @param all one a seed, of the same examples in the same order, at least one
 */
export function withSeeds(
  all: readonly { readonly seed: number | null; readonly predictions: Predictions }[],
): Predictions {
  const bySeed = all.map(({ seed, predictions }): SeedPredictions => {
    const { predicted, probabilities, loss, correct, metrics } = predictions;
    return { seed, predicted, probabilities, loss, correct, metrics };
  });
  const place = typical(bySeed);
  const { predictions } = all[place];
  const metrics = predictions.metrics.map(({ metric }) =>
    metricAcross(bySeed.flatMap((one) => one.metrics.filter((value) => value.metric === metric))),
  );
  return asResult({ ...predictions, metrics, seed: all[place].seed, bySeed });
}
