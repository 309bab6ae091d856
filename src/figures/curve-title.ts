import type { RunLog } from '../build/types';
import type { CurveGroup } from './curve-groups';
import { lineOf } from './curve-lines';
import { threeDigits } from './template';

/** The best validation epoch of one run, or of the mean over seeds. */
export interface BestEpoch {
  readonly epoch: number;
  readonly value: number;
  /** Last epoch with a validation score. */
  readonly last: number;
  readonly name: string;
}

const meanOf = (values: readonly number[]): number => values.reduce((sum, v) => sum + v, 0) / values.length;

/** What the steps of the first epoch show: the means of the first and the last tenth. */
function firstSteps({ steps, config }: RunLog): string {
  const { loss, stride } = steps;
  if (loss.length < 2) return 'No epoch has ended yet';
  const tenth = Math.ceil(loss.length / 10);
  const [from, to] = [meanOf(loss.slice(0, tenth)), meanOf(loss.slice(-tenth))];
  const far = `${loss.length * stride} ${config.stepsPerEpoch > 0 ? `of ${config.stepsPerEpoch} ` : ''}steps`;
  return `Batch loss goes from ${threeDigits(from)} to ${threeDigits(to)} in ${far} of the first epoch`;
}

/** Returns the sentence that a learning curve shows. */
export function curveTitle(
  groups: readonly CurveGroup[],
  metric: string,
  higher: boolean | undefined,
  best: readonly BestEpoch[],
): string {
  const [{ logs }] = groups;
  const [log] = logs;
  if (groups.length > 1 && best.length > 1) {
    const sides = best.map((b) => `${threeDigits(b.value)} (${b.name})`);
    return `Best validation ${metric}: ${sides.join(' → ')}`;
  }
  const broken = logs.filter(({ nonFinite }) => nonFinite !== null);
  if (broken.length > 0) {
    const { what, epoch } = broken[0].nonFinite!;
    const seeds = logs.length > 1 ? ` with ${broken.length} of ${logs.length} seeds` : '';
    return `The ${what} stopped being a number in epoch ${epoch}${seeds}`;
  }
  const mean = logs.length > 1 ? `Mean over ${logs.length} seeds: v` : 'V';
  if (best.length > 0) {
    const { epoch, last, value } = best[0];
    if (epoch < last) return `${mean}alidation ${metric} stops improving after epoch ${epoch} of ${last}`;
    return `${mean}alidation ${metric} is best at the last epoch, ${last}: ${threeDigits(value)}`;
  }
  if (logs.every(({ epochs }) => epochs.length === 0)) return firstSteps(log);
  const { epochs, values } = lineOf(log, metric, 'train');
  const [first, end] = [values[epochs[0] === 0 ? 1 : 0] ?? NaN, values[values.length - 1] ?? NaN];
  const better = higher === undefined ? undefined : end > first === higher;
  const way = better === undefined ? (end > first ? 'rises' : 'falls') : better ? 'improves' : 'gets worse';
  const moved = end === first ? 'stays' : way;
  const range = `from ${threeDigits(first)} to ${threeDigits(end)}`;
  const of = logs.length > 1 ? ` of seed ${log.seed ?? 'unknown'}` : '';
  return `Training ${metric}${of} ${moved} ${range} over ${epochs[epochs.length - 1]} epochs`;
}
