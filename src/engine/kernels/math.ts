// Four-lane mathematics in software: the same bits on every machine. Errors are those measured in test/engine/kernels.

/** a·b + c; fused where the module is built with relaxed operations, two roundings elsewhere. */
// @ts-ignore: decorator
@inline
export function madd(a: v128, b: v128, c: v128): v128 {
  if (ASC_FEATURE_RELAXED_SIMD) return f32x4.relaxed_madd(a, b, c);
  else return f32x4.add(c, f32x4.mul(a, b));
}

// @ts-ignore: decorator
@inline
export function splat(x: f32): v128 {
  return f32x4.splat(x);
}

/** Picks lanes of `a` where `mask` is set, of `b` elsewhere. */
// @ts-ignore: decorator
@inline
export function choose(mask: v128, a: v128, b: v128): v128 {
  return v128.bitselect(a, b, mask);
}

/** Sum of the four lanes, pairwise. */
// @ts-ignore: decorator
@inline
export function lanes(v: v128): f32 {
  return (
    f32x4.extract_lane(v, 0) + f32x4.extract_lane(v, 1) + (f32x4.extract_lane(v, 2) + f32x4.extract_lane(v, 3))
  );
}

/**
 * e^x (Cephes: range reduction by ln 2 in two parts, polynomial of degree 6), about 2 ulp. Below −87.3 the result is the smallest
 * normal number, above 88.3 the largest power that fits. NaN stays NaN.
 */
// @ts-ignore: decorator
@inline
export function exp4(x: v128): v128 {
  // pmin and pmax are one machine instruction each; adding 1.5·2²³ rounds to the nearest integer and leaves it in the low bits.
  const clipped = f32x4.pmax(splat(-87.33), f32x4.pmin(splat(88.37), x));
  const shifted = madd(clipped, splat(1.44269504088896341), splat(12582912));
  const n = f32x4.sub(shifted, splat(12582912));
  const r = madd(n, splat(2.1219444e-4), madd(n, splat(-0.693359375), clipped));
  let sum = splat(1.98756915e-4);
  sum = madd(sum, r, splat(1.3981999507e-3));
  sum = madd(sum, r, splat(8.3334519073e-3));
  sum = madd(sum, r, splat(4.1665795894e-2));
  sum = madd(sum, r, splat(1.6666665459e-1));
  sum = madd(sum, r, splat(5.0000001201e-1));
  sum = f32x4.add(madd(sum, f32x4.mul(r, r), r), splat(1));
  const scaled = i32x4.add(sum, i32x4.shl(shifted, 23));
  return choose(f32x4.eq(x, x), scaled, x);
}

/**
 * ln x (Cephes: mantissa in [√½, √2), polynomial of degree 9), about 1 ulp. ln 0 = −∞, below 0 NaN, ln ∞ = ∞;
 * subnormal numbers count as the smallest normal one.
 */
// @ts-ignore: decorator
@inline
export function log4(x: v128): v128 {
  const one = splat(1);
  const bits = f32x4.pmax(splat(1.17549435e-38), x);
  let e = f32x4.convert_i32x4_s(i32x4.sub(i32x4.shr_u(bits, 23), i32x4.splat(126)));
  let m = v128.or(v128.and(bits, i32x4.splat(0x007fffff)), i32x4.splat(0x3f000000)); // in [½, 1)
  const small = f32x4.lt(m, splat(0.707106781186547524));
  e = f32x4.sub(e, v128.and(small, one));
  m = f32x4.sub(f32x4.add(m, v128.and(small, m)), one);
  const z = f32x4.mul(m, m);
  let sum = splat(7.0376836292e-2);
  sum = madd(sum, m, splat(-1.151461031e-1));
  sum = madd(sum, m, splat(1.1676998740e-1));
  sum = madd(sum, m, splat(-1.2420140846e-1));
  sum = madd(sum, m, splat(1.4249322787e-1));
  sum = madd(sum, m, splat(-1.6668057665e-1));
  sum = madd(sum, m, splat(2.0000714765e-1));
  sum = madd(sum, m, splat(-2.4999993993e-1));
  sum = madd(sum, m, splat(3.3333331174e-1));
  sum = f32x4.mul(f32x4.mul(sum, m), z);
  sum = madd(e, splat(-2.12194440e-4), sum);
  sum = madd(z, splat(-0.5), sum);
  let result = madd(e, splat(0.693359375), f32x4.add(m, sum));
  result = choose(f32x4.eq(x, splat(f32.MAX_VALUE * 2)), x, result);
  result = choose(f32x4.eq(x, splat(0)), splat(-f32.MAX_VALUE * 2), result);
  return choose(f32x4.ge(x, splat(0)), result, splat(NaN));
}

/** tanh x by a rational approximation of degrees 13 and 6, relative error below 3e-7; ±1 beyond ±7.9. */
// @ts-ignore: decorator
@inline
export function tanh4(x: v128): v128 {
  const bound: f32 = 7.90531110763549805;
  const c = f32x4.pmax(splat(-bound), f32x4.pmin(splat(bound), x));
  const s = f32x4.mul(c, c);
  let p = splat(-2.76076847742355e-16);
  p = madd(p, s, splat(2.00018790482477e-13));
  p = madd(p, s, splat(-8.60467152213735e-11));
  p = madd(p, s, splat(5.12229709037114e-8));
  p = madd(p, s, splat(1.48572235717979e-5));
  p = madd(p, s, splat(6.37261928875436e-4));
  p = f32x4.mul(madd(p, s, splat(4.89352455891786e-3)), c);
  let q = splat(1.19825839466702e-6);
  q = madd(q, s, splat(1.18534705686654e-4));
  q = madd(q, s, splat(2.26843463243900e-3));
  q = madd(q, s, splat(4.89352518554385e-3));
  return choose(f32x4.eq(x, x), f32x4.div(p, q), x);
}

/** 1 / (1 + e^−x). */
// @ts-ignore: decorator
@inline
export function sigmoid4(x: v128): v128 {
  return f32x4.div(splat(1), f32x4.add(splat(1), exp4(f32x4.neg(x))));
}

/** ln(1 + e^x) without overflow: max(x, 0) + ln(1 + e^−|x|). */
// @ts-ignore: decorator
@inline
export function softplus4(x: v128): v128 {
  const tail = log4(f32x4.add(splat(1), exp4(f32x4.neg(f32x4.abs(x)))));
  return f32x4.add(f32x4.max(x, splat(0)), tail);
}

/** erf x (Abramowitz and Stegun 7.1.26), absolute error below 1.5e-7 in exact arithmetic: the formula TensorFlow.js uses. */
// @ts-ignore: decorator
@inline
export function erf4(x: v128): v128 {
  const a = f32x4.abs(x);
  const t = f32x4.div(splat(1), madd(splat(0.3275911), a, splat(1)));
  let sum = splat(1.061405429);
  sum = madd(sum, t, splat(-1.453152027));
  sum = madd(sum, t, splat(1.421413741));
  sum = madd(sum, t, splat(-0.284496736));
  sum = f32x4.mul(madd(sum, t, splat(0.254829592)), t);
  const y = f32x4.sub(splat(1), f32x4.mul(sum, exp4(f32x4.neg(f32x4.mul(a, a)))));
  return v128.or(y, v128.and(x, splat(-0.0)));
}

/** Folds a whole number of turns away: −½ … ½. */
// @ts-ignore: decorator
@inline
function folded(turns: v128): v128 {
  return f32x4.sub(turns, f32x4.nearest(turns));
}

/** cos 2πx, x in turns, absolute error below 2e-7: a polynomial of the square on a quarter turn, mirrored. */
// @ts-ignore: decorator
@inline
export function cos4(turns: v128): v128 {
  // cos 2πx = sin 2π(¼ − |x|) for |x| ≤ ½
  return sineOfQuarter(f32x4.sub(splat(0.25), f32x4.abs(folded(turns))));
}

/** sin 2πx, x in turns, absolute error below 2e-7. */
// @ts-ignore: decorator
@inline
export function sin4(turns: v128): v128 {
  const x = folded(turns),
    a = f32x4.abs(x),
    // Beyond a quarter turn the sine comes back: sin 2πa = sin 2π(½ − a).
    quarter = f32x4.min(a, f32x4.sub(splat(0.5), a));
  return v128.xor(sineOfQuarter(quarter), v128.and(x, splat(-0.0)));
}

/** sin 2πx for |x| ≤ ¼, Taylor's series to degree 13. */
// @ts-ignore: decorator
@inline
function sineOfQuarter(x: v128): v128 {
  const s = f32x4.mul(x, x);
  let sum = splat(3.8199525848);
  sum = madd(sum, s, splat(-15.0946425768));
  sum = madd(sum, s, splat(42.0586939448));
  sum = madd(sum, s, splat(-76.7058597530));
  sum = madd(sum, s, splat(81.6052492760));
  sum = madd(sum, s, splat(-41.3417022403));
  sum = madd(sum, s, splat(6.2831853071));
  return f32x4.mul(sum, x);
}
