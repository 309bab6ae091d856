import type { Warning } from '../../core/warning';
import type { NamedParameters } from './curve-models';

/** A learning curve from anywhere. */
export interface CurveData {
  readonly name?: string;
  /** Numbers of training examples, ascending. */
  readonly sizes: readonly number[];
  /** Test errors, lower is better: for each seed one value a size; NaN or null where there is none. */
  readonly errors: readonly (readonly (number | null)[])[];
  /** Training errors in the same order. */
  readonly trainErrors?: readonly (readonly (number | null)[])[];
  /** Test examples behind each error. Errors from 0 to 1 are taken for shares of them. */
  readonly testSize?: number;
  /** Covariance of the sizes' mean errors that comes with the choice of the test examples, where it is known. */
  readonly itemCovariance?: readonly (readonly number[])[];
  /** What the errors are; defaults to "error rate" with `testSize`, else "error". */
  readonly title?: string;
}

/** Options of `forecast`. */
export interface ForecastOptions {
  /** Further numbers of examples, up to four times the largest of the curve. */
  readonly at?: number | readonly number[];
  /** Level of the intervals, strictly between 0 and 1; defaults to 0.9. */
  readonly level?: number;
  /** Error that people make on such examples; no forecast goes below. Defaults to the goal of the curve, if it has one. */
  readonly humanLevel?: number;
  /** Error that wrong labels alone cause; no forecast goes below. */
  readonly noiseFloor?: number;
  /** Fall of the error that counts as a help; defaults to a twentieth of the error now, and at least 0.005 for shares. */
  readonly smallestGain?: number;
  /** The fall of the error whose price is told; defaults to 0.01 for shares, else a hundredth of the error now. */
  readonly point?: number;
  /** Bootstrap draws; defaults to 200. */
  readonly repeats?: number;
  /** Defaults to 0. */
  readonly seed?: number;
}

/**
 * `more-data-helps`: twice the data very probably brings the error down by what counts. `limited-by-bias`: four
 * times the data very probably do not, and the training error is as high. `saturated`: nor do they, and the error has reached
 * the human level or the noise floor, or nothing is known of the training error. `ill-behaved`: more data made it
 * worse somewhere. `cannot-tell`: none of these is sure enough.
 */
export type Verdict = 'more-data-helps' | 'saturated' | 'limited-by-bias' | 'ill-behaved' | 'cannot-tell';

/** The error to be expected at a number of examples. */
export interface ForecastPoint {
  readonly size: number;
  readonly error: number;
  /** For the mean over as many seeds, on examples like those of the test. */
  readonly interval: readonly [number, number];
}

/** A curve that was fitted, or "no change". */
export interface ForecastModel {
  readonly id: 'last1' | 'pow3' | 'mmf4' | 'pow4' | 'wbl4';
  readonly formula: string;
  /** Its part in the forecast; all add up to 1. */
  readonly weight: number;
  /** Root mean square of its misses when the largest sizes are hidden, as a share of the error; NaN without a back-test. */
  readonly backTest: number;
  readonly parameters: NamedParameters;
  /** Error with endless data. */
  readonly asymptote: number;
}

/** How much less error there will be. */
export interface Gain {
  readonly size: number;
  readonly gain: number;
  readonly interval: readonly [number, number];
  /** That the gain is at least the smallest one that counts. */
  readonly probability: number;
}

/** Examples to be added for a fall of the error by `point`; null: more than three times those there are. */
export interface Price {
  readonly point: number;
  readonly examples: number | null;
  readonly interval: readonly [number | null, number | null];
}

/** A fall in quality where there was more data. */
export interface Rise {
  readonly from: number;
  readonly to: number;
  readonly errorFrom: number;
  readonly errorTo: number;
  /** Adjusted for all pairs of sizes (Holm). */
  readonly pValue: number;
}

/** One size as it was measured. */
export interface ObservedPoint {
  readonly size: number;
  readonly error: number;
  /** NaN for one seed without test examples. */
  readonly interval: readonly [number, number];
  /** Training error; NaN where it is not known. */
  readonly train: number;
}

/** Whether more data would help, and how much. */
export interface Forecast {
  readonly kind: 'forecast';
  readonly name: string;
  readonly title: string;
  /** The errors are shares of the test examples. */
  readonly share: boolean;
  readonly verdict: Verdict;
  /** The largest number of examples of the curve, and its error. */
  readonly n: number;
  readonly error: number;
  /** At twice and four times as many. */
  readonly double: ForecastPoint;
  readonly quadruple: ForecastPoint;
  /** At the sizes that were asked for. */
  readonly points: readonly ForecastPoint[];
  readonly gains: { readonly double: Gain; readonly quadruple: Gain };
  readonly smallestGain: number;
  readonly price: Price;
  /** Largest weight first. */
  readonly models: readonly ForecastModel[];
  /** Sizes that were hidden in the back-tests, a list for each; empty when there are too few sizes. */
  readonly hidden: readonly (readonly number[])[];
  readonly rises: readonly Rise[];
  readonly observed: readonly ObservedPoint[];
  /** From the smallest size to four times the largest. */
  readonly band: readonly ForecastPoint[];
  /** No forecast goes below. */
  readonly floor: number;
  readonly humanLevel: number | null;
  readonly noiseFloor: number | null;
  readonly level: number;
  readonly seeds: number;
  /** Test examples; NaN where unknown. */
  readonly testN: number;
  readonly repeats: number;
  readonly seed: number;
  readonly warnings: readonly Warning[];
}
