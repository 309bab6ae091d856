import type { RunLog } from '../../build/types';
import { retraining } from '../retraining';
import { percent } from '../in-digits';

/** Mean over the classes of the share that is right, on validation or on training; NaN where the log does not say. */
function meanRecall({ outcome }: RunLog): number {
  const confusion = (outcome?.validation ?? outcome?.train)?.confusion;
  const shares = (confusion ?? []).flatMap((row, k) => {
    const total = row.reduce((sum, count) => sum + count, 0);
    return total > 0 ? [row[k] / total] : [];
  });
  return shares.reduce((sum, share) => sum + share, 0) / shares.length;
}

/** Each class of the same weight in the loss, however rare. */
export const balancedClasses = retraining({
  id: 'balanced-classes',
  title: 'with the classes weighted alike',
  question: 'Does it help to weight rare classes up?',
  pointless: ({ log }) => {
    if (log.task !== 'classification') return 'The task has no single classes.';
    if (log.config.classWeights !== undefined) return 'The classes are weighted already.';
    const counts = log.data.train?.classCounts ?? [];
    if (counts.some((count) => count === 0))
      return 'A class has no training examples that could be weighted up.';
    return Math.max(...counts) < 2 * Math.min(...counts)
      ? 'The classes are about as frequent already.'
      : null;
  },
  change: () => ({ options: { classWeights: 'balanced' } }),
  read: (own, arm, gone) => {
    const [before, after] = [meanRecall(own), meanRecall(arm)];
    const better = after > before + 0.05;
    const told = `${percent(after)} of each class are right on average instead of ${percent(before)}`;
    return {
      seen: gone === true ? !(after < before - 0.05) : better,
      told,
      outcome: better ? 'better' : 'same',
    };
  },
  outcomes: {
    other: 0.12,
    under: {
      'too-rare-in-training': 0.9,
      'validation-differs': 0.2,
      'trained-too-short': 0.35,
      'learning-rate-too-low': 0.35,
      'class-not-in-training': 0.02,
      'labels-without-signal': 0.1,
    },
  },
});
