import { drawQuantile } from './draw-quantile';
import type { Price } from './types';

/** Where a falling curve, given at ascending sizes, first is `fall` below its beginning; Infinity where it is not. */
function sizeOfFall(sizes: readonly number[], errors: ArrayLike<number>, fall: number): number {
  const wanted = errors[0] - fall;
  for (let i = 1; i < sizes.length; i++) {
    if (errors[i] > wanted) continue;
    const part = (errors[i - 1] - wanted) / (errors[i - 1] - errors[i]);
    return sizes[i - 1] + (sizes[i] - sizes[i - 1]) * part;
  }
  return Infinity;
}

/**
 * Returns the examples to be added for a fall of the error by `point`.
 *
 * @param sizes from the largest of the curve to four times as many
 * @param blend forecast at these sizes
 * @param draws bootstrap draws of it
 */
export function priceOf(
  sizes: readonly number[],
  blend: ArrayLike<number>,
  draws: readonly ArrayLike<number>[],
  point: number,
  level: number,
): Price {
  const whole = (size: number): number | null => (Number.isFinite(size) ? Math.ceil(size - sizes[0]) : null);
  const needed = draws.map((errors) => sizeOfFall(sizes, errors, point));
  const best = sizeOfFall(sizes, blend, point);
  const low = Math.min(best, drawQuantile(needed, 0.5 - level / 2));
  const high = Math.max(best, drawQuantile(needed, 0.5 + level / 2));
  return { point, examples: whole(best), interval: [whole(low), whole(high)] };
}
