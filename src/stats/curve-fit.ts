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
  const residuals = new Float64Array(roots.length);
  for (let i = 0; i < roots.length; i++) {
    if (roots[i] > 0) residuals[i] = roots[i] * (y[i] - curve(x[i], p));
  }
  return residuals;
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i];
  return sum;
}

/** Derivatives of the residuals by each parameter, by differences across it that stay inside the bounds. */
function slopesOf(
  problem: CurveFitProblem,
  roots: Float64Array,
  p: Float64Array,
  { lower, upper }: Bounds,
): Float64Array[] {
  const moved = p.slice();
  return Array.from(p, (value, k) => {
    const width = 6e-6 * Math.max(Math.abs(value), 1e-3);
    const [high, low] = [Math.min(upper[k], value + width), Math.max(lower[k], value - width)];
    if (high === low) return new Float64Array(roots.length);
    moved[k] = high;
    const slopes = residualsOf(problem, roots, moved);
    moved[k] = low;
    const below = residualsOf(problem, roots, moved);
    moved[k] = value;
    for (let i = 0; i < slopes.length; i++) slopes[i] = (slopes[i] - below[i]) / (high - low);
    return slopes;
  });
}

/** One descent: steps of (JᵀJ + λ·diag)⁻¹·Jᵀr over the parameters that no bound holds, clipped to the bounds. */
function descend(
  problem: CurveFitProblem,
  roots: Float64Array,
  start: ArrayLike<number>,
  bounds: Bounds,
): CurveFit {
  const { lower, upper } = bounds;
  const { iterations = 200 } = problem;
  let p = inside(start, bounds);
  let residuals = residualsOf(problem, roots, p);
  let cost = dot(residuals, residuals);
  let damping = 1e-3;
  let converged = false;
  for (let step = 0; step < iterations && !converged && Number.isFinite(cost); step++) {
    const slopes = slopesOf(problem, roots, p, bounds);
    const downhill = slopes.map((own) => -dot(own, residuals));
    const free = downhill.flatMap((d, k) => {
      const held = (p[k] <= lower[k] && d <= 0) || (p[k] >= upper[k] && d >= 0);
      return held || d === 0 ? [] : [k];
    });
    const right = free.map((k) => downhill[k]);
    const products = free.map((a) => free.map((b) => dot(slopes[a], slopes[b])));
    let moved = false;
    for (let attempt = 0; free.length > 0 && attempt < 12 && !moved; attempt++) {
      const triangle = cholesky(
        products.map((row, a) => row.map((value, b) => (a === b ? value * (1 + damping) + 1e-300 : value))),
      );
      if (triangle) {
        const change = choleskySolve(triangle, right);
        const next = p.slice();
        free.forEach((k, a) => (next[k] += change[a]));
        const tried = inside(next, bounds);
        const triedResiduals = residualsOf(problem, roots, tried);
        const triedCost = dot(triedResiduals, triedResiduals);
        if (triedCost < cost) {
          converged = cost - triedCost <= REST * cost;
          [p, residuals, cost, moved] = [tried, triedResiduals, triedCost, true];
        }
      }
      damping = moved ? Math.max(damping / 5, 1e-12) : Math.min(damping * 8, 1e12);
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
