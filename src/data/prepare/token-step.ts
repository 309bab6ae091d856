import type { Column } from '../types';
import { textAt } from './cells';
import type { Encoder, Fitting } from './fitting';
import { tokensOf } from './text-terms';
import type { IgnoreStep, TokenStep } from './types';
import { usualMinCount, vocabularyOf } from './vocabulary-of';

const PADDING_AND_UNKNOWN = 2;
const LONGEST = 256;
const WHOLE = 0.95;

/** Chooses words and length for token ids; a column without a word is left out. */
export function fitTokens({ name, column, n, options, notes }: Fitting): TokenStep | IgnoreStep {
  const { vocabulary = 5000, minCount = usualMinCount(n) } = options;
  const { terms: words } = vocabularyOf(column, n, tokensOf, vocabulary, minCount);
  if (words.length === 0) {
    notes.add('empty-column', name);
    return { step: 'ignore', column: name, why: 'no word in enough texts of training' };
  }
  const lengths = Int32Array.from(
    { length: n },
    (_, row) => tokensOf(textAt(column, row) ?? '').length,
  ).sort();
  const usual = Math.max(1, Math.min(LONGEST, lengths[Math.ceil(WHOLE * n) - 1]));
  return { step: 'tokens', column: name, words, length: options.maxLength ?? usual };
}

/** Token ids that there are: padding, unknown, and the words. */
export const tokenIds = ({ words }: TokenStep): number => words.length + PADDING_AND_UNKNOWN;

/** Returns the encoder of token ids. */
export function tokenEncoder({ words, length, column: name }: TokenStep, column: Column): Encoder {
  const idOf = new Map(words.map((word, i) => [word, i + PADDING_AND_UNKNOWN]));
  return {
    names: Array.from({ length }, (_, i) => `${name} token ${i + 1}`),
    encode(row, put) {
      const tokens = tokensOf(textAt(column, row) ?? '');
      for (let i = 0; i < Math.min(tokens.length, length); i++) put(i, idOf.get(tokens[i]) ?? 1);
    },
  };
}
