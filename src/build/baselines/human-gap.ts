import { METRICS } from '../../metrics/metrics';
import { metricValue } from '../../metrics/metric-value';
import type { Warnings } from '../../core/warning';
import type { Goal } from '../types';
import type { Climbed } from './climb';
import type { HumanGap } from './types';

/** Returns how far a model is from the human level, or null where it cannot be judged by that metric; `warnings` say why. */
export function humanGap(goal: Goal | null, climbed: Climbed, warnings: Warnings): HumanGap | null {
  if (!goal) return null;
  const { row, predictions } = climbed;
  let own: { readonly value: number; readonly interval: readonly [number, number] };
  if (goal.metric === row.metric) own = { value: row.score, interval: row.interval };
  else {
    try {
      own = metricValue(predictions, goal.metric);
    } catch (error) {
      warnings.add('human-level', `The human level is not compared with: ${(error as Error).message}`);
      return null;
    }
  }
  const up = METRICS.find(({ id }) => id === goal.metric)!.higherIsBetter;
  const [low, high] = own.interval;
  return {
    goal,
    difference: up ? goal.value - own.value : own.value - goal.value,
    interval: up ? [goal.value - high, goal.value - low] : [low - goal.value, high - goal.value],
  };
}
