// What happens to weights before the first step.
import { int, ptr, real } from './args';

/**
 * Copies those of n numbers that lie within ± bound, as deviation · z + mean, until there are enough. They may be copied onto
 * themselves. from, n, bound, mean, deviation; to, how many are wanted; result (i32): how many there are
 */
export function takeWithin(p: usize): void {
  const from = ptr(p, 0),
    n = int(p, 1),
    bound = real(p, 2),
    mean = real(p, 3),
    deviation = real(p, 4),
    to = ptr(p, 5),
    wanted = int(p, 6);
  const far = f32x4.splat(bound),
    middle = f32x4.splat(mean),
    scale = f32x4.splat(deviation);
  let taken = 0;
  for (let i = 0; i < n && taken < wanted; i++) {
    // Four that all lie within are the rule.
    while (i + 4 <= n && taken + 4 <= wanted) {
      const z = v128.load(from + (<usize>i << 2));
      if (v128.any_true(f32x4.gt(f32x4.abs(z), far))) break;
      v128.store(to + (<usize>taken << 2), f32x4.add(f32x4.mul(scale, z), middle));
      i += 4;
      taken += 4;
    }
    if (i == n || taken == wanted) break;
    const z = load<f32>(from + (<usize>i << 2));
    if (z > bound || z < -bound) continue;
    store<f32>(to + (<usize>taken << 2), deviation * z + mean);
    taken++;
  }
  store<i32>(ptr(p, 7), taken);
}

/** Turns whole numbers of 32 bits into numbers from low to high, in place. x, n; low, high (f64) */
export function spreadWords(p: usize): void {
  const x = ptr(p, 0),
    n = int(p, 1),
    range = ptr(p, 2),
    low = load<f64>(range),
    scale = (load<f64>(range, 8) - low) / 4294967296.0;
  for (let i = 0; i < n; i++) {
    const at = x + (<usize>i << 2);
    store<f32>(at, <f32>(low + scale * <f64>load<u32>(at)));
  }
}

/** The product of two vectors of `bytes`. */
function dot(a: usize, b: usize, bytes: usize): f64 {
  let sum = f64x2.splat(0);
  for (let o: usize = 0; o < bytes; o += 16) sum = f64x2.add(sum, f64x2.mul(v128.load(a + o), v128.load(b + o)));
  return f64x2.extract_lane(sum, 0) + f64x2.extract_lane(sum, 1);
}

/**
 * Makes vectors orthonormal one after another (modified Gram–Schmidt).
 * vectors (f64, one after another), how many, f64 of each (even)
 */
export function orthonormal(p: usize): void {
  const vectors = ptr(p, 0),
    count = int(p, 1),
    bytes = <usize>int(p, 2) << 3,
    end = vectors + <usize>count * bytes;
  for (let unit = vectors; unit < end; unit += bytes) {
    const scale = f64x2.splat(1 / Math.sqrt(dot(unit, unit, bytes)));
    for (let o: usize = 0; o < bytes; o += 16) v128.store(unit + o, f64x2.mul(scale, v128.load(unit + o)));
    for (let other = unit + bytes; other < end; other += bytes) {
      const along = f64x2.splat(dot(unit, other, bytes));
      for (let o: usize = 0; o < bytes; o += 16) {
        v128.store(other + o, f64x2.sub(v128.load(other + o), f64x2.mul(along, v128.load(unit + o))));
      }
    }
  }
}

/**
 * Copies a row-major matrix into panels [blocks][width/8][rows][8], zeros where the last panel of a block is wider.
 * from, to, rows, blocks, width of a block
 */
export function packPanels(p: usize): void {
  const rows = int(p, 2),
    blocks = int(p, 3),
    width = int(p, 4);
  let from = ptr(p, 0);
  const to = ptr(p, 1),
    panel = <usize>rows << 5,
    panels = <usize>((width + 7) >> 3);
  for (let row = 0; row < rows; row++) {
    for (let block = 0; block < blocks; block++) {
      let at = to + <usize>block * panels * panel + (<usize>row << 5);
      let left = width;
      for (; left >= 8; left -= 8) {
        v128.store(at, v128.load(from));
        v128.store(at, v128.load(from, 16), 16);
        from += 32;
        at += panel;
      }
      if (left === 0) continue;
      v128.store(at, f32x4.splat(0));
      v128.store(at, f32x4.splat(0), 16);
      for (let i = 0; i < left; i++, from += 4) store<f32>(at + (<usize>i << 2), load<f32>(from));
    }
  }
}
