import { InputError } from '../core/input-error';
import { boolean, check, checkOptions, integer, numberIn, numbers, oneOf, record } from '../core/options';
import { columnValue } from '../data/column-value';
import type { Dataset } from '../data/types';
import type { Schedule, ScheduleSpec } from '../engine/train/schedule';

/** How steps are taken, beyond optimizer and learning rate; the same in the compiled step, in autograd and in a sweep. */
export interface StepOptions {
  /**
   * How the learning rate goes: `'cosine'`, `'linear'`, `'steps'`, one of them with a warm-up, or a factor for each epoch;
   * defaults to level.
   */
  readonly schedule?: Schedule;
  /** Scales all gradients down together where their norm is above this; > 0. */
  readonly clipNorm?: number;
  /** Keeps each number of a gradient within ± this; > 0. Comes before `clipNorm`. */
  readonly clipValue?: number;
  /** For "adamw": share of each weight, times the learning rate, that a step takes away; ≥ 0, defaults to 0.01. */
  readonly weightDecay?: number;
  /**
   * Weight of each class in the loss: `'balanced'` for N / (K · examples of the class), or by class name, 1 for those not
   * named. Scores stay unweighted.
   */
  readonly classWeights?: 'balanced' | Readonly<Record<string, number>>;
  /** Weight of each training example in the loss: a number column of the metadata, or N numbers ≥ 0. */
  readonly exampleWeights?: string | ArrayLike<number>;
  /**
   * Relaxed SIMD where this Node has it: 10 to 20 % quicker, and no longer the same bits on every machine; defaults to
   * false.
   */
  readonly fast?: boolean;
}

export const SCHEDULE_KINDS = ['constant', 'cosine', 'linear', 'steps'] as const;

/** Rules of the options that say all in one value. */
export const STEP_RULES = {
  clipNorm: numberIn(0, Infinity, { open: true }),
  clipValue: numberIn(0, Infinity, { open: true }),
  weightDecay: numberIn(0, Infinity),
  fast: boolean,
};

function checkSchedule(fn: string, schedule: unknown): void {
  if (schedule === undefined) return;
  if (Array.isArray(schedule)) {
    if (schedule.length === 0 || !schedule.every((factor) => Number.isFinite(factor) && factor >= 0)) {
      throw new InputError({
        code: 'out-of-range',
        fn,
        param: 'schedule',
        expected: 'hold a factor ≥ 0 of the learning rate for each epoch',
        received: schedule,
      });
    }
    return;
  }
  if (typeof schedule === 'string') {
    check(fn, 'schedule', schedule, oneOf(SCHEDULE_KINDS));
    return;
  }
  check(fn, 'schedule', schedule, {
    ...record,
    expected:
      'be "constant", "cosine", "linear", "steps", an object with that as its kind, or an array of factors',
  });
  const spec = schedule as ScheduleSpec;
  check(fn, 'schedule.kind', spec.kind, oneOf(SCHEDULE_KINDS));
  checkOptions<ScheduleSpec>(fn, spec, {
    kind: oneOf(SCHEDULE_KINDS),
    warmup: {
      ...numberIn(0, 1),
      expected: 'be a share of the steps, from 0 to below 1',
      holds: (v): v is number => typeof v === 'number' && v >= 0 && v < 1,
    },
    end: numberIn(0, 1),
    factor: numberIn(0, 1),
    every: integer(1),
  });
}

function checkClasses(fn: string, train: Dataset, weights: StepOptions['classWeights']): void {
  if (weights === undefined) return;
  const wrong = (expected: string, received: unknown): InputError =>
    new InputError({ code: 'invalid-type', fn, param: 'classWeights', expected, received });
  if (train.task !== 'classification') throw wrong('be left out: the task has no single classes', weights);
  if (weights === 'balanced') return;
  if (typeof weights !== 'object' || weights === null)
    throw wrong('be "balanced" or a weight by class name', weights);
  for (const [name, weight] of Object.entries(weights)) {
    if (!train.classes.includes(name))
      throw wrong(`name classes of "${train.name}": ${train.classes.join(', ')}`, name);
    check(fn, `classWeights.${name}`, weight, numberIn(0, Infinity));
  }
}

function givenWeights(
  fn: string,
  train: Dataset,
  weights: StepOptions['exampleWeights'],
): Float32Array | null {
  if (weights === undefined) return null;
  const { metadata, n } = train;
  if (typeof weights === 'string') {
    const column = Object.hasOwn(metadata.columns, weights) ? metadata.columns[weights] : undefined;
    if (column?.type !== 'number') {
      const known = metadata.names.filter((name) => metadata.columns[name].type === 'number');
      throw new InputError({
        code: 'unknown-name',
        fn,
        param: 'exampleWeights',
        expected: `name a number column of the metadata of "${train.name}"; there ${known.length === 0 ? 'is none' : `are ${known.join(', ')}`}`,
        received: weights,
      });
    }
    return checkedWeights(
      fn,
      Float32Array.from({ length: n }, (_, row) => Number(columnValue(column, row) ?? NaN)),
    );
  }
  check(fn, 'exampleWeights', weights, numbers);
  if (weights.length !== n) {
    throw new InputError({
      code: 'length-mismatch',
      fn,
      param: 'exampleWeights',
      expected: `have one weight for each of the ${n} training examples; it has ${weights.length}`,
    });
  }
  return checkedWeights(fn, Float32Array.from(weights));
}

function checkedWeights(fn: string, weights: Float32Array): Float32Array {
  const wrong = weights.findIndex((weight) => !(weight >= 0 && weight < Infinity));
  if (wrong < 0) return weights;
  throw new InputError({
    code: 'out-of-range',
    fn,
    param: 'exampleWeights',
    expected: `hold numbers ≥ 0; that of example ${wrong} is ${weights[wrong]}`,
  });
}

/** Throws the InputError that says what is wrong with how steps are to be taken. */
export function checkSteps(
  fn: string,
  train: Dataset,
  options: StepOptions & { readonly optimizer?: unknown },
): void {
  checkSchedule(fn, options.schedule);
  checkClasses(fn, train, options.classWeights);
  givenWeights(fn, train, options.exampleWeights);
  if (options.weightDecay !== undefined && options.optimizer !== 'adamw') {
    throw new InputError({
      code: 'unsupported',
      fn,
      param: 'weightDecay',
      expected: 'come with the optimizer "adamw"',
      received: options.weightDecay,
      mend: 'Set optimizer: "adamw", or give layers an l2 regularizer.',
    });
  }
}

/** Weights of the training examples, of both kinds; null where all count the same. */
export function weightsOf(fn: string, train: Dataset, options: StepOptions): Float32Array | null {
  const own = givenWeights(fn, train, options.exampleWeights);
  const { classWeights } = options;
  if (classWeights === undefined) return own;
  const counts = new Float64Array(train.classes.length);
  for (let row = 0; row < train.n; row++) counts[train.labels[row]]++;
  const byClass = train.classes.map((name, code) =>
    classWeights === 'balanced'
      ? train.n / (train.classes.length * counts[code])
      : ((Object.hasOwn(classWeights, name) ? classWeights[name] : undefined) ?? 1),
  );
  return Float32Array.from({ length: train.n }, (_, row) => (own?.[row] ?? 1) * byClass[train.labels[row]]);
}
