import { checkOptions, numberIn, record, text } from '../core/options';
import type { Goal, RunLog } from './types';

/** Levels to compare with on the validation data. */
export interface Goals {
  readonly humanLevel?: Goal;
  readonly baseline?: Goal;
}

/** Returns the goals as they stand in a log; throws the InputError that says what is wrong with them. */
export function goalsOf(fn: string, goals: Goals | undefined): RunLog['goals'] {
  const { humanLevel = null, baseline = null } = checkOptions(fn, goals ?? {}, {
    humanLevel: record,
    baseline: record,
  });
  for (const goal of [humanLevel, baseline]) {
    if (goal)
      checkOptions<Goal>(fn, goal, { metric: text, value: numberIn(-Infinity, Infinity), source: text });
  }
  return { humanLevel, baseline };
}
