// Counter-based random numbers: Philox4x32-10 (J. K. Salmon, M. A. Moraes, R. O. Dror, D. E. Shaw: Parallel random numbers: as
// easy as 1, 2, 3, 2011), four counters at a time. A number depends on the key (seed, stream) and the counter (place, step, seed of
// the layer) alone, so it is the same whatever thread draws it, and nothing has to be kept from step to step.
import { int, ptr, real } from './args';
import { cos4, log4, madd, sin4, splat } from './math';

const M0: u32 = 0xd2511f53,
  M1: u32 = 0xcd9e8d57,
  W0: u32 = 0x9e3779b9,
  W1: u32 = 0xbb67ae85;

/** The words of one group of 16: word `k` of four counters that follow each other stands at k · 16 bytes. */
// @ts-ignore: decorator
@inline
function philox(first: u32, c1: u32, c2: u32, c3: u32, key0: u32, key1: u32, out: usize): void {
  let x0 = i32x4.add(i32x4.splat(first), i32x4(0, 1, 2, 3)),
    x1 = i32x4.splat(c1),
    x2 = i32x4.splat(c2),
    x3 = i32x4.splat(c3),
    k0 = i32x4.splat(key0),
    k1 = i32x4.splat(key1);
  const m0 = i32x4.splat(M0),
    m1 = i32x4.splat(M1);
  for (let round = 0; round < 10; round++) {
    const low0 = i64x2.extmul_low_i32x4_u(x0, m0),
      high0 = i64x2.extmul_high_i32x4_u(x0, m0),
      low1 = i64x2.extmul_low_i32x4_u(x2, m1),
      high1 = i64x2.extmul_high_i32x4_u(x2, m1);
    const upper1 = v128.shuffle<i32>(low1, high1, 1, 3, 5, 7),
      upper0 = v128.shuffle<i32>(low0, high0, 1, 3, 5, 7);
    x0 = v128.xor(v128.xor(upper1, x1), k0);
    x1 = v128.shuffle<i32>(low1, high1, 0, 2, 4, 6);
    x2 = v128.xor(v128.xor(upper0, x3), k1);
    x3 = v128.shuffle<i32>(low0, high0, 0, 2, 4, 6);
    k0 = i32x4.add(k0, i32x4.splat(W0));
    k1 = i32x4.add(k1, i32x4.splat(W1));
  }
  v128.store(out, x0);
  v128.store(out, x1, 16);
  v128.store(out, x2, 32);
  v128.store(out, x3, 48);
}

/**
 * Words as Philox gives them: for each group of four counters word 0 of all four, then word 1, …
 * out, groups of 16 words; counter (4 words; the first one goes on), key (2 words)
 */
export function randomWords(p: usize): void {
  const groups = int(p, 1);
  let out = ptr(p, 0);
  for (let g = 0; g < groups; g++) {
    philox(int(p, 2) + 4 * g, int(p, 3), int(p, 4), int(p, 5), int(p, 6), int(p, 7), out);
    out += 64;
  }
}

/**
 * One bit a number: 1 where it is kept, which happens with probability 1 − drop / 65536.
 * out, first group of 32 numbers, groups; words that hold the seed and the step; stream, seed of the layer, drop; 64 bytes to
 * work in
 */
export function keepBits(p: usize): void {
  const first = int(p, 1),
    groups = int(p, 2),
    seed = load<u32>(ptr(p, 3)),
    step = load<u32>(ptr(p, 4)),
    stream = int(p, 5),
    own = int(p, 6),
    drop = i16x8.splat(<i16>int(p, 7)),
    words = ptr(p, 8);
  let out = ptr(p, 0);
  for (let g = 0; g < groups; g++) {
    philox((first + g) << 2, step, own, 0, seed, stream, words);
    const low = i8x16.narrow_i16x8_s(i16x8.ge_u(v128.load(words), drop), i16x8.ge_u(v128.load(words, 16), drop)),
      high = i8x16.narrow_i16x8_s(i16x8.ge_u(v128.load(words, 32), drop), i16x8.ge_u(v128.load(words, 48), drop));
    store<i32>(out, i8x16.bitmask(low) | (i8x16.bitmask(high) << 16));
    out += 4;
  }
}

/** A word as a number inside of (0, 1). */
// @ts-ignore: decorator
@inline
function inside(word: v128): v128 {
  return f32x4.mul(f32x4.add(f32x4.convert_i32x4_u(i32x4.shr_u(word, 9)), splat(0.5)), splat(1.1920928955078125e-7));
}

/** Two normal numbers from two words (G. E. P. Box, M. E. Muller, 1958). */
// @ts-ignore: decorator
@inline
function normalPair(a: v128, b: v128, mean: v128, deviation: v128, out: usize): void {
  const radius = f32x4.mul(deviation, f32x4.sqrt(f32x4.mul(splat(-2), log4(inside(a)))));
  // The upper bits as an angle in turns, −½ … ½.
  const turn = f32x4.mul(f32x4.convert_i32x4_s(i32x4.shr_s(b, 8)), splat(5.9604644775390625e-8));
  v128.store(out, madd(radius, cos4(turn), mean));
  v128.store(out, madd(radius, sin4(turn), mean), 16);
}

/**
 * Normally distributed numbers.
 * out, first group of 16 numbers, groups; words that hold the seed and the step; stream, seed of the layer; mean, deviation
 */
export function normals(p: usize): void {
  const first = int(p, 1),
    groups = int(p, 2),
    seed = load<u32>(ptr(p, 3)),
    step = load<u32>(ptr(p, 4)),
    stream = int(p, 5),
    own = int(p, 6),
    mean = splat(real(p, 7)),
    deviation = splat(real(p, 8));
  let out = ptr(p, 0);
  for (let g = 0; g < groups; g++) {
    philox((first + g) << 2, step, own, 0, seed, stream, out);
    const a = v128.load(out),
      b = v128.load(out, 16),
      c = v128.load(out, 32),
      d = v128.load(out, 48);
    normalPair(a, b, mean, deviation, out);
    normalPair(c, d, mean, deviation, out + 32);
    out += 64;
  }
}
