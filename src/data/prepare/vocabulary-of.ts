import type { Column } from '../types';
import { byText, textAt } from './cells';

/** The terms that are kept, in order, and in how many texts each occurs. */
export interface Vocabulary {
  readonly terms: readonly string[];
  readonly documents: readonly number[];
}

/** Returns the terms that most texts hold, at most so many, each in at least so many texts; ties by the order of the terms. */
export function vocabularyOf(
  column: Column,
  n: number,
  termsOf: (text: string) => readonly string[],
  most: number,
  minCount: number,
): Vocabulary {
  const documents = new Map<string, number>();
  for (let row = 0; row < n; row++) {
    const text = textAt(column, row);
    if (text === null) continue;
    for (const term of new Set(termsOf(text))) documents.set(term, (documents.get(term) ?? 0) + 1);
  }
  const kept = [...documents]
    .filter(([, count]) => count >= minCount)
    .sort(([a, x], [b, y]) => y - x || byText(a, b))
    .slice(0, most)
    .sort(([a], [b]) => byText(a, b));
  return { terms: kept.map(([term]) => term), documents: kept.map(([, count]) => count) };
}

/** Fewest training texts that a term must be in: two, one where there are few texts. */
export const usualMinCount = (n: number): number => (n < 50 ? 1 : 2);
