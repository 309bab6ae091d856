import { NOTHING_FOUND, suspect, type Check } from '../check';
import { courseOf } from '../course';
import { endingOf, isWeightedSum } from '../model-chain';
import { guessOf } from '../skill';

interface UnderfittingMeasure extends Readonly<Record<string, unknown>> {
  readonly column: string;
  /** Share of the variance of the errors on training examples that the column still explains. */
  readonly share: number;
  /** Loss on training examples as a share of a guess' loss: what is left to learn; NaN where it is not known. */
  readonly left: number;
  readonly n: number;
  readonly pace: number;
  readonly hidden: number;
  readonly accuracy: number;
  readonly goal: number;
  readonly goalSource: string;
  /** Standard errors by which training accuracy is below the goal. */
  readonly goalZ: number;
  readonly epoch: number;
}

/** Has the model learnt what is in its inputs? */
export const underfitting: Check<UnderfittingMeasure> = {
  id: 'underfitting',
  title: 'Underfitting',
  question: 'Do the errors on training examples follow no column any more, and reach what others reach?',
  needs: ['epochs', 'outcome'],
  references: [
    { author: 'Fox', title: 'Regression diagnostics: component-plus-residual plots', year: 1991 },
    { author: 'Ng', title: 'Machine learning yearning', year: 2018 },
  ],
  symptoms: { underfits: { scale: 'size', least: 0.15 }, 'below-goal': { scale: 'z', least: 3 } },
  measure({ log }) {
    const { residual } = log.outcome!.train;
    const last = log.epochs[log.epochs.length - 1];
    const accuracy = last.train.metrics.accuracy;
    const goals = [log.goals.humanLevel, log.goals.baseline].filter((goal) => goal?.metric === 'accuracy');
    const goal = goals.reduce((most, one) => (one!.value > (most?.value ?? -1) ? one : most), null);
    const ending = endingOf(log.model.layers)?.layer?.name;
    return {
      column: residual
        ? (log.data.train?.columns?.names[residual.column] ?? `column ${residual.column + 1}`)
        : '',
      share: residual?.share ?? NaN,
      left: last.train.loss.value / guessOf(log).loss,
      n: log.outcome!.train.n,
      pace: courseOf(log).pace,
      hidden: log.model.layers.filter((layer) => isWeightedSum(layer) && layer.name !== ending).length,
      ...{ accuracy: accuracy?.value ?? NaN, goal: goal?.value ?? NaN, goalSource: goal?.source ?? '' },
      goalZ:
        accuracy && goal
          ? (goal.value - accuracy.value) /
            Math.sqrt((goal.value * (1 - goal.value) + 1 / accuracy.n) / accuracy.n)
          : NaN,
      epoch: last.epoch,
    };
  },
  judge(m) {
    if (m.column === '' && Number.isNaN(m.goalZ)) return NOTHING_FOUND;
    const causes = {
      'model-too-small': m.hidden === 0 ? 0.9 : 0.4,
      'trained-too-short': m.pace > 0.4 ? 0.5 : 0.1,
      'learning-rate-too-high': 0.1,
      'regularised-too-much': 0.1,
    };
    return suspect(
      m.column !== '' && {
        code: 'underfits',
        // Ten means say little of few examples, and what is nearly gone needs no explanation.
        // A model without hidden layers is held back by its form; others more often by their training.
        score:
          m.share *
          Math.min(1, (Number.isNaN(m.left) ? 1 : m.left) / 0.15) *
          Math.min(1, m.n / 400) *
          (m.hidden === 0 ? 1 : 0.2),
        severity: 'warning',
        where: { column: m.column, epoch: m.epoch },
        evidence: { share: m.share, hidden: m.hidden },
        causes,
      },
      {
        code: 'below-goal',
        score: m.goalZ,
        severity: 'info',
        where: { epoch: m.epoch },
        evidence: { accuracy: m.accuracy, goal: m.goal, source: m.goalSource },
        causes,
      },
    );
  },
};
