/** Most bytes that a plan's memory can have: all that 32 bits reach. */
export const MOST_PAGES = 65536;
const PAGE = 65536;

/** Thrown where a plan or its data do not fit in the memory that WebAssembly or the machine has. */
export class TooLarge extends Error {
  constructor(
    readonly what: string,
    readonly bytes: number,
    cause?: unknown,
  ) {
    super(`${what} takes ${inWords(bytes)}`, { cause });
    this.name = 'TooLarge';
  }
}

/** Bytes as a person reads them: "3.2 GB". */
export function inWords(bytes: number): string {
  const step =
    bytes < 1e6 ? (['kB', 1e3] as const) : bytes < 1e9 ? (['MB', 1e6] as const) : (['GB', 1e9] as const);
  return `${Number((bytes / step[1]).toPrecision(2))} ${step[0]}`;
}

const free: WebAssembly.Memory[] = [];
/** Memories that are kept for the next plan. */
const KEPT = 2;

/**
 * Returns shared memory of at least `bytes`, zero throughout. Memory of ended plans is used again: V8 gives it back late.
 *
 * @throws TooLarge when there is no more
 */
export function takeMemory(bytes: number): WebAssembly.Memory {
  const pages = Math.max(1, Math.ceil(bytes / PAGE));
  if (pages > MOST_PAGES) throw new TooLarge('the step', bytes);
  const used = free.pop();
  if (used) {
    new Uint8Array(used.buffer).fill(0);
    growTo(used, bytes);
    return used;
  }
  try {
    return new WebAssembly.Memory({ initial: pages, maximum: MOST_PAGES, shared: true });
  } catch (error) {
    throw new TooLarge('the step', bytes, error);
  }
}

/** Makes a memory at least `bytes` long. Throws TooLarge when there is no more. */
export function growTo(memory: WebAssembly.Memory, bytes: number): void {
  const lacking = Math.ceil((bytes - memory.buffer.byteLength) / PAGE);
  if (lacking <= 0) return;
  try {
    memory.grow(lacking);
  } catch (error) {
    throw new TooLarge('the training', bytes, error);
  }
}

/** Takes memory back from a plan that has ended; a large one is left to the collector. */
export function returnMemory(memory: WebAssembly.Memory): void {
  if (free.length < KEPT && memory.buffer.byteLength <= 64 * 1024 * 1024) free.push(memory);
}
