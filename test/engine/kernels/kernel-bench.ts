import { kernelsIn } from '../../../src/engine/plan/module';

/** Kernels in a memory of their own, to be called one by one. */
export interface KernelBench {
  /** Runs a kernel; arguments are whole numbers, or floats as `{ float }`. */
  call(kernel: string, args: readonly (number | { readonly float: number })[]): void;
  /** Views of the memory; the first 4096 bytes are the bench's own. */
  floats(address: number, length: number): Float32Array;
  words(address: number, length: number): Uint32Array;
}

const ARGS_AT = 1024;

/** Returns a bench with room for `megabytes`; `wide`: with tiles for vectors of eight floats. */
export function kernelBench(megabytes = 16, wide = false): KernelBench {
  const memory = new WebAssembly.Memory({ initial: megabytes * 16, maximum: 65536, shared: true });
  const { exports } = kernelsIn(memory, 'plan', wide);
  return {
    call(kernel, args) {
      const words = new Uint32Array(memory.buffer, ARGS_AT, args.length);
      const floats = new Float32Array(memory.buffer, ARGS_AT, args.length);
      args.forEach((arg, i) => {
        if (typeof arg === 'number') words[i] = arg >>> 0;
        else floats[i] = arg.float;
      });
      (exports[kernel] as (p: number) => void)(ARGS_AT);
    },
    floats: (address, length) => new Float32Array(memory.buffer, address, length),
    words: (address, length) => new Uint32Array(memory.buffer, address, length),
  };
}
