import { InputError } from '../core/input-error';
import { checkSameLength } from '../core/options';
import { collectWarnings, type Warnings } from '../core/warning';
import { labelWidth } from '../data/label-rows';
import { completePredictions, type PredictionParts } from './complete-predictions';
import type { Predictions } from './types';

/** A model's output for some examples. */
export interface ModelOutput extends Omit<PredictionParts, 'predicted' | 'probabilities'> {
  /** N×K probabilities of classes or labels; N×1: probability of class 1 for two classes, value for regression. */
  readonly output: Float32Array;
}

/** Probabilities may miss a sum of 1 by this much: single precision over many classes. */
const TOLERANCE = 1e-3;

/** N×K from N×K, or from the N×1 of a sigmoid. */
function allClasses(fn: string, { output, label, classes }: ModelOutput): Float32Array {
  const n = label.length;
  if (output.length === n * classes.length) return output;
  if (!(output.length === n && classes.length === 2)) {
    throw new InputError({
      code: 'length-mismatch',
      fn,
      param: 'model',
      expected: `give one probability for each of the ${classes.length} classes (${n}×${classes.length} numbers)${classes.length === 2 ? ` or one for class 1 (${n}×1)` : ''}; it gave ${output.length} numbers`,
      mend: `End the model with a layer of ${classes.length} units and a softmax.`,
    });
  }
  const outside = output.findIndex((p) => p < 0 || p > 1);
  if (outside >= 0) {
    throw new InputError({
      code: 'out-of-range',
      fn,
      param: 'model',
      expected: 'give probabilities between 0 and 1 from its one output unit',
      received: output[outside],
      mend: 'End the model with a sigmoid.',
    });
  }
  const both = new Float32Array(2 * n);
  for (let i = 0; i < n; i++) {
    both[2 * i] = 1 - output[i];
    both[2 * i + 1] = output[i];
  }
  return both;
}

interface RowFacts {
  readonly predicted: Int32Array;
  readonly nonFinite: number;
  readonly notProbabilities: number;
}

/** Code of the largest value of each row (the first of equals; −1 where the row is not all numbers), and what is wrong with rows. */
function readRows(values: Float32Array, n: number, k: number): RowFacts {
  const predicted = new Int32Array(n);
  let nonFinite = 0;
  let notProbabilities = 0;
  for (let i = 0; i < n; i++) {
    let best = 0;
    let sum = 0;
    let least = Infinity;
    for (let j = 0; j < k; j++) {
      const value = values[i * k + j];
      sum += value;
      least = Math.min(least, value);
      if (value > values[i * k + best]) best = j;
    }
    if (!Number.isFinite(sum)) {
      predicted[i] = -1;
      nonFinite++;
    } else {
      predicted[i] = best;
      if (least < -TOLERANCE || Math.abs(sum - 1) > TOLERANCE) notProbabilities++;
    }
  }
  return { predicted, nonFinite, notProbabilities };
}

/** What each label is predicted as (1 above 0.5, −1 where the output is not a number), and what is wrong with the outputs. */
function readLabels(fn: string, { output, label, ids, classes }: ModelOutput, warnings: Warnings): Int8Array {
  const [n, k] = [ids.length, classes.length];
  if (output.length !== n * k) {
    throw new InputError({
      code: 'length-mismatch',
      fn,
      param: 'model',
      expected: `give one probability for each of the ${k} labels (${n}×${k} numbers); it gave ${output.length} numbers`,
      mend: `End the model with a layer of ${k} units and a sigmoid.`,
    });
  }
  const outside = output.findIndex((p) => p < -TOLERANCE || p > 1 + TOLERANCE);
  if (outside >= 0) {
    throw new InputError({
      code: 'out-of-range',
      fn,
      param: 'model',
      expected: 'give a probability between 0 and 1 for each label',
      received: output[outside],
      mend: 'End the model with a sigmoid.',
    });
  }
  const sumOf = (values: ArrayLike<number>, i: number): number => {
    let sum = 0;
    for (let at = i * k; at < (i + 1) * k; at++) sum += values[at];
    return sum;
  };
  const rows = Array.from({ length: n }, (_, i) => i);
  warnOfNonFinite(warnings, rows.filter((i) => !Number.isFinite(sumOf(output, i))).length, n);
  const shared = k > 1 && n > 1 && rows.every((i) => Math.abs(sumOf(output, i) - 1) <= TOLERANCE);
  if (shared && rows.some((i) => sumOf(label, i) !== 1)) {
    warnings.add(
      'labels-share-one',
      'The probabilities of every example sum to 1, as those of a softmax do, so that at most one label can be likely. End the model with a sigmoid.',
    );
  }
  return Int8Array.from(output, (p) => (Number.isNaN(p) ? -1 : Number(p > 0.5)));
}

function warnOfNonFinite(warnings: Warnings, count: number, n: number): void {
  if (count === 0) return;
  const message = `The model's output is not a finite number for ${count} of ${n} examples; they have no loss and count as wrong.`;
  warnings.add('non-finite-output', message, count);
}

/**
 * Returns predictions from the raw output of a model: predicted class (first of equals), loss and metrics follow from it.
 * Rows that are not finite are predicted as −1, count as wrong and are said in a warning. Rows that do not sum to 1 are
 * scores, not probabilities: the predicted class is kept, probabilities and loss are null, and a warning says so. For multi-label
 * each label is predicted where its probability is above 0.5.
 *
 * @param fn the public function that was called, for messages
 * @param given name, task, classes, ids, labels (class codes or values), output (N×K or N×1), metadata
 * @returns a result record of kind `predictions`
 * @throws InputError `length-mismatch`, `out-of-range`
 * @example
 * const metadata = { kind: 'table', n: 1, names: [], columns: {}, warnings: [] };
 * const given = { name: 'm', task: 'regression', classes: [], ids: ['0'], label: [1], metadata };
 * Array.from(makePredictions('evaluate', { ...given, output: new Float32Array([3]) }).loss) // => [4]
 */
export function makePredictions(fn: string, given: ModelOutput): Predictions {
  const { name, task, classes, ids, label, output, metadata } = given;
  const n = ids.length;
  checkSameLength(fn, { labels: label.length / labelWidth(given), ids: n });
  const base = { name, task, classes, ids, label, metadata };
  const warnings = collectWarnings();
  if (task === 'regression') {
    checkSameLength(fn, { labels: n, 'model output': output.length });
    const nonFinite = output.reduce((count, value) => count + (Number.isFinite(value) ? 0 : 1), 0);
    warnOfNonFinite(warnings, nonFinite, n);
    return completePredictions({ ...base, predicted: output, probabilities: null }, warnings);
  }
  if (task === 'multi-label') {
    const predicted = readLabels(fn, given, warnings);
    return completePredictions({ ...base, predicted, probabilities: output }, warnings);
  }
  const values = allClasses(fn, given);
  const { predicted, nonFinite, notProbabilities } = readRows(values, n, classes.length);
  warnOfNonFinite(warnings, nonFinite, n);
  if (notProbabilities > 0) {
    warnings.add(
      'not-probabilities',
      `The model's outputs do not sum to 1 for ${notProbabilities} of ${n} examples, so they are not probabilities and no loss is known. End the model with a softmax.`,
      notProbabilities,
    );
  }
  return completePredictions(
    { ...base, predicted, probabilities: notProbabilities > 0 ? null : values },
    warnings,
  );
}
