import type { Task } from '../../data/types';
import { confidenceIn, errorNormIn, marginIn } from './judge-row';
import { significant } from './significant';
import type { ExampleDynamics } from './types';

/** How the examples fared, by their places in the training data. */
export type PlainDynamics = Omit<ExampleDynamics, 'ids' | 'labels'>;

/** What the sums are of. */
export interface SumsSpec {
  readonly task: Task;
  readonly units: number;
  /** Whether the outputs are shares (see `marginIn`). */
  readonly logits: boolean;
  /** Epochs that are planned. */
  readonly epochs: number;
}

/** Adds up, over the epochs, how each training example fares. */
export interface ExampleSums {
  /** Example `place`: row i of flat outputs B×U, row `at` of flat targets. */
  add(
    place: number,
    epoch: number,
    judged: { readonly loss: number; readonly correct: boolean },
    label: number,
    outputs: ArrayLike<number>,
    i: number,
    targets: ArrayLike<number>,
    at: number,
  ): void;
  dynamics(): PlainDynamics;
}

/**
 * First and last epoch of the early ones, in which an example's error is noted: the second to a fifth of all. In the first
 * the weights are still random for the examples that come early: on digits with a tenth of the labels wrong, the error
 * of epoch 1 of 10 finds them with an area under the curve of 0.95, that of epoch 2 with 0.996 (six seeds).
 */
export function earlyEpochs(epochs: number): readonly [from: number, to: number] {
  return epochs === 1 ? [1, 1] : [2, Math.max(2, Math.ceil(epochs / 5))];
}

/** Means and sums of squared distances from them, value by value (B. Welford, 1962). */
function spreads(n: number, seen: Int32Array): { add(row: number, value: number): void } & Spreads {
  const mean = new Float64Array(n);
  const squares = new Float64Array(n);
  return {
    add(row, value) {
      const away = value - mean[row];
      mean[row] += away / seen[row];
      squares[row] += away * (value - mean[row]);
    },
    sums: () => Array.from(mean, (value, row) => significant(value * seen[row])),
    squares: () => Array.from(squares, significant),
  };
}

interface Spreads {
  sums(): number[];
  squares(): number[];
}

/** Returns empty sums for n examples; memory grows with n alone. */
export function exampleSums(n: number, { task, units, logits, epochs }: SumsSpec): ExampleSums {
  const classes = task !== 'regression';
  const [from, to] = earlyEpochs(epochs);
  const seen = new Int32Array(n);
  const losses = spreads(n, seen);
  const confidences = spreads(n, seen);
  const correctSum = new Int32Array(n);
  const forgotten = new Int32Array(n);
  const firstLearned = new Int32Array(n);
  const wasCorrect = new Uint8Array(n);
  const marginSum = new Float64Array(classes ? n : 0);
  const errorNormSum = new Float64Array(classes ? n : 0);
  const earlySeen = new Int32Array(classes ? n : 0);
  return {
    add(row, epoch, { loss, correct }, label, outputs, i, targets, at) {
      seen[row]++;
      losses.add(row, loss);
      if (!classes) return;
      confidences.add(row, confidenceIn(label, outputs, i, units, task, targets, at));
      marginSum[row] += marginIn(label, outputs, i, units, task, targets, at, logits);
      if (epoch >= from && epoch <= to) {
        errorNormSum[row] += errorNormIn(label, outputs, i, units, task, targets, at);
        earlySeen[row]++;
      }
      if (correct) correctSum[row]++;
      if (correct && firstLearned[row] === 0) firstLearned[row] = epoch;
      if (!correct && wasCorrect[row]) forgotten[row]++;
      wasCorrect[row] = Number(correct);
    },
    dynamics: () => ({
      n,
      seen: Array.from(seen),
      lossSum: losses.sums(),
      lossSquares: losses.squares(),
      confidenceSum: confidences.sums(),
      confidenceSquares: confidences.squares(),
      correctSum: Array.from(correctSum),
      forgotten: Array.from(forgotten),
      firstLearned: Array.from(firstLearned),
      ...(classes && {
        marginSum: Array.from(marginSum, significant),
        errorNorm: Array.from(errorNormSum, (sum, row) => significant(sum / earlySeen[row])),
      }),
    }),
  };
}
