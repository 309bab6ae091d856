import type { Tensor } from '@tensorflow/tfjs';
import type { TensorFlow } from './tf';

export type LossName =
  | 'sparseCategoricalCrossentropy'
  | 'categoricalCrossentropy'
  | 'binaryCrossentropy'
  | 'meanSquaredError'
  | 'meanAbsoluteError';

/** Probabilities are kept this far from 0 and 1, as tfjs-layers does. */
export const EPSILON = 1e-7;

/** A loss as tensors for the gradient, and as plain numbers for the record. */
export interface Loss {
  readonly name: string;
  /** Loss of each example of a batch, B; targets and outputs are B×U. */
  tensor(tf: TensorFlow, target: Tensor, output: Tensor): Tensor;
  /** Loss of row i of flat outputs B×U, whose target is row `at` (i by default) of flat targets. */
  row(target: ArrayLike<number>, output: ArrayLike<number>, i: number, units: number, at?: number): number;
}

const clip = (p: number): number => Math.min(1 - EPSILON, Math.max(EPSILON, p));

const crossEntropy = (name: LossName): Loss => ({
  name,
  tensor: (_tf, target, output) => {
    const shares = output.div(output.sum(-1, true));
    return target
      .mul(shares.clipByValue(EPSILON, 1 - EPSILON).log())
      .sum(-1)
      .neg();
  },
  row: (target, output, i, units, at = i) => {
    let total = 0;
    let ones = 0;
    let hot = 0;
    for (let u = 0; u < units; u++) {
      total += output[i * units + u];
      if (target[at * units + u] === 0) continue;
      ones++;
      hot = u;
    }
    // The usual case, a single class, is quick: this runs for each example of each step.
    if (ones === 1) return -target[at * units + hot] * Math.log(clip(output[i * units + hot] / total));
    let loss = 0;
    for (let u = 0; u < units; u++) {
      const t = target[at * units + u];
      if (t !== 0) loss -= t * Math.log(clip(output[i * units + u] / total));
    }
    return loss;
  },
});

/** Mean over the units of a term for each. */
const perUnit = (
  name: LossName,
  tensor: Loss['tensor'],
  term: (target: number, output: number) => number,
): Loss => ({
  name,
  tensor,
  row: (target, output, i, units, at = i) => {
    let sum = 0;
    for (let u = 0; u < units; u++) sum += term(target[at * units + u], output[i * units + u]);
    return sum / units;
  },
});

/** The losses by name; cross-entropies in nats. */
export const LOSSES: Readonly<Record<LossName, Loss>> = {
  sparseCategoricalCrossentropy: crossEntropy('sparseCategoricalCrossentropy'),
  categoricalCrossentropy: crossEntropy('categoricalCrossentropy'),
  binaryCrossentropy: perUnit(
    'binaryCrossentropy',
    (tf, target, output) => {
      const p = output.clipByValue(EPSILON, 1 - EPSILON);
      const yes = target.mul(p.log());
      return yes
        .add(tf.sub(1, target).mul(tf.sub(1, p).log()))
        .mean(-1)
        .neg();
    },
    (t, o) => -(t * Math.log(clip(o)) + (1 - t) * Math.log(1 - clip(o))),
  ),
  meanSquaredError: perUnit(
    'meanSquaredError',
    (_tf, target, output) => output.sub(target).square().mean(-1),
    (t, o) => (o - t) ** 2,
  ),
  meanAbsoluteError: perUnit(
    'meanAbsoluteError',
    (_tf, target, output) => output.sub(target).abs().mean(-1),
    (t, o) => Math.abs(o - t),
  ),
};
