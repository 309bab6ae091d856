import { random } from '../../core/random';
import { LOSSES } from '../losses';
import { optimizerFrom, type OptimizerSettings } from '../plan/optimizers';
import { runPlan } from '../plan/run-plan';
import { sessionOn } from '../session-on';
import { allRows } from '../train/score-rows';
import { startTraining } from '../train/train';
import type { EpochRecord } from '../train/types';
import { dropoutSeed, type TrainingSession } from '../training-session';
import type { SweepControl } from './control';
import type { SweepJob, SweepTrained } from './sweep-job';

/** Bytes of a data set that a worker copies into its own memory, where they are read a little faster; others are shared. */
const MOST_COPIED = 4e6;

/** Runs a job on the calling thread; `onEpoch` is told of each epoch that has ended. */
export async function trainJob(
  job: SweepJob,
  control: Pick<SweepControl, 'aborted' | 'epochDone'>,
  onEpoch?: (record: EpochRecord) => void,
): Promise<SweepTrained> {
  const { blueprint, validation, units } = job;
  const { name, settings } = blueprint.optimizer;
  const stream = random(job.seed);
  const changing: Record<string, OptimizerSettings[string]> = { ...settings, ...job.settings };
  const plan = runPlan(blueprint, {
    threads: 1,
    seed: dropoutSeed(stream.fork('dropout')),
    optimizer: optimizerFrom(name, changing),
  });
  try {
    plan.setWeights(job.initialWeights);
    const session: TrainingSession = {
      ...sessionOn(plan, units, MOST_COPIED),
      setRate: (rate) => (changing.learningRate = rate),
      sync: () => undefined,
    };
    const { initial, run } = startTraining({
      ...job,
      train: job.exampleWeights ? { ...job.train, weights: job.exampleWeights } : job.train,
      session,
      stream,
      loss: LOSSES[job.loss],
      aborted: control.aborted,
      breathe: () => undefined,
    });
    const trained = await run((record) => {
      control.epochDone();
      onEpoch?.(record);
    });
    return {
      id: job.id,
      outcome: 'trained',
      initial,
      trained,
      weights: plan.params.map((param) => plan.values(param)),
      outputs: validation && session.predict(session.load(validation), allRows(validation)),
    };
  } finally {
    plan.dispose();
  }
}
