/** Steps of an epoch at which the layers are looked at. */
const WATCHED_STEPS = 8;

/**
 * Returns whether the layers are looked at in a step (from 0) of an epoch: at about eight steps, evenly spread; at the
 * first eight where the length of an epoch is not known.
 */
export function isWatched(step: number, stepsPerEpoch: number): boolean {
  if (!(stepsPerEpoch > 0)) return step < WATCHED_STEPS;
  return step % Math.max(1, Math.floor(stepsPerEpoch / WATCHED_STEPS)) === 0;
}
