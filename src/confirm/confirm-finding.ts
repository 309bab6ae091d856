import { InputError } from '../core/input-error';
import { checkOptions, integer, signal as signalRule } from '../core/options';
import { startProgress } from '../core/progress';
import type { DifficultySlices } from '../look/types';
import { batchSetupOf } from './batch-setup';
import { BATCH_CHANGES, expectedStart, observe, runBatchArms } from './batch-experiment';
import { confirmationOf } from './confirmation-of';
import type { LiveRun } from './live-run';
import type { Cause, Confirmation, ConfirmOptions } from './types';
import { updateCauses } from './update-causes';

/** What confirming needs to know of a finding. */
export interface Confirmable {
  readonly check: string;
  readonly code: string;
  readonly message: string;
  readonly causes: readonly Cause[];
}

/**
 * Returns what the cheapest experiment says of a finding's causes: one batch is trained as it was, with standardised
 * inputs, and at lower and higher learning rates, each time from the same weights; the weight shifts to the cause
 * whose removal makes the batch learnable.
 *
 * @throws InputError `missing` without the live run, its data or the function that builds the model
 */
export async function confirmFinding(
  run: LiveRun | null,
  finding: Confirmable,
  _slices: DifficultySlices | null,
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
  const { data, ...setup } = batchSetupOf('confirm', run, { seed: options.seed, signal: options.signal });
  const begun = performance.now();
  const progress = startProgress({
    label: 'overfitting one batch',
    total: BATCH_CHANGES.length,
    unit: 'arm',
  });
  const arms = await runBatchArms({ data, ...setup }, BATCH_CHANGES, (done, arm) =>
    progress.update(done, { loss: arm.finalLoss }),
  );
  progress.end(arms.length);
  const aborted = options.signal?.aborted ?? false;
  return confirmationOf({
    experiment: 'overfit-one-batch',
    finding: { check, code, message },
    arms,
    before,
    causes: aborted ? before : updateCauses(before, observe(arms, expectedStart(run.log, data))),
    aborted,
    seed: setup.seed,
    seconds: (performance.now() - begun) / 1000,
  });
}
