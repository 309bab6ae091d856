import type { Optimizer } from '@tensorflow/tfjs';
import { InputError } from '../core/input-error';

interface Rated {
  learningRate?: unknown;
  setLearningRate?(rate: number): void;
}

/**
 * Sets the learning rate of an optimizer from its next step on.
 *
 * @throws InputError `unsupported` for an optimizer of one's own without a `learningRate`
 */
export function setLearningRate(fn: string, optimizer: Optimizer, rate: number): void {
  const rated = optimizer as unknown as Rated;
  // Plain descent and momentum keep the rate as a tensor beside the number, which this renews.
  if (typeof rated.setLearningRate === 'function') rated.setLearningRate(rate);
  else if (typeof rated.learningRate === 'number') rated.learningRate = rate;
  else {
    throw new InputError({
      code: 'unsupported',
      fn,
      param: 'optimizer',
      expected: 'have a number "learningRate" that can be changed from step to step',
      received: optimizer.getClassName(),
    });
  }
}
