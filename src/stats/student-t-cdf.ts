import { check, numberIn } from '../core/options';
import { incompleteBeta } from './incomplete-beta';

/** P(T > |t|), from whichever side keeps its digits. */
function upperTail(square: number, df: number): number {
  if (square < df) return 0.5 - 0.5 * incompleteBeta(square / (df + square), 0.5, df / 2);
  return 0.5 * incompleteBeta(df / (df + square), df / 2, 0.5);
}

/**
 * Returns the probability that a Student t variable is at most `t`.
 *
 * @param t any number
 * @param df degrees of freedom, > 0; need not be whole
 * @returns a probability
 * @throws InputError `out-of-range` when df is not above 0
 * @example
 * studentTCdf(1, 1).toFixed(6) // => '0.750000'
 * @see Abramowitz & Stegun, "Handbook of Mathematical Functions", 1964, 26.7.1
 */
export function studentTCdf(t: number, df: number): number {
  check('studentTCdf', 'df', df, numberIn(0, Infinity, { open: true }));
  if (Number.isNaN(t)) return NaN;
  const tail = Number.isFinite(t) ? upperTail(t * t, df) : 0;
  return t < 0 ? tail : 1 - tail;
}
