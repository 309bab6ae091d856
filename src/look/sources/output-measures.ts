import { InputError } from '../../core/input-error';
import type { Predictions } from '../../metrics/types';

/** What a model's output says of one example. */
export type OutputMeasure = 'loss' | 'margin' | 'confidence' | 'entropy';

export const OUTPUT_MEASURES: readonly OutputMeasure[] = ['loss', 'margin', 'confidence', 'entropy'];

/** In words, and its sign: +1 where higher is harder. */
export const OUTPUT_WORDS: Readonly<Record<OutputMeasure, readonly [string, 1 | -1]>> = {
  loss: ['loss', 1],
  margin: ['margin', -1],
  confidence: ['confidence', -1],
  entropy: ['entropy', 1],
};

/** Returns the unit of a measure. */
export const outputUnit = ({ task }: Predictions, measure: OutputMeasure): string =>
  measure === 'loss' && task === 'regression'
    ? 'target²'
    : measure === 'loss' || measure === 'entropy'
      ? 'nats'
      : '';

const plogp = (p: number): number => (p > 0 ? -p * Math.log(p) : 0);

/** Of K classes, given the probabilities of one example and the true class. */
function ofClasses(
  p: ArrayLike<number>,
  at: number,
  k: number,
  truth: number,
  measure: OutputMeasure,
): number {
  let largest = -Infinity;
  let other = -Infinity;
  let entropy = 0;
  for (let c = 0; c < k; c++) {
    const share = p[at + c];
    if (!(share >= 0)) return NaN;
    if (share > largest) largest = share;
    if (c !== truth && share > other) other = share;
    entropy += plogp(share);
  }
  if (measure === 'confidence') return largest;
  return measure === 'entropy' ? entropy : p[at + truth] - Math.max(other, 0);
}

/** Of K labels: the mean over them, each a choice of two. */
function ofLabels(
  p: ArrayLike<number>,
  label: ArrayLike<number>,
  at: number,
  k: number,
  measure: OutputMeasure,
): number {
  let sum = 0;
  for (let c = at; c < at + k; c++) {
    if (measure === 'confidence') sum += Math.max(p[c], 1 - p[c]);
    else if (measure === 'entropy') sum += plogp(p[c]) + plogp(1 - p[c]);
    else sum += label[c] === 1 ? 2 * p[c] - 1 : 1 - 2 * p[c];
  }
  return sum / k;
}

/**
 * Returns a measure of each example as the model gives it, not yet turned so that higher is harder; null where the predictions
 * do not hold what it takes.
 */
export function outputMeasure(predictions: Predictions, measure: OutputMeasure): Float64Array | null {
  const { loss, probabilities, n, classes, label, task } = predictions;
  if (measure === 'loss') return loss && Float64Array.from({ length: n }, (_, i) => loss[i] ?? NaN);
  if (!probabilities) return null;
  const k = classes.length;
  return Float64Array.from({ length: n }, (_, i) =>
    task === 'multi-label'
      ? ofLabels(probabilities, label, i * k, k, measure)
      : ofClasses(probabilities, i * k, k, label[i], measure),
  );
}

/** Throws the InputError for predictions that do not hold what a measure takes. */
export function refuseMeasure(
  fn: string,
  param: string,
  predictions: Predictions,
  measure: OutputMeasure | 'correctness',
): never {
  const regression = predictions.task === 'regression';
  throw new InputError({
    code: regression ? 'unsupported' : 'missing',
    fn,
    param,
    expected: regression
      ? `be of classes or labels for "${measure}"; these are values, of which only the loss is known`
      : `know the ${measure === 'loss' ? 'loss' : 'probabilities'} of each example; these have predicted classes only`,
    mend: regression
      ? undefined
      : 'Give probabilities to predictionsFrom, or use another source of difficulty.',
  });
}
