import { mapFeatures, placesOf, scalesOf } from '../changed-data';
import { readSide, inWords } from '../read-arm';
import { retraining } from '../retraining';

/** The suspect column held at its mean: what it told the model is gone, and the shape of the inputs is as it was. */
export const withoutColumn = retraining({
  id: 'without-column',
  title: 'without the suspect column',
  wording: (_run, { where }) => `without the column ${where?.column ?? '?'}`,
  question: 'Does it change without the column?',
  pointless: ({ sets, finding }) =>
    placesOf(sets().train, finding.where?.column).length === 0
      ? 'No column of the inputs is suspected.'
      : null,
  change: ({ sets, finding }) => {
    const { train, validation } = sets();
    const places = placesOf(train, finding.where?.column);
    const { means } = scalesOf(train);
    const still = (value: number, at: number): number =>
      places.includes(at) ? (Number.isFinite(means[at]) ? means[at] : 0) : value;
    return { train: mapFeatures(train, still), validation: validation && mapFeatures(validation, still) };
  },
  // A score that falls shows that the column gave it; a symptom that goes shows it as well.
  read: (own, arm, gone, { sets }) => {
    const side = sets().validation ? 'validation' : 'train';
    const reading = readSide(own, arm, side, gone);
    return {
      seen: gone ?? reading.compared !== 'same',
      told: inWords(reading),
      outcome: reading.compared,
    };
  },
  outcomes: {
    other: 0.1,
    under: {
      'label-in-features': 0.95,
      'column-repeated': 0.95,
      'missing-coded-as-number': 0.6,
      'inputs-not-scaled': 0.5,
      'preprocessing-differs': 0.5,
      'validation-differs': 0.3,
      'input-not-a-number': 0.9,
      'input-constant': 0.05,
    },
  },
});
