import { cannotTell, NOTHING_FOUND, suspect, type Check } from '../check';

interface MixedMeasure extends Readonly<Record<string, unknown>> {
  /** How far a prediction moves with its neighbours, as a share of the range of the predictions; NaN where not tried. */
  readonly mixing: number;
  /** Whether a plan ran the steps, whose layers keep examples apart. */
  readonly planned: boolean;
}

/** Does a prediction depend on the other examples of its batch? */
export const mixedExamples: Check<MixedMeasure> = {
  id: 'mixed-examples',
  title: 'Examples that mix',
  question: 'Does the prediction of an example stay the same whatever else is in its batch?',
  needs: [],
  references: [{ author: 'Karpathy', title: 'A recipe for training neural networks', year: 2019 }],
  symptoms: { 'mixes-examples': { scale: 'size', least: 0.001 } },
  measure: ({ log }) => ({ mixing: log.mixing ?? NaN, planned: log.engine.steps === 'plan' }),
  judge(m) {
    if (m.planned) return NOTHING_FOUND;
    if (Number.isNaN(m.mixing))
      return cannotTell('It was not tried, or there were too few examples to try it.');
    return suspect({
      code: 'mixes-examples',
      score: m.mixing,
      severity: 'error',
      where: {},
      evidence: { mixing: m.mixing },
      causes: { 'batch-mixed': 1 },
    });
  },
};
