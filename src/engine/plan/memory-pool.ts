/** Most bytes that a plan's memory can have: all that 32 bits reach. */
export const MOST_PAGES = 65536;
const PAGE = 65536;

const free: WebAssembly.Memory[] = [];
/** Memories that are kept for the next plan. */
const KEPT = 2;

/**
 * Returns shared memory of at least `bytes`, zero throughout. Memory of ended plans is used again: V8 gives it back late.
 *
 * @throws RangeError when the machine has no more
 */
export function takeMemory(bytes: number): WebAssembly.Memory {
  const pages = Math.max(1, Math.ceil(bytes / PAGE));
  const used = free.pop();
  if (used) {
    new Uint8Array(used.buffer).fill(0);
    growTo(used, bytes);
    return used;
  }
  return new WebAssembly.Memory({ initial: pages, maximum: MOST_PAGES, shared: true });
}

/** Makes a memory at least `bytes` long. */
export function growTo(memory: WebAssembly.Memory, bytes: number): void {
  const lacking = Math.ceil((bytes - memory.buffer.byteLength) / PAGE);
  if (lacking > 0) memory.grow(lacking);
}

/** Takes memory back from a plan that has ended; a large one is left to the collector. */
export function returnMemory(memory: WebAssembly.Memory): void {
  if (free.length < KEPT && memory.buffer.byteLength <= 64 * 1024 * 1024) free.push(memory);
}
