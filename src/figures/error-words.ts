import { percent, threeDigits } from './template';

/** Returns errors in words: shares as percentages, others with three digits. */
export const errorWords = (share: boolean): ((value: number) => string) => (share ? percent : threeDigits);

/** Returns "6.1 %" and "4.8 % [4.1, 5.5]" style words: a value with its interval, the unit said once. */
export function withInterval(share: boolean, value: number, [low, high]: readonly [number, number]): string {
  const bare = (end: number): string => errorWords(share)(end).replace(/ %$/, '');
  return `${errorWords(share)(value)} [${bare(low)}, ${bare(high)}]`;
}
