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

/** Labels of row i of flat outputs B×U that are wrong: not above 0.5 where flat targets say 1 in row `at`, or above where 0. */
export function labelsWrong(
  targets: ArrayLike<number>,
  outputs: ArrayLike<number>,
  i: number,
  units: number,
  at: number,
): number {
  let wrong = 0;
  for (let u = 0; u < units; u++) {
    const output = outputs[i * units + u];
    if (!(targets[at * units + u] === 1 ? output > 0.5 : output <= 0.5)) wrong++;
  }
  return wrong;
}

/**
 * Probability of the true class of row i; for multi-label the mean over the labels of the probability given to what the flat
 * targets say in row `at`; 0 for regression.
 */
export function confidenceIn(
  label: number,
  outputs: ArrayLike<number>,
  i: number,
  units: number,
  task: Task,
  targets: ArrayLike<number>,
  at: number,
): number {
  if (task === 'regression') return 0;
  if (task === 'multi-label') {
    let sum = 0;
    for (let u = 0; u < units; u++) {
      const output = outputs[i * units + u];
      sum += targets[at * units + u] === 1 ? output : 1 - output;
    }
    return sum / units;
  }
  if (units === 1) return label === 1 ? outputs[i] : 1 - outputs[i];
  return outputs[i * units + label];
}
