import { CURVE_MODELS } from './curve-models';
import { fitModel, valueAt, type FitEffort, type FittedModel, type MeanCurve } from './fit-model';

/** Numbers that were chosen on the calibration families of `bench forecast`. */
export interface Constants {
  /** A model's weight falls with this power of its mean squared miss. */
  readonly power: number;
  /** The same power where a draw chooses one model: sharper, as one that was badly off is no likely future. */
  readonly choice: number;
  /** Misses below this share of the error are not told apart. */
  readonly blur: number;
  /** Weight of "no change" beside that of a curve with equal misses. */
  readonly nullWeight: number;
  /** Standard deviation of the logarithm of the factor by which a fall beyond the curve is misjudged. */
  readonly beyond: number;
}

export const CONSTANTS: Constants = { power: 0.5, choice: 2, blur: 0.05, nullWeight: 1, beyond: 0.3 };

/** Sizes kept in a back-test: the first `kept`; those after them are hidden. */
export interface Cut {
  readonly kept: number;
  readonly sizes: readonly number[];
}

/** Fewest sizes to fit a curve to. */
const FEWEST = 4;

/** Returns the back-tests of a curve: its sizes up to a half, and up to a quarter, of the largest, where enough are left. */
export function cutsOf(sizes: readonly number[]): Cut[] {
  const largest = sizes[sizes.length - 1];
  const counts = [2, 4].map((part) => sizes.filter((size) => size <= (largest / part) * 1.02).length);
  return [...new Set(counts)]
    .filter((kept) => kept >= FEWEST && kept < sizes.length)
    .map((kept) => ({ kept, sizes: sizes.slice(0, kept) }));
}

/** Models fitted to one curve, each with its weight. */
export interface Ensemble {
  /** In the order of CURVE_MODELS. */
  readonly fits: readonly FittedModel[];
  /** The last error, which "no change" forecasts. */
  readonly last: number;
  /** Of "no change", then of the models; add up to 1. */
  readonly weights: readonly number[];
  /** Mean squared miss in the back-tests as a share of the error, in the same order; NaN without. */
  readonly misses: readonly number[];
}

const beginning = ({ errors, weights }: MeanCurve, { kept, sizes }: Cut): MeanCurve => ({
  sizes,
  errors: Array.prototype.slice.call(errors, 0, kept) as number[],
  weights: Array.prototype.slice.call(weights, 0, kept) as number[],
});

/** Mean squared misses of "no change" and of the models on hidden sizes, as shares of the last error that was kept. */
function missesOf(curve: MeanCurve, cuts: readonly Cut[], floor: number, effort: FitEffort): number[] {
  const sums = new Array<number>(CURVE_MODELS.length + 1).fill(0);
  let count = 0;
  for (const cut of cuts) {
    const { kept } = cut;
    const seen = beginning(curve, cut);
    const last = curve.errors[kept - 1];
    const fits = CURVE_MODELS.map((model) => fitModel(model, seen, floor, effort));
    for (let i = kept; i < curve.sizes.length; i++) {
      const forecasts = [last, ...fits.map((fit, m) => valueAt(CURVE_MODELS[m], fit, curve.sizes[i]))];
      const scale = Math.max(last, 1e-12);
      forecasts.forEach((value, m) => (sums[m] += ((value - curve.errors[i]) / scale) ** 2));
      count++;
    }
  }
  return sums.map((sum) => (count > 0 ? sum / count : NaN));
}

/** Fits all models to a curve and weights them by how they did with the largest sizes hidden. */
export function ensembleOf(
  curve: MeanCurve,
  cuts: readonly Cut[],
  floor: number,
  effort: FitEffort,
  { power, blur, nullWeight }: Constants,
): Ensemble {
  const fits = CURVE_MODELS.map((model) => fitModel(model, curve, floor, effort));
  const misses = missesOf(curve, cuts, floor, effort);
  const raw = misses.map((miss, m) => {
    const prior = m === 0 ? nullWeight : 1;
    return prior * ((Number.isNaN(miss) ? 0 : miss) + blur ** 2) ** -power;
  });
  const total = raw.reduce((sum, weight) => sum + weight, 0);
  const last = curve.errors[curve.errors.length - 1];
  return { fits, last, weights: raw.map((weight) => weight / total), misses };
}

/** Forecasts of "no change" and of each model for a size. */
export const forecastsAt = ({ fits, last }: Ensemble, size: number): number[] => [
  last,
  ...fits.map((fit, m) => valueAt(CURVE_MODELS[m], fit, size)),
];

/** The forecast of all models together. */
export const blendAt = (ensemble: Ensemble, size: number): number =>
  forecastsAt(ensemble, size).reduce((sum, value, m) => sum + ensemble.weights[m] * value, 0);
