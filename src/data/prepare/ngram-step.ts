import type { Column } from '../types';
import { textAt } from './cells';
import type { Encoder, Fitting } from './fitting';
import { termsOf } from './text-terms';
import type { IgnoreStep, NgramStep } from './types';
import { usualMinCount, vocabularyOf } from './vocabulary-of';

/** Chooses the n-grams of a text column, of words and of characters; one without any is left out. */
export function fitNgrams({ name, column, n, options, notes }: Fitting): readonly (NgramStep | IgnoreStep)[] {
  const { vocabulary = 1000, minCount = usualMinCount(n) } = options;
  const ranges = { words: options.words ?? [1, 2], characters: options.characters ?? [2, 4] } as const;
  const steps = (['words', 'characters'] as const).map((step): NgramStep => {
    const range = ranges[step];
    const found = vocabularyOf(column, n, termsOf(step, range), vocabulary, minCount);
    return { step, column: name, range, ...found };
  });
  const full = steps.filter(({ terms }) => terms.length > 0);
  if (full.length > 0) return full;
  notes.add('empty-column', name);
  return [{ step: 'ignore', column: name, why: 'no term in enough texts of training' }];
}

/** Returns the encoder of n-grams, of a preparation fitted on n examples. */
export function ngramEncoder(step: NgramStep, column: Column, n: number): Encoder {
  const placeOf = new Map(step.terms.map((term, place) => [term, place]));
  const read = termsOf(step.step, step.range);
  const rarity = step.documents.map((count) => Math.log((1 + n) / (1 + count)) + 1);
  return {
    names: step.terms.map((term) => `${step.column} ${step.step} "${term}"`),
    encode(row, put) {
      const weights = new Map<number, number>();
      for (const term of read(textAt(column, row) ?? '')) {
        const place = placeOf.get(term);
        if (place !== undefined) weights.set(place, (weights.get(place) ?? 0) + rarity[place]);
      }
      let squares = 0;
      for (const weight of weights.values()) squares += weight * weight;
      const scale = 1 / Math.sqrt(squares);
      for (const [place, weight] of [...weights].sort(([a], [b]) => a - b)) put(place, weight * scale);
    },
  };
}
