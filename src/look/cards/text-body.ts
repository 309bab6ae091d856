import { textAt } from '../../data/prepare/cells';
import { tokensOf } from '../../data/prepare/text-terms';
import type { TokenStep } from '../../data/prepare/types';
import type { Column } from '../../data/types';
import { shortText } from './short-text';
import type { TextBody } from './types';

/** Letters and tokens that a card has room for. */
const LETTERS = 400;
const TOKENS = 60;

/** Returns a text of a column. */
export const textBody = (column: Column, row: number): TextBody => ({
  kind: 'text',
  text: shortText(textAt(column, row) ?? '', LETTERS),
});

/**
 * Returns a text that the model reads as token ids: the text itself where it is still there, else the words of its tokens.
 *
 * @param ids of the tokens: 0 padding, 1 unknown, then the words
 */
export function tokenBody(
  { words, length }: TokenStep,
  ids: Float64Array,
  column: Column | undefined,
  row: number,
): TextBody {
  const own = column && tokensOf(textAt(column, row) ?? '');
  const used = Array.from(ids).filter((id) => id > 0);
  const tokens = used.map((id, i) => words[id - 2] ?? own?.[i] ?? '?').slice(0, TOKENS);
  return {
    kind: 'text',
    text: column ? textBody(column, row).text : shortText(tokens.join(' '), LETTERS),
    tokens,
    unknown: used.slice(0, TOKENS).flatMap((id, i) => (id === 1 ? [i] : [])),
    ...(own && own.length > length && { unread: own.length - length }),
  };
}
