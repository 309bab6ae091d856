import { InputError } from '../core/input-error';
import { checkOptions, integer, signal as signalRule } from '../core/options';
import { startProgress } from '../core/progress';
import type { DifficultySlices } from '../look/types';
import { BATCH_CHANGES, expectedStart, observe, runBatchArms } from './batch-experiment';
import { batchSetupOf } from './batch-setup';
import { confirmationOf } from './confirmation-of';
import type { LiveRun } from './live-run';
import { runSliceArms } from './slice-experiment';
import { runSplitArms, splitSetupOf } from './split-experiment';
import type { Cause, Confirmation, ConfirmOptions, ExperimentArm } from './types';
import { updateCauses, type Observation } from './update-causes';

/** What confirming needs to know of a finding. */
export interface Confirmable {
  readonly check: string;
  readonly code: string;
  readonly message: string;
  readonly causes: readonly Cause[];
}

interface Experiment {
  readonly id: string;
  readonly label: string;
  readonly arms: number;
  run(
    run: LiveRun,
    slices: DifficultySlices | null,
    options: ConfirmOptions,
    onArm: (done: number) => void,
  ): Promise<{ readonly arms: readonly ExperimentArm[]; readonly observations: readonly Observation[] }>;
}

const oneBatch: Experiment = {
  id: 'overfit-one-batch',
  label: 'overfitting one batch',
  arms: BATCH_CHANGES.length,
  async run(run, _slices, options, onArm) {
    const setup = batchSetupOf('confirm', run, undefined, options);
    const arms = await runBatchArms(setup, BATCH_CHANGES, onArm);
    return { arms, observations: observe(arms, expectedStart(run.log, setup.data)) };
  },
};

const anotherSplit: Experiment = {
  id: 'another-split',
  label: 'training on another split',
  arms: 3,
  run: (run, _slices, options, onArm) =>
    runSplitArms(splitSetupOf(run, options.seed ?? run.log.seed ?? 0, options.signal), onArm),
};

const easiestAlone: Experiment = {
  id: 'easiest-alone',
  label: 'overfitting the easiest examples',
  arms: 2,
  run: runSliceArms,
};

/** The experiment of a finding, by its code; one batch for all others. */
const BY_CODE: Readonly<Record<string, Experiment | undefined>> = {
  'validation-rises': anotherSplit,
  'guesses-on-validation': anotherSplit,
  'validation-in-train': anotherSplit,
  'validation-beats-train': anotherSplit,
  'validation-beats-people': anotherSplit,
  'easier-is-worse': easiestAlone,
};

/**
 * Returns what the cheapest experiment says of a finding's causes. Findings on the course of training: one batch is
 * trained as it was, with standardised inputs, and at lower and higher learning rates, each time from the same
 * weights. Findings on validation: training anew on a random split and on half of the examples. The weight shifts to
 * the cause whose removal changes the outcome; the tables of probabilities stand beside each experiment.
 *
 * @throws InputError `missing` without the live run, its data or the function that builds the model
 */
export async function confirmFinding(
  run: LiveRun | null,
  finding: Confirmable,
  slices: DifficultySlices | null,
  options: ConfirmOptions = {},
): Promise<Confirmation> {
  checkOptions('confirm', options, { signal: signalRule, seed: integer(0) });
  if (run === null) {
    throw new InputError({
      code: 'missing',
      fn: 'confirm',
      param: 'run',
      expected: 'be the live run; a log alone has neither the data nor the model to experiment with',
      mend: 'Diagnose the run that fit returned.',
    });
  }
  const { check, code, message, causes: before } = finding;
  const experiment = BY_CODE[code] ?? oneBatch;
  const begun = performance.now();
  const progress = startProgress({ label: experiment.label, total: experiment.arms, unit: 'arm' });
  let done = 0;
  try {
    const { arms, observations } = await experiment.run(run, slices, options, (arm) => {
      done = arm;
      progress.update(done);
    });
    const aborted = options.signal?.aborted ?? false;
    return confirmationOf({
      experiment: experiment.id,
      finding: { check, code, message },
      arms,
      before,
      causes: aborted ? before : updateCauses(before, observations),
      aborted,
      seed: options.seed ?? run.log.seed ?? 0,
      seconds: (performance.now() - begun) / 1000,
    });
  } finally {
    progress.end(done);
  }
}
