import { InputError } from '../../core/input-error';
import { anything, check, checkOptions, integer, numberIn } from '../../core/options';
import type { ObservedCurve } from './observed-curve';
import type { ForecastOptions } from './types';

const FN = 'forecast';
/** Forecasts go no further than this many times the largest size. */
export const FURTHEST = 4;

/** Options with their defaults for a curve. */
export type ResolvedForecast = Required<Omit<ForecastOptions, 'at' | 'humanLevel' | 'noiseFloor'>> & {
  readonly at: readonly number[];
  readonly humanLevel: number | null;
  readonly noiseFloor: number | null;
};

/** Sizes to forecast for; refuses those that the curve says nothing of. */
function sizesAt(at: number | readonly number[] | undefined, { sizes }: ObservedCurve): number[] {
  const [first, last] = [sizes[0], sizes[sizes.length - 1]];
  const wanted = at === undefined ? [] : typeof at === 'number' ? [at] : at;
  if (!Array.isArray(wanted)) check(FN, 'at', wanted, { ...anything, expected: 'be a number or an array of numbers', holds: (v): v is unknown => Array.isArray(v) }); // prettier-ignore
  for (const size of wanted) {
    if (typeof size === 'number' && size >= first && size <= FURTHEST * last) continue;
    throw new InputError({
      code: 'out-of-range',
      fn: FN,
      param: 'at',
      expected: `be from ${first} to ${FURTHEST * last} examples, ${FURTHEST} times the largest size of the curve`,
      received: size,
      mend:
        size > last ? 'Measure the curve at more examples first: farther forecasts are guesses.' : undefined,
    });
  }
  return [...wanted];
}

/** Returns the options of a forecast, checked and complete. */
export function resolveForecast(curve: ObservedCurve, options: ForecastOptions): ResolvedForecast {
  checkOptions(FN, options, {
    at: anything,
    level: numberIn(0, 1, { open: true }),
    humanLevel: numberIn(0, Infinity),
    noiseFloor: numberIn(0, Infinity),
    smallestGain: numberIn(0, Infinity),
    point: numberIn(0, Infinity, { open: true }),
    repeats: integer(20, 10_000),
    seed: integer(0),
  });
  const error = curve.means[curve.means.length - 1];
  return {
    at: sizesAt(options.at, curve),
    level: options.level ?? 0.9,
    humanLevel: options.humanLevel ?? curve.humanLevel,
    noiseFloor: options.noiseFloor ?? null,
    smallestGain: options.smallestGain ?? Math.max(0.05 * error, curve.share ? 0.005 : 0),
    point: options.point ?? (curve.share ? 0.01 : 0.01 * error || 0.01),
    repeats: options.repeats ?? 200,
    seed: options.seed ?? 0,
  };
}
