import { asResult } from '../../core/showable';
import type { Dataset, Table } from '../../data/types';
import type { Predictions } from '../../metrics/types';
import type { Moments } from '../../stats/welch';
import { checkPredictions } from '../../metrics/check-predictions';
import { sliceError } from '../slice-errors';
import { topLosses } from '../top-losses';
import type { TopLosses } from '../types';
import type { Hunt } from './hunt';
import { conditionOf, type LevelRule } from './level-rule';
import { predicateSql, predicateWords, rowsWhere } from './predicate';
import { gainIfFixed, shareOfErrors, sliceMeasure, type Reading } from './slice-measures';
import { momentsOf, valuesOf } from './slice-rows';
import type { Slice, SliceCondition, SliceData, SliceExamplesOptions, SliceFit } from './types';

/** What slices are made from. */
export interface SliceGround {
  readonly predictions: Predictions;
  readonly of: 'error' | 'loss';
  readonly rules: readonly LevelRule[];
  /** Rows whose value is known. */
  readonly rows: Uint32Array;
  readonly searched: Uint32Array;
  readonly values: Float64Array;
  readonly totals: { readonly searched: Moments; readonly heldOut: Moments };
  readonly reading: Reading;
  readonly falseDiscoveryRate: number;
  /** What the cards of examples show. */
  readonly data?: Dataset;
}

/** Returns what the conditions of a cell mean. */
export function predicateOf(cell: Int32Array, rules: readonly LevelRule[]): readonly SliceCondition[] {
  return Array.from({ length: cell.length / 3 }, (_, at) =>
    conditionOf(rules[cell[3 * at]], cell[3 * at + 1], cell[3 * at + 2]),
  );
}

/** Makes a measured slice one that can be asked for its examples and tried on other rows. */
function asSlice(data: SliceData, { predictions, of, reading, data: own }: SliceGround): Slice {
  const { predicate, description, indices } = data;

  function fit(subject: Predictions): SliceFit;
  function fit(subject: Table): readonly number[];
  function fit(subject: Predictions | Table): SliceFit | readonly number[] {
    const fn = 'slice.fit';
    if (subject?.kind === 'table') return rowsWhere(fn, predicate, subject);
    const given = checkPredictions(fn, subject);
    const values = valuesOf(given, of);
    const known = (row: number): boolean => Number.isFinite(values[row]);
    const rows = rowsWhere(fn, predicate, given.metadata).filter(known);
    const own = momentsOf(Float64Array.from(rows, (row) => values[row]));
    const all = momentsOf(values.filter((value) => Number.isFinite(value)));
    return asResult({
      kind: 'slice-fit',
      description,
      ...sliceMeasure(own, all, reading),
      shareOfExamples: rows.length / all.n,
      indices: rows,
    });
  }

  function examples({ limit = 10, ...shown }: SliceExamplesOptions = {}): TopLosses {
    // Where no loss is known an example is right or wrong.
    const loss = predictions.loss ?? valuesOf(predictions, 'error');
    return topLosses({ ...predictions, loss }, { data: own, ...shown, limit, among: indices });
  }

  return asResult(data, { examples, fit });
}

/** Returns the chosen slices with all that is measured of them: those that the held-out rows confirm, and the others. */
export function makeSlices(
  { picks, verdicts }: Hunt,
  ground: SliceGround,
): { slices: readonly Slice[]; unconfirmed: readonly Slice[] } {
  const { predictions, rules, rows, searched, values, totals, reading, falseDiscoveryRate, of } = ground;
  const known = new Uint8Array(values.length);
  for (const row of rows) known[row] = 1;
  for (const row of searched) known[row] = 2;
  const momentsAt = (indices: readonly number[]): Moments =>
    momentsOf(Float64Array.from(indices, (row) => values[row]));
  const slices = picks.map((pick, i) => {
    const verdict = verdicts?.[i];
    const predicate = predicateOf(pick.conditions, rules);
    const indices = rowsWhere('findSlices', predicate, predictions.metadata).filter((row) => known[row] > 0);
    const all = momentsAt(indices);
    const seen = momentsAt(indices.filter((row) => known[row] === 2));
    const discovery = sliceMeasure(seen, totals.searched, reading);
    const heldOut = verdict ? sliceMeasure(verdict.counts, totals.heldOut, reading) : null;
    const [own, whole] = verdict ? [verdict.counts, totals.heldOut] : [seen, totals.searched];
    const judged = heldOut ?? discovery;
    const share = shareOfErrors(own, whole, reading);
    const gain = gainIfFixed(own, whole, reading);
    const spread = predictions.bySeed && of === 'error' ? sliceError(predictions, indices, reading.level) : undefined;
    const data: SliceData = {
      kind: 'slice',
      predicate,
      description: predicateWords(predicate),
      sql: predicateSql(predicate),
      level: predicate.length,
      score: pick.score,
      n: indices.length,
      shareOfExamples: indices.length / rows.length,
      errors: predictions.task === 'regression' || of === 'loss' ? NaN : all.sum,
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
      ...(spread?.seeds && { seeds: spread.seeds }),
      indices,
      alternatives: pick.alternatives.map(({ cell, overlap }) => {
        const other = predicateOf(cell.conditions, rules);
        const description = predicateWords(other);
        return { predicate: other, description, score: cell.score, overlap, n: cell.size };
      }),
    };
    return asSlice(data, ground);
  });
  if (verdicts === null) return { slices, unconfirmed: [] };
  const confirmed = slices.filter(({ qValue }) => qValue <= falseDiscoveryRate);
  return {
    slices: confirmed.sort((a, b) => a.pValue - b.pValue),
    unconfirmed: slices.filter(({ qValue }) => !(qValue <= falseDiscoveryRate)),
  };
}
