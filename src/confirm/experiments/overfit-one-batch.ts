import {
  BATCH_ARMS,
  batchChanges,
  batchOutcomes,
  expectedStart,
  observe,
  runBatchArms,
} from '../batch-experiment';
import { batchSetupOf } from '../batch-setup';
import type { Experiment } from '../experiment';
import { priorLossOf } from '../prior-loss';
import { endScore } from '../read-arm';
import { whyNotRetrained } from '../retraining';

const STEPS = 200;
/** Share of the loss of a guess below which a run has learnt something. */
const LEARNS = 0.7;

/** One batch as it was, on standardised inputs, and at lower and higher rates: what keeps the loss up is not the data's amount. */
export const overfitOneBatch: Experiment = {
  id: 'overfit-one-batch',
  title: 'on one batch again and again',
  outcomes: batchOutcomes,
  suits: (run) => {
    const end = endScore(run.log, 'train')?.value ?? NaN;
    if (end < LEARNS * priorLossOf(run.log, 'train'))
      return 'The run learns its training examples, so that a batch can be learnt too.';
    return whyNotRetrained(run);
  },
  cost: ({ log }) => {
    const steps = Math.max(1, log.epochs[log.epochs.length - 1]?.step ?? 1);
    // A step takes some time, however few examples it has.
    const each = 0.3 + 0.7 * Math.min(1, 16 / log.config.batchSize);
    const share = (BATCH_ARMS * STEPS * each) / steps;
    return { share, seconds: 0.2 + share * log.timing.seconds };
  },
  async run({ run, seed, signal, onArm }) {
    const setup = batchSetupOf('confirm', run, undefined, { seed, signal });
    const arms = await runBatchArms(setup, batchChanges(run.log), onArm);
    const complete = arms.length === BATCH_ARMS;
    return { arms, observations: complete ? observe(arms, expectedStart(run.log, setup.data)) : [] };
  },
};
