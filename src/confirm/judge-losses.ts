import { mean } from '../stats/mean';

/** How the losses of one batch went. */
export type BatchOutcome = 'goes-to-zero' | 'rises' | 'explodes' | 'oscillates' | 'plateaus';

/**
 * Returns how the losses of one batch went, by these rules in order:
 * - `explodes`: a loss is not finite, or the last tenth lies above 100 times the larger of first loss and `guess`;
 * - `goes-to-zero`: the mean of the last tenth is at most a tenth of `guess`;
 * - `rises`: that mean is above 1.5 times the larger of first loss and `guess`;
 * - `oscillates`: the last half swings by more than half of `guess`, with at least 30 % of its movement upwards;
 * - `plateaus`: none of these.
 *
 * @param all loss before each step, at least one
 * @param guess loss of a predictor that knows only the label frequencies of the batch; NaN takes the first loss
 * @param floor the least loss that can be reached, which counts as zero; defaults to 0
 *
 * @example
 * judgeLosses([2.3, 1.1, 0.4, 0.05], 2.3) // => 'goes-to-zero'
 */
export function judgeLosses(all: readonly number[], guess: number, floor = 0): BatchOutcome {
  if (!all.every((loss) => Number.isFinite(loss))) return 'explodes';
  const losses = floor > 0 ? all.map((loss) => loss - floor) : all;
  const scale = guess > floor ? guess - floor : losses[0];
  const top = Math.max(losses[0], scale);
  const end = mean(losses.slice(-Math.max(1, Math.floor(losses.length / 10))));
  if (end > 100 * top) return 'explodes';
  if (end <= 0.1 * scale) return 'goes-to-zero';
  if (end > 1.5 * top) return 'rises';
  const half = losses.slice(Math.floor(losses.length / 2));
  const moves = half.slice(1).map((loss, i) => loss - half[i]);
  const up = moves.reduce((sum, move) => sum + Math.max(0, move), 0);
  const path = moves.reduce((sum, move) => sum + Math.abs(move), 0);
  const swing = Math.max(...half) - Math.min(...half);
  return swing > 0.5 * scale && up > 0.3 * path ? 'oscillates' : 'plateaus';
}
