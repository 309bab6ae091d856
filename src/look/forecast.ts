import { asResult } from '../core/showable';
import { collectWarnings, type Warning } from '../core/warning';
import { meanInterval } from '../stats/mean-interval';
import { studentTQuantile } from '../stats/student-t-quantile';
import { drawInterval } from './forecast/draw-quantile';
import { CONSTANTS } from './forecast/ensemble';
import { forecastDraws } from './forecast/forecast-draws';
import { forecastModels } from './forecast/forecast-models';
import { FURTHEST, resolveForecast, type ResolvedForecast } from './forecast/forecast-options';
import { meanVariances } from './forecast/mean-variance';
import { observedCurve, type ObservedCurve } from './forecast/observed-curve';
import { priceOf } from './forecast/price';
import { risesOf } from './forecast/rises';
import type { CurveData, Forecast, ForecastOptions, Gain, ObservedPoint } from './forecast/types';
import { verdictOf } from './forecast/verdict';
import type { SizeCurve } from './size-curve/types';

/** Sizes that the band is drawn at, evenly in their logarithm: 16 up to the largest of the curve, 16 on to four times it. */
function bandSizes(sizes: readonly number[]): number[] {
  const [first, last] = [sizes[0], sizes[sizes.length - 1]];
  const steps = (from: number, to: number): number[] =>
    Array.from({ length: 16 }, (_, i) => from * (to / from) ** (i / 16));
  return [...steps(first, last), ...steps(last, FURTHEST * last), FURTHEST * last];
}

/** Sizes as they were measured, with intervals over seeds and test examples. */
function observedPoints(curve: ObservedCurve, level: number): ObservedPoint[] {
  const bySeeds = meanVariances(curve);
  const df = Math.max(1, (curve.values.length - 1) * (curve.sizes.length - 2));
  return curve.sizes.map((size, i) => {
    const own = meanInterval(curve.values.map((row) => row[i])).standardError ** 2;
    // A spread that the line through all sizes does not know of, as at a peak, is shown as it is.
    const variance = Math.max(bySeeds[i], Number.isNaN(own) ? 0 : own) + curve.covariance[i][i];
    const half = variance > 0 ? Math.sqrt(variance) * studentTQuantile(0.5 + level / 2, df) : NaN;
    const error = curve.means[i];
    const ends = [Math.max(0, error - half), curve.share ? Math.min(1, error + half) : error + half] as const;
    return { size, error, interval: ends, train: curve.trainMeans[i] };
  });
}

/** The level below which no forecast goes, and what is odd about it. */
function floorOf(
  { humanLevel, noiseFloor }: ResolvedForecast,
  { error, interval: [low] }: ObservedPoint,
  warn: (code: string, message: string) => void,
): number {
  const given = Math.max(0, humanLevel ?? 0, noiseFloor ?? 0);
  const most = Number.isFinite(low) ? low : error;
  if (given <= most) return given;
  const name = given === humanLevel ? 'human level' : 'noise floor';
  warn('below-floor', `The error is already below the ${name} that was given, so that one is no bound.`);
  return most;
}

function warningsOf(curve: ObservedCurve, hidden: number): Warning[] {
  const warnings = collectWarnings();
  const seeds = curve.values.length;
  const { length } = curve.sizes;
  if (seeds < 3) {
    warnings.add(
      'few-seeds',
      `${seeds} ${seeds === 1 ? 'seed tells' : 'seeds tell'} little about luck: take 5.`,
    );
  }
  if (hidden === 0) {
    warnings.add(
      'no-back-test',
      `${length} sizes are too few to hide the largest and test the fits: take 8.`,
    );
  }
  if (curve.covariance.every((row, i) => !(row[i] > 0))) {
    warnings.add(
      'test-luck-unknown',
      'The luck of the test examples is not known: the intervals are over seeds alone.',
    );
  }
  return [...warnings.list()];
}

/**
 * Returns whether more data would help: the error to be expected at twice and four times the examples, with intervals, a
 * verdict, and the price of one point in examples. Five forecasts are blended: "no change", which wins near the data, and
 * the curves pow3, mmf4, pow4 and wbl4, which fall to an asymptote. Each is weighted by how it did with the largest sizes
 * hidden; bootstrap draws of seeds and test examples repeat all of it, the choice among the curves included.
 *
 * The intervals hold for the mean over as many seeds, on new examples like those of the test. On curves that had no part in
 * its making, 90 % intervals covered what docs/forecast.md says. It knows nothing of data that are gathered in another way.
 *
 * Weight of a curve ∝ (m + 0.05²)^−½, m the mean squared miss on hidden sizes as a share of the error.
 *
 * @param curve a result of `learningCurve`, or sizes and errors from anywhere; at least 4 sizes, better 8 with 5 seeds
 * @param options at: further sizes. humanLevel, noiseFloor: no forecast goes below. level; defaults to 0.9
 * @returns errors in the unit of the curve, lower is better; `points` as `at` says
 * @throws InputError `out-of-range` for sizes beyond four times the largest, `empty` for fewer than 4 sizes
 * @example
 * const sizes = [16, 32, 64, 128, 256, 512];
 * const errors = [0, 1, 2, 3, 4].map((s) => sizes.map((n) => 1.2 * n ** -0.5 * (1 + 0.02 * Math.sin(s + n))));
 * const { verdict, double } = forecast({ sizes, errors, testSize: 2000 });
 * [verdict, double.error < errors[0][5]] // => ['more-data-helps', true]
 * @see Mohr, Viering, Loog & van Rijn, "LCDB 1.0: an extensive learning curves database", 2022
 */
export function forecast(curve: SizeCurve | CurveData, options: ForecastOptions = {}): Forecast {
  const observed = observedCurve(curve);
  const resolved = resolveForecast(observed, options);
  const { at, level, smallestGain, point, repeats, seed } = resolved;
  const measured = observedPoints(observed, level);
  const now = measured[measured.length - 1];
  const warnings = collectWarnings();
  const floor = floorOf(resolved, now, (code, message) => warnings.add(code, message));

  const band = bandSizes(observed.sizes);
  const sizes = [...band, 2 * now.size, ...at];
  const { whole, cuts, draws, blend } = forecastDraws(observed, sizes, floor, {
    repeats,
    seed,
    constants: CONSTANTS,
  });
  const pointAt = (place: number): Forecast['double'] => ({
    size: sizes[place],
    error: blend[place],
    interval: drawInterval(draws.map((draw) => draw[place]), level, blend[place]), // prettier-ignore
  });
  const [here, double, quadruple] = [16, band.length, band.length - 1];
  const gainAt = (place: number): Gain => {
    const gains = draws.map((draw) => draw[here] - draw[place]);
    const gain = blend[here] - blend[place];
    const probability = gains.filter((one) => one >= smallestGain).length / repeats;
    return { size: sizes[place], gain, interval: drawInterval(gains, level, gain), probability };
  };
  const gains = { double: gainAt(double), quadruple: gainAt(quadruple) };
  const rises = risesOf(observed);
  const beyond = band.map((_, i) => i).slice(here);
  for (const { code, message } of warningsOf(observed, cuts.length)) warnings.add(code, message);
  return asResult({
    kind: 'forecast' as const,
    name: observed.name,
    title: observed.title,
    share: observed.share,
    verdict: verdictOf({
      rises,
      double: gains.double,
      flat: 1 - gains.quadruple.probability,
      error: now.error,
      lowError: now.interval[0],
      train: now.train,
      reachable: Math.max(resolved.humanLevel ?? 0, resolved.noiseFloor ?? 0),
      smallestGain,
    }),
    n: now.size,
    error: now.error,
    double: pointAt(double),
    quadruple: pointAt(quadruple),
    points: at.map((_, i) => pointAt(band.length + 1 + i)),
    gains,
    smallestGain,
    price: priceOf(
      beyond.map((i) => band[i]),
      beyond.map((i) => blend[i]),
      draws.map((draw) => draw.subarray(here, band.length)),
      point,
      level,
    ),
    models: forecastModels(whole),
    hidden: cuts.map(({ kept }) => observed.sizes.slice(kept)),
    rises,
    observed: measured,
    band: band.map((_, i) => pointAt(i)),
    floor,
    humanLevel: resolved.humanLevel,
    noiseFloor: resolved.noiseFloor,
    ...{ level, seeds: observed.values.length, testN: observed.testN, repeats, seed },
    warnings: warnings.list(),
  });
}
