import type { DataType, TensorInfo } from '@tensorflow/tfjs';
import { kernelsIn } from '../plan/module';
import { sizeOf, type WasmBackend } from './backend';

const BYTES: Readonly<Partial<Record<DataType, number>>> = { float32: 4, int32: 4, bool: 1, complex64: 8 };
/** Words of the block in which a kernel finds its arguments. */
const WORDS = 32;

const bits = new Float32Array(1);
const bitsAsInt = new Int32Array(bits.buffer);

/** The word that holds a float. */
export function real(x: number): number {
  bits[0] = x;
  return bitsAsInt[0];
}

/** Our kernels at work in the memory of TensorFlow.js' WebAssembly backend, on its own tensors. */
export interface Heap {
  readonly backend: WasmBackend;
  /** Address of a tensor. */
  at(info: TensorInfo): number;
  /** A new tensor, whose numbers are whatever was there. */
  output(shape: readonly number[], dtype?: DataType): TensorInfo;
  /** Calls a kernel with its arguments, in words. */
  call(kernel: string, ...words: readonly number[]): void;
  /** The floats that lie at an address; good until memory is next allocated. */
  floats(address: number, length: number): Float32Array;
  fill(address: number, bytes: number): void;
  copy(from: number, to: number, bytes: number): void;
  /**
   * Runs `use` with memory for intermediate results. It is given back at the end, also when `use` throws; then the tensors that
   * it made are freed too.
   */
  scratch<T>(use: (take: (bytes: number) => number) => T): T;
}

const heaps = new WeakMap<WasmBackend, Heap>();

/** Returns the kernels in the memory of this backend; made once for each backend. */
export function heapOf(backend: WasmBackend): Heap {
  let heap = heaps.get(backend);
  if (!heap) heaps.set(backend, (heap = makeHeap(backend)));
  return heap;
}

function makeHeap(backend: WasmBackend): Heap {
  const { wasm } = backend;
  const { exports } = kernelsIn(wasm.asm.memory, 'tfjs');
  const block = allocate(WORDS * 4);
  let made: TensorInfo[] | undefined;

  /** Memory that the backend's allocator gives; the address without a sign, as it may lie above 2 GB. */
  function allocate(bytes: number): number {
    const address = bytes < 2 ** 32 ? wasm._malloc(bytes) >>> 0 : 0;
    if (address === 0 && bytes > 0) {
      throw new RangeError(
        `the WebAssembly backend has no memory for another ${Math.ceil(bytes / 2 ** 20)} MB; dispose tensors or take smaller batches`,
      );
    }
    return address;
  }

  return {
    backend,
    at: ({ dataId }) => backend.dataIdMap.get(dataId).memoryOffset,
    output(shape, dtype = 'float32') {
      const offset = allocate(sizeOf(shape) * BYTES[dtype]!);
      const info = backend.makeOutput([...shape], dtype, offset);
      made?.push(info);
      return info;
    },
    call(kernel, ...words) {
      wasm.HEAP32.set(words, block >>> 2);
      (exports[kernel] as (address: number) => void)(block);
    },
    floats: (address, length) => wasm.HEAPF32.subarray(address / 4, address / 4 + length),
    fill: (address, bytes) => void wasm.HEAPU8.fill(0, address, address + bytes),
    copy: (from, to, bytes) => void wasm.HEAPU8.copyWithin(to, from, from + bytes),
    scratch(use) {
      const taken: number[] = [];
      const outer = made;
      const mine: TensorInfo[] = (made = []);
      try {
        const result = use((bytes) => {
          const address = allocate(bytes + 16);
          taken.push(address);
          return ((address + 15) & ~15) >>> 0;
        });
        outer?.push(...mine);
        return result;
      } catch (error) {
        mine.forEach(({ dataId }) => backend.disposeData(dataId));
        throw error;
      } finally {
        made = outer;
        taken.forEach((address) => wasm._free(address));
      }
    },
  };
}
