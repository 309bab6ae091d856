import { InputError } from '../../core/input-error';
import { checkOptions, integer, numberIn, oneOf } from '../../core/options';
import { asResult } from '../../core/showable';
import { collectWarnings } from '../../core/warning';
import { checkPredictions } from '../../metrics/check-predictions';
import type { Predictions } from '../../metrics/types';
import { crossAxis, type CodedAxis } from './axis';
import { crossTests } from './interaction';
import type { CrossAxis, CrossAxisChoice, CrossCell, CrossSlices, CrossSlicesOptions } from './types';
import { errorValues, type ErrorValues } from '../error-values';
import { sliceCost } from '../slice-cost';
import { sliceError, sumOf } from '../slice-errors';
import { warnUnknown } from '../warn-unknown';

const FN = 'crossSlices';

/** Rows of the examples by a code, those of −1 left out. */
function groups(codes: Int32Array, count: number): number[][] {
  const rows = Array.from({ length: count }, (): number[] => []);
  codes.forEach((code, row) => {
    if (code >= 0) rows[code].push(row);
  });
  return rows;
}

/** Sample variance of the values of some rows; NaN for fewer than two. */
function varianceOf({ values }: ErrorValues, rows: readonly number[]): number {
  const mean = sumOf(values, rows) / rows.length;
  return rows.reduce((sum, row) => sum + (values[row] - mean) ** 2, 0) / (rows.length - 1);
}

/** The cell that is surely worst. */
function worstOf(cells: readonly CrossCell[], overall: number): number | null {
  let worst: number | null = null;
  cells.forEach(({ tooFew, interval }, c) => {
    if (tooFew || !(interval[0] > overall)) return;
    if (worst === null || interval[0] > cells[worst].interval[0]) worst = c;
  });
  return worst;
}

/** See `crossSlices`. */
export function crossedSlices(
  predictions: Predictions,
  a: CrossAxisChoice,
  b: CrossAxisChoice,
  options: CrossSlicesOptions = {},
): CrossSlices {
  checkPredictions(FN, predictions);
  const {
    bins = 4,
    categories = 8,
    smallest = 20,
    widest: given,
    measure = 'error',
    level = 0.95,
    seed = 0,
  } = checkOptions(FN, options, {
    bins: integer(1, 100),
    categories: integer(1, 100),
    smallest: integer(2),
    widest: numberIn(0, Infinity),
    measure: oneOf(['error', 'loss']),
    level: numberIn(0, 1, { open: true }),
    seed: integer(0),
  });
  const warnings = collectWarnings();
  const errors = errorValues(FN, predictions, measure);
  const job = { fn: FN, predictions, errors, bins, categories, warnings };
  const [left, right] = [crossAxis({ ...job, param: 'a' }, a), crossAxis({ ...job, param: 'b' }, b)];
  const wide = right.levels.length;
  const cellOf = left.codes.map((code, i) =>
    code < 0 || right.codes[i] < 0 || Number.isNaN(errors.values[i]) ? -1 : code * wide + right.codes[i],
  );
  const inCells = groups(cellOf, left.levels.length * wide);
  const all = groups(cellOf.map((code) => Math.min(code, 0)), 1)[0]; // prettier-ignore
  if (all.length === 0) {
    throw new InputError({
      code: 'empty',
      fn: FN,
      param: 'predictions',
      expected: 'have an example in the table',
    });
  }
  const unknown = errors.values.reduce((sum, value) => sum + Number(Number.isNaN(value)), 0);
  warnUnknown(warnings, 'error', unknown, predictions.n);
  const overall = sliceError(errors, all, level);
  const widest = given ?? (errors.counted ? 0.3 : overall.error);
  const measured = (rows: readonly number[], inside: (row: number) => boolean) => ({
    n: rows.length,
    ...sliceError(errors, rows, level),
    ...sliceCost(errors, rows, all.filter((row) => !inside(row)), level), // prettier-ignore
  });
  const axis = ({ title, kind, circular, levels }: CodedAxis, codes: Int32Array): CrossAxis => {
    const within = codes.map((code, i) => (cellOf[i] < 0 ? -1 : code));
    const rows = groups(within, levels.length);
    return {
      ...{ title, kind, circular },
      levels: levels.map((one, l) => ({ ...one, ...measured(rows[l], (row) => within[row] === l) })),
    };
  };
  const parts = inCells.map((indices, c) => {
    const own = measured(indices, (row) => cellOf[row] === c);
    const tooFew = !(own.n >= smallest && own.interval[1] - own.interval[0] <= widest);
    return { a: Math.floor(c / wide), b: c % wide, ...own, tooFew, indices };
  });
  const filled = parts.filter(({ n }) => n > 0);
  const tests = crossTests(
    filled.map(({ a: x, b: y, n, indices }) => ({
      ...{ a: x, b: y, n },
      y: errors.counted ? sumOf(errors.values, indices) : sumOf(errors.values, indices) / n,
      variance: errors.counted ? null : varianceOf(errors, indices),
    })),
    filled.map(({ tooFew }) => !tooFew),
    left.levels.length,
    wide,
    seed,
  );
  const testOf = new Map(filled.map((cell, f) => [cell, tests.cells[f]]));
  const none = { expected: NaN, z: NaN, pValue: NaN, adjusted: NaN };
  const cells = parts.map((cell): CrossCell => ({ ...cell, ...(testOf.get(cell) ?? none) }));
  const [axisA, axisB] = [axis(left, left.codes), axis(right, right.codes)];
  return asResult({
    kind: 'cross-slices',
    name: predictions.name,
    metric: errors.metric,
    n: all.length,
    overall,
    level,
    a: axisA,
    b: axisB,
    cells,
    smallest,
    widest,
    interaction: tests.interaction,
    worst: worstOf(cells, overall.error),
    seed,
    warnings: warnings.list(),
  });
}
