import type { NamedTensorMap, Tensor } from '@tensorflow/tfjs';
import type { TensorFlow } from './tf';
import type { StepSettings } from './training-session';

/**
 * Returns the gradients within ± `clipValue`, then scaled down together to a norm of `clipNorm` where theirs is above it.
 *
 * @see Razvan Pascanu, Tomas Mikolov, Yoshua Bengio, "On the difficulty of training recurrent neural networks", 2013
 */
export function clipGradients(
  tf: TensorFlow,
  gradients: NamedTensorMap,
  { clipNorm, clipValue }: StepSettings,
): NamedTensorMap {
  const by = (change: (gradient: Tensor) => Tensor, of: NamedTensorMap): NamedTensorMap =>
    Object.fromEntries(Object.entries(of).map(([name, gradient]) => [name, change(gradient)]));
  const kept =
    clipValue === undefined
      ? gradients
      : by((gradient) => gradient.clipByValue(-clipValue, clipValue), gradients);
  if (clipNorm === undefined) return kept;
  const squares = Object.values(kept).map((gradient) => gradient.square().sum());
  const norm = tf.addN(squares).sqrt();
  const scale = tf.minimum(1, tf.div(clipNorm, norm.maximum(Number.MIN_VALUE)));
  return by((gradient) => gradient.mul(scale), kept);
}
