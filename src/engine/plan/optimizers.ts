import type { Optimizer } from '@tensorflow/tfjs';
import { boolean, check, checkOptions, numberIn, oneOf, type OptionRules } from '../../core/options';
import { power } from './power';
import { Unplannable } from './unplannable';

/** An optimizer of TensorFlow.js as a kernel. */
export interface PlanOptimizer {
  /** Class name of TensorFlow.js. */
  readonly name: string;
  readonly settings: OptimizerSettings;
  readonly kernel: string;
  /** Starting values of its states, one number for each. */
  readonly states: readonly number[];
  /** The rates that the kernel wants for step `t` (from 1). */
  rates(t: number): readonly number[];
}

/** tfjs' own epsilon, which it takes where none is given. */
const EPSILON = 1e-7;

/** Settings by name, for those that differ from the defaults. */
export type OptimizerOptions = Readonly<Record<string, string | number | boolean | undefined>>;

/** What an optimizer is set to, by the names of its fields. */
export type OptimizerSettings = Readonly<Record<string, number | boolean | null>>;

interface Settings {
  readonly learningRate: number;
  readonly beta1: number;
  readonly beta2: number;
  readonly epsilon: number | null;
  readonly decay: number;
  readonly momentum: number;
  readonly m: number;
  readonly useNesterov: boolean;
  readonly centered: boolean;
  readonly rho: number;
  readonly initialAccumulatorValue: number;
  readonly weightDecay?: number;
}

type Maker = (settings: Settings) => Omit<PlanOptimizer, 'name' | 'settings'>;

const adam: Maker = (o) => ({
  kernel: 'adam',
  states: [0, 0],
  rates: (t) => [
    o.learningRate / (1 - power(o.beta1, t)),
    o.beta1,
    o.beta2,
    o.epsilon ?? EPSILON,
    1 / (1 - power(o.beta2, t)),
    o.learningRate * (o.weightDecay ?? 0),
  ],
});

/** By class name; formulas in src/engine/kernels/optimize.ts. Rates are read anew at each step: schedules change them. */
const MAKERS: Readonly<Record<string, Maker>> = {
  SGD: (o) => ({ kernel: 'sgd', states: [], rates: () => [o.learningRate] }),
  Momentum: (o) => ({
    kernel: 'momentum',
    states: [0],
    rates: () => [o.learningRate, o.momentum ?? o.m, o.useNesterov ? 1 : 0],
  }),
  Adam: adam,
  // I. Loshchilov, F. Hutter: Decoupled weight decay regularization, 2019. No class of TensorFlow.js.
  AdamW: adam,
  Adamax: (o) => ({
    kernel: 'adamax',
    states: [0, 0],
    rates: (t) => [
      o.learningRate / (1 + o.decay * (t - 1)) / (1 - power(o.beta1, t)),
      o.beta1,
      o.beta2,
      o.epsilon ?? EPSILON,
    ],
  }),
  RMSProp: (o) => ({
    kernel: 'rmsprop',
    states: [0, 0, 0],
    rates: () => [o.learningRate, o.decay, o.momentum, o.epsilon ?? EPSILON, o.centered ? 1 : 0],
  }),
  Adagrad: (o) => ({
    kernel: 'adagrad',
    states: [o.initialAccumulatorValue],
    rates: () => [o.learningRate, EPSILON],
  }),
  Adadelta: (o) => ({
    kernel: 'adadelta',
    states: [0, 0],
    rates: () => [o.learningRate, o.rho, o.epsilon ?? EPSILON],
  }),
};

/** Returns the optimizer of a name as a kernel; throws Unplannable for classes of one's own. */
export function optimizerFrom(name: string, settings: OptimizerSettings): PlanOptimizer {
  const maker = MAKERS[name];
  if (!maker) throw new Unplannable(`optimizer "${name}"`, 'it has no kernel');
  return { name, settings, ...maker(settings as unknown as Settings) };
}

/** What each optimizer may be set to, with the values of tf.train.*; those of PyTorch for AdamW's decay. */
const DEFAULTS: Readonly<Record<string, OptimizerSettings>> = {
  SGD: { learningRate: 0.01 },
  Momentum: { learningRate: 0.01, momentum: 0.9, useNesterov: false },
  Adam: { learningRate: 0.001, beta1: 0.9, beta2: 0.999, epsilon: null },
  AdamW: { learningRate: 0.001, beta1: 0.9, beta2: 0.999, epsilon: null, weightDecay: 0.01 },
  Adamax: { learningRate: 0.002, beta1: 0.9, beta2: 0.999, epsilon: null, decay: 0 },
  RMSProp: { learningRate: 0.01, decay: 0.9, momentum: 0, epsilon: null, centered: false },
  Adagrad: { learningRate: 0.01, initialAccumulatorValue: 0.1 },
  Adadelta: { learningRate: 0.001, rho: 0.95, epsilon: null },
};

/** Names for `planOptimizerFrom`. */
export const PLAN_OPTIMIZERS: readonly string[] = Object.keys(DEFAULTS).map((name) => name.toLowerCase());

/**
 * Returns an optimizer by its name in small letters and the settings that differ from its defaults, without a class of TensorFlow.js:
 * `planOptimizerFrom({ name: 'adamw', learningRate: 1e-3, weightDecay: 0.05 })`. Weight decay is decoupled: each weight, biases
 * too, shrinks by learningRate · weightDecay before Adam's step moves it.
 */
export function planOptimizerFrom(options: { readonly name: string } & OptimizerOptions): PlanOptimizer {
  const { name, ...given } = options;
  check('planOptimizerFrom', 'name', name, oneOf(PLAN_OPTIMIZERS));
  const className = Object.keys(DEFAULTS).find((known) => known.toLowerCase() === name)!;
  const defaults = DEFAULTS[className];
  checkOptions('planOptimizerFrom', given, rulesOf(defaults));
  const known = Object.entries(given).filter(([, value]) => value !== undefined);
  return optimizerFrom(className, { ...defaults, ...Object.fromEntries(known) } as OptimizerSettings);
}

function rulesOf(defaults: OptimizerSettings): OptionRules<Record<string, unknown>> {
  return Object.fromEntries(
    Object.entries(defaults).map(([key, value]) => [
      key,
      typeof value === 'boolean' ? boolean : numberIn(0, Infinity),
    ]),
  );
}

/**
 * Returns the optimizer as a kernel, which follows changes of its settings.
 *
 * @param weightDecay makes AdamW of Adam
 */
export function planOptimizer(optimizer: Optimizer, weightDecay = 0): PlanOptimizer {
  const settings = optimizer as unknown as OptimizerSettings;
  if (weightDecay === 0) return optimizerFrom(optimizer.getClassName(), settings);
  return optimizerFrom('AdamW', {
    ...plainSettings(settings),
    weightDecay,
    get learningRate() {
      return settings.learningRate;
    },
  });
}

/** Returns a copy of the settings alone, of all that an optimizer may hold. */
export function plainSettings(settings: OptimizerSettings): OptimizerSettings {
  const isPlain = (value: unknown): boolean =>
    value === null || typeof value === 'number' || typeof value === 'boolean';
  return Object.fromEntries(Object.entries(settings).filter(([, value]) => isPlain(value)));
}
