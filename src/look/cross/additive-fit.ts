import { cholesky, choleskySolve } from '../../stats/cholesky';

/** A cell that is not empty: counted errors among n, or a mean with the variance of a single example. */
export interface FitCell {
  readonly a: number;
  readonly b: number;
  readonly n: number;
  /** Errors (counted), or the mean. */
  readonly y: number;
  /** Null where errors are counted. */
  readonly variance: number | null;
}

/** What rows and columns alone make of the cells. */
export interface AdditiveFit {
  /** Error that is expected in each cell. */
  readonly expected: Float64Array;
  /** (observed − expected) over its standard error, with the leverage of the cell taken into account; NaN where it decides alone. */
  readonly z: Float64Array;
  /** Sum of squares of the residuals without the leverage: Pearson's chi-square. */
  readonly statistic: number;
}

/** Keeps what the data do not tell apart from running away. */
const RIDGE = 1e-8;

/** Returns cells minus what rows and columns can fit: unconnected parts of the table each have a level of their own. */
export function degreesOfFreedom(cells: readonly FitCell[]): number {
  const parent = new Map<string, string>();
  const root = (key: string): string => {
    const up = parent.get(key) ?? key;
    return up === key ? key : root(up);
  };
  for (const { a, b } of cells) {
    const [x, y] = [root(`a${a}`), root(`b${b}`)];
    parent.set(x, x);
    parent.set(y, x);
  }
  const parts = [...parent.keys()].filter((key) => root(key) === key).length;
  return cells.length - (parent.size - parts);
}

/** Shares are kept this far from 0 and 1, in logits. */
const FAR = 30;

const shareOf = (eta: number): number => 1 / (1 + Math.exp(-Math.max(-FAR, Math.min(FAR, eta))));

/** Where the search has ended: the expected errors and the last system of equations. */
interface Solved {
  readonly expected: Float64Array;
  readonly factor: number[][] | null;
  /** The parameters of each cell: that of all, of its row and of its column. */
  readonly places: readonly (readonly number[])[];
}

/** Parameters: one for all, and one for each row and each column but the first. */
function solve(cells: readonly FitCell[], rows: number, columns: number, tolerance: number): Solved {
  const size = rows + columns - 1;
  const counted = cells[0]?.variance === null;
  const places = cells.map(({ a, b }) => [0, ...(a > 0 ? [a] : []), ...(b > 0 ? [rows - 1 + b] : [])]);
  let total = 0;
  let sum = 0;
  for (const { n, y } of cells) {
    total += n;
    sum += counted ? y : n * y;
  }
  const mean = sum / total;
  const start = counted ? Math.log((mean + 1e-9) / (1 - mean + 1e-9)) : mean;
  const eta = new Float64Array(cells.length).fill(start);
  const expected = eta.map((value) => (counted ? shareOf(value) : value));
  let factor: number[][] | null = null;
  for (let turn = 0; turn < (counted ? 30 : 1); turn++) {
    const matrix = Array.from({ length: size }, () => new Array<number>(size).fill(0));
    const right = new Float64Array(size);
    for (let c = 0; c < cells.length; c++) {
      const { n, y, variance } = cells[c];
      const p = expected[c];
      const weight = counted ? Math.max(n * p * (1 - p), 1e-10) : n / variance!;
      const target = counted ? Math.max(-FAR, Math.min(FAR, eta[c])) + (y - n * p) / weight : y;
      for (const i of places[c]) {
        right[i] += weight * target;
        for (const j of places[c]) matrix[i][j] += weight;
      }
    }
    let largest = 0;
    for (let i = 0; i < size; i++) largest = Math.max(largest, matrix[i][i]);
    for (let i = 0; i < size; i++) matrix[i][i] += RIDGE * (1 + largest);
    factor = cholesky(matrix);
    if (!factor) break;
    const beta = choleskySolve(factor, right);
    let moved = 0;
    for (let c = 0; c < cells.length; c++) {
      let value = 0;
      for (const i of places[c]) value += beta[i];
      const next = counted ? shareOf(value) : value;
      moved = Math.max(moved, cells[c].n * Math.abs(next - expected[c]));
      eta[c] = value;
      expected[c] = next;
    }
    if (moved < tolerance) break;
  }
  return { expected, factor, places };
}

/** Variance of the number of errors, or of the mean, in a cell as it is expected. */
const varianceOf = ({ n, variance }: FitCell, expected: number): number =>
  variance === null ? n * expected * (1 - expected) : variance / n;

/** Observed less expected, in standard errors; 0 for a cell that cannot differ. */
function residual(cell: FitCell, expected: number): number {
  const variance = varianceOf(cell, expected);
  const away = cell.variance === null ? cell.y - cell.n * expected : cell.y - expected;
  return variance > 1e-9 || cell.variance !== null ? away / Math.sqrt(variance) : 0;
}

const squared = (cells: readonly FitCell[], expected: Float64Array): number =>
  cells.reduce((sum, cell, c) => sum + residual(cell, expected[c]) ** 2, 0);

/** Returns Pearson's chi-square of the fit of {@link additiveFit}, found less exactly. */
export const misfit = (cells: readonly FitCell[], rows: number, columns: number): number =>
  squared(cells, solve(cells, rows, columns, 1e-3).expected);

/**
 * Returns the fit of error by row and column without interaction: a logistic model of counted errors by iteratively reweighted
 * least squares, or means weighted by their precision.
 *
 * @param cells those that are not empty
 * @param rows number of levels of a
 * @param columns number of levels of b
 */
export function additiveFit(cells: readonly FitCell[], rows: number, columns: number): AdditiveFit {
  const { expected, factor, places } = solve(cells, rows, columns, 1e-8);
  const z = Float64Array.from(cells, (cell, c) => {
    const variance = varianceOf(cell, expected[c]);
    if (!(variance > 1e-9 || cell.variance !== null) || !factor) return NaN;
    const unit = new Float64Array(rows + columns - 1);
    for (const i of places[c]) unit[i] = 1;
    const solved = choleskySolve(factor, unit);
    const weight = cell.variance === null ? variance : 1 / variance;
    const leverage = weight * places[c].reduce((sum, i) => sum + solved[i], 0);
    return leverage > 1 - 1e-6 ? NaN : residual(cell, expected[c]) / Math.sqrt(1 - leverage);
  });
  return { expected, z, statistic: squared(cells, expected) };
}
