/** A seeded stream of random numbers. The same seed gives the same stream on every machine. */
export interface Random {
  /** Uniform in [0, 1), 53 bits. */
  next(): number;
  /** Integer in [0, n). */
  integer(n: number): number;
  /** Standard normal (Box–Muller). */
  normal(): number;
  /** A stream of its own for a named purpose: drawing from it never shifts this one. */
  fork(purpose: string): Random;
}

const rotl = (x: number, k: number): number => (x << k) | (x >>> (32 - k));

/** FNV-1a over UTF-16 units, folded to 32 bits. */
function hashText(text: string): number {
  let h = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193);
  return h >>> 0;
}

/** SplitMix32, used to spread a seed over the state. */
function splitMix(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x9e3779b9) | 0;
    let z = state;
    z = Math.imul(z ^ (z >>> 16), 0x85ebca6b);
    z = Math.imul(z ^ (z >>> 13), 0xc2b2ae35);
    return (z ^ (z >>> 16)) >>> 0;
  };
}

/**
 * Returns a seeded random stream (xoshiro128**, state spread by SplitMix32).
 *
 * @param seed any safe integer ≥ 0; equal seeds give equal streams
 * @example
 * const a = random(1).next();
 * random(1).next() === a // => true
 * @see Blackman & Vigna, "Scrambled linear pseudorandom number generators", 2021
 */
export function random(seed: number): Random {
  const spread = splitMix((seed ^ Math.floor(seed / 0x100000000)) | 0);
  const s = new Uint32Array([spread(), spread(), spread(), spread()]);
  const origin = s.slice();
  const bits = (): number => {
    const result = Math.imul(rotl(Math.imul(s[1], 5), 7), 9) >>> 0;
    const t = s[1] << 9;
    s[2] ^= s[0];
    s[3] ^= s[1];
    s[1] ^= s[2];
    s[0] ^= s[3];
    s[2] ^= t;
    s[3] = rotl(s[3], 11);
    return result;
  };
  const next = (): number => ((bits() >>> 5) * 0x4000000 + (bits() >>> 6)) / 0x20000000000000;
  return {
    next,
    integer: (n) => Math.floor(next() * n),
    normal: () => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next()),
    fork: (purpose) => random((origin[0] ^ hashText(purpose)) >>> 0),
  };
}

/** Shuffles `values` in place with `stream` (Fisher–Yates) and returns it. */
export function shuffleInPlace<T extends { length: number; [i: number]: unknown }>(
  values: T,
  stream: Random,
): T {
  for (let i = values.length - 1; i > 0; i--) {
    const j = stream.integer(i + 1);
    const held = values[i];
    (values as unknown as unknown[])[i] = values[j];
    (values as unknown as unknown[])[j] = held;
  }
  return values;
}

/** The integers 0 … n−1 in a seeded random order. */
export function permutation(n: number, stream: Random): Int32Array {
  return shuffleInPlace(
    Int32Array.from({ length: n }, (_, i) => i),
    stream,
  );
}
