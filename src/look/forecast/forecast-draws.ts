import { random } from '../../core/random';
import { curveDraws } from './curve-draws';
import {
  blendAt,
  cutsOf,
  ensembleOf,
  forecastsAt,
  type Constants,
  type Cut,
  type Ensemble,
} from './ensemble';
import { meanVariances } from './mean-variance';
import type { ObservedCurve } from './observed-curve';

/** Whole fits try hard; those of the draws begin where the grid says and take a few steps. */
const WHOLE = { starts: 3, iterations: 100 };
const QUICK = { starts: 1, iterations: 6 };

/** What a forecast is made of. */
export interface ForecastDraws {
  readonly whole: Ensemble;
  readonly cuts: readonly Cut[];
  /** For each draw and each of the sizes asked for: the forecast of one model, drawn by the weights. */
  readonly draws: readonly Float64Array[];
  /** For each of the sizes: the forecast of all models together, from the curve as it is. */
  readonly blend: readonly number[];
}

/** The place of the weight that `share` of their sum falls on. */
function placeOf(weights: readonly number[], share: number): number {
  let sum = 0;
  for (let m = 0; m < weights.length; m++) {
    sum += weights[m];
    if (share < sum) return m;
  }
  return weights.length - 1;
}

/**
 * Fits and back-tests the models on the curve, and again on each bootstrap draw of it, so that the spread of the draws is
 * that of seeds, of test examples, and of the choice among the models. What a draw falls by beyond the curve is stretched or
 * shrunk by a lognormal factor: by that much falls were misjudged on the calibration families where the draws said nothing
 * of it.
 *
 * @param sizes where forecasts are wanted
 */
export function forecastDraws(
  curve: ObservedCurve,
  sizes: readonly number[],
  floor: number,
  {
    repeats,
    seed,
    constants,
  }: { readonly repeats: number; readonly seed: number; readonly constants: Constants },
): ForecastDraws {
  const stream = random(seed).fork('forecast');
  const draw = curveDraws(curve, stream);
  const bySeeds = meanVariances(curve);
  // The part of the test examples' luck that sizes share moves the curve as a whole and says nothing of its shape.
  const weights = curve.means.map(
    (mean, i) => 1 / (bySeeds[i] + curve.covariance[i][i] / 2 + (0.01 * mean) ** 2 + 1e-12),
  );
  const cuts = cutsOf(curve.sizes);
  const ensemble = (errors: readonly number[], effort: typeof WHOLE, power: number): Ensemble =>
    ensembleOf({ sizes: curve.sizes, errors, weights }, cuts, floor, effort, { ...constants, power });
  const whole = ensemble(curve.means, WHOLE, constants.power);
  const largest = curve.sizes[curve.sizes.length - 1];
  const draws = Array.from({ length: repeats }, () => {
    const drawn = ensemble(draw(), QUICK, constants.choice);
    const chosen = placeOf(drawn.weights, stream.next());
    const stretch = Math.exp(constants.beyond * stream.normal());
    const here = forecastsAt(drawn, largest)[chosen];
    return Float64Array.from(sizes, (size) => {
      const error = forecastsAt(drawn, size)[chosen];
      return Math.max(floor, size > largest ? here - (here - error) * stretch : error);
    });
  });
  return { whole, cuts, draws, blend: sizes.map((size) => blendAt(whole, size)) };
}
