import { InputError } from '../core/input-error';
import { check, checkOptions, integer, numbers } from '../core/options';
import { asResult } from '../core/showable';
import { collectWarnings } from '../core/warning';
import { checkPredictions } from '../metrics/check-predictions';
import type { Predictions } from '../metrics/types';
import { CARD_RULES, cardMaker, type CardOptions } from './cards/card-maker';
import type { ExampleCards } from './cards/types';

/** Options of {@link exampleCards}. */
export interface ExampleCardsOptions extends CardOptions {
  /** Cards at most; defaults to 24. */
  readonly limit?: number;
}

function checkIndices(fn: string, indices: ArrayLike<number>, n: number): void {
  const wrong = Array.from(indices).find((i) => !(Number.isInteger(i) && i >= 0 && i < n));
  if (wrong === undefined) return;
  throw new InputError({
    code: 'out-of-range',
    fn,
    param: 'indices',
    expected: `be row numbers of the predictions, from 0 to ${n - 1}`,
    received: wrong,
  });
}

/**
 * Returns examples as cards: the example itself (picture, text with its tokens, row or series) beside what the model said of it.
 * Use it to look at any list of examples; in a notebook they are a gallery. Bodies come from the data set, matched by id, as
 * they were before they were standardised; without one, metadata stands in. Pictures are averaged down to 64 pixels a side,
 * texts are cut at 400 letters, rows at 24 values, series drawn with 120 points that keep every peak.
 *
 * Features of shape [h, w, 1 | 3 | 4], or [h, w] that is about square, are pictures; [t] without names and [t, c] are series;
 * raw columns and named features are rows; a single text column is text. `as` chooses otherwise.
 *
 * @param predictions from `evaluate` or `predictionsFrom`
 * @param indices row numbers of the predictions, in the order of the cards
 * @param options data; limit, defaults to 24; columns; as
 * @returns the first cards and of how many they are
 * @throws InputError `out-of-range`, `not-found` where the data shares no id, `unknown-name`, `unsupported`, `invalid-type`,
 *   `unknown-option`
 * @example
 * const pets = dataset({ columns: { legs: [4, 2], name: ['Rex', 'Ida'] }, labels: ['dog', 'bird'], ids: ['a', 'b'] });
 * const p = predictionsFrom([{ id: 'b', y: 'bird', p: 'dog' }], { label: 'y', predicted: 'p', id: 'id' });
 * exampleCards(p, [0], { data: pets }).cards[0].body // => { kind: 'row', cells: [['legs', 2], ['name', 'Ida']] }
 */
export function exampleCards(
  predictions: Predictions,
  indices: ArrayLike<number>,
  options: ExampleCardsOptions = {},
): ExampleCards {
  const fn = 'exampleCards';
  const { limit = 24 } = checkOptions(fn, options, { ...CARD_RULES, limit: integer(1) });
  const { name, n } = checkPredictions(fn, predictions);
  check(fn, 'indices', indices, numbers);
  checkIndices(fn, indices, n);
  const warnings = collectWarnings();
  const maker = cardMaker(fn, predictions, options, warnings);
  const cards = maker.cardsOf(Array.from(indices).slice(0, limit));
  return asResult({
    ...{ kind: 'example-cards' as const, name, n: indices.length, cards },
    shown: maker.shown,
    warnings: warnings.list(),
  });
}
