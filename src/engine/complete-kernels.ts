import type { DataType, KernelFunc, NamedTensorInfoMap, TensorInfo } from '@tensorflow/tfjs';
import type { TensorFlow } from './tf';

/** What training needs and the WebAssembly backend 4.22 lacks: gradients of convolutions, of embeddings, and einsum. */
const LACKING = [
  'Conv2DBackpropFilter',
  'DepthwiseConv2dNativeBackpropFilter',
  'DepthwiseConv2dNativeBackpropInput',
  'UnsortedSegmentSum',
  'Einsum',
] as const;

type Values = Float32Array | Int32Array | Uint8Array;

/** The parts of the plain JavaScript backend that are used here. */
interface PlainBackend {
  makeTensorInfo(shape: number[], dtype: DataType, values: Values): TensorInfo;
  readSync(dataId: object): Values;
  disposeData(dataId: object): boolean;
}

/** The parts of the WebAssembly backend that are used here. */
interface WasmBackend {
  makeOutput(shape: number[], dtype: DataType, offset: undefined, values: Values): TensorInfo;
  readSync(dataId: object): Values;
}

/** A kernel of the plain backend for tensors of the WebAssembly backend: copied over, computed, copied back. */
function borrowed(tf: TensorFlow, kernel: KernelFunc): KernelFunc {
  return ({ inputs, attrs, backend }) => {
    const wasm = backend as unknown as WasmBackend;
    const plain = tf.engine().findBackend('cpu') as unknown as PlainBackend;
    const copies: TensorInfo[] = [];
    const copy = ({ shape, dtype, dataId }: TensorInfo): TensorInfo => {
      const info = plain.makeTensorInfo(shape, dtype, wasm.readSync(dataId));
      copies.push(info);
      return info;
    };
    const given = Array.isArray(inputs)
      ? (inputs as TensorInfo[]).map(copy)
      : Object.fromEntries(Object.entries(inputs).map(([name, info]) => [name, copy(info as TensorInfo)]));
    try {
      const result = kernel({ inputs: given as NamedTensorInfoMap, attrs, backend: plain });
      const back = (info: TensorInfo): TensorInfo => {
        const values = plain.readSync(info.dataId);
        plain.disposeData(info.dataId);
        return wasm.makeOutput(info.shape, info.dtype, undefined, values);
      };
      return Array.isArray(result) ? result.map(back) : back(result);
    } finally {
      copies.forEach(({ dataId }) => plain.disposeData(dataId));
    }
  };
}

/** Gives the WebAssembly backend the kernels it lacks for training, from the plain JavaScript backend. */
export function completeKernels(tf: TensorFlow): void {
  for (const kernelName of LACKING) {
    const plain = tf.getKernel(kernelName, 'cpu');
    if (!plain || tf.getKernel(kernelName, 'wasm')) continue;
    tf.registerKernel({ kernelName, backendName: 'wasm', kernelFunc: borrowed(tf, plain.kernelFunc) });
  }
}
