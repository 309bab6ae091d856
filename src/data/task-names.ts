import { oneOf } from '../core/options';
import type { Task } from './types';

const NAMES: Readonly<Record<Task, true>> = { classification: true, 'multi-label': true, regression: true };

/** Every task, in the order in which messages list them. */
export const TASKS = Object.keys(NAMES) as Task[];

/** Constraint: the name of a task. */
export const taskName = oneOf(TASKS);
