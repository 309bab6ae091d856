import type { KernelFunc, TensorInfo } from '@tensorflow/tfjs';
import type { TensorFlow } from '../tf';
import { ARITHMETIC } from './arithmetic';
import { borrowed } from './borrowed';
import { cast } from './cast';
import { complex, complexAbs, imaginaryPart, isComplex, readComplex, realPart } from './complex';
import { conv2D, fusedConv2D } from './conv2d';
import { conv2DFilterGrad } from './conv2d-filter-grad';
import { conv2DInputGrad } from './conv2d-input-grad';
import { depthwise, depthwiseFilterGrad, depthwiseInputGrad, fusedDepthwise } from './depthwise';
import { einsum } from './einsum';
import { fft, ifft } from './fft';
import { FUNCTIONS } from './functions';
import { identity } from './identity';
import { kernelFunc, type HeapKernel } from './kernel';
import { gather, slice, split, unpack } from './lookup';
import { batchMatMul, fusedMatMul } from './matmul';
import { fuseOptimizers } from './optimizers';
import { maxPoolGrad } from './pooling';
import { segmentSum } from './segment-sum';
import { mean, sum } from './sums';

/** Our own kernels for the WebAssembly backend. */
const KERNELS: readonly HeapKernel[] = [
  ...ARITHMETIC,
  ...FUNCTIONS,
  identity,
  cast,
  sum,
  mean,
  gather,
  slice,
  split,
  unpack,
  maxPoolGrad,
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
  einsum,
  complex,
  complexAbs,
  realPart,
  imaginaryPart,
  fft,
  ifft,
];

/**
 * Kernels of the backend that take no more than ours (floats, channels last), or that are wrong where ours are not used
 * (depthwise convolutions whose two strides differ, 4.22).
 */
const NARROW: ReadonlySet<string> = new Set([
  ...['BatchMatMul', '_FusedMatMul', 'Conv2D', 'FusedConv2D', 'Conv2DBackpropInput'],
  ...['DepthwiseConv2dNative', 'FusedDepthwiseConv2D'],
]);

/** Kernels that the plain backend has for complex numbers too, and the WebAssembly backend has for plain ones only. */
const COMPLEX_TOO = ['Add', 'Sub', 'Multiply', 'Cast', 'Concat', 'Pack', 'ZerosLike', 'OnesLike'];

function register(tf: TensorFlow, kernelName: string, func: KernelFunc): void {
  const stock = tf.getKernel(kernelName, 'wasm');
  if (stock) tf.unregisterKernel(kernelName, 'wasm');
  tf.registerKernel({ ...stock, kernelName, backendName: 'wasm', kernelFunc: func });
}

/** What has been completed already: kernels are registered for good. */
const done = new WeakSet<object>();

/**
 * Completes the WebAssembly backend, which must be the one in use: our own kernels for what it lacks or does slowly, the plain
 * JavaScript backend's for the rest of what that has and it lacks.
 */
export function completeBackend(tf: TensorFlow): void {
  readComplex(tf);
  if (done.has(tf.engine())) return;
  done.add(tf.engine());
  const plain = new Map(
    tf
      .getKernelsForBackend('cpu')
      .map(({ kernelName, kernelFunc: func }) => [kernelName, borrowed(tf, func)]),
  );
  for (const kernel of KERNELS) {
    // Whatever ours does not take is the backend's own, or the plain one's where that has none or is narrower or wrong.
    const stock = NARROW.has(kernel.name) ? undefined : tf.getKernel(kernel.name, 'wasm')?.kernelFunc;
    const other = stock ?? plain.get(kernel.name);
    if (!other) throw new Error(`TensorFlow.js has no kernel "${kernel.name}"`);
    register(tf, kernel.name, kernelFunc(tf, kernel, other));
  }
  plain.forEach((func, name) => {
    if (!tf.getKernel(name, 'wasm')) register(tf, name, func);
  });
  for (const name of COMPLEX_TOO) {
    const [numbers, pairs] = [tf.getKernel(name, 'wasm').kernelFunc, plain.get(name)!];
    register(tf, name, (call) => {
      const toComplex = name === 'Cast' && call.attrs!.dtype === 'complex64';
      const complexIn = (Object.values(call.inputs) as TensorInfo[]).some(isComplex);
      return (complexIn || toComplex ? pairs : numbers)(call);
    });
  }
  fuseOptimizers(tf);
}
