import type { Column } from '../types';
import { byText, levelCounts, textAt } from './cells';
import type { ColumnNotes } from './column-notes';
import type { Encoder, Fitting } from './fitting';
import type { CategoryStep, IgnoreStep } from './types';

type Level = string | null;

/** Text in the order of its units, null last. */
const byLevel = (a: Level, b: Level): number => (a === null ? 1 : b === null ? -1 : byText(a, b));

/** Chooses the levels of a category: those frequent enough, at most so many. One with a single level is left out. */
export function fitCategory({ name, column, n, options, notes }: Fitting): CategoryStep | IgnoreStep {
  const counts = levelCounts(column, n);
  if (counts.size === 1) {
    const empty = counts.has(null);
    notes.add(empty ? 'empty-column' : 'constant-column', name);
    return {
      step: 'ignore',
      column: name,
      why: empty ? 'no value in training' : 'one level alone in training',
    };
  }
  const { minCount = Math.max(1, Math.min(5, Math.floor(n / 50))), maxLevels = 100 } = options;
  const frequent = [...counts].filter(([, count]) => count >= minCount);
  if (frequent.length > maxLevels) notes.add('levels-grouped', name, frequent.length - maxLevels);
  const levels = frequent
    .sort(([a, x], [b, y]) => y - x || byLevel(a, b))
    .slice(0, maxLevels)
    .map(([level]) => level)
    .sort(byLevel);
  const kept = new Set(levels);
  const rare = [...counts.keys()].filter((level) => !kept.has(level)).sort(byLevel);
  return { step: 'category', column: name, levels, rare };
}

/** Returns the encoder of a category: one feature a level. */
export function categoryEncoder(step: CategoryStep, column: Column, notes: ColumnNotes): Encoder {
  const { column: name, levels } = step;
  const placeOf = new Map(levels.map((level, place) => [level, place]));
  const rare = new Set(step.rare);
  const other = rare.size > 0;
  const names = levels.map((level) => (level === null ? `${name} missing` : `${name} = ${level}`));
  return {
    names: other ? [...names, `${name} other`] : names,
    encode(row, put) {
      const level = textAt(column, row);
      const place = placeOf.get(level);
      if (place !== undefined) put(place, 1);
      else if (other) put(levels.length, 1);
      if (place === undefined && !rare.has(level)) notes.add('unseen-level', name, 1);
    },
  };
}
