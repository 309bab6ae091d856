import { asResult } from '../core/showable';
import type { ToldObservation } from './experiment';
import type { Cause, Confirmation, ConfirmationStep, ExperimentArm } from './types';
import { CONFIRMED_AT } from './update-causes';

/** What experiments leave behind, before it is put in words. */
export interface ExperimentOutcome {
  readonly finding: Confirmation['finding'];
  /** Those of all experiments, after the run as it was. */
  readonly arms: readonly ExperimentArm[];
  readonly before: readonly Cause[];
  readonly causes: readonly Cause[];
  readonly steps: readonly ConfirmationStep[];
  readonly aborted: boolean;
  readonly seed: number;
  readonly seconds: number;
  /** Why nothing was run, where nothing was. */
  readonly reason?: string;
}

const percent = (weight: number): string => `${Math.round(100 * weight)} %`;
const weightOf = (causes: readonly Cause[], id: string): number =>
  causes.find((one) => one.id === id)?.weight ?? 0;
const inside = (title: string): string => `${title[0].toLowerCase()}${title.slice(1).replace(/\.$/, '')}`;

/** The cause whose weight changed most in a direction: up by +1, down by −1, either by 0. */
function moved(before: readonly Cause[], after: readonly Cause[], direction: number): Cause {
  const change = ({ id }: Cause): number => {
    const up = weightOf(after, id) - weightOf(before, id);
    return direction === 0 ? Math.abs(up) : direction * up;
  };
  return after.reduce((most, one) => (change(one) > change(most) + 1e-9 ? one : most));
}

/**
 * Returns what an experiment taught, with its numbers: "With the learning rate × 0.1 the training loss ends at 0.21 instead of
 * 1.9: the learning rate is too high … (weight 35 % → 86 %)."
 */
export function learnt(
  observations: readonly ToldObservation[],
  before: readonly Cause[],
  after: readonly Cause[],
): string {
  const told = observations.find(({ seen }) => seen) ?? observations[0];
  if (!told || after.length === 0) return '';
  const [top] = after;
  // One answer speaks for or against what it asked for; several may speak for what none of them asked.
  const cause = moved(before, after, observations.length > 1 ? 0 : told.seen ? 1 : -1);
  const shift = ({ id }: Cause): string => {
    const [was, is] = [percent(weightOf(before, id)), percent(weightOf(after, id))];
    return was === is ? `weight ${is}` : `weight ${was} → ${is}`;
  };
  const rises = weightOf(after, cause.id) >= weightOf(before, cause.id);
  if (rises) return `${told.told}: ${inside(cause.title)} (${shift(cause)}).`;
  const against = `${told.told}, which speaks against this: ${inside(cause.title)} (${shift(cause)}).`;
  return top.id === cause.id ? against : `${against} Most likely now: ${inside(top.title)} (${shift(top)}).`;
}

/** Returns the confirmation with its verdict and its sentence; a cause is confirmed by at least 0.8 of the weight. */
export function confirmationOf(outcome: ExperimentOutcome): Confirmation {
  const { aborted, reason, steps, ...parts } = outcome;
  const [top] = outcome.causes;
  const named = top !== undefined && top.id !== 'something-else';
  const sure = !aborted && steps.length > 0 && named && top.weight >= CONFIRMED_AT;
  const learntLast = steps[steps.length - 1]?.message ?? '';
  // What was confirmed need not be said twice.
  const last = sure ? learntLast.replace(`: ${inside(top.title)} (`, ' (') : learntLast;
  const said = sure
    ? `Confirmed, with weight ${percent(top.weight)}: ${top.title}`
    : `Not decided; most likely, with weight ${percent(top?.weight ?? 0)}: ${top?.title ?? 'nothing'}`;
  const message = aborted
    ? `Stopped after ${steps.length} experiment${steps.length === 1 ? '' : 's'}. ${steps.length === 0 ? 'The causes are as likely as before.' : last}`
    : steps.length === 0
      ? `No experiment tells these causes apart here${reason ? `: ${reason}` : '.'}`
      : `${said} ${last}`;
  return asResult({
    kind: 'confirmation' as const,
    experiment: steps[0]?.experiment ?? 'none',
    ...parts,
    verdict: aborted ? ('aborted' as const) : sure ? ('confirmed' as const) : ('cannot-tell' as const),
    cause: sure ? top.id : null,
    message,
    fix: aborted ? '' : (top?.fix ?? ''),
    estimate: { seconds: steps.reduce((sum, { estimate }) => sum + estimate, 0) },
    experiments: steps.map(({ experiment }) => experiment),
    steps,
  });
}
