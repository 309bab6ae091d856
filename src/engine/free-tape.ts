import type { TensorFlow } from './tf';

/**
 * Frees what a gradient that threw has left behind. TensorFlow.js (4.22) keeps copies of the forward pass's tensors for
 * the backward pass and disposes them only when that has run.
 */
export function freeTape(tf: TensorFlow): void {
  const { state } = tf.engine();
  if (state.gradientDepth > 0) return;
  for (const { saved } of state.activeTape ?? []) {
    for (const tensor of saved ?? []) if (tensor && !tensor.isDisposed) tensor.dispose();
  }
  state.activeTape = [];
}
