import { InputError } from '../core/input-error';
import { check, checkOptions, integer, numberIn, numbers, record } from '../core/options';
import { asResult } from '../core/showable';
import { collectWarnings, type Warnings } from '../core/warning';
import { checkPredictions } from '../metrics/check-predictions';
import type { Predictions } from '../metrics/types';
import { difficulty } from './difficulty';
import { edgeBins, quantileBins, type DifficultyBin } from './difficulty-bins';
import type { DifficultyOptions } from './difficulty-options';
import { errorOf, sliceError, sliceTrend, type SliceError } from './slice-errors';
import { sliceLabels } from './slice-labels';
import { matchById } from './sources/match-by-id';
import type { Difficulty, DifficultySlice, DifficultySlices } from './types';

const FN = 'sliceByDifficulty';

/** Options of {@link sliceByDifficulty}. */
export interface SliceByDifficultyOptions {
  /** A difficulty, or the options to make one with. */
  readonly by: Difficulty | DifficultyOptions;
  /** Slices of about equal size; defaults to 5. */
  readonly bins?: number;
  /** Bounds of the slices in units of the difficulty, ascending, instead of `bins`. */
  readonly edges?: ArrayLike<number>;
  /** Confidence level strictly between 0 and 1; defaults to 0.95. */
  readonly level?: number;
}

function checkEdges(edges: ArrayLike<number>): void {
  const ascending = Array.from(edges).every(
    (edge, i) => Number.isFinite(edge) && (i === 0 || edge > edges[i - 1]),
  );
  if (edges.length >= 2 && ascending) return;
  throw new InputError({
    code: 'out-of-range',
    fn: FN,
    param: 'edges',
    expected: 'be at least two finite numbers, ascending',
    received: edges,
  });
}

/** Difficulty in the order of the predictions, NaN also where the example's error is unknown. */
function usableValues(predictions: Predictions, by: Difficulty, warnings: Warnings): Float64Array {
  const { ids, n } = predictions;
  const sameOrder = by.ids.length === n && by.ids.every((id, i) => id === ids[i]);
  const values = sameOrder
    ? Float64Array.from({ length: n }, (_, i) => by.values[i] ?? NaN)
    : matchById(FN, 'by', ids, by.ids, (row) => by.values[row] ?? NaN);
  const unmatched = sameOrder ? 0 : values.reduce((sum, v) => sum + (Number.isNaN(v) ? 1 : 0), 0);
  if (unmatched > by.missing) {
    warnings.add('unmatched', `${unmatched} of ${n} examples have no difficulty under their id.`, unmatched);
  }
  let unknown = 0;
  for (let i = 0; i < n; i++) {
    if (Number.isNaN(values[i]) || Number.isFinite(errorOf(predictions, i))) continue;
    values[i] = NaN;
    unknown++;
  }
  if (unknown > 0) {
    warnings.add(
      'unknown-error',
      `The error of ${unknown} of ${n} examples is not a finite number; they are left out.`,
      unknown,
    );
  }
  return values;
}

/** Bins by the options, with what is odd about them. */
function chooseBins(
  values: Float64Array,
  { bins = 5, edges }: SliceByDifficultyOptions,
  warnings: Warnings,
): readonly DifficultyBin[] {
  if (edges === undefined) {
    const made = quantileBins(values, bins);
    if (made.length < bins) {
      const message = `${made.length} slices instead of ${bins}: equal values of the difficulty stay together.`;
      warnings.add('fewer-slices', message, bins - made.length);
    }
    return made;
  }
  const made = edgeBins(values, edges);
  const known = values.reduce((sum, v) => sum + (Number.isNaN(v) ? 0 : 1), 0);
  const outside = known - made.reduce((sum, bin) => sum + bin.indices.length, 0);
  if (outside > 0) {
    warnings.add(
      'outside-edges',
      `${outside} of ${known} examples lie outside the edges and are left out.`,
      outside,
    );
  }
  return made;
}

/** The slice of one bin, beside the whole. */
function toSlice(
  bin: DifficultyBin,
  label: string,
  own: SliceError,
  whole: SliceError & { readonly n: number },
): DifficultySlice {
  const n = bin.indices.length;
  const share = n / whole.n;
  const total = whole.error * whole.n;
  return {
    label,
    from: bin.from,
    to: bin.to,
    n,
    ...own,
    shareOfExamples: share,
    shareOfErrors: total === 0 ? NaN : n === 0 ? 0 : (own.error * n) / total,
    gainIfFixed: n === 0 ? 0 : Math.max(0, share * (own.error - whole.error)),
    indices: bin.indices,
  };
}

/**
 * Returns the model's error from the easiest to the hardest examples, each slice with its interval, its share of all
 * errors and the gain if it were as good as the whole, and a test for a trend. A model that is worse on easy examples
 * than on hard ones has usually met a fault, not a limit. For multi-label an example is wrong where any label is. Examples without difficulty are left out and said.
 *
 * @param predictions from `evaluate` or `predictionsFrom`
 * @param options by: a difficulty or the options of one. bins; defaults to 5. edges instead of bins. level; defaults to 0.95
 * @returns slices, easiest first; shares are of the sliced examples. Share of errors is NaN when there are none
 * @throws InputError `out-of-range`, `invalid-type`, `empty`, `not-found`, `unknown-option`, and those of `difficulty`
 * @example
 * const rows = [1, 2, 3, 4].map((ink) => ({ y: 'a', p: ink > 2 ? 'b' : 'a', ink }));
 * const p = predictionsFrom(rows, { label: 'y', predicted: 'p', metadata: ['ink'] });
 * sliceByDifficulty(p, { by: { source: 'metadata', column: 'ink' }, bins: 2 }).slices.map((s) => s.error) // => [0, 1]
 * @see Peter Armitage, "Tests for linear trends in proportions and frequencies", 1955
 */
export function sliceByDifficulty(
  predictions: Predictions,
  options: SliceByDifficultyOptions,
): DifficultySlices {
  checkOptions(FN, options, {
    by: record,
    bins: integer(1, 1000),
    edges: numbers,
    level: numberIn(0, 1, { open: true }),
  });
  checkPredictions(FN, predictions);
  check(FN, 'by', options.by, record, 'For example { source: "metadata", column: "ink" }.');
  const { by: given, bins, edges, level = 0.95 } = options;
  if (bins !== undefined && edges !== undefined) {
    throw new InputError({
      code: 'unsupported',
      fn: FN,
      param: 'edges',
      expected: 'be given without "bins"',
    });
  }
  if (edges !== undefined) checkEdges(edges);
  const by =
    'kind' in given && given.kind === 'difficulty'
      ? given
      : difficulty(predictions, given as DifficultyOptions);
  const warnings = collectWarnings();
  for (const { code, message, count } of by.warnings) warnings.add(code, message, count);
  const chosen = chooseBins(usableValues(predictions, by, warnings), options, warnings);
  const rows = chosen.map((bin) => bin.indices);
  const all = rows.flat();
  if (all.length === 0) {
    throw new InputError({
      code: 'empty',
      fn: FN,
      param: edges ? 'edges' : 'by',
      expected: 'leave at least one example to slice',
    });
  }
  const whole = { ...sliceError(predictions, all, level), n: all.length };
  if (whole.errors < 5) {
    warnings.add(
      'few-errors',
      `Only ${Math.round(whole.errors)} errors in all: slices can hardly be told apart.`,
      Math.round(whole.errors),
    );
  }
  const labels = sliceLabels(chosen, by.title, by);
  const { source, title, unit, circular } = by;
  return asResult({
    kind: 'difficulty-slices',
    name: predictions.name,
    difficulty: { source, title, unit, circular },
    metric: predictions.task === 'regression' ? 'mean-squared-error' : 'error-rate',
    n: all.length,
    overall: {
      ...{ error: whole.error, errors: whole.errors, interval: whole.interval },
      ...(whole.seeds && { seeds: whole.seeds }),
    },
    level,
    slices: chosen.map((bin, b) =>
      toSlice(bin, labels[b], sliceError(predictions, bin.indices, level), whole),
    ),
    trend: sliceTrend(predictions, rows),
    warnings: warnings.list(),
  });
}
