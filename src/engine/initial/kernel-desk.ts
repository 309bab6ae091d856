import { kernelsIn } from '../plan/module';
import { growTo, returnMemory, takeMemory } from '../plan/memory-pool';

/** Kernels in a memory of their own, to be called one by one. */
export interface KernelDesk {
  readonly memory: WebAssembly.Memory;
  /** Calls a kernel with its words. */
  run(kernel: string, words: readonly number[]): void;
}

/** Where the words of a call begin, a few numbers that they point to, and all others. */
const WORDS_AT = 1024;
export const FACTS_AT = 512;
export const NUMBERS_AT = 2048;

function deskIn(memory: WebAssembly.Memory): KernelDesk {
  const { exports } = kernelsIn(memory);
  return {
    memory,
    run(kernel, words) {
      new Uint32Array(memory.buffer, WORDS_AT, words.length).set(words);
      (exports[kernel] as (words: number) => void)(WORDS_AT);
    },
  };
}

/** More bytes than this are taken for one piece of work alone. */
const KEPT = 4 * 2 ** 20;
let kept: KernelDesk | undefined;

/** Returns what `work` returns, given kernels in a memory with room for so many bytes of numbers. */
export function atDesk<T>(bytes: number, work: (desk: KernelDesk) => T): T {
  const wanted = NUMBERS_AT + bytes;
  if (wanted <= KEPT) {
    kept ??= deskIn(new WebAssembly.Memory({ initial: 4, maximum: KEPT / 65_536, shared: true }));
    growTo(kept.memory, wanted);
    return work(kept);
  }
  const memory = takeMemory(wanted);
  try {
    return work(deskIn(memory));
  } finally {
    returnMemory(memory);
  }
}

const bits = new DataView(new ArrayBuffer(4));

/** A float as the word of a kernel. */
export function floatWord(value: number): number {
  bits.setFloat32(0, value);
  return bits.getUint32(0);
}
