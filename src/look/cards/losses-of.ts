import { eachSeed } from '../../metrics/by-seed';
import type { Predictions } from '../../metrics/types';

/** Returns the loss of each example: as it is, or the mean over several seeds; null where none is known. */
export function lossesOf(
  predictions: Predictions,
  seeds: readonly Predictions[] = eachSeed(predictions),
): ArrayLike<number> | null {
  const all = seeds.map(({ loss }) => loss).filter((loss) => loss !== null);
  if (all.length === 0) return predictions.loss;
  return Float64Array.from(
    { length: predictions.n },
    (_, i) => all.reduce((sum, loss) => sum + loss[i], 0) / all.length,
  );
}
