/** Runs of letters, marks, digits and underscores. */
const WORD = /[\p{L}\p{M}\p{N}_]+/gu;
const WORD_OR_MARK = /[\p{L}\p{M}\p{N}_]+|[^\s\p{L}\p{M}\p{N}_]/gu;
const BEYOND_16_BITS = /[\ud800-\udfff]/;

type Range = readonly [number, number];
type TermsOf = (text: string) => readonly string[];

/** Returns the words of a text and each other mark by itself, in order, in lower case. */
export const tokensOf = (text: string): string[] => text.toLowerCase().match(WORD_OR_MARK) ?? [];

/** Runs of so many words, from shortest to longest, joined by spaces. */
function wordTerms(text: string, [least, most]: Range): string[] {
  const words = text.toLowerCase().match(WORD) ?? [];
  const terms: string[] = [];
  for (let length = least; length <= most; length++) {
    for (let i = 0; i + length <= words.length; i++) terms.push(words.slice(i, i + length).join(' '));
  }
  return terms;
}

/** Runs of so many characters within a word that is padded with a space either side; a word too short stands whole, once. */
function termsOfWord(word: string, [least, most]: Range): string[] {
  const padded = ` ${word} `;
  const characters = BEYOND_16_BITS.test(word) ? [...padded] : null;
  const size = characters?.length ?? padded.length;
  const run = (from: number, to: number): string =>
    characters ? characters.slice(from, to).join('') : padded.slice(from, to);
  const terms: string[] = [];
  for (let length = least; length <= most; length++) {
    terms.push(run(0, length));
    for (let i = 1; i + length <= size; i++) terms.push(run(i, i + length));
    if (length >= size) break;
  }
  return terms;
}

/** Words whose terms are kept, as most texts are made of few words. */
const KEPT_WORDS = 20_000;

function characterTerms(range: Range): TermsOf {
  const known = new Map<string, readonly string[]>();
  return (text) =>
    text
      .toLowerCase()
      .split(/\s+/)
      .flatMap((word) => {
        if (word === '') return [];
        const terms = known.get(word) ?? termsOfWord(word, range);
        if (known.size < KEPT_WORDS) known.set(word, terms);
        return terms;
      });
}

/** Returns what finds the n-grams of a text, with repeats. */
export const termsOf = (kind: 'words' | 'characters', range: Range): TermsOf =>
  kind === 'words' ? (text) => wordTerms(text, range) : characterTerms(range);
