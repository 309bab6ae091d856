import type { ExampleCards } from '../../../look/cards/types';
import { shortText } from '../../../figures/template';
import type { View } from '../view';

const said = (n: number, of: number): string =>
  n === of ? `${n} example${n === 1 ? '' : 's'}` : `${n} of ${of} examples`;

/** What is shown of examples that were asked for: the gallery, and a line each in plain words. */
export function cardsView({ cards, n, name, shown, warnings }: ExampleCards): View {
  return {
    answer: `${said(cards.length, n)} of "${name}"${shown === '' ? '' : `: ${shown}`}.`,
    examples: cards.length === 0 ? [] : [{ title: '', cards }],
    tables: [
      {
        title: 'The same as a table',
        head: ['example', 'label', 'predicted', 'loss'],
        rows: cards.map(({ id, label, predicted, loss }) => [
          shortText(id, 60),
          label,
          predicted,
          loss ?? NaN,
        ]),
        folded: true,
      },
    ],
    warnings,
  };
}
