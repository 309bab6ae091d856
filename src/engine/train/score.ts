import type { Task } from '../../data/types';
import type { Loss } from '../losses';
import { predictedClass } from './judge-row';
import type { Estimate, Scores } from './types';

/** Adds up rows and gives their mean with its standard error. */
class Tally {
  private n = 0;
  private mean = 0;
  private squares = 0;

  add(value: number): void {
    const delta = value - this.mean;
    this.mean += delta / ++this.n;
    this.squares += delta * (value - this.mean);
  }

  estimate(): Estimate {
    if (this.n === 0) return { value: NaN, standardError: NaN, n: 0 };
    const standardError = this.n > 1 ? Math.sqrt(this.squares / (this.n - 1) / this.n) : NaN;
    return { value: this.mean, standardError, n: this.n };
  }
}

/** Scores rows as they come. */
export interface Scorer {
  /** Adds row i of flat outputs B×U, whose target is row `row` of flat targets; its loss, where that is known already. */
  add(
    label: number,
    targets: ArrayLike<number>,
    row: number,
    outputs: ArrayLike<number>,
    i: number,
    known?: number,
  ): { loss: number; correct: boolean };
  scores(): Scores;
}

/** The metric that goes with the task. */
export const metricOf = (data: { readonly task: Task }): string =>
  data.task === 'classification' ? 'accuracy' : 'meanAbsoluteError';

/** Returns a scorer for loss and the task's metric; standard errors are those of a mean over examples. */
export function scorer(data: { readonly task: Task }, loss: Loss, units: number): Scorer {
  const losses = new Tally();
  const errors = new Tally();
  const isClasses = data.task === 'classification';
  let n = 0;
  let right = 0;
  /** The mean of ones and zeros; their squares about it add up to n·p·(1 − p). */
  const share = (): Estimate => {
    const p = right / n;
    return { value: p, standardError: n > 1 ? Math.sqrt((p * (1 - p)) / (n - 1)) : NaN, n };
  };
  return {
    add(label, targets, row, outputs, i, known) {
      const value = known ?? loss.row(targets, outputs, i, units, row);
      const correct = isClasses && predictedClass(outputs, i, units) === label;
      losses.add(value);
      n++;
      if (correct) right++;
      if (!isClasses) errors.add(Math.abs(outputs[i] - label));
      return { loss: value, correct };
    },
    scores: () => ({
      loss: losses.estimate(),
      metrics: { [metricOf(data)]: isClasses ? share() : errors.estimate() },
    }),
  };
}
