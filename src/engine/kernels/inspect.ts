// What a debugger wants to know of weights.
import { int, ptr, real } from './args';
import { lanes, madd } from './math';

/** Square sums (f64) of update, weight and gradient of a variable. W, W before the step, G, floats, result */
export function norms(p: usize): void {
  const W = ptr(p, 0),
    before = ptr(p, 1),
    G = ptr(p, 2),
    bytes = <usize>int(p, 3) << 2,
    out = ptr(p, 4);
  let update = f32x4.splat(0),
    weight = f32x4.splat(0),
    gradient = f32x4.splat(0);
  for (let o: usize = 0; o < bytes; o += 16) {
    const b = v128.load(before + o),
      d = f32x4.sub(v128.load(W + o), b),
      g = v128.load(G + o);
    update = madd(d, d, update);
    weight = madd(b, b, weight);
    gradient = madd(g, g, gradient);
  }
  store<f64>(out, <f64>lanes(update));
  store<f64>(out, <f64>lanes(weight), 8);
  store<f64>(out, <f64>lanes(gradient), 16);
}

/** Writes 1 where every number is finite, 0 elsewhere. W, floats, result (i32) */
export function allFinite(p: usize): void {
  const W = ptr(p, 0),
    bytes = <usize>int(p, 1) << 2;
  let wrong = i32x4.splat(0);
  // x − x is 0 for finite numbers and NaN for the others.
  for (let o: usize = 0; o < bytes; o += 16) {
    const w = v128.load(W + o),
      zero = f32x4.sub(w, w);
    wrong = v128.or(wrong, f32x4.ne(zero, zero));
  }
  store<i32>(ptr(p, 2), v128.any_true(wrong) ? 0 : 1);
}

/** Pixels after which the sums of four lanes go into those of 64 bits. */
const FLUSH: i32 = 256;

/**
 * What the numbers of a layer look like over the examples of a slice: sums (f64) of the numbers and of their squares, how many
 * are zero, how many lie at or beyond `low` and `high`; and the largest size of each channel.
 * x, image, row, pixel strides; n, H, W, C (channels that count); low, high; result (4 f64); peaks (floats, C rounded up to 4)
 */
export function activationStats(p: usize): void {
  const n = int(p, 4),
    H = int(p, 5),
    W = int(p, 6),
    C = int(p, 7),
    low = f32x4.splat(real(p, 8)),
    high = f32x4.splat(real(p, 9)),
    out = ptr(p, 10),
    peaks = ptr(p, 11),
    nothing = f32x4.splat(0);
  let total: f64 = 0,
    squares: f64 = 0,
    zeros: i64 = 0,
    saturated: i64 = 0;
  for (let j = 0; j < C; j += 4) {
    const o = <usize>j << 2,
      real4 = i32x4.lt_s(i32x4.add(i32x4.splat(j), i32x4(0, 1, 2, 3)), i32x4.splat(C));
    let peak = nothing,
      none = i32x4.splat(0),
      far = i32x4.splat(0);
    for (let b = 0; b < n; b++) {
      for (let h = 0; h < H; h++) {
        let x = ptr(p, 0) + <usize>b * ptr(p, 1) + <usize>h * ptr(p, 2) + o;
        for (let w = 0; w < W; w += FLUSH) {
          let sum = nothing,
            square = nothing;
          for (let i = min(FLUSH, W - w); i > 0; i--) {
            const v = v128.and(real4, v128.load(x));
            sum = f32x4.add(sum, v);
            square = madd(v, v, square);
            peak = f32x4.pmax(peak, f32x4.abs(v));
            // A lane of a comparison is −1 where it holds.
            none = i32x4.sub(none, v128.and(real4, f32x4.eq(v, nothing)));
            far = i32x4.sub(far, v128.and(real4, v128.or(f32x4.le(v, low), f32x4.ge(v, high))));
            x += ptr(p, 3);
          }
          total += <f64>lanes(sum);
          squares += <f64>lanes(square);
        }
      }
    }
    zeros += <i64>i32x4.extract_lane(none, 0) + i32x4.extract_lane(none, 1) + i32x4.extract_lane(none, 2) + i32x4.extract_lane(none, 3);
    saturated += <i64>i32x4.extract_lane(far, 0) + i32x4.extract_lane(far, 1) + i32x4.extract_lane(far, 2) + i32x4.extract_lane(far, 3);
    v128.store(peaks + o, peak);
  }
  store<f64>(out, total);
  store<f64>(out, squares, 8);
  store<f64>(out, <f64>zeros, 16);
  store<f64>(out, <f64>saturated, 24);
}

/**
 * Norm of each example's gradient by the weights of a dense layer: its output's gradient and its input make an outer product,
 * whose norm is the product of theirs. The gradient is that of the example's own loss: `scale` takes the mean back.
 * x, bytes from one example to the next; inputs; d, bytes likewise; units; 1 with a bias; n; scale; out (floats)
 */
export function exampleNorms(p: usize): void {
  const inputs = int(p, 2),
    units = int(p, 5),
    n = int(p, 7),
    scale = real(p, 8);
  let x = ptr(p, 0),
    d = ptr(p, 3),
    out = ptr(p, 9);
  for (let b = 0; b < n; b++) {
    let xx: f32 = <f32>int(p, 6),
      dd: f32 = 0;
    for (let i = 0; i < inputs; i++) {
      const v = load<f32>(x + (<usize>i << 2));
      xx += v * v;
    }
    for (let i = 0; i < units; i++) {
      const v = load<f32>(d + (<usize>i << 2));
      dd += v * v;
    }
    store<f32>(out, scale * sqrt<f32>(xx) * sqrt<f32>(dd));
    x += ptr(p, 1);
    d += ptr(p, 4);
    out += 4;
  }
}
