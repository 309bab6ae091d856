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

/** Smallest share that a logarithm is taken of: of a softmax in float32, and of a sigmoid, where 1 − p is 0 sooner. */
const LEAST = { softmax: 2 ** -126, sigmoid: 1e-7 } as const;

const logRatio = (own: number, other: number, least: number): number =>
  Math.log(Math.max(own, least) / Math.max(other, least));

/** Margin of one sigmoid unit: its logit, turned where the target is 0; or p less 1 − p. */
function unitMargin(target: number, output: number, logits: boolean): number {
  const own = target === 1 ? output : 1 - output;
  return logits ? logRatio(own, 1 - own, LEAST.sigmoid) : 2 * own - 1;
}

/** Share of the true class of row i of a softmax over the largest of the others: its logarithm is the margin of the logits. */
export function marginRatioIn(label: number, outputs: ArrayLike<number>, i: number, units: number): number {
  const first = i * units;
  let other = LEAST.softmax;
  for (let u = 0; u < units; u++) if (u !== label && outputs[first + u] > other) other = outputs[first + u];
  return Math.max(outputs[first + label], LEAST.softmax) / other;
}

/**
 * Margin of row i: the score of the true class less the largest of the others; for multi-label the mean over the labels of
 * that of each. `logits`: of outputs that are shares of a softmax or a sigmoid, whose differences of logarithms are those of
 * the logits; within ±87, ±16 for a sigmoid. Else of the outputs as they are.
 */
export function marginIn(
  label: number,
  outputs: ArrayLike<number>,
  i: number,
  units: number,
  task: Task,
  targets: ArrayLike<number>,
  at: number,
  logits: boolean,
): number {
  const first = i * units;
  if (task === 'multi-label') {
    let sum = 0;
    for (let u = 0; u < units; u++) sum += unitMargin(targets[at * units + u], outputs[first + u], logits);
    return sum / units;
  }
  if (units === 1) return unitMargin(label, outputs[first], logits);
  if (logits) return Math.log(marginRatioIn(label, outputs, i, units));
  let other = -Infinity;
  for (let u = 0; u < units; u++) if (u !== label && outputs[first + u] > other) other = outputs[first + u];
  return outputs[first + label] - other;
}

/**
 * Distance of the probabilities of row i from those of the true class alone: ‖p − one-hot‖₂, 0 to √2; for multi-label the
 * mean over the labels of that of each.
 */
export function errorNormIn(
  label: number,
  outputs: ArrayLike<number>,
  i: number,
  units: number,
  task: Task,
  targets: ArrayLike<number>,
  at: number,
): number {
  const first = i * units;
  if (task === 'multi-label' || units === 1) {
    let sum = 0;
    for (let u = 0; u < units; u++) {
      sum += Math.abs((task === 'multi-label' ? targets[at * units + u] : label) - outputs[first + u]);
    }
    return (Math.SQRT2 * sum) / units;
  }
  let squares = 0;
  for (let u = 0; u < units; u++) {
    const away = outputs[first + u] - (u === label ? 1 : 0);
    squares += away * away;
  }
  return Math.sqrt(squares);
}
