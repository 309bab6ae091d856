import { rescaled, scalesOf } from '../changed-data';
import { byValidation, retraining } from '../retraining';

/** Validation inputs moved to the scale of the training inputs: a scaling that was done otherwise comes right. */
export const validationRescaled = retraining({
  id: 'validation-rescaled',
  title: 'with the validation inputs on the scale of training',
  question: 'Does it help to bring the validation inputs to the scale of training?',
  needsValidation: true,
  change: ({ sets }) => {
    const { train, validation } = sets();
    return { validation: rescaled(validation!, scalesOf(validation!), scalesOf(train)) };
  },
  pointless: ({ layers, sets }) => {
    if (layers().some(({ type }) => type === 'Embedding'))
      return 'The inputs are numbers of words, not amounts.';
    const { train, validation } = sets();
    const [a, b] = [scalesOf(train), scalesOf(validation!)];
    const alike = a.sds.every(
      (sd, i) =>
        Math.abs(a.means[i] - b.means[i]) <= 0.3 * sd && b.sds[i] >= sd / 1.4 && b.sds[i] <= 1.4 * sd,
    );
    return alike ? 'The validation inputs are on the scale of training already.' : null;
  },
  read: byValidation,
  outcomes: {
    other: 0.05,
    under: { 'preprocessing-differs': 0.7, 'validation-differs': 0.3, 'inputs-not-scaled': 0.1 },
  },
});
