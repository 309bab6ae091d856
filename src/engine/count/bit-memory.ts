import { kernelModule } from '../plan/module';

/** Bytes of bits that the kernels work on at once. */
const BLOCK = 8192;
/** Conditions that a cell can have. */
export const MOST_CONDITIONS = 60;
/** Bytes for the cells of one call. */
const CELLS = 1 << 20;
/** Cells of one call. */
const MOST_CELLS = 1 << 15;

interface BitKernels {
  countCells(...numbers: number[]): void;
  sumCells(...numbers: number[]): void;
}

/** Memory of the counting kernels: a fixed part for a call, then the values, then as many rows of bits as are asked for. */
export interface BitMemory {
  readonly kernels: BitKernels;
  readonly scratch: number;
  readonly cells: number;
  readonly counts: number;
  readonly sums: number;
  readonly squares: number;
  readonly largest: number;
  readonly values: number;
  readonly items: number;
  /** Cells that fit into one call. */
  cellsOf(width: number): number;
  /** Words of 32 bits of an item; made empty where it is new. Valid until the next call. */
  words(item: number): Uint32Array;
  readonly buffer: () => ArrayBuffer;
}

/** Returns memory for rows of bits of `stride` bytes, and `n` values where they are real numbers. */
export function bitMemory(stride: number, n: number): BitMemory {
  const scratch = 1024;
  const cells = scratch + (MOST_CONDITIONS + 1) * BLOCK;
  const counts = cells + CELLS;
  const sums = counts + MOST_CELLS * 4;
  const squares = sums + MOST_CELLS * 8;
  const largest = squares + MOST_CELLS * 8;
  const values = largest + MOST_CELLS * 8;
  const items = values + Math.ceil((n * 8) / 128) * 128;
  const memory = new WebAssembly.Memory({ initial: Math.ceil(items / 65536) });
  const instance = new WebAssembly.Instance(kernelModule('bits'), {
    env: {
      memory,
      abort() {
        throw new Error('a counting kernel was aborted');
      },
    },
  });
  return {
    kernels: instance.exports as unknown as BitKernels,
    ...{ scratch, cells, counts, sums, squares, largest, values, items },
    cellsOf: (width) => Math.min(MOST_CELLS, Math.floor(CELLS / 4 / width)),
    words(item) {
      const end = items + (item + 1) * stride;
      const lacking = end - memory.buffer.byteLength;
      // A quarter more than is wanted: growing may copy it all.
      if (lacking > 0) memory.grow(Math.ceil(Math.max(lacking, memory.buffer.byteLength / 4) / 65536));
      return new Uint32Array(memory.buffer, items + item * stride, stride / 4);
    },
    buffer: () => memory.buffer as ArrayBuffer,
  };
}
