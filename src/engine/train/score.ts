import type { Task } from '../../data/types';
import type { Loss } from '../losses';
import { labelsWrong, predictedClass } from './judge-row';
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

/** Adds the metrics of one row to their tallies, in their order; returns whether the row is right. */
type Judge = (
  tallies: readonly Tally[],
  label: number,
  targets: ArrayLike<number>,
  row: number,
  outputs: ArrayLike<number>,
  i: number,
  units: number,
) => boolean;

/** What is measured of each task; the first metric is the one that goes with it. */
const JUDGED: Readonly<Record<Task, { readonly metrics: readonly string[]; readonly judge: Judge }>> = {
  classification: {
    metrics: ['accuracy'],
    judge([accuracy], label, _targets, _row, outputs, i, units) {
      const correct = predictedClass(outputs, i, units) === label;
      accuracy.add(Number(correct));
      return correct;
    },
  },
  'multi-label': {
    metrics: ['accuracy', 'hammingLoss'],
    judge([accuracy, hammingLoss], _label, targets, row, outputs, i, units) {
      const wrong = labelsWrong(targets, outputs, i, units, row);
      accuracy.add(Number(wrong === 0));
      hammingLoss.add(wrong / units);
      return wrong === 0;
    },
  },
  regression: {
    metrics: ['meanAbsoluteError'],
    judge([error], label, _targets, _row, outputs, i) {
      error.add(Math.abs(outputs[i] - label));
      return false;
    },
  },
};

/** The metrics that are taken of a task, that which goes with it first. */
export const metricsOf = ({ task }: { readonly task: Task }): readonly string[] => JUDGED[task].metrics;

/** The metric that goes with the task. */
export const metricOf = (data: { readonly task: Task }): string => metricsOf(data)[0];

/** Returns a scorer for loss and the task's metrics; standard errors are those of a mean over examples. */
export function scorer(data: { readonly task: Task }, loss: Loss, units: number): Scorer {
  const { metrics, judge } = JUDGED[data.task];
  const losses = new Tally();
  const tallies = metrics.map(() => new Tally());
  return {
    add(label, targets, row, outputs, i) {
      const value = loss.row(targets, outputs, i, units, row);
      losses.add(value);
      return { loss: value, correct: judge(tallies, label, targets, row, outputs, i, units) };
    },
    scores: () => ({
      loss: losses.estimate(),
      metrics: Object.fromEntries(metrics.map((id, m) => [id, tallies[m].estimate()])),
    }),
  };
}
