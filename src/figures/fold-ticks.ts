import { decadeTicks } from './decade-ticks';
import { threeDigits } from './template';

/** Ticks for an axis of base-ten logarithms of ratios: 0.5, 1, 2 where it is short, powers of ten where it is long. */
export function foldTicks(low: number, high: number): Record<string, unknown> {
  if (high - low > 2.5) return { tickmode: 'array', ...decadeTicks(low, high) };
  const near = [-3, -2, -1, 0, 1, 2, 3]
    .flatMap((power) => [1, 2, 5].map((digit) => Number(`${digit}e${power}`)))
    .filter((value) => Math.log10(value) >= low - 1e-9 && Math.log10(value) <= high + 1e-9);
  return { tickmode: 'array', tickvals: near.map(Math.log10), ticktext: near.map(threeDigits) };
}
