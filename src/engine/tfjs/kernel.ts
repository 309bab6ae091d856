import type { KernelFunc, NamedAttrMap, TensorInfo } from '@tensorflow/tfjs';
import type { TensorFlow } from '../tf';
import type { WasmBackend } from './backend';
import { heapOf, type Heap } from './heap';

export type Inputs = Readonly<Record<string, TensorInfo>>;

/** What a kernel of ours is given. */
export interface KernelCall<A> {
  readonly tf: TensorFlow;
  readonly heap: Heap;
  readonly inputs: Inputs;
  readonly attrs: A;
}

/**
 * A kernel for the WebAssembly backend. It runs where `takes` agrees; elsewhere runs that of the plain JavaScript backend, on
 * copies: other types of numbers, channels that do not stand last.
 */
export interface HeapKernel<A = NamedAttrMap> {
  readonly name: string;
  takes?(inputs: Inputs, attrs: A): boolean;
  run(call: KernelCall<A>): TensorInfo | TensorInfo[];
}

/** Fixes the types of a kernel's attributes. */
export const heapKernel = <A>(kernel: HeapKernel<A>): HeapKernel => kernel as unknown as HeapKernel;

export const isFloat = (...infos: readonly (TensorInfo | undefined)[]): boolean =>
  infos.every((info) => info === undefined || info === null || info.dtype === 'float32');

/** Runs a kernel of the WebAssembly backend, whoever made it, from within another. */
export function runKernel<T = TensorInfo>(
  { tf, heap }: { readonly tf: TensorFlow; readonly heap: Heap },
  name: string,
  inputs: Inputs | readonly TensorInfo[],
  attrs: object = {},
): T {
  const kernel = tf.getKernel(name, 'wasm');
  return kernel.kernelFunc({
    inputs,
    attrs,
    backend: heap.backend,
  } as unknown as Parameters<KernelFunc>[0]) as T;
}

/** Makes of a kernel what TensorFlow.js calls. `other` runs what the kernel does not take. */
export function kernelFunc(tf: TensorFlow, kernel: HeapKernel, other: KernelFunc): KernelFunc {
  return (call) => {
    const inputs = call.inputs as unknown as Inputs;
    const attrs = call.attrs as NamedAttrMap;
    if (kernel.takes && !kernel.takes(inputs, attrs)) return other(call);
    const heap = heapOf(call.backend as unknown as WasmBackend);
    return kernel.run({ tf, heap, inputs, attrs });
  };
}
