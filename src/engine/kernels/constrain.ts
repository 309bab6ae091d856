// What holds the weights within bounds: norms of weights, gradients clipped.
import { int, ptr, real } from './args';
import { choose, lanes, madd, splat } from './math';

/** TensorFlow.js' epsilon, added to a norm before dividing by it. */
const EPSILON: f32 = 1e-7;

/** By what a weight is multiplied whose norm is the root of `square`: towards a norm of `low` … `high`. */
// @ts-ignore: decorator
@inline
function scaleOf(square: v128, low: f32, high: f32, rate: f32): v128 {
  const norm = f32x4.sqrt(square),
    clipped = f32x4.max(splat(low), f32x4.min(splat(high), norm)),
    wanted = madd(splat(rate), clipped, f32x4.mul(splat(1 - rate), norm));
  return f32x4.div(wanted, f32x4.add(splat(EPSILON), norm));
}

/**
 * Scales the weights of each group towards a norm of low … high, as far as `rate` says. A group is one column of `length` rows, or,
 * where whole, `length` rows of all columns.
 * W, bytes from one row to the next, from eight columns to the next eight, panels of eight columns; outer groups, length, inner
 * rows (rows from one of a group to its next); whole; low, high, rate
 */
export function constrainNorm(p: usize): void {
  const W = ptr(p, 0),
    row = ptr(p, 1),
    panel = ptr(p, 2),
    panels = int(p, 3),
    outer = int(p, 4),
    length = int(p, 5),
    inner = int(p, 6),
    whole = int(p, 7),
    low = real(p, 8),
    high = real(p, 9),
    rate = real(p, 10);
  for (let o = 0; o < outer; o++) {
    const group = W + <usize>(o * length * inner) * row;
    if (whole) {
      let square = splat(0);
      for (let c = 0; c < panels; c++) {
        let w = group + <usize>c * panel;
        for (let k = 0; k < length; k++) {
          const a = v128.load(w),
            b = v128.load(w, 16);
          square = madd(b, b, madd(a, a, square));
          w += row;
        }
      }
      const scale = scaleOf(splat(lanes(square)), low, high, rate);
      for (let c = 0; c < panels; c++) {
        let w = group + <usize>c * panel;
        for (let k = 0; k < length; k++) {
          v128.store(w, f32x4.mul(v128.load(w), scale));
          v128.store(w, f32x4.mul(v128.load(w, 16), scale), 16);
          w += row;
        }
      }
    } else {
      for (let i = 0; i < inner; i++) {
        for (let c = 0; c < panels; c++) {
          const first = group + <usize>i * row + <usize>c * panel,
            step = <usize>inner * row;
          let left = splat(0),
            right = splat(0),
            w = first;
          for (let k = 0; k < length; k++) {
            const a = v128.load(w),
              b = v128.load(w, 16);
            left = madd(a, a, left);
            right = madd(b, b, right);
            w += step;
          }
          left = scaleOf(left, low, high, rate);
          right = scaleOf(right, low, high, rate);
          w = first;
          for (let k = 0; k < length; k++) {
            v128.store(w, f32x4.mul(v128.load(w), left));
            v128.store(w, f32x4.mul(v128.load(w, 16), right), 16);
            w += step;
          }
        }
      }
    }
  }
}

/** Keeps gradients within ±limit. G, floats, limit */
export function clip(p: usize): void {
  const G = ptr(p, 0),
    bytes = <usize>int(p, 1) << 2,
    limit = splat(real(p, 2));
  for (let o: usize = 0; o < bytes; o += 16) {
    const g = v128.load(G + o);
    v128.store(G + o, choose(f32x4.gt(f32x4.abs(g), limit), f32x4.pmax(f32x4.neg(limit), f32x4.pmin(limit, g)), g));
  }
}

/** Square sum (f64) of a variable's gradient. G, floats, result */
export function squareSum(p: usize): void {
  const G = ptr(p, 0),
    bytes = <usize>int(p, 1) << 2;
  let low = f64x2.splat(0),
    high = f64x2.splat(0);
  for (let o: usize = 0; o < bytes; o += 16) {
    const g = v128.load(G + o),
      a = f64x2.promote_low_f32x4(g),
      b = f64x2.promote_low_f32x4(v128.shuffle<i32>(g, g, 2, 3, 0, 1));
    low = f64x2.add(low, f64x2.mul(a, a));
    high = f64x2.add(high, f64x2.mul(b, b));
  }
  const sum = f64x2.add(low, high);
  store<f64>(ptr(p, 2), f64x2.extract_lane(sum, 0) + f64x2.extract_lane(sum, 1));
}

/** Scales a gradient down where the norm of all gradients together is above the limit. G, floats, square sums (f64), how many, limit */
export function clipNorm(p: usize): void {
  const G = ptr(p, 0),
    bytes = <usize>int(p, 1) << 2,
    limit = <f64>real(p, 4);
  let square: f64 = 0;
  for (let i = 0; i < int(p, 3); i++) square += load<f64>(ptr(p, 2) + (<usize>i << 3));
  const norm = sqrt<f64>(square);
  if (norm <= limit) return;
  const scale = splat(<f32>(limit / norm));
  for (let o: usize = 0; o < bytes; o += 16) v128.store(G + o, f32x4.mul(scale, v128.load(G + o)));
}
