import type { Task } from '../../data/types';
import type { Predictions } from '../../metrics/types';

/** What is said of one example in words, and how sure the model was. */
export interface Described {
  readonly label: string;
  readonly predicted: string;
  /** Probability given to the label; multi-label: mean over the labels of that given to what is true. NaN where unknown. */
  readonly confidence: number;
  /** Probability given to what was predicted. */
  readonly predictedConfidence: number;
}

/** Names of the labels that example i has. */
function labelsAt(values: ArrayLike<number>, classes: readonly string[], i: number): string {
  return classes.filter((_, k) => values[i * classes.length + k] === 1).join(', ') || 'no label';
}

/** Mean probability that was given to the labels being as `values` have them. */
function meanProbability(
  { classes, probabilities }: Predictions,
  values: ArrayLike<number>,
  i: number,
): number {
  if (!probabilities) return NaN;
  const total = classes.reduce((sum, _, k) => {
    const p = probabilities[i * classes.length + k];
    return sum + (values[i * classes.length + k] === 1 ? p : 1 - p);
  }, 0);
  return total / classes.length;
}

const DESCRIBED: Readonly<Record<Task, (predictions: Predictions, i: number) => Described>> = {
  classification: ({ classes, label, predicted, probabilities }, i) => ({
    label: classes[label[i]] ?? 'none',
    predicted: classes[predicted[i]] ?? 'none',
    confidence: probabilities?.[i * classes.length + label[i]] ?? NaN,
    predictedConfidence:
      predicted[i] >= 0 ? (probabilities?.[i * classes.length + predicted[i]] ?? NaN) : NaN,
  }),
  'multi-label': (predictions, i) => ({
    label: labelsAt(predictions.label, predictions.classes, i),
    predicted: labelsAt(predictions.predicted, predictions.classes, i),
    confidence: meanProbability(predictions, predictions.label, i),
    predictedConfidence: meanProbability(predictions, predictions.predicted, i),
  }),
  regression: ({ label, predicted }, i) => ({
    label: String(label[i]),
    predicted: String(predicted[i]),
    confidence: NaN,
    predictedConfidence: NaN,
  }),
};

/** Returns label and prediction of example i in words: class names, or numbers for regression. */
export const describeExample = (predictions: Predictions, i: number): Described =>
  DESCRIBED[predictions.task](predictions, i);
