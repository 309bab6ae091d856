import type { TensorInfo } from '@tensorflow/tfjs';
import type { TensorFlow } from '../tf';
import { sizeOf, type Values, type WasmBackend } from './backend';
import { heapKernel } from './kernel';

// A complex tensor is one block of memory, real and imaginary parts by turns: so it is what the backend reads and moves.

/** Puts two tensors together to a complex one. */
export const complex = heapKernel({
  name: 'Complex',
  takes: ({ real, imag }) => real.dtype === 'float32' && imag.dtype === 'float32',
  run({ heap, inputs: { real, imag } }) {
    const out = heap.output(real.shape, 'complex64');
    heap.call('tensorParts', heap.at(out), heap.at(real), heap.at(imag), sizeOf(real.shape), 1);
    return out;
  },
});

const part = (name: string, place: 0 | 1) =>
  heapKernel({
    name,
    takes: ({ input }) => input.dtype === 'complex64',
    run({ heap, inputs: { input } }) {
      const out = heap.output(input.shape);
      const to = [0, 0];
      to[place] = heap.at(out);
      heap.call('tensorParts', heap.at(input), ...to, sizeOf(input.shape), 0);
      return out;
    },
  });

export const realPart = part('Real', 0);
export const imaginaryPart = part('Imag', 1);

/** Absolute values of complex numbers. */
export const complexAbs = heapKernel({
  name: 'ComplexAbs',
  run({ heap, inputs: { x } }) {
    const out = heap.output(x.shape);
    heap.call('tensorComplexAbs', heap.at(x), heap.at(out), sizeOf(x.shape));
    return out;
  },
});

const readers = new WeakSet<WasmBackend>();

/** Lets the backend read complex tensors, which it refuses (4.22). */
export function readComplex(tf: TensorFlow): void {
  const backend = tf.backend() as unknown as WasmBackend;
  if (readers.has(backend)) return;
  readers.add(backend);
  const original = backend.readSync;
  backend.readSync = function (dataId: object, start?: number, end?: number): Values {
    const { dtype, shape, memoryOffset } = backend.dataIdMap.get(dataId);
    if (dtype !== 'complex64') return original.call(backend, dataId, start, end);
    const bytes = backend.wasm.HEAPU8.slice(memoryOffset, memoryOffset + sizeOf(shape) * 8);
    return new Float32Array(bytes.buffer);
  };
}

export const isComplex = ({ dtype }: TensorInfo): boolean => dtype === 'complex64';
