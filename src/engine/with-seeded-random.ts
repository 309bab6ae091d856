import type { Random } from '../core/random';

/**
 * Returns what `work` returns, with `Math.random` drawing from a seeded stream while it runs.
 *
 * TensorFlow.js takes the seeds of weights and dropout masks from `Math.random` where none is given, and a dropout layer
 * with a fixed seed repeats one mask for ever. This is the only way to the same numbers in every run. `work` must be
 * synchronous, so that nothing else can draw meanwhile; the old function is put back whatever happens.
 */
export function withSeededRandom<T>(stream: Random, work: () => T): T {
  const holder = Math as { random: () => number };
  const before = holder.random;
  holder.random = () => stream.next();
  try {
    return work();
  } finally {
    holder.random = before;
  }
}
