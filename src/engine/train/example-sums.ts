import type { Task } from '../../data/types';
import {
  CONFIDENCE,
  CORRECT,
  COUNTS,
  EARLY,
  ERROR_NORM,
  exampleStore,
  FIRST_LEARNED,
  FORGOTTEN,
  LOSS,
  MARGIN,
  NUMBERS,
  RATIOS,
  SEEN,
  WAS_CORRECT,
  type ExampleStore,
} from './example-places';
import { confidenceIn, errorNormIn, marginIn, marginRatioIn } from './judge-row';
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

/**
 * Adds a value to the three numbers at a place: the first value, and the sums of the distances from it and of their squares.
 * The first being one of the values, what these differ by is no smaller than the share of it that cancels.
 */
function addValue(numbers: Float64Array, at: number, value: number, isFirst: boolean): void {
  if (isFirst) numbers[at] = value;
  const away = value - numbers[at];
  numbers[at + 1] += away;
  numbers[at + 2] += away * away;
}

/** What a product is multiplied by where it leaves the range of numbers, and its logarithm. */
const FACTOR = 2 ** 600;
const LOG_FACTOR = 600 * Math.LN2;

/** Multiplies a ratio in: the logarithm of the product is taken at the end. */
function multiply(numbers: Float64Array, at: number, ratio: number, isFirst: boolean): void {
  const product = isFirst ? ratio : numbers[at + RATIOS] * ratio;
  if (product > 1e-200 && product < 1e200) {
    numbers[at + RATIOS] = product;
    return;
  }
  const small = product < 1;
  numbers[at + RATIOS] = product * (small ? FACTOR : 1 / FACTOR);
  numbers[at + MARGIN] += small ? -LOG_FACTOR : LOG_FACTOR;
}

/** Whether margins are summed up as a product of ratios, whose logarithm is taken once. */
export const takesRatios = ({ task, units, logits }: Pick<SumsSpec, 'task' | 'units' | 'logits'>): boolean =>
  task === 'classification' && units > 1 && logits;

/** Returns how n examples fared by what was summed up of each. */
export function dynamicsOf(n: number, { numbers, counts }: ExampleStore, spec: SumsSpec): PlainDynamics {
  const ratios = takesRatios(spec);
  const each = (of: (numbersAt: number, countsAt: number) => number): number[] =>
    Array.from({ length: n }, (_, row) => significant(of(row * NUMBERS, row * COUNTS)));
  const count = (which: number): number[] =>
    Array.from({ length: n }, (_, row) => counts[row * COUNTS + which]);
  const sums = (value: number): number[] =>
    each((at, c) => counts[c + SEEN] * numbers[at + value] + numbers[at + value + 1]);
  const squares = (value: number): number[] =>
    each((at, c) => {
      const away = numbers[at + value + 1];
      return counts[c + SEEN] > 0
        ? Math.max(0, numbers[at + value + 2] - (away * away) / counts[c + SEEN])
        : 0;
    });
  return {
    n,
    seen: count(SEEN),
    lossSum: sums(LOSS),
    lossSquares: squares(LOSS),
    confidenceSum: sums(CONFIDENCE),
    confidenceSquares: squares(CONFIDENCE),
    correctSum: count(CORRECT),
    forgotten: count(FORGOTTEN),
    firstLearned: count(FIRST_LEARNED),
    ...(spec.task !== 'regression' && {
      marginSum: each(
        (at, c) =>
          numbers[at + MARGIN] + (ratios && counts[c + SEEN] > 0 ? Math.log(numbers[at + RATIOS]) : 0),
      ),
      errorNorm: each((at, c) => numbers[at + ERROR_NORM] / counts[c + EARLY]),
    }),
  };
}

/** Returns the sums for n examples; memory grows with n alone. */
export function exampleSums(n: number, spec: SumsSpec): ExampleSums {
  const { task, units, logits, epochs } = spec;
  const classes = task !== 'regression';
  const ratios = takesRatios(spec);
  const [from, to] = earlyEpochs(epochs);
  const store = exampleStore(n);
  const { numbers, counts } = store;
  return {
    add(place, epoch, { loss, correct }, label, outputs, i, targets, row) {
      const at = place * NUMBERS;
      const c = place * COUNTS;
      const isFirst = counts[c + SEEN]++ === 0;
      addValue(numbers, at + LOSS, loss, isFirst);
      if (!classes) return;
      addValue(numbers, at + CONFIDENCE, confidenceIn(label, outputs, i, units, task, targets, row), isFirst);
      if (ratios) multiply(numbers, at, marginRatioIn(label, outputs, i, units), isFirst);
      else numbers[at + MARGIN] += marginIn(label, outputs, i, units, task, targets, row, logits);
      if (epoch >= from && epoch <= to) {
        numbers[at + ERROR_NORM] += errorNormIn(label, outputs, i, units, task, targets, row);
        counts[c + EARLY]++;
      }
      if (correct) {
        if (counts[c + CORRECT]++ === 0) counts[c + FIRST_LEARNED] = epoch;
        counts[c + WAS_CORRECT] = 1;
      } else {
        counts[c + FORGOTTEN] += counts[c + WAS_CORRECT];
        counts[c + WAS_CORRECT] = 0;
      }
    },
    dynamics: () => dynamicsOf(n, store, spec),
  };
}
