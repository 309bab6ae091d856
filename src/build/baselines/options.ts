import { InputError } from '../../core/input-error';
import {
  anything,
  boolean,
  check,
  checkOptions,
  fn,
  numberIn,
  numbers,
  oneOf,
  record,
  signal,
} from '../../core/options';
import type { Task } from '../../data/types';
import { seedsOf } from '../seeds-of';
import { goalsOf } from '../goals';
import type { Goal } from '../types';
import { LADDER } from './ladder';
import type { InputKind, Rung } from './rung';
import type { BaselineName, BaselinesOptions } from './types';

const USUAL_SECONDS = 10;
const NAMES: readonly BaselineName[] = LADDER.map(({ name }) => name);

/** Options that have been checked. */
export interface PlannedLadder {
  readonly seconds: number;
  readonly seeds: readonly number[];
  readonly humanLevel: Goal | null;
}

/** Checks the options of a ladder; throws the InputError that says what is wrong. */
export function planLadder(caller: string, options: BaselinesOptions): PlannedLadder {
  checkOptions(caller, options, {
    models: numbers,
    seconds: numberIn(0, Infinity, { open: true }),
    seeds: anything,
    prepare: record,
    goals: record,
    signal,
    onProgress: fn,
    live: boolean,
  });
  options.models?.forEach((name, i) => check(caller, `models[${i}]`, name, oneOf(NAMES)));
  const { seconds = USUAL_SECONDS } = options;
  const { humanLevel } = goalsOf(caller, checkOptions(caller, options.goals ?? {}, { humanLevel: record }));
  return { seconds, seeds: seedsOf(caller, options.seeds), humanLevel };
}

/** Returns the rungs that fit a task and its inputs, simplest first; throws where one was asked for that does not. */
export function rungsFor(
  caller: string,
  task: Task,
  inputs: InputKind,
  models: readonly BaselineName[] | undefined,
): readonly Rung[] {
  const fitting = LADDER.filter((rung) => rung.fits(task, inputs));
  if (!models) return fitting;
  const odd = models.find((name) => !fitting.some((rung) => rung.name === name));
  if (odd !== undefined) {
    throw new InputError({
      code: 'unsupported',
      fn: caller,
      param: 'models',
      expected: `be of those that fit ${task} from ${inputs === 'columns' ? 'columns' : inputs === 'image' ? 'images' : inputs}: ${fitting.map(({ name }) => `"${name}"`).join(', ')}`,
      received: odd,
    });
  }
  if (models.length === 0) {
    throw new InputError({ code: 'empty', fn: caller, param: 'models', expected: 'name at least one model' });
  }
  return fitting.filter(({ name }) => models.includes(name));
}
