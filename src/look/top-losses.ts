import { InputError } from '../core/input-error';
import { checkOptions, integer, numbers } from '../core/options';
import { asResult } from '../core/showable';
import { checkPredictions } from '../metrics/check-predictions';
import { eachSeed } from '../metrics/by-seed';
import type { Predictions } from '../metrics/types';
import { meanInterval } from '../stats/mean-interval';
import { CARD_RULES, type CardOptions } from './cards/card-maker';
import { describeExample } from './cards/describe-example';
import { groupCards } from './cards/group-cards';
import { lossesOf } from './cards/losses-of';
import type { TopLoss, TopLosses } from './types';

/** Options of {@link topLosses}. */
export interface TopLossesOptions extends CardOptions {
  /** Examples at most; defaults to 10. */
  readonly limit?: number;
  /** Rows of the predictions to look among, such as those of a slice; defaults to all. */
  readonly among?: ArrayLike<number>;
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
  const { label, predicted, confidence } = describeExample(predictions, index);
  return { index, id: predictions.ids[index], loss, label, predicted, confidence };
}

/**
 * Returns the examples that the model got worst, largest loss first; equal losses keep their order. Look at them one
 * by one: mislabelled and broken examples gather here. Examples whose loss is not a number are left out. Of several seeds
 * it is the mean loss that counts, so that no one seed's bad luck stands on top. With `data` the result carries the examples
 * themselves as cards, a gallery in a notebook; without, their metadata, if there is any.
 *
 * @param predictions from `evaluate` or `predictionsFrom` with probabilities
 * @param options limit, defaults to 10; among: rows to look among, defaults to all; data, columns, as: what the cards show
 * @returns examples with loss (nats, or squared error), label, predicted class and the probability given to the label
 * @throws InputError `missing` when no loss is known, `not-found` where the data shares no id, `unknown-name`, `unsupported`,
 *   `invalid-type`, `out-of-range`, `unknown-option`
 * @example
 * const rows = [{ id: 'u', y: 1, p: 1.5 }, { id: 'v', y: 2, p: 5 }];
 * const p = predictionsFrom(rows, { label: 'y', predicted: 'p', id: 'id', task: 'regression' });
 * topLosses(p, { limit: 1 }).examples[0].id // => 'v'
 */
export function topLosses(predictions: Predictions, options: TopLossesOptions = {}): TopLosses {
  const fn = 'topLosses';
  const { limit = 10, among } = checkOptions(fn, options, {
    ...CARD_RULES,
    limit: integer(1),
    among: numbers,
  });
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
  const indices = examples.map(({ index }) => index);
  const [cards] = groupCards(fn, predictions, options, [{ indices, most: limit }]) ?? [];
  return asResult({ kind: 'top-losses', name, n: rows.length, examples, ...(cards && { cards }) });
}
