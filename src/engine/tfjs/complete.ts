import type { KernelFunc } from '@tensorflow/tfjs';
import type { TensorFlow } from '../tf';
import { borrowed } from './borrowed';
import { conv2D, fusedConv2D } from './conv2d';
import { conv2DFilterGrad } from './conv2d-filter-grad';
import { conv2DInputGrad } from './conv2d-input-grad';
import { depthwise, depthwiseFilterGrad, depthwiseInputGrad, fusedDepthwise } from './depthwise';
import { kernelFunc, type HeapKernel } from './kernel';
import { batchMatMul, fusedMatMul } from './matmul';
import { fuseOptimizers } from './optimizers';
import { segmentSum } from './segment-sum';

/** Our own kernels for the WebAssembly backend. */
const KERNELS: readonly HeapKernel[] = [
  batchMatMul,
  fusedMatMul,
  conv2D,
  fusedConv2D,
  conv2DFilterGrad,
  conv2DInputGrad,
  depthwise,
  fusedDepthwise,
  depthwiseFilterGrad,
  depthwiseInputGrad,
  segmentSum,
];

function register(tf: TensorFlow, kernelName: string, func: KernelFunc): void {
  const stock = tf.getKernel(kernelName, 'wasm');
  if (stock) tf.unregisterKernel(kernelName, 'wasm');
  tf.registerKernel({ ...stock, kernelName, backendName: 'wasm', kernelFunc: func });
}

/**
 * Completes the WebAssembly backend, which must be the one in use: our own kernels for what it lacks or does slowly, the plain
 * JavaScript backend's for the rest of what that has and it lacks.
 */
export function completeBackend(tf: TensorFlow): void {
  const plain = new Map(
    tf
      .getKernelsForBackend('cpu')
      .map(({ kernelName, kernelFunc: func }) => [kernelName, borrowed(tf, func)]),
  );
  for (const kernel of KERNELS) {
    const other = plain.get(kernel.name);
    if (!other) throw new Error(`TensorFlow.js has no kernel "${kernel.name}"`);
    register(tf, kernel.name, kernelFunc(tf, kernel, other));
  }
  plain.forEach((func, name) => {
    if (!tf.getKernel(name, 'wasm')) register(tf, name, func);
  });
  fuseOptimizers(tf);
}
