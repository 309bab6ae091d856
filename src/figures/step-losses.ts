import type { RunLog } from '../build/types';
import type { Trace } from './figure';
import { COLOURS } from './template';

/** Losses of single steps: each as a point, or the range of some steps in a row. */
export interface StepLosses {
  /** In epochs. */
  readonly x: readonly number[];
  readonly mean: readonly number[];
  readonly min: readonly number[];
  readonly max: readonly number[];
  /** Steps behind each entry. */
  readonly stride: number;
}

/** Entries at most, and as many as are still drawn as points of their own. */
const MOST = 300;
const MOST_POINTS = 250;

/** Returns the steps of an epoch; NaN where nobody knows. */
export function stepsPerEpoch({ config, epochs }: RunLog): number {
  const [first] = epochs;
  return config.stepsPerEpoch > 0 ? config.stepsPerEpoch : first ? first.step / first.epoch : NaN;
}

/** Returns the losses of the steps of a run in at most 300 entries; those that are not finite are left out. */
export function stepLosses(log: RunLog): StepLosses {
  const { loss, min = loss, max = loss, stride } = log.steps;
  const each = stepsPerEpoch(log);
  const join = Math.max(1, Math.ceil(loss.length / MOST));
  const made = { x: [] as number[], mean: [] as number[], min: [] as number[], max: [] as number[] };
  for (let from = 0; from < loss.length && each > 0; from += join) {
    const to = Math.min(loss.length, from + join);
    let [sum, low, high] = [0, Infinity, -Infinity];
    for (let i = from; i < to; i++) {
      sum += loss[i];
      low = Math.min(low, min[i]);
      high = Math.max(high, max[i]);
    }
    if (!Number.isFinite(sum) || !Number.isFinite(low) || !Number.isFinite(high)) continue;
    // The loss of step k is that of the weights after k − 1 steps.
    made.x.push((((from + to) / 2) * stride - 0.5) / each);
    made.mean.push(sum / (to - from));
    made.min.push(low);
    made.max.push(high);
  }
  return { ...made, stride: stride * join };
}

/** Whether each step is drawn as a point of its own. */
export const arePoints = ({ x, stride }: StepLosses): boolean => stride === 1 && x.length <= MOST_POINTS;

/** Returns the traces of step losses on a y axis: points, or a line of means within the range of the steps behind it. */
export function stepTraces(steps: StepLosses, yaxis: string): Trace[] {
  const { x, mean, min, max } = steps;
  if (x.length === 0) return [];
  const base = { type: 'scatter', yaxis, hoverinfo: 'skip' };
  if (arePoints(steps)) {
    const marker = { color: COLOURS.train, size: 3, opacity: 0.7 };
    return [{ ...base, mode: 'markers', name: 'batch loss', x, y: mean, marker }];
  }
  return [
    {
      ...base,
      mode: 'lines',
      name: 'range of batch losses',
      x: [...x, ...[...x].reverse()],
      y: [...max, ...[...min].reverse()],
      fill: 'toself',
      fillcolor: `${COLOURS.train}26`,
      line: { width: 0 },
    },
    {
      ...base,
      mode: 'lines',
      name: 'mean batch loss',
      x,
      y: mean,
      line: { color: `${COLOURS.train}80`, width: 1 },
    },
  ];
}
