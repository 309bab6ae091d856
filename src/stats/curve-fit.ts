import { InputError } from '../core/input-error';
import { check, checkSameLength, fn as aFunction, integer, numbers } from '../core/options';
import { cholesky, choleskySolve } from './cholesky';

/** What {@link curveFit} fits to what. */
export interface CurveFitProblem {
  /** Value of the curve at x for parameters p. */
  readonly curve: (x: number, p: ArrayLike<number>) => number;
  readonly x: ArrayLike<number>;
  readonly y: ArrayLike<number>;
  /** Weights ≥ 0, as 1 / variance; defaults to 1 each. */
  readonly weights?: ArrayLike<number>;
  /** First guesses of the parameters; the best end is kept. */
  readonly starts: readonly ArrayLike<number>[];
  /** Bounds of each parameter; default to none. */
  readonly lower?: ArrayLike<number>;
  readonly upper?: ArrayLike<number>;
  /** Most steps from each start; defaults to 200. */
  readonly iterations?: number;
}

/** Parameters of a curve and how well it fits. */
export interface CurveFit {
  readonly parameters: readonly number[];
  /** Σ weight · (y − curve)². */
  readonly cost: number;
  /** False where the steps ran out before the cost came to rest. */
  readonly converged: boolean;
}

const FN = 'curveFit';
/** The cost is at rest when a step lowers it by less than this share. */
const REST = 1e-13;

interface Bounds {
  readonly lower: ArrayLike<number>;
  readonly upper: ArrayLike<number>;
}

const inside = (p: ArrayLike<number>, { lower, upper }: Bounds): Float64Array =>
  Float64Array.from(p, (value, k) => Math.min(upper[k], Math.max(lower[k], value)));

/** √weight · (y − curve) at each point. */
function residualsOf(problem: CurveFitProblem, roots: Float64Array, p: ArrayLike<number>): Float64Array {
  const { curve, x, y } = problem;
  return Float64Array.from(roots, (root, i) => (root === 0 ? 0 : root * (y[i] - curve(x[i], p))));
}

const squared = (values: Float64Array): number => {
  let sum = 0;
  for (const value of values) sum += value * value;
  return sum;
};

/** Derivatives of the residuals by each parameter, by central differences that stay inside the bounds. */
function slopesOf(
  problem: CurveFitProblem,
  roots: Float64Array,
  p: Float64Array,
  { lower, upper }: Bounds,
): Float64Array[] {
  return Array.from(p, (value, k) => {
    const width = 6e-6 * Math.max(Math.abs(value), 1e-3);
    const high = Float64Array.from(p);
    const low = Float64Array.from(p);
    high[k] = Math.min(upper[k], value + width);
    low[k] = Math.max(lower[k], value - width);
    const above = residualsOf(problem, roots, high);
    const below = residualsOf(problem, roots, low);
    const span = high[k] - low[k];
    return above.map((r, i) => (span > 0 ? (r - below[i]) / span : 0));
  });
}

/** One descent: steps of (JᵀJ + λ·diag)⁻¹·Jᵀr over the parameters that no bound holds, clipped to the bounds. */
function descend(
  problem: CurveFitProblem,
  roots: Float64Array,
  start: ArrayLike<number>,
  bounds: Bounds,
): CurveFit {
  let p = inside(start, bounds);
  let residuals = residualsOf(problem, roots, p);
  let cost = squared(residuals);
  let damping = 1e-3;
  let converged = false;
  const { iterations = 200 } = problem;
  for (let step = 0; step < iterations && !converged && Number.isFinite(cost); step++) {
    const slopes = slopesOf(problem, roots, p, bounds);
    const downhill = slopes.map((own) => -own.reduce((sum, slope, i) => sum + slope * residuals[i], 0));
    const free = downhill.flatMap((d, k) => {
      const held = (p[k] <= bounds.lower[k] && d <= 0) || (p[k] >= bounds.upper[k] && d >= 0);
      return held || d === 0 ? [] : [k];
    });
    const products = free.map((a) =>
      free.map((b) => slopes[a].reduce((sum, slope, i) => sum + slope * slopes[b][i], 0)),
    );
    let moved = false;
    for (let attempt = 0; free.length > 0 && attempt < 25 && !moved; attempt++) {
      const damped = products.map((row, a) =>
        row.map((value, b) => (a === b ? value * (1 + damping) + 1e-300 : value)),
      );
      const triangle = cholesky(damped);
      const change = triangle && choleskySolve(triangle, free.map((k) => downhill[k])); // prettier-ignore
      const next = Float64Array.from(p);
      if (change) free.forEach((k, a) => (next[k] += change[a]));
      const tried = inside(next, bounds);
      const triedResiduals = residualsOf(problem, roots, tried);
      const triedCost = squared(triedResiduals);
      if (change && triedCost < cost) {
        converged = cost - triedCost <= REST * cost;
        [p, residuals, cost] = [tried, triedResiduals, triedCost];
        damping = Math.max(damping / 5, 1e-12);
        moved = true;
      } else damping = Math.min(damping * 4, 1e12);
    }
    if (!moved) converged = true;
  }
  return { parameters: Array.from(p), cost: Number.isFinite(cost) ? cost : Infinity, converged };
}

/**
 * Returns the parameters of a curve that lie nearest to some points in weighted squares, within bounds
 * (Levenberg–Marquardt; parameters at a bound rest there while the cost falls outwards). It finds the lowest point near
 * each start and keeps the best, so give starts in different places when the curve can be bent in different ways.
 *
 * @param problem curve, points, starts; weights default to 1, bounds to none, iterations to 200
 * @returns the best parameters; `cost` is Infinity where no start gives a finite one
 * @throws InputError `length-mismatch`, `empty`, `invalid-type`, `out-of-range`
 * @example
 * const line = { curve: (x, p) => p[0] + p[1] * x, x: [0, 1, 2], y: [1, 3, 5], starts: [[0, 0]] };
 * curveFit(line).parameters.map((p) => p.toFixed(6)) // => ['1.000000', '2.000000']
 * @see Jorge Moré, "The Levenberg–Marquardt algorithm: implementation and theory", 1978
 */
export function curveFit(problem: CurveFitProblem): CurveFit {
  const { curve, x, y, weights, starts } = problem;
  check(FN, 'curve', curve, aFunction);
  check(FN, 'x', x, numbers);
  check(FN, 'y', y, numbers);
  if (weights !== undefined) check(FN, 'weights', weights, numbers);
  if (problem.iterations !== undefined) check(FN, 'iterations', problem.iterations, integer(1));
  checkSameLength(FN, { x: x.length, y: y.length, ...(weights && { weights: weights.length }) });
  if (x.length === 0 || starts.length === 0) {
    const param = x.length === 0 ? 'x' : 'starts';
    throw new InputError({ code: 'empty', fn: FN, param, expected: 'hold at least one entry' });
  }
  const count = starts[0].length;
  const lower = problem.lower ?? new Array<number>(count).fill(-Infinity);
  const upper = problem.upper ?? new Array<number>(count).fill(Infinity);
  checkSameLength(FN, { starts: count, lower: lower.length, upper: upper.length });
  const roots = Float64Array.from(x, (_, i) => Math.sqrt(weights?.[i] ?? 1));
  return starts
    .map((start) => descend(problem, roots, start, { lower, upper }))
    .reduce((best, fit) => (fit.cost < best.cost ? fit : best));
}
