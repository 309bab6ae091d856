import type { Task } from '../../data/types';

/** Class that flat outputs B×U name for row i: the largest, or 0.5 as the border for one unit. */
export function predictedClass(outputs: ArrayLike<number>, i: number, units: number): number {
  if (units === 1) return outputs[i] > 0.5 ? 1 : 0;
  const first = i * units;
  let best = 0;
  let most = outputs[first];
  for (let u = 1; u < units; u++) {
    const value = outputs[first + u];
    if (!(value > most)) continue;
    most = value;
    best = u;
  }
  return best;
}

/** Probability of the true class of row i; 0 for regression. */
export function confidenceIn(
  label: number,
  outputs: ArrayLike<number>,
  i: number,
  units: number,
  task: Task,
): number {
  if (task === 'regression') return 0;
  if (units === 1) return label === 1 ? outputs[i] : 1 - outputs[i];
  return outputs[i * units + label];
}
