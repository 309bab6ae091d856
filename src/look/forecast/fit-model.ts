import { curveFit } from '../../stats/curve-fit';
import type { CurveModel } from './curve-models';

/** Mean errors by size, each with a weight (1 / variance). */
export interface MeanCurve {
  readonly sizes: readonly number[];
  readonly errors: ArrayLike<number>;
  readonly weights: ArrayLike<number>;
}

/** A fitted model. */
export interface FittedModel {
  readonly asymptote: number;
  readonly height: number;
  readonly theta: readonly number[];
  readonly largest: number;
  readonly first: number;
}

/** How hard a fit tries. */
export interface FitEffort {
  /** Grid points from which a descent begins. */
  readonly starts: number;
  readonly iterations: number;
}

/** Best asymptote ≥ floor and height ≥ 0 for a given shape: weighted least squares in two unknowns. */
function linearPart(
  { errors, weights }: MeanCurve,
  shape: ArrayLike<number>,
  floor: number,
): { readonly asymptote: number; readonly height: number; readonly cost: number } {
  let [w, s, e, ss, se] = [0, 0, 0, 0, 0];
  for (let i = 0; i < errors.length; i++) {
    w += weights[i];
    s += weights[i] * shape[i];
    e += weights[i] * errors[i];
    ss += weights[i] * shape[i] * shape[i];
    se += weights[i] * shape[i] * errors[i];
  }
  const determinant = w * ss - s * s;
  let height = determinant > 1e-12 * w * ss ? (w * se - s * e) / determinant : 0;
  let asymptote = (e - height * s) / w;
  if (height < 0) [height, asymptote] = [0, e / w];
  if (asymptote < floor) {
    asymptote = floor;
    height = Math.max(0, (se - floor * s) / ss);
  }
  let cost = 0;
  for (let i = 0; i < errors.length; i++)
    cost += weights[i] * (errors[i] - asymptote - height * shape[i]) ** 2;
  return { asymptote, height, cost };
}

/** Value of a fitted model at a size. */
export const valueAt = (model: CurveModel, fit: FittedModel, size: number): number =>
  fit.asymptote + fit.height * model.shape(size / fit.largest, fit.theta, fit.first);

/** A place on a model's grid, and its shape at some sizes. */
interface GridShape {
  readonly theta: readonly number[];
  readonly shape: Float64Array;
}

/** Grids that were worked out, by sizes and model: the draws of a bootstrap have the same sizes. */
const grids = new WeakMap<readonly number[], Map<CurveModel, readonly GridShape[]>>();

function gridOf(model: CurveModel, sizes: readonly number[], x: readonly number[]): readonly GridShape[] {
  const known = grids.get(sizes) ?? new Map<CurveModel, readonly GridShape[]>();
  grids.set(sizes, known);
  const made =
    known.get(model) ??
    model.grid.map((theta) => ({ theta, shape: Float64Array.from(x, (u) => model.shape(u, theta, x[0])) }));
  known.set(model, made);
  return made;
}

/**
 * Fits a model to means: asymptote and height follow from the shape in closed form, so that a coarse grid over the shape
 * finds the valleys; from the lowest of them Levenberg–Marquardt goes on over all parameters together.
 */
export function fitModel(
  model: CurveModel,
  curve: MeanCurve,
  floor: number,
  { starts, iterations }: FitEffort,
): FittedModel {
  const { sizes, errors, weights } = curve;
  const largest = sizes[sizes.length - 1];
  const x = sizes.map((size) => size / largest);
  const [first] = x;
  const best = gridOf(model, sizes, x)
    .map(({ theta, shape }) => ({ theta, ...linearPart(curve, shape, floor) }))
    .sort((a, b) => a.cost - b.cost)
    .slice(0, starts);
  let top = floor;
  for (let i = 0; i < errors.length; i++) top = Math.max(top, errors[i]);
  const theta = [0, 0];
  const { parameters } = curveFit({
    curve(u, p) {
      [theta[0], theta[1]] = [p[2], p[3]];
      return p[0] + p[1] * model.shape(u, theta, first);
    },
    ...{ x, y: errors, weights },
    starts: best.map((start) => [start.asymptote, start.height, ...start.theta]),
    lower: [floor, 0, ...model.lower],
    upper: [top, Infinity, ...model.upper],
    iterations,
  });
  return { asymptote: parameters[0], height: parameters[1], theta: parameters.slice(2), largest, first };
}
