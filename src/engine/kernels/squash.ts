// tanh and the sigmoid over rows of numbers, two vectors in a turn: both read each constant once, and one goes on while the other
// waits. The same bits as `tanh4` and `sigmoid4`.
import { choose, entry, EXP, madd, sigmoid4, TANH, tanh4 } from './math';

/** y = tanh x. x and y may be the same; bytes a multiple of 16. */
export function tanhRow(x: usize, y: usize, bytes: usize): void {
  const low = entry(TANH, 0),
    high = entry(TANH, 1),
    pairs = bytes & ~31;
  let o: usize = 0;
  for (; o < pairs; o += 32) {
    const x0 = v128.load(x + o),
      x1 = v128.load(x + o, 16);
    const c0 = f32x4.pmax(low, f32x4.pmin(high, x0)),
      c1 = f32x4.pmax(low, f32x4.pmin(high, x1)),
      s0 = f32x4.mul(c0, c0),
      s1 = f32x4.mul(c1, c1);
    let k = entry(TANH, 2),
      next = entry(TANH, 3),
      p0 = madd(k, s0, next),
      p1 = madd(k, s1, next);
    k = entry(TANH, 4);
    p0 = madd(p0, s0, k);
    p1 = madd(p1, s1, k);
    k = entry(TANH, 5);
    p0 = madd(p0, s0, k);
    p1 = madd(p1, s1, k);
    k = entry(TANH, 6);
    p0 = madd(p0, s0, k);
    p1 = madd(p1, s1, k);
    k = entry(TANH, 7);
    p0 = madd(p0, s0, k);
    p1 = madd(p1, s1, k);
    k = entry(TANH, 8);
    p0 = f32x4.mul(madd(p0, s0, k), c0);
    p1 = f32x4.mul(madd(p1, s1, k), c1);
    k = entry(TANH, 9);
    next = entry(TANH, 10);
    let q0 = madd(k, s0, next),
      q1 = madd(k, s1, next);
    k = entry(TANH, 11);
    q0 = madd(q0, s0, k);
    q1 = madd(q1, s1, k);
    k = entry(TANH, 12);
    q0 = madd(q0, s0, k);
    q1 = madd(q1, s1, k);
    v128.store(y + o, choose(f32x4.eq(x0, x0), f32x4.div(p0, q0), x0));
    v128.store(y + o, choose(f32x4.eq(x1, x1), f32x4.div(p1, q1), x1), 16);
  }
  if (o < bytes) v128.store(y + o, tanh4(v128.load(x + o)));
}

/** y = 1 / (1 + e^−x), at least 2⁻⁵⁰. x and y may be the same; bytes a multiple of 16. */
export function sigmoidRow(x: usize, y: usize, bytes: usize): void {
  const low = entry(EXP, 0),
    high = entry(EXP, 13),
    pairs = bytes & ~31;
  let o: usize = 0;
  for (; o < pairs; o += 32) {
    const x0 = f32x4.neg(v128.load(x + o)),
      x1 = f32x4.neg(v128.load(x + o, 16));
    const c0 = f32x4.pmax(low, f32x4.pmin(high, x0)),
      c1 = f32x4.pmax(low, f32x4.pmin(high, x1));
    let k = entry(EXP, 2);
    const round = entry(EXP, 3),
      shifted0 = madd(c0, k, round),
      shifted1 = madd(c1, k, round),
      n0 = f32x4.sub(shifted0, round),
      n1 = f32x4.sub(shifted1, round);
    k = entry(EXP, 5);
    let r0 = madd(n0, k, c0),
      r1 = madd(n1, k, c1);
    k = entry(EXP, 4);
    r0 = madd(n0, k, r0);
    r1 = madd(n1, k, r1);
    k = entry(EXP, 6);
    let next = entry(EXP, 7);
    let sum0 = madd(k, r0, next),
      sum1 = madd(k, r1, next);
    k = entry(EXP, 8);
    sum0 = madd(sum0, r0, k);
    sum1 = madd(sum1, r1, k);
    k = entry(EXP, 9);
    sum0 = madd(sum0, r0, k);
    sum1 = madd(sum1, r1, k);
    k = entry(EXP, 10);
    sum0 = madd(sum0, r0, k);
    sum1 = madd(sum1, r1, k);
    k = entry(EXP, 11);
    sum0 = madd(sum0, r0, k);
    sum1 = madd(sum1, r1, k);
    const one = entry(EXP, 12);
    sum0 = f32x4.add(madd(sum0, f32x4.mul(r0, r0), r0), one);
    sum1 = f32x4.add(madd(sum1, f32x4.mul(r1, r1), r1), one);
    const e0 = choose(f32x4.eq(x0, x0), i32x4.add(sum0, i32x4.shl(shifted0, 23)), x0),
      e1 = choose(f32x4.eq(x1, x1), i32x4.add(sum1, i32x4.shl(shifted1, 23)), x1);
    v128.store(y + o, f32x4.div(one, f32x4.add(one, e0)));
    v128.store(y + o, f32x4.div(one, f32x4.add(one, e1)), 16);
  }
  if (o < bytes) v128.store(y + o, sigmoid4(v128.load(x + o)));
}
