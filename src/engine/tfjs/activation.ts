import type { TensorInfo } from '@tensorflow/tfjs';
import { runKernel, type Inputs, type KernelCall } from './kernel';

/** What a fused kernel of TensorFlow.js does after its sums. */
export interface FusedAttrs {
  readonly activation?: string;
  readonly leakyreluAlpha?: number;
}

/** Kernels of the activations that TensorFlow.js fuses. */
const KERNELS: Readonly<Record<string, string>> = {
  relu: 'Relu',
  relu6: 'Relu6',
  elu: 'Elu',
  sigmoid: 'Sigmoid',
  leakyrelu: 'LeakyRelu',
  prelu: 'Prelu',
};

export const canFuse = ({ activation = 'linear' }: FusedAttrs): boolean =>
  activation === 'linear' || activation in KERNELS;

/** Applies the activation of a fused kernel to its sums, which are freed if they are not the result. */
export function activated(call: KernelCall<FusedAttrs>, sums: TensorInfo, done = 'linear'): TensorInfo {
  const { activation = 'linear', leakyreluAlpha: alpha = 0 } = call.attrs;
  if (activation === 'linear' || activation === done) return sums;
  const prelu = activation === 'prelu';
  const inputs: Inputs = prelu ? { x: sums, alpha: call.inputs.preluActivationWeights } : { x: sums };
  const result = runKernel(call, KERNELS[activation], inputs, { alpha });
  call.heap.backend.disposeData(sums.dataId);
  return result;
}
