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
  /** Adds row i of flat outputs B×U, whose target is row `row` of flat targets. */
  add(
    label: number,
    targets: ArrayLike<number>,
    row: number,
    outputs: ArrayLike<number>,
    i: number,
  ): { loss: number; correct: boolean };
  scores(): Scores;
}

/** The metric that goes with the task. */
export const metricOf = (data: { readonly task: Task }): string =>
  data.task === 'classification' ? 'accuracy' : 'meanAbsoluteError';

/** Returns a scorer for loss and the task's metric; standard errors are those of a mean over examples. */
export function scorer(data: { readonly task: Task }, loss: Loss, units: number): Scorer {
  const losses = new Tally();
  const metric = new Tally();
  return {
    add(label, targets, row, outputs, i) {
      const value = loss.row(targets, outputs, i, units, row);
      const correct = data.task === 'classification' && predictedClass(outputs, i, units) === label;
      losses.add(value);
      metric.add(data.task === 'classification' ? Number(correct) : Math.abs(outputs[i] - label));
      return { loss: value, correct };
    },
    scores: () => ({ loss: losses.estimate(), metrics: { [metricOf(data)]: metric.estimate() } }),
  };
}
