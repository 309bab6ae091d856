import type { RunLog } from '../build/types';
import { courseOf } from './course';
import { guessOf, skillByLoss } from './skill';
import { num } from './words/wording';

/** Pace at the end, as a share of the mean pace, up to which a loss has levelled off. */
const LEVEL = 0.1;

/**
 * Returns, where a training ended because there was nothing more to learn, a sentence that says so: levelled off well below
 * a guess, which is a healthy end and no stagnation. Null where it cannot be said.
 */
export function convergedSentence(log: RunLog): string | null {
  if (log.epochs.length < 4 || log.nonFinite) return null;
  const last = log.epochs[log.epochs.length - 1];
  const guess = guessOf(log);
  const { value, error } = skillByLoss(last.train, guess);
  const { pace, losses } = courseOf(log);
  if (!(value - 2 * error > 0.2) || !(Math.abs(pace) < LEVEL)) return null;
  return `Training had converged: the loss had levelled off at ${num(losses[losses.length - 1])}, where a guess has ${num(guess.loss)}.`;
}
