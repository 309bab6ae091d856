import type { KernelFunc, NamedTensorInfoMap, TensorInfo } from '@tensorflow/tfjs';
import type { TensorFlow } from '../tf';
import type { PlainBackend, WasmBackend } from './backend';

/** A complex tensor on the WebAssembly backend lies as real, imaginary, real, …: the plain backend keeps two tensors. */
function complexOf(plain: PlainBackend, shape: readonly number[], pairs: Float32Array): TensorInfo {
  const parts = [0, 1].map((k) =>
    Float32Array.from({ length: pairs.length / 2 }, (_, i) => pairs[2 * i + k]),
  );
  const info = plain.makeTensorInfo(shape, 'complex64');
  const [realPart, imag] = parts.map((values) => plain.makeTensorInfo(shape, 'float32', values));
  plain.data.get(info.dataId).complexTensorInfos = { real: realPart, imag };
  return info;
}

/**
 * Returns a kernel of the plain JavaScript backend for tensors of the WebAssembly backend: they are copied over, computed and
 * copied back. Of any type: numbers, text, complex numbers.
 */
export function borrowed(tf: TensorFlow, kernel: KernelFunc): KernelFunc {
  return ({ inputs, attrs, backend }) => {
    const wasm = backend as unknown as WasmBackend;
    const plain = tf.engine().findBackend('cpu') as unknown as PlainBackend;
    const copies: TensorInfo[] = [];
    const results: TensorInfo[] = [];
    const copy = (info: TensorInfo): TensorInfo => {
      if (!info) return info; // an optional input that is left out
      const values = wasm.readSync(info.dataId);
      const made =
        info.dtype === 'complex64'
          ? complexOf(plain, info.shape, values as Float32Array)
          : plain.makeTensorInfo(info.shape, info.dtype, values);
      copies.push(made);
      return made;
    };
    const back = ({ dataId, shape, dtype }: TensorInfo): TensorInfo =>
      wasm.makeOutput(shape, dtype, undefined, plain.readSync(dataId));
    try {
      // A named input may itself be a list (the splits of ragged tensors).
      const each = (input: TensorInfo | TensorInfo[]): TensorInfo | TensorInfo[] =>
        Array.isArray(input) ? input.map(copy) : copy(input);
      const given = Array.isArray(inputs)
        ? each(inputs as TensorInfo[])
        : Object.fromEntries(
            Object.entries(inputs).map(([name, input]) => [name, each(input as TensorInfo)]),
          );
      const result = kernel({ inputs: given as NamedTensorInfoMap, attrs, backend: plain });
      results.push(...(Array.isArray(result) ? result : [result]));
      return Array.isArray(result) ? result.map(back) : back(result);
    } finally {
      // A result may be an input handed on; then it has been freed already.
      [...copies, ...results].forEach(({ dataId }) => plain.disposeData(dataId));
    }
  };
}
