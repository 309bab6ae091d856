import type { DifficultySlices } from '../look/types';
import { InputError } from '../core/input-error';
import { runBatchArm, type BatchArm } from './batch-arm';
import { batchSetupOf } from './batch-setup';
import type { LiveRun } from './live-run';
import type { ConfirmOptions } from './types';
import type { ToldObservation } from './experiment';
import type { Likelihood } from './update-causes';
import { digits } from './in-digits';

/** Probability that the easiest examples are learnt more slowly than the hardest. */
export const SLICE_OUTCOMES: Likelihood = { other: 0.1, under: { 'labels-noisy': 0.6 } };

/** What training the easiest and the hardest examples on their own says. */
export interface SliceResult {
  readonly arms: readonly BatchArm[];
  readonly observations: readonly ToldObservation[];
}

/**
 * Trains a fresh model on a batch of the easiest examples and on one of the hardest. Easy examples that cannot be
 * learnt even on their own, or more slowly than hard ones, speak for wrong labels.
 *
 * @throws InputError `missing` unless the slices were made of the run's own validation examples
 */
export async function runSliceArms(
  run: LiveRun,
  slices: DifficultySlices | null,
  options: ConfirmOptions,
  onArm: (done: number) => void,
): Promise<SliceResult> {
  const { validation } = run;
  if (!slices || !validation || slices.slices.some(({ indices }) => indices.some((i) => i >= validation.n))) {
    throw new InputError({
      code: 'missing',
      fn: 'confirm',
      param: 'slices',
      expected: "be made of predictions on the run's own validation data",
    });
  }
  const setup = { ...batchSetupOf('confirm', run, undefined, options), data: validation };
  const chosen = [slices.slices[0], slices.slices[slices.slices.length - 1]];
  const arms: BatchArm[] = [];
  for (const [i, { indices, label }] of chosen.entries()) {
    const arm = { id: i === 0 ? 'easiest' : 'hardest', title: label };
    arms.push(await runBatchArm(arm, { ...setup, batch: indices.slice(0, 32) }));
    onArm(i + 1);
    if (options.signal?.aborted) return { arms, observations: [] };
  }
  const [easy, hard] = arms;
  const slower = easy.finalLoss > 2 * hard.finalLoss && easy.outcome !== 'goes-to-zero';
  return {
    arms,
    observations: [
      {
        seen: slower,
        probability: SLICE_OUTCOMES,
        question: 'Are the easiest examples learnt more slowly than the hardest?',
        told: `Trained alone the easiest examples end at a loss of ${digits(easy.finalLoss)}, the hardest at ${digits(hard.finalLoss)}`,
      },
    ],
  };
}
