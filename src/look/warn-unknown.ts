import type { Warnings } from '../core/warning';
import type { SlicedMeasure } from './error-values';

/** Says how many of n examples are left out since their error or loss is not known, if any. */
export function warnUnknown(warnings: Warnings, measure: SlicedMeasure, unknown: number, n: number): void {
  if (unknown === 0) return;
  const message = `The ${measure} of ${unknown} of ${n} examples is not a finite number; they are left out.`;
  warnings.add(`unknown-${measure}`, message, unknown);
}
