import { widthOf } from '../../engine/count/types';
import type { Verdict } from './judge-slices';
import { conditionOf, type LevelRule } from './level-rule';
import type { PartTotals, Pick } from './pick-slices';
import { conditionWords, predicateSql, predicateWords } from './predicate';
import { gainIfFixed, shareOfErrors, sliceMeasure, type Reading } from './slice-measures';
import type { SliceCondition, SliceData } from './types';

/** What slices are measured against. */
export interface SliceGround {
  readonly rules: readonly LevelRule[];
  readonly totals: PartTotals;
  readonly reading: Reading;
}

/** Returns what the conditions of a cell mean. */
export function predicateOf(cell: Int32Array, rules: readonly LevelRule[]): readonly SliceCondition[] {
  return Array.from({ length: widthOf(cell) }, (_, at) =>
    conditionOf(rules[cell[3 * at]], cell[3 * at + 1], cell[3 * at + 2]),
  );
}

/** Returns all that counts say of a chosen slice; its rows are those that were searched and those that judged it. */
export function sliceData(pick: Pick, verdict: Verdict | undefined, ground: SliceGround): SliceData {
  const { rules, reading } = ground;
  const totals = pick.totals ?? ground.totals;
  const predicate = predicateOf(pick.conditions, rules);
  const discovery = sliceMeasure(pick.counts, totals.searched, reading);
  const heldOut = verdict ? sliceMeasure(verdict.counts, totals.heldOut, reading) : null;
  const [own, whole] = verdict ? [verdict.counts, totals.heldOut] : [pick.counts, totals.searched];
  const judged = heldOut ?? discovery;
  const share = shareOfErrors(own, whole, reading);
  const gain = gainIfFixed(own, whole, reading);
  const n = pick.counts.n + (verdict?.counts.n ?? 0);
  return {
    kind: 'slice',
    predicate,
    conditions: predicate.map(conditionWords),
    description: predicateWords(predicate),
    sql: predicateSql(predicate),
    level: predicate.length,
    score: pick.score,
    n,
    shareOfExamples: n / (totals.searched.n + totals.heldOut.n),
    errors: reading.zeroOne ? pick.counts.sum + (verdict?.counts.sum ?? 0) : NaN,
    error: judged.error,
    interval: judged.interval,
    ratio: judged.error / judged.overall,
    shareOfErrors: share.share,
    shareOfErrorsInterval: share.interval,
    gainIfFixed: gain.gain,
    gainInterval: gain.interval,
    discovery,
    heldOut,
    pValue: verdict?.pValue ?? NaN,
    qValue: verdict?.qValue ?? NaN,
    indices: [],
    alternatives: pick.alternatives.map(({ cell, overlap }) => {
      const other = predicateOf(cell.conditions, rules);
      const description = predicateWords(other);
      return { predicate: other, description, score: cell.score, overlap, n: cell.size };
    }),
  };
}

/** Parts slices by what the held-out rows say: the confirmed ones, the surest first, and the others; all are confirmed where nothing judges. */
export function partByVerdict<T extends SliceData>(
  slices: readonly T[],
  falseDiscoveryRate: number,
): { slices: readonly T[]; unconfirmed: readonly T[] } {
  const sure = ({ heldOut, qValue }: T): boolean => heldOut === null || qValue <= falseDiscoveryRate;
  const order = (a: T, b: T): number => (a.pValue < b.pValue ? -1 : a.pValue > b.pValue ? 1 : 0);
  return { slices: slices.filter(sure).sort(order), unconfirmed: slices.filter((slice) => !sure(slice)) };
}
