import type { Experiment } from '../experiment';
import { costOf } from '../retraining';
import { realign } from '../realign-classes';
import type { LiveRun } from '../live-run';
import type { Likelihood } from '../update-causes';
import { percent } from '../in-digits';

interface Evaluated {
  readonly label: ArrayLike<number>;
  readonly predicted: ArrayLike<number>;
}
type Evaluate = (run: LiveRun, data: unknown) => Promise<Evaluated>;

const OUTCOMES: Likelihood = {
  other: 0.03,
  under: { 'class-codes-differ': 0.95, 'labels-without-signal': 0.02, 'validation-labels-wrong': 0.1 },
};

/**
 * The validation labels under the assignment of classes that fits half of them best, judged on the other half: a set of
 * codes in another order comes right. Nothing is trained.
 */
export const classesRealigned: Experiment = {
  id: 'classes-realigned',
  title: 'with the classes of validation re-aligned',
  outcomes: [OUTCOMES],
  suits: ({ log, model, validation, train }) => {
    if (log.task !== 'classification') return 'The task has no classes that could change places.';
    if (!validation || !train) return 'The run has no validation examples.';
    return model ? null : 'The run does not hold its trained model.';
  },
  cost: (run) => costOf(run, 0.1),
  async run({ run, signal, onArm }) {
    const { evaluate } = require('../../build/evaluate') as { readonly evaluate: Evaluate };
    const validation = run.validation!;
    const { label, predicted } = await evaluate(run, validation);
    if (signal?.aborted) return { arms: [], observations: [] };
    onArm(1);
    const { seen, before, after } = realign(label, predicted, run.log.classes.length);
    return {
      arms: [],
      observations: [
        {
          seen,
          question: 'Do the answers come right when classes change places?',
          probability: OUTCOMES,
          told: `With the classes of validation re-aligned ${percent(after)} instead of ${percent(before)} of the other half are right`,
        },
      ],
    };
  },
};
