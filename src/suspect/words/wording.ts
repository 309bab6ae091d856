import type { FindingData } from '../types';

export type Evidence = FindingData['evidence'];
type Where = FindingData['where'];

/** The sentence of a code by its numbers, and the theory behind it with what to look up. */
export interface Wording {
  readonly message: (e: Evidence, where: Where) => string;
  readonly why: string;
}

/** Three significant digits, as a person would write it. */
export const num = (value: number | string | undefined): string =>
  typeof value === 'number'
    ? Number.isFinite(value)
      ? String(Number(value.toPrecision(3)))
      : 'not a number'
    : (value ?? '?');

export const percent = (value: number | string): string =>
  typeof value === 'number' ? `${num(100 * value)} %` : value;

export const known = (value: number | string): boolean => typeof value === 'string' || Number.isFinite(value);

/** "1 layer", "3 layers". */
export const counted = (value: number | string, one: string, many = `${one}s`): string =>
  `${num(value)} ${value === 1 ? one : many}`;
