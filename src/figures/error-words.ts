import { percent, threeDigits } from './template';

/** What is measured over the examples of a slice, and its unit. */
export const METRIC_WORDS = {
  'error-rate': { title: 'error rate', unit: 'share of examples' },
  'mean-squared-error': { title: 'mean squared error', unit: 'target²' },
  'mean-loss': { title: 'mean loss', unit: 'nats' },
} as const;

/** Returns a p-value in words: "p = 0.03", "p < 0.001". */
export function pWords(p: number): string {
  if (Number.isNaN(p)) return 'p unknown';
  return p < 0.001 ? 'p < 0.001' : `p = ${Number(p.toPrecision(2))}`;
}

/** Returns errors in words: shares as percentages, others with three digits. */
export const errorWords = (share: boolean): ((value: number) => string) => (share ? percent : threeDigits);

/** Returns "6.1 %" and "4.8 % [4.1, 5.5]" style words: a value with its interval, the unit said once. */
export function withInterval(share: boolean, value: number, [low, high]: readonly [number, number]): string {
  const bare = (end: number): string => errorWords(share)(end).replace(/ %$/, '');
  return `${errorWords(share)(value)} [${bare(low)}, ${bare(high)}]`;
}
