import type { Optimizer, Tensor } from '@tensorflow/tfjs';

/** Frees an optimizer with all it keeps: that of momentum (4.22) forgets the rate it inherits from plain descent. */
export function freeOptimizer(optimizer: Optimizer): void {
  optimizer.dispose();
  const { c } = optimizer as unknown as { readonly c?: Tensor };
  if (c && !c.isDisposed) c.dispose();
}
