import type { RunLog } from '../build/types';
import { mean } from '../stats/mean';
import { priorLossOf } from './prior-loss';
import { bestScore, endScore, inNumbers } from './read-arm';
import type { Seen } from './retraining';

/** Share by which a loss must be lower to count as lower. */
const CLEARLY = 0.05;

/** Mean over the epochs of the loss on the training examples: lower where it is learnt faster. */
function courseOf(log: RunLog): number {
  return mean(log.epochs.map(({ train }) => train.loss.value));
}

/**
 * Reads an arm from which what there is to learn was taken away: "yes" where the run itself does no better, neither faster on
 * its training examples, nor at its best on those of validation, where that beats a guess.
 */
export function learnsBetter(own: RunLog, arm: RunLog): Seen {
  const [before, after] = [endScore(own, 'train')!, endScore(arm, 'train')!];
  const faster = courseOf(own) < (1 - CLEARLY) * courseOf(arm) - 2 * (before.standardError || 0);
  const [best, bestOfArm] = [bestScore(own, 'validation'), bestScore(arm, 'validation')];
  const carriesOver =
    best !== null &&
    bestOfArm !== null &&
    best.value < (1 - CLEARLY) * priorLossOf(own, 'validation') &&
    best.value <
      (1 - CLEARLY) * bestOfArm.value - 2 * Math.hypot(best.standardError, bestOfArm.standardError);
  const seen = !(faster || carriesOver);
  return { seen, told: inNumbers({ before, after }), outcome: seen ? 'same' : 'worse' };
}
