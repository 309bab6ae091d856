import type { ExampleCard } from '../../../look/cards/types';
import { escapeHtml } from '../html';
import type { ExampleGroup } from '../view';
import { cardHtml } from './card-html';
import { examplesScript, partKey } from './examples-script';
import { EXAMPLES_STYLE } from './examples-style';

/** Characters of HTML that the cards of one result take at most. */
const ROOM = 300_000;

const LEGEND = 'Under each: label → predicted, the probability of each, loss, metadata, id.';

/** The cards of a group as far as there is room, and how many are left out. */
interface Filled {
  readonly group: ExampleGroup;
  readonly cards: readonly string[];
  readonly left: number;
}

function fill(groups: readonly ExampleGroup[]): readonly Filled[] {
  let room = ROOM;
  return groups.map((group) => {
    const cards: string[] = [];
    for (const [i, card] of group.cards.entries()) {
      const html = cardHtml(card, group.cardMarks?.[i].map(partKey));
      room -= html.length;
      if (room < 0) break;
      cards.push(html);
    }
    return { group, cards, left: group.cards.length - cards.length };
  });
}

const isBroad = ({ body }: ExampleCard): boolean => body.kind !== 'image';

const gallery = ({ group, cards, left }: Filled): string => {
  const broad = group.cards.some(isBroad) ? ' hunch-broad' : '';
  const note = left > 0 ? `<p class="hunch-quiet">${left} more are left out to keep the page small.</p>` : '';
  return `<div class="hunch-cards${broad}">${cards.join('')}</div>${note}`;
};

const groupHtml = (filled: Filled, open: boolean): string =>
  `<details class="hunch-group"${open ? ' open' : ''}><summary>${escapeHtml(filled.group.title)}</summary>${gallery(filled)}</details>`;

/** The one group of a list of examples, which nothing is chosen from. */
function aloneHtml(filled: Filled): string {
  const { title } = filled.group;
  return (title && `<p>${escapeHtml(title)}</p>`) + gallery(filled);
}

/**
 * Returns groups of examples as a piece of HTML behind their figure: the first is open, the others are a line each that opens.
 * With scripts a list chooses among them, and so does a click on the cell, bar or point of a figure that a group or a card belongs to.
 *
 * @param groups the most interesting first; 300,000 characters of cards are kept
 */
export function examplesHtml(groups: readonly ExampleGroup[]): string {
  if (groups.length === 0) return '';
  const alone = groups.length === 1 && !groups[0].marks && !groups[0].cardMarks;
  const [first, ...rest] = fill(groups).map((filled, i) =>
    alone ? aloneHtml(filled) : groupHtml(filled, i === 0),
  );
  const others =
    rest.length > 0
      ? `<details class="hunch-more"><summary>${rest.length} more group${rest.length === 1 ? '' : 's'} of examples</summary>${rest.join('')}</details>`
      : '';
  const section = `<section class="hunch-examples" aria-label="Examples"><style>${EXAMPLES_STYLE}</style>${first}${others}<div class="hunch-quiet">${LEGEND}</div></section>`;
  return alone ? section : section + examplesScript(groups);
}
