import { checkOptions, integer } from '../core/options';
import { asResult } from '../core/showable';
import { countLabels } from '../data/label-rows';
import { checkPredictions } from '../metrics/check-predictions';
import { eachSeed } from '../metrics/by-seed';
import type { Predictions } from '../metrics/types';
import { acrossSeeds } from '../stats/across-seeds';
import { wilsonInterval } from '../stats/wilson-interval';
import { countConfusion } from './confusion';
import { CARD_RULES, type CardOptions } from './cards/card-maker';
import { groupCards } from './cards/group-cards';
import type { ConfusedPair, Confusion, MostConfused } from './types';

/** Options of {@link mostConfused}. */
export interface MostConfusedOptions extends CardOptions {
  /** Pairs at most; defaults to 10. */
  readonly limit?: number;
  /** Examples that a pair must have; defaults to 1. */
  readonly minCount?: number;
}

/** Examples of a pair that get a card. */
const EXAMPLES = 6;

/** Every pair of a true class and another that is predicted in its place: for multi-label a missed label with each false one. */
function mistakesOf(
  { task, classes, label, predicted }: Predictions,
  i: number,
): readonly [number, number][] {
  if (task !== 'multi-label') return label[i] === predicted[i] ? [] : [[label[i], predicted[i]]];
  const at = (k: number): number => i * classes.length + k;
  const labels = classes.map((_, k) => k);
  const missed = labels.filter((k) => label[at(k)] === 1 && predicted[at(k)] === 0);
  const falseAlarms = labels.filter((k) => label[at(k)] === 0 && predicted[at(k)] === 1);
  return missed.flatMap((a) => falseAlarms.map((b): [number, number] => [a, b]));
}

/** Row numbers of every wrong prediction by "label,predicted". */
function wrongByPair(predictions: Predictions): Map<string, number[]> {
  const pairs = new Map<string, number[]>();
  for (let i = 0; i < predictions.n; i++) {
    for (const [label, predicted] of mistakesOf(predictions, i)) {
      const key = `${label},${predicted}`;
      const rows = pairs.get(key);
      if (rows) rows.push(i);
      else pairs.set(key, [i]);
    }
  }
  return pairs;
}

/** What pairs are made of: how often each class was taken for each, and how often it occurs. */
interface PairCounts extends Pick<Confusion, 'name' | 'n' | 'classes' | 'counts'> {
  readonly totals: readonly number[];
}

function counted(predictions: Predictions): Pick<Confusion, 'name' | 'n' | 'classes' | 'counts'> {
  const { counts, counted: n } = countConfusion(predictions);
  return { name: predictions.name, n, classes: predictions.classes, counts };
}

function pairCounts(
  subject: Predictions | Confusion,
  rows: ReadonlyMap<string, readonly number[]>,
): PairCounts {
  if (subject.kind === 'predictions' && subject.task === 'multi-label') {
    const { classes, name, n } = subject;
    const counts = classes.map((_, a) => classes.map((__, b) => rows.get(`${a},${b}`)?.length ?? 0));
    return {
      name,
      n,
      classes,
      counts,
      totals: countLabels({ ...subject, labels: Uint8Array.from(subject.label) }),
    };
  }
  const { classes, name, n, counts } = subject.kind === 'confusion' ? subject : counted(subject);
  return {
    name,
    n,
    classes,
    counts,
    totals: counts.map((row) => row.reduce((sum, count) => sum + count, 0)),
  };
}

/** The rate of a pair over the seeds. */
function rateAcross(
  bySeed: readonly PairCounts[],
  label: number,
  predicted: number,
): Pick<ConfusedPair, 'rate' | 'interval' | 'seeds'> {
  const values = bySeed.map(({ counts, totals }) => ({
    value: counts[label][predicted] / totals[label],
    interval: wilsonInterval(counts[label][predicted], totals[label]),
  }));
  const { value, interval, sd, n } = acrossSeeds(values, 0.95, [0, 1]);
  return { rate: value, interval, seeds: { sd, n } };
}

/**
 * Returns the ordered pairs of classes that are mixed up most, by count and then by rate. A pair's interval is for its
 * rate alone; among many pairs the largest looks worse than it is. For multi-label a pair is a label that was missed in an
 * example together with one that was predicted there falsely.
 *
 * @param subject predictions, or a confusion (whose pairs then know no examples: `indices` is empty)
 * @param options limit, defaults to 10; minCount, defaults to 1; data, columns, as: what the cards of up to six examples a pair
 *   show
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
  const { limit = 10, minCount = 1 } = checkOptions(fn, options, {
    ...CARD_RULES,
    limit: integer(1),
    minCount: integer(1),
  });
  const isTable = (subject as Confusion | undefined)?.kind === 'confusion';
  const predictions = isTable ? undefined : checkPredictions(fn, subject, ['classification', 'multi-label']);
  const rows = predictions ? wrongByPair(predictions) : new Map<string, number[]>();
  const { counts, classes, name, n, totals } = pairCounts(subject, rows);
  const pairs: ConfusedPair[] = [];
  const alone = predictions ? eachSeed(predictions) : [];
  const bySeed = alone.map((own) => pairCounts(own, wrongByPair(own)));
  counts.forEach((row, label) => {
    const total = totals[label];
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
  const shown = pairs.slice(0, limit);
  const groups = shown.map(({ indices }) => ({ indices, most: EXAMPLES }));
  const cards = predictions && groupCards(fn, predictions, options, groups);
  return asResult({
    kind: 'most-confused',
    name,
    n,
    pairs: cards ? shown.map((pair, place) => ({ ...pair, cards: cards[place] })) : shown,
  });
}
