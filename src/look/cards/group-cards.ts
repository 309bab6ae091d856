import type { Warnings } from '../../core/warning';
import type { Predictions } from '../../metrics/types';
import { cardMaker, type CardOptions } from './card-maker';
import { chooseExamples } from './choose-examples';
import { lossesOf } from './losses-of';
import type { ExampleCard } from './types';

/** Characters of JSON, and cards, that a result carries at most; a card of metadata alone is not worth as much. */
const CHARACTERS = 300_000;
const CARDS = 240;
const CARDS_OF_METADATA = 60;

/** Examples that belong together, and how many of them get a card. */
export interface GroupOfRows {
  readonly indices: readonly number[];
  readonly most: number;
}

/**
 * Returns cards for groups of examples, the most important group first, within what a result may carry: the groups that come last go
 * without. Undefined where there is neither a data set nor metadata.
 *
 * @param fn the public function that was called, for messages
 */
export function groupCards(
  fn: string,
  predictions: Predictions,
  options: CardOptions,
  groups: readonly GroupOfRows[],
  warnings?: Warnings,
): readonly (readonly ExampleCard[])[] | undefined {
  const asked = options.data ?? options.columns ?? options.as;
  if (asked === undefined && predictions.metadata.names.length === 0) return undefined;
  const { cardOf } = cardMaker(fn, predictions, options, warnings);
  const loss = lossesOf(predictions);
  let cards = options.data ? CARDS : CARDS_OF_METADATA;
  let characters = CHARACTERS;
  return groups.map(({ indices, most }) => {
    const made: ExampleCard[] = [];
    if (cards <= 0) return made;
    for (const index of chooseExamples(indices, loss, Math.min(most, cards))) {
      const card = cardOf(index);
      characters -= JSON.stringify(card).length;
      if (characters < 0) {
        cards = 0;
        return made;
      }
      made.push(card);
      cards--;
    }
    return made;
  });
}
