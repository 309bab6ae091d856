import { BATCH_CHANGES, batchOutcomes, expectedStart, observe, runBatchArms } from '../batch-experiment';
import { batchSetupOf } from '../batch-setup';
import type { Experiment } from '../experiment';
import { whyNotRetrained } from '../retraining';

const STEPS = 200;

/** One batch as it was, on standardised inputs, and at lower and higher rates: what keeps the loss up is not the data's amount. */
export const overfitOneBatch: Experiment = {
  id: 'overfit-one-batch',
  title: 'on one batch again and again',
  outcomes: batchOutcomes,
  suits: (run) => whyNotRetrained(run),
  cost: ({ log }) => {
    const steps = Math.max(1, log.epochs[log.epochs.length - 1]?.step ?? 1);
    // A step takes some time, however few examples it has.
    const each = 0.3 + 0.7 * Math.min(1, 16 / log.config.batchSize);
    const share = (BATCH_CHANGES.length * STEPS * each) / steps;
    return { share, seconds: 0.2 + share * log.timing.seconds };
  },
  async run({ run, seed, signal, onArm }) {
    const setup = batchSetupOf('confirm', run, undefined, { seed, signal });
    const arms = await runBatchArms(setup, BATCH_CHANGES, onArm);
    const complete = arms.length === BATCH_CHANGES.length;
    return { arms, observations: complete ? observe(arms, expectedStart(run.log, setup.data)) : [] };
  },
};
