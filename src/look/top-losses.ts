import { InputError } from '../core/input-error';
import { checkOptions, integer, numbers } from '../core/options';
import { asResult } from '../core/showable';
import type { Task } from '../data/types';
import { checkPredictions } from '../metrics/check-predictions';
import { eachSeed } from '../metrics/by-seed';
import type { Predictions } from '../metrics/types';
import { meanInterval } from '../stats/mean-interval';
import type { TopLoss, TopLosses } from './types';

/** Options of {@link topLosses}. */
export interface TopLossesOptions {
  /** Examples at most; defaults to 10. */
  readonly limit?: number;
  /** Rows of the predictions to look among, such as those of a slice; defaults to all. */
  readonly among?: ArrayLike<number>;
}

/** Losses of each example: as they are, or the means over several seeds. */
function lossesOf(predictions: Predictions, seeds: readonly Predictions[]): ArrayLike<number> | null {
  const all = seeds.map(({ loss }) => loss).filter((loss) => loss !== null);
  if (all.length === 0) return predictions.loss;
  return Float64Array.from(
    { length: predictions.n },
    (_, i) => all.reduce((sum, loss) => sum + loss[i], 0) / all.length,
  );
}

/** How the seeds differ on an example. */
function spreadAt(seeds: readonly Predictions[], i: number): NonNullable<TopLoss['seeds']> {
  const { standardError, n } = meanInterval(seeds.flatMap(({ loss }) => (loss ? [loss[i]] : [])));
  const judged = seeds.every(({ correct }) => correct.length > i);
  const wrong = judged ? seeds.reduce((sum, { correct }) => sum + 1 - correct[i], 0) : NaN;
  return { sd: standardError * Math.sqrt(n), n, wrong };
}

/** The example as it is shown: class names, or numbers for regression. */
function describe(predictions: Predictions, index: number, loss: number): TopLoss {
  const { task, ids } = predictions;
  return { index, id: ids[index], loss, ...DESCRIBED[task](predictions, index) };
}

/** Names of the labels that example i has. */
function labelsAt(values: ArrayLike<number>, classes: readonly string[], i: number): string {
  return classes.filter((_, k) => values[i * classes.length + k] === 1).join(', ') || 'no label';
}

/** What each task calls label and prediction of example i, and the probability given to the truth. */
const DESCRIBED: Readonly<
  Record<Task, (predictions: Predictions, i: number) => Pick<TopLoss, 'label' | 'predicted' | 'confidence'>>
> = {
  classification: ({ classes, label, predicted, probabilities }, i) => ({
    label: classes[label[i]] ?? 'none',
    predicted: classes[predicted[i]] ?? 'none',
    confidence: probabilities?.[i * classes.length + label[i]] ?? NaN,
  }),
  'multi-label': ({ classes, label, predicted, probabilities }, i) => ({
    label: labelsAt(label, classes, i),
    predicted: labelsAt(predicted, classes, i),
    confidence: probabilities
      ? classes.reduce((sum, _, k) => {
          const p = probabilities[i * classes.length + k];
          return sum + (label[i * classes.length + k] === 1 ? p : 1 - p);
        }, 0) / classes.length
      : NaN,
  }),
  regression: ({ label, predicted }, i) => ({
    label: String(label[i]),
    predicted: String(predicted[i]),
    confidence: NaN,
  }),
};

/**
 * Returns the examples that the model got worst, largest loss first; equal losses keep their order. Look at them one
 * by one: mislabelled and broken examples gather here. Examples whose loss is not a number are left out. Of several seeds
 * it is the mean loss that counts, so that no one seed's bad luck stands on top.
 *
 * @param predictions from `evaluate` or `predictionsFrom` with probabilities
 * @param options limit; defaults to 10. among: rows to look among; defaults to all
 * @returns examples with loss (nats, or squared error), label, predicted class and the probability given to the label
 * @throws InputError `missing` when no loss is known, `invalid-type`, `out-of-range`, `unknown-option`
 * @example
 * const rows = [{ id: 'u', y: 1, p: 1.5 }, { id: 'v', y: 2, p: 5 }];
 * const p = predictionsFrom(rows, { label: 'y', predicted: 'p', id: 'id', task: 'regression' });
 * topLosses(p, { limit: 1 }).examples[0].id // => 'v'
 */
export function topLosses(predictions: Predictions, options: TopLossesOptions = {}): TopLosses {
  const fn = 'topLosses';
  const { limit = 10, among } = checkOptions(fn, options, { limit: integer(1), among: numbers });
  const { name, n } = checkPredictions(fn, predictions);
  const seeds = eachSeed(predictions);
  const loss = lossesOf(predictions, seeds);
  if (loss === null) {
    throw new InputError({
      code: 'missing',
      fn,
      param: 'predictions',
      expected: 'know the loss of each example; these have predicted classes only',
      mend: 'Give probabilities to predictionsFrom, or end the model with a softmax.',
    });
  }
  const lossAt = (i: number): number => loss[i] ?? NaN;
  const rows = among ? Array.from(among) : Array.from({ length: n }, (_, i) => i);
  const order = rows.filter((i) => !Number.isNaN(lossAt(i)));
  order.sort((i, j) => (lossAt(i) === lossAt(j) ? i - j : lossAt(j) - lossAt(i)));
  const examples = order.slice(0, limit).map((i) => ({
    ...describe(predictions, i, lossAt(i)),
    ...(seeds.length > 0 && { seeds: spreadAt(seeds, i) }),
  }));
  return asResult({ kind: 'top-losses', name, n: rows.length, examples });
}
