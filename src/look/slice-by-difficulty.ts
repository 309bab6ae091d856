import { InputError } from '../core/input-error';
import { check, checkOptions, integer, numberIn, numbers, oneOf, record } from '../core/options';
import { asResult } from '../core/showable';
import { collectWarnings } from '../core/warning';
import { checkPredictions } from '../metrics/check-predictions';
import type { Predictions } from '../metrics/types';
import { CARD_RULES, type CardOptions } from './cards/card-maker';
import { groupCards, type GroupOfRows } from './cards/group-cards';
import { difficulty } from './difficulty';
import { chooseBins } from './choose-bins';
import type { DifficultyOptions } from './difficulty-options';
import { errorValues, type SlicedMeasure } from './error-values';
import { inversionOf } from './inversion';
import { sliceCost } from './slice-cost';
import { sliceError, sliceTrend } from './slice-errors';
import { sliceLabels } from './slice-labels';
import type { Difficulty, DifficultySlices } from './types';
import { usableDifficulty } from './usable-difficulty';

const FN = 'sliceByDifficulty';

/** Errors of a slice that get a card. */
const EXAMPLES = 6;

/** Options of {@link sliceByDifficulty}. */
export interface SliceByDifficultyOptions extends CardOptions {
  /** A difficulty, or the options to make one with. */
  readonly by: Difficulty | DifficultyOptions;
  /** Slices of about equal size; defaults to 5. */
  readonly bins?: number;
  /** Bounds of the slices in units of the difficulty, ascending, instead of `bins`. */
  readonly edges?: ArrayLike<number>;
  /** What is sliced: "error", wrong or right (of values the squared error), or "loss"; defaults to "error". */
  readonly measure?: SlicedMeasure;
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

/** The values of some rows; NaN elsewhere. */
function onlyRows(values: Float64Array, rows: readonly number[]): Float64Array {
  const kept = new Float64Array(values.length).fill(NaN);
  for (const row of rows) kept[row] = values[row];
  return kept;
}

/** What the cards of each slice are made of: its errors. */
const errorsOf = (values: Float64Array, rows: readonly (readonly number[])[]): GroupOfRows[] =>
  rows.map((indices) => ({ indices: indices.filter((i) => values[i] > 0), most: EXAMPLES }));

/**
 * Returns the model's error from the easiest to the hardest examples, each slice with its interval, its share of all
 * errors and the gain if it were as good as the whole, a test for a trend, and an `inversion` where it is surely worse on the
 * easier half: a model that is worse on easy examples than on hard ones has usually met a fault, not a limit. For multi-label
 * an example is wrong where any label is. Examples without difficulty are left out and said.
 *
 * @param predictions from `evaluate` or `predictionsFrom`
 * @param options by: a difficulty or the options of one. bins; defaults to 5. edges instead of bins. measure; defaults to "error". level; defaults to 0.95. data, columns, as:
 *   what the cards of the six worst errors of a slice show
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
    ...CARD_RULES,
    by: record,
    bins: integer(1, 1000),
    edges: numbers,
    measure: oneOf(['error', 'loss']),
    level: numberIn(0, 1, { open: true }),
  });
  checkPredictions(FN, predictions);
  check(FN, 'by', options.by, record, 'For example { source: "metadata", column: "ink" }.');
  const { by: given, bins, edges, measure = 'error', level = 0.95 } = options;
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
  const errors = errorValues(FN, predictions, measure);
  const values = usableDifficulty(FN, predictions, by, errors, warnings);
  const chosen = chooseBins(values, options, warnings);
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
  const whole = sliceError(errors, all, level);
  if (whole.errors < 5) {
    warnings.add(
      'few-errors',
      `Only ${Math.round(whole.errors)} errors in all: slices can hardly be told apart.`,
      Math.round(whole.errors),
    );
  }
  const labels = sliceLabels(chosen, by.title, by);
  const { source, title, unit, circular } = by;
  const cards = groupCards(FN, predictions, options, errorsOf(errors.values, rows), warnings);
  return asResult({
    kind: 'difficulty-slices',
    name: predictions.name,
    difficulty: { source, title, unit, circular },
    metric: errors.metric,
    n: all.length,
    overall: whole,
    level,
    slices: chosen.map((bin, b) => ({
      label: labels[b],
      from: bin.from,
      to: bin.to,
      n: bin.indices.length,
      ...sliceError(errors, bin.indices, level),
      ...sliceCost(errors, bin.indices, rows.filter((_, other) => other !== b).flat(), level), // prettier-ignore
      indices: bin.indices,
      ...(cards && { cards: cards[b] }),
    })),
    trend: sliceTrend(errors, rows),
    inversion: inversionOf(errors, onlyRows(values, all), level),
    warnings: warnings.list(),
  });
}
