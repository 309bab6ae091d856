import { mean } from '../stats/mean';
import type { RateMethod, RateRefusal } from './learning-rate-search';

/**
 * Returns the exponentially smoothed values, corrected for their start: s_t = Σ β^(t−i) v_i / Σ β^(t−i).
 *
 * @example
 * smoothed([4, 2], 0.5) // => [4, 8 / 3]
 */
export function smoothed(values: readonly number[], beta: number): number[] {
  let [sum, weight] = [0, 0];
  return values.map((value) => {
    sum = beta * sum + value;
    weight = beta * weight + 1;
    return sum / weight;
  });
}

/** Whether a range test may end: the loss is not finite, or, smoothed, above four times its least and above where it began. */
export function diverged(losses: readonly number[], smooth: readonly number[], start: number): boolean {
  const last = losses.at(-1);
  if (last === undefined) return false;
  if (!Number.isFinite(last)) return true;
  const least = smooth.reduce((a, b) => Math.min(a, b));
  return smooth.at(-1)! > Math.max(4 * least, start);
}

function variance(values: readonly number[]): number {
  const centre = mean(values);
  return values.reduce((sum, value) => sum + (value - centre) ** 2, 0) / Math.max(1, values.length - 1);
}

/** What is known of one range test. */
export interface RangeCurve {
  readonly rates: readonly number[];
  /** Finite losses, one for each of the first rates. */
  readonly losses: readonly number[];
  /** Of the same batches without learning, so that what differs between batches can be told from what was learnt. */
  readonly before: readonly number[];
  readonly smooth: readonly number[];
  /** Whether the test ended before its last rate. */
  readonly ended: boolean;
  /** Loss of a guess by label frequencies; NaN where it is not known. */
  readonly guess: number;
}

/** How far the loss has come down at `bottom`, and whether that is more than luck would give. */
function fallAt(
  { losses, before }: RangeCurve,
  bottom: number,
): { readonly share: number; readonly sure: boolean } {
  const span = Math.max(4, Math.round(losses.length / 10));
  const gains = losses.map((loss, i) => before[i] - loss).slice(Math.max(0, bottom + 1 - span), bottom + 1);
  const gain = mean(gains);
  return {
    share: gain / Math.abs(mean(before)),
    sure: gain > 3 * Math.sqrt(variance(gains) / gains.length),
  };
}

/** Share of the fall that the loss must have come down, or still have before it, to count as falling. */
const EDGE = 0.1;

/** Least share of the loss at the start that must go. */
const LEAST_FALL = 0.02;

/** Where the smoothed loss leaves its first level and where it is least. */
function fallOf(smooth: readonly number[]): { readonly from: number; readonly to: number } {
  let to = 0;
  smooth.forEach((loss, i) => {
    if (loss < smooth[to]) to = i;
  });
  const top = smooth.slice(0, to + 1).reduce((a, b) => Math.max(a, b));
  const edge = top - EDGE * (top - smooth[to]);
  let from = to;
  while (from > 0 && smooth[from] < edge) from--;
  return { from, to };
}

/** Place where the loss falls most within a tenth of the steps. */
function steepestAt(smooth: readonly number[], to: number, span: number): number {
  let [best, at] = [-Infinity, to];
  for (let i = 0; i + span <= to; i++) {
    const fall = smooth[i] - smooth[i + span];
    if (fall > best) [best, at] = [fall, i + span / 2];
  }
  return at;
}

/** What a curve says: a rate by each method, or why none. */
export type RangeVerdict =
  | { readonly suggestions: Readonly<Record<RateMethod, number>>; readonly reason: null }
  | { readonly suggestions: null; readonly reason: RateRefusal };

/**
 * Returns the learning rates that the curve of a range test suggests. The fall runs from where the smoothed loss has come a
 * tenth of the way down to its least value. In log learning rate: `valley` lies two thirds along the fall, `steepest` in the
 * middle of the tenth of the steps in which it falls most, `minimum/10` a decade before its end.
 */
export function judgeRange(curve: RangeCurve): RangeVerdict {
  const { rates, losses, before, smooth, ended, guess } = curve;
  const none = (reason: RateRefusal): RangeVerdict => ({ suggestions: null, reason });
  const tenth = Math.ceil(rates.length / 10);
  if (losses.length === 0) return none('non-finite-at-start');
  const { from, to } = fallOf(smooth);
  const { share, sure } = fallAt(curve, to);
  if (!sure || share < LEAST_FALL) {
    if (ended && losses.length <= tenth) return none('diverges-at-once');
    return none(mean(before) < 0.2 * guess ? 'already-learnt' : 'never-falls');
  }
  if (!ended && to >= rates.length - 2) {
    const fall = smooth[from] - smooth[to];
    if (smooth[rates.length - 1 - tenth] - smooth[to] > 0.3 * fall) return none('falls-only-at-the-end');
  }
  const [low, step] = [Math.log10(rates[0]), Math.log10(rates[1] / rates[0])];
  const rateAt = (place: number): number => 10 ** (low + step * place);
  return {
    suggestions: {
      valley: rateAt(from + (2 / 3) * (to - from)),
      steepest: rateAt(steepestAt(smooth, to, Math.max(2, Math.round(rates.length / 12)))),
      'minimum/10': rateAt(to) / 10,
    },
    reason: null,
  };
}
