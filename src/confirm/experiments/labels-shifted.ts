import { withLabelsOf } from '../changed-data';
import { retrain } from '../retrain';
import { costOf, subjectOf, whyNotRetrained } from '../retraining';
import type { Experiment } from '../experiment';
import { learnsBetter } from '../learns-better';
import { armOf } from '../read-arm';
import type { Likelihood } from '../update-causes';

const SHIFTS = [1, -1];
const QUESTION = 'Are the labels learnt better one row up or down?';
const OUTCOMES: Likelihood = { other: 0.03, under: { 'labels-without-signal': 0.4, 'wiring-broken': 0.02 } };

/** The training labels moved by one row, up and down: a join that was off by one comes right by one of them. */
export const labelsShifted: Experiment = {
  id: 'labels-shifted',
  title: 'with the labels moved by one row',
  outcomes: [OUTCOMES],
  suits: (run) => whyNotRetrained(run),
  cost: (run) => costOf(run, SHIFTS.length),
  async run({ run, finding, seed, signal, onArm }) {
    const { train } = subjectOf(run, finding).sets();
    const rows = (by: number): number[] =>
      Array.from({ length: train.n }, (_, i) => (i + by + train.n) % train.n);
    const arms = [];
    let best = { seen: false, told: '' };
    for (const [i, by] of SHIFTS.entries()) {
      const log = await retrain(run, { train: withLabelsOf(train, rows(by)) }, { seed, signal });
      if (signal?.aborted) return { arms, observations: [] };
      const title = `with the labels moved by ${by > 0 ? 'one row up' : 'one row down'}`;
      // The arm is to the run what the run is to shuffled labels.
      const { seen: same } = learnsBetter(log, run.log);
      const { told: words } = learnsBetter(run.log, log);
      arms.push(armOf(`labels-shifted-${i + 1}`, title, log, same ? 'same' : 'better'));
      if (!best.seen) best = { seen: !same, told: `W${title.slice(1)} ${words}` };
      onArm(i + 1);
    }
    return { arms, observations: [{ ...best, question: QUESTION, probability: OUTCOMES }] };
  },
};
