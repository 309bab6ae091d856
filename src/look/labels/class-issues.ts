import type { Warnings } from '../../core/warning';
import type { Predictions } from '../../metrics/types';
import { flagChances } from './flag-chances';
import { classNoise, noisePairs } from './class-noise';
import { flagRows, gatherEvidence, type Evidence } from './filters';
import type { IssueParts } from './issue-parts';
import { bestCut, expectedPrecision, honestChance, judgeNoise } from './judge-noise';
import type { PlannedLabels } from './label-issues-options';
import { rowFacts } from './labelled-rows';
import { readableRows } from './readable-rows';
import { labelScores, type RankBy } from './scores';
import { sortedPlaces } from './select-rows-by';
import type { LabelIssue } from './types';

/** Warns of classes that are too small to be judged. */
function warnOfSmall(
  { perClass }: Evidence,
  { classes }: Predictions,
  least: number,
  warnings: Warnings,
): void {
  const small = classes.filter((_, j) => perClass[j] > 0 && perClass[j] <= least);
  if (small.length === 0) return;
  const shown = small.slice(0, 5).join(', ') + (small.length > 5 ? ', …' : '');
  const message = `${small.length} of ${classes.length} classes have no more examples than each keeps (${least}) and are not pruned: ${shown}.`;
  warnings.add('small-classes', message, small.length);
}

const toRows = (values: Float64Array, k: number): number[][] =>
  Array.from({ length: k }, (_, i) => Array.from(values.subarray(i * k, (i + 1) * k)));

/** Labels of one class each. */
export function classIssues(
  predictions: Predictions,
  planned: PlannedLabels,
  warnings: Warnings,
): IssueParts {
  const { classes, ids, label } = predictions;
  const k = classes.length;
  const { rows, n, p } = readableRows(predictions, warnings);
  const rowOf = (i: number): number => (rows ? rows[i] : i);
  const given = new Int32Array(n);
  for (let i = 0; i < n; i++) given[i] = label[rowOf(i)];
  const data = { n, k, given, p };
  const facts = rowFacts(data);
  const joint = planned.confidentJoint?.[0] ?? null;
  const evidence = gatherEvidence(data, facts, { thresholds: planned.thresholds, joint });
  const { estimate, disputes, chances, regime } = judgeNoise(evidence, planned.level);
  const { filterBy } = planned;
  const honest = honestChance(regime);
  const cut = bestCut(chances, regime);
  const flags =
    filterBy === 'auto' ? flagChances(n, disputes.rows, chances, cut) : flagRows(evidence, filterBy, planned);
  if (['prune_by_noise_rate', 'prune_by_class', 'both'].includes(filterBy))
    warnOfSmall(evidence, predictions, planned.minExamplesPerClass, warnings);

  const chanceOf = new Float64Array(n);
  const sums = { raw: 0, honest: 0 };
  disputes.rows.forEach((row, d) => {
    if (flags[row] === 0) return;
    chanceOf[row] = honest(chances[d]);
    sums.raw += chances[d];
    sums.honest += chanceOf[row];
  });
  let count = 0;
  for (let i = 0; i < n; i++) count += flags[i];
  const flagged = new Int32Array(count);
  for (let i = 0, f = 0; i < n; i++) if (flags[i] === 1) flagged[f++] = i;
  const thresholds = planned.adjustProbabilities ? evidence.thresholds : null;
  const scores = labelScores(data, facts, planned.rankBy as RankBy, flagged, thresholds);
  const order = sortedPlaces(scores);
  const issues = new Array<LabelIssue>(count);
  for (let r = 0; r < count; r++) {
    const i = flagged[order[r]];
    const index = rowOf(i);
    issues[r] = {
      index,
      id: ids[index],
      given: classes[given[i]],
      suggested: classes[facts.top[i]],
      confidence: facts.self[i],
      score: scores[order[r]],
      chance: chanceOf[i],
    };
  }
  return {
    n,
    issues,
    precision: expectedPrecision(regime, { ...sums, flagged: count }, planned.level),
    noise: estimate,
    rule: filterBy === 'auto' ? { leastChance: honest(cut) } : {},
    perClass: classNoise(evidence, classes, flags, planned.level),
    pairs: noisePairs(evidence, classes, flags, planned.level),
    joint: toRows(evidence.joint, k),
    confidentJoint: toRows(evidence.confident.counts, k),
    thresholds: Array.from(evidence.thresholds),
  };
}
