import type { Cause } from '../confirm/types';
import type { FindingData } from './types';

/** The cause that most findings point to. */
export interface CommonCause {
  readonly cause: Cause;
  /** Findings that have it first, of those that are more than a note. */
  readonly findings: number;
  readonly of: number;
}

/** Fewer findings have nothing in common. */
const FEWEST = 3;

/** Returns the cause that comes first in at least half of the findings, with its mean weight over them; null where none does. */
export function commonCause(findings: readonly FindingData[]): CommonCause | null {
  const loud = findings.filter(({ severity, causes }) => severity !== 'info' && causes.length > 0);
  if (loud.length < FEWEST) return null;
  const counts = new Map<string, number>();
  for (const { causes } of loud) counts.set(causes[0].id, (counts.get(causes[0].id) ?? 0) + 1);
  const [id, count] = [...counts].reduce((most, one) => (one[1] > most[1] ? one : most));
  if (2 * count < loud.length || count < 2) return null;
  const weights = loud.map(({ causes }) => causes.find((cause) => cause.id === id)?.weight ?? 0);
  const cause = loud.find(({ causes }) => causes[0].id === id)!.causes[0];
  const weight = weights.reduce((sum, one) => sum + one, 0) / loud.length;
  return { cause: { ...cause, weight }, findings: count, of: loud.length };
}
