import { mapFeatures, medianOf, sentinelsOf } from '../changed-data';
import { retraining } from '../retraining';

/** Numbers that stand for a missing value replaced by the median of the others. */
export const sentinelReplaced = retraining({
  id: 'sentinel-replaced',
  title: 'with the median in place of the odd number',
  question: 'Does it help to take the odd number for a missing value?',
  pointless: ({ sets }) =>
    sentinelsOf(sets().train).size === 0
      ? 'No column has a number far from all others again and again.'
      : null,
  change: ({ sets }) => {
    const { train, validation } = sets();
    const found = sentinelsOf(train);
    const medians = new Map([...found].map(([at, { value }]) => [at, medianOf(train, at, value)]));
    const mend = (value: number, at: number): number =>
      found.get(at)?.value === value ? medians.get(at)! : value;
    return { train: mapFeatures(train, mend), validation: validation && mapFeatures(validation, mend) };
  },
  outcomes: {
    other: 0.08,
    under: { 'missing-coded-as-number': 0.95, 'inputs-not-scaled': 0.35, 'units-dead': 0.2 },
  },
});
