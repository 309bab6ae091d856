import type { Dataset } from '../../data/types';
import { completePredictions } from '../../metrics/complete-predictions';
import { makePredictions } from '../../metrics/make-predictions';
import type { Predictions } from '../../metrics/types';
import { bootstrapMean } from '../../stats/bootstrap-mean';
import { effectiveWilson } from '../../stats/effective-wilson';
import { meanInterval } from '../../stats/mean-interval';
import { spreadOf } from '../sweep-summary';
import type { Spread } from '../sweep-types';
import type { Answer } from './rung';

/** From so many examples on a mean is as good as normal, and Student's interval that of the bootstrap. */
const MANY = 5000;

/** Returns what a model says of a data set, as predictions. */
export function predictionsOf(fn: string, name: string, data: Dataset, answer: Answer): Predictions {
  const { task, classes, ids, labels: label, metadata } = data;
  const base = { name, task, classes, ids, label, metadata };
  if ('output' in answer) return makePredictions(fn, { ...base, output: Float32Array.from(answer.output) });
  return completePredictions({ ...base, predicted: answer.predicted, probabilities: null });
}

/** Returns the task's metric of each example: right or wrong, or the distance from the value. */
export function valuesOf({ task, correct, predicted, label }: Predictions): Float64Array {
  if (task !== 'regression') return Float64Array.from(correct);
  return Float64Array.from(label, (value, i) => Math.abs(predicted[i] - value));
}

const meanOfValues = (values: Float64Array): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

/** Returns the mean over several lists, place by place. */
export function meanOf(lists: readonly Float64Array[]): Float64Array {
  return lists[0].map((_, i) => lists.reduce((sum, values) => sum + values[i], 0) / lists.length);
}

/** A mean score over examples and seeds. */
export interface JudgedScore {
  readonly score: number;
  readonly interval: readonly [number, number];
  readonly spread: Spread | null;
}

/**
 * Returns the mean score over seeds and examples. Its interval is that of luck in the examples (Wilson's for shares, the
 * bootstrap's or Student's for means) widened by Student's interval over the seeds: half-widths add as squares.
 *
 * @param perSeed one value an example, for each seed
 * @param shares the values are right or wrong
 */
export function judgeScore(perSeed: readonly Float64Array[], shares: boolean, level: number): JudgedScore {
  const values = meanOf(perSeed);
  const n = values.length;
  const score = meanOfValues(values);
  if (!Number.isFinite(score)) return { score, interval: [NaN, NaN], spread: null };
  const examples = shares
    ? effectiveWilson(score, NaN, n, level)
    : n < MANY
      ? bootstrapMean(values, { level }).interval
      : meanInterval(values, level).interval;
  if (perSeed.length === 1) return { score, interval: examples, spread: null };
  const spread = spreadOf(perSeed.map((own) => meanOfValues(own)));
  const half = (spread.interval[1] - spread.interval[0]) / 2;
  const low = score - Math.hypot(score - examples[0], half);
  const high = score + Math.hypot(examples[1] - score, half);
  return { score, interval: [Math.max(0, low), shares ? Math.min(1, high) : high], spread };
}

/** The place of the value in the middle; of two in the middle the lower one. */
export function middleOf(values: readonly number[]): number {
  const order = values.map((_, i) => i).sort((a, b) => values[a] - values[b] || a - b);
  return order[(order.length - 1) >> 1];
}
