import { wilsonInterval } from '../../stats/wilson-interval';
import type { Warnings } from '../../core/warning';
import type { Predictions } from '../../metrics/types';
import { flagRows, gatherEvidence, type Evidence, type FilterBy } from './filters';
import type { IssueParts } from './issue-parts';
import { flagChances } from './flag-chances';
import { bestCut, judgeNoise } from './judge-noise';
import type { PlannedLabels } from './label-issues-options';
import { rowFacts, type LabelledRows } from './labelled-rows';
import { readableRows } from './readable-rows';
import { labelScores, type RankBy } from './scores';
import { markSmallest, sortedPlaces } from './select-rows-by';
import type { ClassNoise } from './types';

/** Weight of the next lower score of a label in the mean over an example's labels, from the highest to the lowest. */
const FORGET = 0.8;

/** One label of several as two classes: without it, with it. */
function oneLabel(
  p: ArrayLike<number>,
  label: ArrayLike<number>,
  rowOf: (i: number) => number,
  n: number,
  k: number,
  j: number,
): LabelledRows {
  const pair = new Float64Array(2 * n);
  const given = new Int32Array(n);
  for (let i = 0; i < n; i++) {
    pair[2 * i] = 1 - p[i * k + j];
    pair[2 * i + 1] = p[i * k + j];
    given[i] = label[rowOf(i) * k + j];
  }
  return { n, k: 2, given, p: pair };
}

/** Exponential moving average over the scores of each row, from the highest to the lowest: near the lowest. N from K times N. */
function overLabels(scores: readonly Float64Array[], n: number): Float64Array {
  const own = new Float64Array(scores.length);
  return Float64Array.from({ length: n }, (_, i) => {
    scores.forEach((column, j) => (own[j] = column[i]));
    own.sort();
    let mean = own[own.length - 1];
    for (let j = own.length - 2; j >= 0; j--) mean = FORGET * own[j] + (1 - FORGET) * mean;
    return mean;
  });
}

/** Flags of one label, with the rule that each is flagged by. */
function flagLabel(
  evidence: Evidence,
  planned: PlannedLabels,
  filterBy: FilterBy | 'auto',
  j: number,
): Uint8Array {
  const prune = {
    ...planned,
    numToRemovePerClass: planned.numToRemovePerClass && [planned.numToRemovePerClass[j], 0],
  };
  if (filterBy !== 'auto') return flagRows(evidence, filterBy, prune);
  const { disputes, chances, regime } = judgeNoise(evidence, planned.level);
  return flagChances(evidence.data.n, disputes.rows, chances, bestCut(chances, regime));
}

/** Names of the labels of a row. */
const namesOf = (classes: readonly string[], has: (j: number) => boolean): string =>
  classes.filter((_, j) => has(j)).join(', ') || 'no label';

/**
 * Labels of which an example may have several: each is judged by itself as with and without, and an example is flagged where
 * one of its labels is. The rules that take the lowest scores take them over whole examples, as many as
 * `confident_learning` flags.
 */
export function labelSetIssues(
  predictions: Predictions,
  planned: PlannedLabels,
  warnings: Warnings,
): IssueParts {
  const { classes, ids, label } = predictions;
  const k = classes.length;
  const { rows, n, p } = readableRows(predictions, warnings);
  const rowOf = (i: number): number => (rows ? rows[i] : i);
  const { filterBy } = planned;
  const low = filterBy === 'low_self_confidence' || filterBy === 'low_normalized_margin';
  const rankBy = planned.rankBy as RankBy;
  const every = Int32Array.from({ length: n }, (_, i) => i);
  const scores: Float64Array[] = [];
  const selfScores: Float64Array[] = [];
  const perLabel: Uint8Array[] = [];
  const perClass: ClassNoise[] = [];
  for (let j = 0; j < k; j++) {
    const data = oneLabel(p, label, rowOf, n, k, j);
    const facts = rowFacts(data);
    const evidence = gatherEvidence(data, facts, {
      thresholds: null,
      joint: planned.confidentJoint?.[j] ?? null,
    });
    const flags = flagLabel(evidence, planned, low ? 'confident_learning' : filterBy, j);
    perLabel.push(flags);
    scores.push(
      labelScores(data, facts, rankBy, every, planned.adjustProbabilities ? evidence.thresholds : null),
    );
    selfScores.push(facts.self);
    const flagged = flags.reduce((a, b) => a + b, 0);
    const { joint, confident } = evidence;
    const sure = confident.likely.reduce((a, b) => a + (b >= 0 ? 1 : 0), 0);
    const off = confident.likely.reduce((a, b, i) => a + (b >= 0 && b !== data.given[i] ? 1 : 0), 0);
    perClass.push({
      ...{ label: classes[j], n, flagged },
      rate: n > 0 ? (joint[1] + joint[2]) / n : NaN,
      interval: wilsonInterval(off, sure, planned.level),
      confident: sure,
    });
  }
  const flags = new Uint8Array(n);
  for (const own of perLabel) for (let i = 0; i < n; i++) flags[i] |= own[i];
  if (low) {
    const count = flags.reduce((a, b) => a + b, 0);
    flags.fill(0);
    markSmallest(
      { keys: overLabels(selfScores, n), copy: new Float64Array(n) },
      n,
      count,
      (i) => (flags[i] = 1),
    );
  }
  const flagged = every.filter((i) => flags[i] === 1);
  const all = overLabels(scores, n);
  const own = Float64Array.from(flagged, (i) => all[i]);
  const issues = Array.from(sortedPlaces(own), (place) => {
    const i = flagged[place];
    const index = rowOf(i);
    const has = (j: number): boolean => label[index * k + j] === 1;
    return {
      index,
      id: ids[index],
      given: namesOf(classes, has),
      suggested: namesOf(classes, (j) => (perLabel[j][i] === 1 ? !has(j) : has(j))),
      confidence: selfScores.reduce((least, column) => Math.min(least, column[i]), Infinity),
      score: own[place],
      chance: NaN,
    };
  });
  const why = 'it is estimated for labels of one class each only';
  const precision = { value: NaN, interval: [NaN, NaN] as const, level: planned.level, why };
  return {
    ...{ n, issues, precision, noise: null, rule: {}, perClass },
    ...{ pairs: [], joint: [], confidentJoint: [], thresholds: [] },
  };
}
