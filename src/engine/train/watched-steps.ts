/** Most steps of an epoch at which the layers are looked at. */
const MOST = 8;
/** Of trainings of more than `FEW` steps no more than one step in `SHARE` is looked at, and one an epoch. */
const SHARE = 64;
const FEW = 500;

/**
 * Returns whether the layers are looked at in a step (from 0) of an epoch: at about eight steps, evenly spread; at the
 * first eight where the length of an epoch is not known. A look costs up to the time of a step, so that long trainings of
 * short epochs take fewer: never by the clock, since the same seed shall give the same log.
 *
 * @param epochs how many there will be; defaults to 1
 */
export function isWatched(step: number, stepsPerEpoch: number, epochs = 1): boolean {
  if (!(stepsPerEpoch > 0)) return step < MOST;
  const share = stepsPerEpoch * epochs > FEW ? Math.floor(stepsPerEpoch / SHARE) : MOST;
  const wanted = Math.max(1, Math.min(MOST, share));
  return step % Math.max(1, Math.floor(stepsPerEpoch / wanted)) === 0;
}
