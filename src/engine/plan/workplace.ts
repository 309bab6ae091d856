import { up } from './allocate';
import { growTo, returnMemory, takeMemory } from './memory-pool';
import { kernelsIn, type Kernels, type ModuleName } from './module';

/** The memory of a plan and the kernels at work in it. */
export interface Workplace {
  readonly memory: WebAssembly.Memory;
  readonly kernels: Kernels;
  /** Views of the memory; to be taken anew after memory was taken. */
  floatsAt(address: number, length: number): Float32Array;
  doublesAt(address: number, length: number): Float64Array;
  setWord(address: number, value: number): void;
  /** Takes memory for good; throws TooLarge, and then nothing is taken. What stands in it may be any number. */
  take(bytes: number): number;
  /** The same for what is laid out by where it will lie, all zeros at first. */
  takeZeros<T extends { readonly bytes: number }>(layOut: (from: number) => T): T;
  /** Room for a moment beyond the end of what is in use, where data will soon lie. */
  passing(bytes: number): number;
  /** Runs one kernel on words that are written already. */
  call(kernel: string, words: number): void;
  /** Writes words; returns where they begin and end. */
  write(words: Uint32Array): [from: number, to: number];
  /** Writes a program of kernels and their words; the function that it returns runs it. */
  program(ops: readonly { readonly kernel: string; readonly words: readonly number[] }[]): () => void;
  dispose(): void;
}

/** Returns a memory of which the first `bytes` are in use, all zeros. Throws TooLarge. */
export function workplaceOf(bytes: number, module: ModuleName): Workplace {
  let end = bytes;
  /** Where what was put beyond the end for a moment ended; all behind is zero. */
  let scribbled = 0;
  const memory = takeMemory(bytes);
  const kernels = kernelsIn(memory, module);

  function take(size: number): number {
    const address = end;
    const after = up(end + size + 64);
    growTo(memory, after);
    end = after;
    return address;
  }

  function write(words: Uint32Array): [from: number, to: number] {
    const from = take(words.byteLength);
    new Uint32Array(memory.buffer, from, words.length).set(words);
    return [from, from + words.byteLength];
  }

  return {
    memory,
    kernels,
    floatsAt: (address, length) => new Float32Array(memory.buffer, address, length),
    doublesAt: (address, length) => new Float64Array(memory.buffer, address, length),
    setWord(address, value) {
      new Uint32Array(memory.buffer, address, 1)[0] = value;
    },
    take,
    takeZeros(layOut) {
      const from = end;
      const laidOut = layOut(from);
      take(laidOut.bytes);
      const dirty = Math.min(laidOut.bytes, scribbled - from);
      if (dirty > 0) new Uint8Array(memory.buffer, from, dirty).fill(0);
      return laidOut;
    },
    passing(size) {
      growTo(memory, end + size);
      scribbled = Math.max(scribbled, end + size);
      return end;
    },
    call: (kernel, words) => (kernels.exports[kernel] as (words: number) => void)(words),
    write,
    program(ops) {
      const words = ops.flatMap(({ kernel, words: args }) => [kernels.indexOf(kernel), args.length, ...args]);
      const [from, to] = write(Uint32Array.from(words));
      return () => kernels.exports.runProgram(from, to);
    },
    dispose: () => returnMemory(memory),
  };
}
