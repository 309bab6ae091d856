// Four-lane mathematics in software: the same bits on every machine. Errors are those measured in test/engine/kernels.

/** a·b + c; fused where the module is built with relaxed operations, two roundings elsewhere. */
// @ts-ignore: decorator
@inline
export function madd(a: v128, b: v128, c: v128): v128 {
  if (ASC_FEATURE_RELAXED_SIMD) return f32x4.relaxed_madd(a, b, c);
  else return f32x4.add(c, f32x4.mul(a, b));
}

/** c − a·b, as `madd`. */
// @ts-ignore: decorator
@inline
export function less(c: v128, a: v128, b: v128): v128 {
  if (ASC_FEATURE_RELAXED_SIMD) return f32x4.relaxed_nmadd(a, b, c);
  else return f32x4.sub(c, f32x4.mul(a, b));
}

// @ts-ignore: decorator
@inline
export function splat(x: f32): v128 {
  return f32x4.splat(x);
}

/**
 * Number `k` of a table in memory, in all lanes. V8 (11.3) puts a constant of the code together anew at each use, also in a
 * loop, by three instructions; this takes two, and none where a loop finds it in a local variable.
 */
// @ts-ignore: decorator
@inline
export function entry(table: usize, k: usize): v128 {
  return v128.load32_splat(table + (k << 2));
}

/** Picks lanes of `a` where `mask` is set, of `b` elsewhere. */
// @ts-ignore: decorator
@inline
export function choose(mask: v128, a: v128, b: v128): v128 {
  return v128.bitselect(a, b, mask);
}

/** The power of two below which gradients on their way back count as zero: times the least sigmoid they are no denormal number. */
const GRADIENT: i32 = 75;

/**
 * x, zero in the place of numbers below 2 to the power −`k`, whatever their sign. Processors take a hundred cycles for a number
 * below 2⁻¹²⁶, and means that decay get there: so it is zero from somewhere above on. No number (NaN) stays what it is.
 */
// @ts-ignore: decorator
@inline
export function quiet(x: v128, k: i32): v128 {
  return v128.andnot(x, i32x4.lt_s(v128.and(x, i32x4.splat(0x7fffffff)), i32x4.splat((127 - k) << 23)));
}

/** A gradient on its way back. */
// @ts-ignore: decorator
@inline
export function quietGradient(x: v128): v128 {
  return quiet(x, GRADIENT);
}

/** Sum of the four lanes, pairwise. */
// @ts-ignore: decorator
@inline
export function lanes(v: v128): f32 {
  return (
    f32x4.extract_lane(v, 0) + f32x4.extract_lane(v, 1) + (f32x4.extract_lane(v, 2) + f32x4.extract_lane(v, 3))
  );
}

export const EXP = memory.data<f32>([
  -87.33, 88.37, 1.44269504088896341, 12582912, 2.1219444e-4, -0.693359375, 1.98756915e-4, 1.3981999507e-3,
  8.3334519073e-3, 4.1665795894e-2, 1.6666665459e-1, 5.0000001201e-1, 1, 34.6573590279972655,
]);

/**
 * e^x (Cephes: range reduction by ln 2 in two parts, polynomial of degree 6), about 2 ulp. Below −87.3 the result is the smallest
 * normal number, above 88.3 the largest power that fits. NaN stays NaN.
 */
// @ts-ignore: decorator
@inline
export function exp4(x: v128): v128 {
  // pmin and pmax are one machine instruction each; adding 1.5·2²³ rounds to the nearest integer and leaves it in the low bits.
  const clipped = f32x4.pmax(entry(EXP, 0), f32x4.pmin(entry(EXP, 1), x)),
    round = entry(EXP, 3);
  const shifted = madd(clipped, entry(EXP, 2), round);
  const n = f32x4.sub(shifted, round);
  const r = madd(n, entry(EXP, 4), madd(n, entry(EXP, 5), clipped));
  let sum = entry(EXP, 6);
  sum = madd(sum, r, entry(EXP, 7));
  sum = madd(sum, r, entry(EXP, 8));
  sum = madd(sum, r, entry(EXP, 9));
  sum = madd(sum, r, entry(EXP, 10));
  sum = madd(sum, r, entry(EXP, 11));
  sum = f32x4.add(madd(sum, f32x4.mul(r, r), r), entry(EXP, 12));
  const scaled = i32x4.add(sum, i32x4.shl(shifted, 23));
  return choose(f32x4.eq(x, x), scaled, x);
}

const LOG = memory.data<f32>([
  1.17549435e-38, 0.707106781186547524, 1, 7.0376836292e-2, -1.151461031e-1, 1.167699874e-1, -1.2420140846e-1,
  1.4249322787e-1, -1.6668057665e-1, 2.0000714765e-1, -2.4999993993e-1, 3.3333331174e-1, -2.1219444e-4, -0.5, 0.693359375,
]);

/**
 * ln x (Cephes: mantissa in [√½, √2), polynomial of degree 9), about 1 ulp. ln 0 = −∞, below 0 NaN, ln ∞ = ∞;
 * subnormal numbers count as the smallest normal one.
 */
// @ts-ignore: decorator
@inline
export function log4(x: v128): v128 {
  const one = entry(LOG, 2);
  const bits = f32x4.pmax(entry(LOG, 0), x);
  let e = f32x4.convert_i32x4_s(i32x4.sub(i32x4.shr_u(bits, 23), i32x4.splat(126)));
  let m = v128.or(v128.and(bits, i32x4.splat(0x007fffff)), i32x4.splat(0x3f000000)); // in [½, 1)
  const small = f32x4.lt(m, entry(LOG, 1));
  e = f32x4.sub(e, v128.and(small, one));
  m = f32x4.sub(f32x4.add(m, v128.and(small, m)), one);
  const z = f32x4.mul(m, m);
  let sum = entry(LOG, 3);
  sum = madd(sum, m, entry(LOG, 4));
  sum = madd(sum, m, entry(LOG, 5));
  sum = madd(sum, m, entry(LOG, 6));
  sum = madd(sum, m, entry(LOG, 7));
  sum = madd(sum, m, entry(LOG, 8));
  sum = madd(sum, m, entry(LOG, 9));
  sum = madd(sum, m, entry(LOG, 10));
  sum = madd(sum, m, entry(LOG, 11));
  sum = f32x4.mul(f32x4.mul(sum, m), z);
  sum = madd(e, entry(LOG, 12), sum);
  sum = madd(z, entry(LOG, 13), sum);
  let result = madd(e, entry(LOG, 14), f32x4.add(m, sum));
  result = choose(f32x4.eq(x, splat(f32.MAX_VALUE * 2)), x, result);
  result = choose(f32x4.eq(x, splat(0)), splat(-f32.MAX_VALUE * 2), result);
  return choose(f32x4.ge(x, splat(0)), result, splat(NaN));
}

export const TANH = memory.data<f32>([
  -7.90531110763549805, 7.90531110763549805, -2.76076847742355e-16, 2.00018790482477e-13, -8.60467152213735e-11,
  5.12229709037114e-8, 1.48572235717979e-5, 6.37261928875436e-4, 4.89352455891786e-3, 1.19825839466702e-6,
  1.18534705686654e-4, 2.2684346324390e-3, 4.89352518554385e-3,
]);

/** tanh x by a rational approximation of degrees 13 and 6, relative error below 3e-7; ±1 beyond ±7.9. */
// @ts-ignore: decorator
@inline
export function tanh4(x: v128): v128 {
  const c = f32x4.pmax(entry(TANH, 0), f32x4.pmin(entry(TANH, 1), x));
  const s = f32x4.mul(c, c);
  let p = entry(TANH, 2);
  p = madd(p, s, entry(TANH, 3));
  p = madd(p, s, entry(TANH, 4));
  p = madd(p, s, entry(TANH, 5));
  p = madd(p, s, entry(TANH, 6));
  p = madd(p, s, entry(TANH, 7));
  p = f32x4.mul(madd(p, s, entry(TANH, 8)), c);
  let q = entry(TANH, 9);
  q = madd(q, s, entry(TANH, 10));
  q = madd(q, s, entry(TANH, 11));
  q = madd(q, s, entry(TANH, 12));
  return choose(f32x4.eq(x, x), f32x4.div(p, q), x);
}

/** 1 / (1 + e^−x), at least 2⁻⁵⁰. */
// @ts-ignore: decorator
@inline
export function sigmoid4(x: v128): v128 {
  const one = entry(EXP, 12);
  return f32x4.div(one, f32x4.add(one, exp4(f32x4.pmin(f32x4.neg(x), entry(EXP, 13)))));
}

/** ln(1 + e^x) without overflow: max(x, 0) + ln(1 + e^−|x|). */
// @ts-ignore: decorator
@inline
export function softplus4(x: v128): v128 {
  const tail = log4(f32x4.add(splat(1), exp4(f32x4.neg(f32x4.abs(x)))));
  return f32x4.add(f32x4.max(x, splat(0)), tail);
}

const ERF = memory.data<f32>([
  0.3275911, 1.061405429, -1.453152027, 1.421413741, -0.284496736, 0.254829592, 1,
]);

/** erf x (Abramowitz and Stegun 7.1.26), absolute error below 1.5e-7 in exact arithmetic: the formula TensorFlow.js uses. */
// @ts-ignore: decorator
@inline
export function erf4(x: v128): v128 {
  const a = f32x4.abs(x),
    one = entry(ERF, 6);
  const t = f32x4.div(one, madd(entry(ERF, 0), a, one));
  let sum = entry(ERF, 1);
  sum = madd(sum, t, entry(ERF, 2));
  sum = madd(sum, t, entry(ERF, 3));
  sum = madd(sum, t, entry(ERF, 4));
  sum = f32x4.mul(madd(sum, t, entry(ERF, 5)), t);
  const y = f32x4.sub(one, f32x4.mul(sum, exp4(f32x4.neg(f32x4.mul(a, a)))));
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
