import type { SliceCondition } from '../look/slices/types';

function numberWord(value: number): string {
  const shown = Number.isInteger(value) ? value : Number(value.toPrecision(5));
  return String(shown).replace('-', '−');
}

const momentWord = (value: number): string =>
  new Date(value)
    .toISOString()
    .replace(/T00:00:00\.000Z$/, '')
    .replace(/:00\.000Z$/, '')
    .replace('T', ' ');

/** Returns a condition in the words that descriptions of slices are made of. */
export function conditionWords(condition: SliceCondition): string {
  const { column } = condition;
  if ('missing' in condition) return `${column} is missing`;
  if ('is' in condition) {
    const { is } = condition;
    return `${column} = ${typeof is === 'number' ? numberWord(is) : is === '' ? '""' : String(is)}`;
  }
  const word = condition.date ? momentWord : numberWord;
  const { from, to } = condition;
  if (from === null) return to === null ? `${column} is known` : `${column} < ${word(to)}`;
  return to === null ? `${column} ≥ ${word(from)}` : `${word(from)} ≤ ${column} < ${word(to)}`;
}
