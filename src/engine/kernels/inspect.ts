// What a debugger wants to know of weights.
import { int, ptr } from './args';
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
