import type { Optimizer } from '@tensorflow/tfjs';
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
}

type Maker = (settings: Settings) => Omit<PlanOptimizer, 'name' | 'settings'>;

/** By class name; formulas in src/engine/kernels/optimize.ts. Rates are read anew at each step: schedules change them. */
const MAKERS: Readonly<Record<string, Maker>> = {
  SGD: (o) => ({ kernel: 'sgd', states: [], rates: () => [o.learningRate] }),
  Momentum: (o) => ({
    kernel: 'momentum',
    states: [0],
    rates: () => [o.learningRate, o.momentum ?? o.m, o.useNesterov ? 1 : 0],
  }),
  Adam: (o) => ({
    kernel: 'adam',
    states: [0, 0],
    rates: (t) => [
      o.learningRate / (1 - o.beta1 ** t),
      o.beta1,
      o.beta2,
      o.epsilon ?? EPSILON,
      1 / (1 - o.beta2 ** t),
      0,
    ],
  }),
  Adamax: (o) => ({
    kernel: 'adamax',
    states: [0, 0],
    rates: (t) => [
      o.learningRate / (1 + o.decay * (t - 1)) / (1 - o.beta1 ** t),
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

/** Returns the optimizer as a kernel, which follows changes of its settings. */
export function planOptimizer(optimizer: Optimizer): PlanOptimizer {
  return optimizerFrom(optimizer.getClassName(), optimizer as unknown as OptimizerSettings);
}

/** Returns a copy of the settings alone, of all that an optimizer may hold. */
export function plainSettings(settings: OptimizerSettings): OptimizerSettings {
  const isPlain = (value: unknown): boolean =>
    value === null || typeof value === 'number' || typeof value === 'boolean';
  return Object.fromEntries(Object.entries(settings).filter(([, value]) => isPlain(value)));
}
