import type { Task } from '../../data/types';
import type { Loss } from '../losses';
import { labelsWrong, predictedClass } from './judge-row';
import type { Estimate, Scores } from './types';

/** Adds up rows and gives their mean with its standard error. */
interface Mean {
  add(value: number): void;
  estimate(): Estimate;
}

/** A mean of n numbers with its standard error, by the sum of the squares about it. */
export function meanEstimate(n: number, mean: number, squares: number): Estimate {
  if (n === 0) return { value: NaN, standardError: NaN, n: 0 };
  return { value: mean, standardError: n > 1 ? Math.sqrt(squares / (n - 1) / n) : NaN, n };
}

/** The share of ones among n, of which there is only to count: their squares about it add up to n·p·(1 − p). */
export function shareEstimate(n: number, ones: number): Estimate {
  const p = ones / n;
  return { value: p, standardError: n > 1 ? Math.sqrt((p * (1 - p)) / (n - 1)) : NaN, n };
}

/** The mean of any numbers. */
class Tally implements Mean {
  private n = 0;
  private mean = 0;
  private squares = 0;

  add(value: number): void {
    const delta = value - this.mean;
    this.mean += delta / ++this.n;
    this.squares += delta * (value - this.mean);
  }

  estimate(): Estimate {
    return meanEstimate(this.n, this.mean, this.squares);
  }
}

/** The mean of ones and zeros. */
class Share implements Mean {
  private n = 0;
  private ones = 0;

  add(value: number): void {
    this.n++;
    this.ones += value;
  }

  estimate(): Estimate {
    return shareEstimate(this.n, this.ones);
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

/** Adds the metrics of one row to their means, in their order; returns whether the row is right. */
type Judge = (
  means: readonly Mean[],
  label: number,
  targets: ArrayLike<number>,
  row: number,
  outputs: ArrayLike<number>,
  i: number,
  units: number,
) => boolean;

interface Measured {
  readonly id: string;
  readonly mean: () => Mean;
}

const ACCURACY: Measured = { id: 'accuracy', mean: () => new Share() };
const meanOf = (id: string): Measured => ({ id, mean: () => new Tally() });

/** What is measured of each task; the first metric is the one that goes with it. */
const JUDGED: Readonly<Record<Task, { readonly measured: readonly Measured[]; readonly judge: Judge }>> = {
  classification: {
    measured: [ACCURACY],
    judge(means, label, _targets, _row, outputs, i, units) {
      const correct = predictedClass(outputs, i, units) === label;
      means[0].add(Number(correct));
      return correct;
    },
  },
  'multi-label': {
    measured: [ACCURACY, meanOf('hammingLoss')],
    judge(means, _label, targets, row, outputs, i, units) {
      const wrong = labelsWrong(targets, outputs, i, units, row);
      means[0].add(Number(wrong === 0));
      means[1].add(wrong / units);
      return wrong === 0;
    },
  },
  regression: {
    measured: [meanOf('meanAbsoluteError')],
    judge(means, label, _targets, _row, outputs, i) {
      means[0].add(Math.abs(outputs[i] - label));
      return false;
    },
  },
};

/** The metrics that are taken of a task, that which goes with it first. */
export const metricsOf = ({ task }: { readonly task: Task }): readonly string[] =>
  JUDGED[task].measured.map(({ id }) => id);

/** The metric that goes with the task. */
export const metricOf = (data: { readonly task: Task }): string => metricsOf(data)[0];

/** Returns a scorer for loss and the task's metrics; standard errors are those of a mean over examples. */
export function scorer(data: { readonly task: Task }, loss: Loss, units: number): Scorer {
  const { measured, judge } = JUDGED[data.task];
  const losses = new Tally();
  const means = measured.map((measure) => measure.mean());
  return {
    add(label, targets, row, outputs, i, known) {
      const value = known ?? loss.row(targets, outputs, i, units, row);
      losses.add(value);
      return { loss: value, correct: judge(means, label, targets, row, outputs, i, units) };
    },
    scores: () => ({
      loss: losses.estimate(),
      metrics: Object.fromEntries(measured.map(({ id }, m) => [id, means[m].estimate()])),
    }),
  };
}
