import type { RunLog } from '../../build/types';
import { mapLabels } from '../changed-data';
import { helped, inWords, readBoth } from '../read-arm';
import { retraining } from '../retraining';

function centreOf({ labels }: { readonly labels: ArrayLike<number> }): { mean: number; sd: number } {
  const values = Array.from(labels);
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const sd = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length) || 1;
  return { mean, sd };
}

/** The log with its losses in the units that the target had. */
function inOldUnits(log: RunLog, sd: number): RunLog {
  const factor = /absolute/i.test(log.config.loss) ? sd : sd ** 2;
  const scaled = <S extends RunLog['epochs'][number]['train'] | null>(scores: S): S =>
    scores && {
      ...scores,
      loss: {
        ...scores.loss,
        value: factor * scores.loss.value,
        standardError: factor * scores.loss.standardError,
      },
    };
  const epochs = log.epochs.map((epoch) => ({
    ...epoch,
    train: scaled(epoch.train),
    validation: scaled(epoch.validation),
  }));
  return { ...log, epochs };
}

/** The target with mean 0 and standard deviation 1; losses are told in the old units. */
export const standardisedTarget = retraining({
  id: 'standardised-target',
  title: 'on a standardised target',
  question: 'Does a standardised target help?',
  pointless: ({ log, sets }) => {
    if (log.task !== 'regression') return 'The task has no target to standardise.';
    const { mean, sd } = centreOf(sets().train);
    return Math.abs(mean) < 0.5 * sd && sd > 0.3 && sd < 3 ? 'The target is centred near 0 already.' : null;
  },
  change: ({ sets }) => {
    const { train, validation } = sets();
    const { mean, sd } = centreOf(train);
    const unit = (value: number): number => (value - mean) / sd;
    return { train: mapLabels(train, unit), validation: validation && mapLabels(validation, unit) };
  },
  read: (own, arm, gone, { sets }) => {
    const reading = readBoth(own, inOldUnits(arm, centreOf(sets().train).sd), gone);
    return { seen: helped(reading), told: inWords(reading), outcome: reading.compared };
  },
  outcomes: {
    other: 0.1,
    under: {
      'target-not-centred': 0.95,
      'output-cannot-reach-target': 0.4,
      'output-does-not-fit-loss': 0.3,
      'learning-rate-too-low': 0.5,
      'trained-too-short': 0.5,
      'learning-rate-too-high': 0.2,
    },
  },
});
