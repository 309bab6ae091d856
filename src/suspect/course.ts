import type { RunLog } from '../build/types';
import { median } from '../stats/median';

/** Median absolute second difference, scaled to the standard deviation of independent noise (its variance is 6σ²). */
export function jitterOf(values: readonly number[]): number {
  if (values.length < 3) return 0;
  const bends = new Float64Array(values.length - 2);
  for (let i = 0; i < bends.length; i++) bends[i] = Math.abs(values[i + 2] - 2 * values[i + 1] + values[i]);
  return (1.4826 * median(bends)) / Math.sqrt(6);
}

/** How the training loss fell. */
export interface Course {
  /** Training losses in inference mode; the first is that before training, where it is known. */
  readonly losses: readonly number[];
  readonly jitter: number;
  /**
   * Pace of the fall over the last quarter as a share of the mean pace: 1 falls as ever, 0 has levelled off. NaN for
   * fewer than two epochs.
   */
  readonly pace: number;
  /** Fall over the last quarter, in units of the jitter of its ends; Infinity where the later half goes down in every epoch. */
  readonly fallZ: number;
}

const known = new WeakMap<RunLog, Course>();

/** Returns how the training loss of a run fell; several checks ask for it. */
export function courseOf(log: RunLog): Course {
  const course = known.get(log) ?? makeCourse(log);
  known.set(log, course);
  return course;
}

function makeCourse(log: RunLog): Course {
  const epochs = log.epochs.map(({ train }) => train.loss.value);
  const losses = log.initial ? [log.initial.loss.value, ...epochs] : epochs;
  const jitter = jitterOf(epochs);
  const last = losses.length - 1;
  const quarter = Math.max(1, Math.round(last / 4));
  const fall = losses[last - quarter] - losses[last];
  const later = losses.slice(Math.floor(last / 2));
  const steady = later.length > 2 && later.slice(1).every((loss, i) => loss < later[i]);
  const total = losses[0] - losses[last];
  return {
    losses,
    jitter,
    pace: last < 2 ? NaN : total > 0 ? (fall * last) / (quarter * total) : 0,
    // The bends of a short smooth course are not jitter.
    fallZ: steady ? Infinity : fall / (Math.SQRT2 * jitter),
  };
}
