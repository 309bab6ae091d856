import type { Optimizer } from '@tensorflow/tfjs';
import { InputError } from '../core/input-error';
import { nearestName } from '../core/nearest-name';
import type { TensorFlow } from '../engine/tf';

export type OptimizerName =
  'sgd' | 'momentum' | 'adam' | 'adamw' | 'rmsprop' | 'adagrad' | 'adamax' | 'adadelta';

/** An optimizer by name, or a function that makes one (a fresh one for each run, since it has state). */
export type OptimizerChoice =
  OptimizerName | ((context: { readonly tf: TensorFlow; readonly learningRate: number }) => Optimizer);

/** Learning rates where none is given; those of Keras. */
const DEFAULT_RATES: Readonly<Record<OptimizerName, number>> = {
  sgd: 0.01,
  momentum: 0.01,
  adam: 0.001,
  adamw: 0.001,
  rmsprop: 0.001,
  adagrad: 0.001,
  adamax: 0.001,
  adadelta: 0.001,
};

export const OPTIMIZER_NAMES = Object.keys(DEFAULT_RATES) as readonly OptimizerName[];

/** Refuses what is neither the name of an optimizer nor a function that makes one. */
export function checkOptimizer(fn: string, choice: OptimizerChoice | undefined): void {
  if (choice === undefined || typeof choice === 'function' || OPTIMIZER_NAMES.includes(choice)) return;
  const near = typeof choice === 'string' ? nearestName(choice, OPTIMIZER_NAMES) : undefined;
  throw new InputError({
    code: 'unknown-name',
    fn,
    param: 'optimizer',
    expected: `be one of ${OPTIMIZER_NAMES.join(', ')}, or a function that makes one`,
    received: choice,
    mend: near && `Did you mean "${near}"?`,
  });
}

/** An optimizer of TensorFlow.js, and what it is told. */
export interface ChosenOptimizer {
  /** Adam for "adamw": the decay of the weights comes on top. */
  readonly optimizer: Optimizer;
  readonly name: string;
  readonly learningRate: number;
  /** Share of each weight, times the learning rate, that a step takes away: 0 but for "adamw". */
  readonly weightDecay: number;
}

/**
 * Returns a fresh optimizer, its name and its learning rate.
 *
 * @param decay for "adamw"
 */
export function optimizerOf(
  fn: string,
  tf: TensorFlow,
  choice: OptimizerChoice,
  rate?: number,
  decay = 0.01,
): ChosenOptimizer {
  if (typeof choice === 'function') {
    const learningRate = rate ?? DEFAULT_RATES.adam;
    const optimizer = choice({ tf, learningRate });
    if (typeof optimizer?.applyGradients !== 'function') {
      throw new InputError({
        code: 'invalid-type',
        fn,
        param: 'optimizer',
        expected: 'return a tfjs optimizer, for example tf.train.adam(learningRate)',
        received: optimizer,
      });
    }
    return { optimizer, name: optimizer.getClassName(), learningRate, weightDecay: 0 };
  }
  const learningRate = rate ?? DEFAULT_RATES[choice];
  const decays = choice === 'adamw';
  const optimizer =
    choice === 'momentum'
      ? tf.train.momentum(learningRate, 0.9)
      : tf.train[decays ? 'adam' : choice](learningRate);
  return { optimizer, name: choice, learningRate, weightDecay: decays ? decay : 0 };
}
