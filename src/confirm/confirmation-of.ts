import { asResult } from '../core/showable';
import type { Cause, Confirmation, ExperimentArm } from './types';
import { CONFIRMED_AT } from './update-causes';

/** What an experiment leaves behind, before it is put in words. */
export interface ExperimentOutcome {
  readonly experiment: string;
  readonly finding: Confirmation['finding'];
  readonly arms: readonly ExperimentArm[];
  readonly before: readonly Cause[];
  readonly causes: readonly Cause[];
  readonly aborted: boolean;
  readonly seed: number;
  readonly seconds: number;
}

const percent = (weight: number): string => `${Math.round(100 * weight)} %`;

/** Returns the confirmation with its verdict and its sentence; a cause is confirmed by at least 0.8 of the weight. */
export function confirmationOf(outcome: ExperimentOutcome): Confirmation {
  const { aborted, ...parts } = outcome;
  const [top] = outcome.causes;
  const sure = !aborted && top !== undefined && top.weight >= CONFIRMED_AT;
  const verdict = aborted ? 'aborted' : sure ? 'confirmed' : 'cannot-tell';
  const message = aborted
    ? `Stopped after ${outcome.arms.length} arm${outcome.arms.length === 1 ? '' : 's'}; the causes are as likely as before.`
    : sure
      ? `Confirmed, with weight ${percent(top.weight)} after the experiment: ${top.title}`
      : `The experiment does not decide it; most likely, with weight ${percent(top?.weight ?? 0)}: ${top?.title ?? 'nothing'}`;
  return asResult({
    kind: 'confirmation' as const,
    ...parts,
    verdict,
    cause: sure ? top.id : null,
    message,
    fix: aborted ? '' : (top?.fix ?? ''),
  });
}
