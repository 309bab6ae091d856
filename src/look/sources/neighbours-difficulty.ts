import { kNearest } from '../../build/learners/k-nearest';
import { permutation, random } from '../../core/random';
import { collectWarnings } from '../../core/warning';
import { featureSize } from '../../data/feature-size';
import { labelWidth } from '../../data/label-rows';
import { takeExamples } from '../../data/take-examples';
import type { Dataset } from '../../data/types';
import type { Predictions } from '../../metrics/types';
import type { NeighboursDifficulty } from '../difficulty-options';
import { checkDataset, matchedFeatures } from '../hardness/matched-features';
import { matchById } from './match-by-id';
import type { SourceValues } from './source-values';

/** Features of pairs that are compared at most (some ten seconds), and examples that a sample has at least. */
const MOST_WORK = 3e10;
const FEWEST = 500;

/** Examples to compare with, so that the work stays in bounds. */
function affordable(n: number, data: Dataset, d: number): number {
  const cost = n * data.n * d;
  return cost <= MOST_WORK ? data.n : Math.min(data.n, Math.max(FEWEST, Math.floor(MOST_WORK / (n * d))));
}

/** The same number for the same id on both sides; another one for each other id. */
function idCodes(ids: readonly string[], theirs: readonly string[]): readonly [Int32Array, Int32Array] {
  const codeOf = new Map(ids.map((id, i) => [id, i]));
  return [
    Int32Array.from(ids, (id) => codeOf.get(id)!),
    Int32Array.from(theirs, (id, i) => codeOf.get(id) ?? ids.length + i),
  ];
}

/** How far an example's label lies from those of its neighbours. */
function disagreement(own: Dataset, row: number, others: Dataset, neighbours: Int32Array): number {
  const found = neighbours.filter((place) => place >= 0);
  if (found.length === 0) return NaN;
  if (own.task === 'regression') {
    const mean = found.reduce((sum, place) => sum + others.labels[place], 0) / found.length;
    return (own.labels[row] - mean) ** 2;
  }
  const width = labelWidth(own);
  let away = 0;
  for (const place of found)
    for (let k = 0; k < width; k++)
      away += Number(own.labels[row * width + k] !== others.labels[place * width + k]);
  return away / (found.length * width);
}

/**
 * k-disagreeing neighbours: the share of the k most similar examples that have another label; with several labels the share of
 * the labels that differ, of values the squared distance to the neighbours' mean.
 */
export function neighboursDifficulty(
  fn: string,
  predictions: Predictions,
  { source, dataset: given, among: theirs, k = 5, seed = 0 }: NeighboursDifficulty,
): SourceValues {
  checkDataset(fn, 'dataset', given, predictions);
  if (theirs !== undefined) checkDataset(fn, 'among', theirs, predictions);
  const alone = theirs === undefined || theirs === given;
  const [measured, own = measured] = alone
    ? matchedFeatures(fn, 'dataset', given)
    : matchedFeatures(fn, 'among', theirs, given);
  const d = featureSize(own.features.shape);
  const m = affordable(own.n, measured, d);
  const sampled = m < measured.n;
  const others = sampled
    ? takeExamples(measured, permutation(measured.n, random(seed).fork('neighbours')).slice(0, m).sort())
    : measured;
  const warnings = collectWarnings();
  if (sampled) {
    const message = `Neighbours were looked for among a random ${m} of ${measured.n} examples (seed ${seed}): all of them would take too long.`;
    warnings.add('sampled', message);
  }
  const [ofOwn, ofOthers] = idCodes(own.ids, others.ids);
  const { indices } =
    alone && !sampled
      ? kNearest(own.features.values, d, k)
      : kNearest(others.features.values, d, k, own.features.values, { queries: ofOwn, points: ofOthers });
  const values = Float64Array.from({ length: own.n }, (_, i) =>
    disagreement(own, i, others, indices.subarray(i * k, (i + 1) * k)),
  );
  const titles = {
    classification: `share of ${k} neighbours with another label`,
    'multi-label': `share of the labels of ${k} neighbours that differ`,
    regression: `squared distance to the mean of ${k} neighbours`,
  };
  return {
    source,
    title: titles[own.task],
    unit: own.task === 'regression' ? 'target²' : '',
    values: matchById(fn, 'dataset', predictions.ids, own.ids, (row) => values[row]),
    circular: false,
    warnings: warnings.list(),
  };
}
