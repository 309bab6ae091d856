// The linear maps of Winograd's F(4 × 4, 3 × 3) (Lavin and Gray 2016), four channels at a time. Each takes values at a
// stride of bytes and leaves values at another.
//
// They evaluate polynomials at 0, ±√½, ±√2 and ∞. With the usual 0, ±1, ±2, ∞ the numbers of the maps are larger and the
// rounding errors twice as large.
import { entry, less, madd } from './math';

/** Numbers of the maps. Those of inputs and outputs are loaded before a loop, so that they stay in registers. */
export const MAPS = memory.data<f32>([
  0.5, 2, 2.5, 0.70710678118654752, 1.41421356237309505, -0.33333333333333333, -0.66666666666666667, 0.16666666666666667,
  0.33333333333333333, -0.47140452079103168, 0.23570226039551584,
]);
export const HALF: usize = 0,
  TWO: usize = 1,
  FIVE_HALVES: usize = 2,
  ROOT_HALF: usize = 3,
  ROOT_TWO: usize = 4;
// −⅓, −⅔, ⅙, ⅓, −⅔ √½, ⅙ √2: for weights.
const LESS_THIRD: usize = 5,
  LESS_TWO_THIRDS: usize = 6,
  SIXTH: usize = 7,
  THIRD: usize = 8,
  FIRST_MIDDLE: usize = 9,
  SECOND_MIDDLE: usize = 10;

/** Six input values: Bᵀ x. */
// @ts-ignore: decorator
@inline
export function inputMap(from: usize, step: usize, to: usize, toStep: usize, half: v128, two: v128, fiveHalves: v128, rootHalf: v128, rootTwo: v128): void {
  const a = v128.load(from),
    b = v128.load(from + step),
    c = v128.load(from + 2 * step),
    d = v128.load(from + 3 * step),
    e = v128.load(from + 4 * step),
    f = v128.load(from + 5 * step);
  const even = less(e, two, c),
    odd = f32x4.mul(rootHalf, less(d, two, b)),
    evenToo = less(e, half, c),
    oddToo = f32x4.mul(rootTwo, less(d, half, b));
  v128.store(to, less(f32x4.add(a, e), fiveHalves, c));
  v128.store(to + toStep, f32x4.add(even, odd));
  v128.store(to + 2 * toStep, f32x4.sub(even, odd));
  v128.store(to + 3 * toStep, f32x4.add(evenToo, oddToo));
  v128.store(to + 4 * toStep, f32x4.sub(evenToo, oddToo));
  v128.store(to + 5 * toStep, less(f32x4.add(b, f), fiveHalves, d));
}

/** Six products to four outputs: Aᵀ m. At the `end` a bias is added, and what is below the floor cut off. */
// @ts-ignore: decorator
@inline
export function outputMap(from: usize, step: usize, to: usize, toStep: usize, half: v128, two: v128, rootHalf: v128, rootTwo: v128, end: bool, bias: v128, floor: v128): void {
  const b = v128.load(from + step),
    c = v128.load(from + 2 * step),
    d = v128.load(from + 3 * step),
    e = v128.load(from + 4 * step),
    sum = f32x4.add(b, c),
    apart = f32x4.mul(rootHalf, f32x4.sub(b, c)),
    sumToo = f32x4.add(d, e),
    apartToo = f32x4.mul(rootTwo, f32x4.sub(d, e));
  let first = f32x4.add(v128.load(from), f32x4.add(sum, sumToo)),
    second = f32x4.add(apart, apartToo),
    third = madd(two, sumToo, f32x4.mul(half, sum)),
    fourth = madd(two, apartToo, madd(half, apart, v128.load(from + 5 * step)));
  if (end) {
    first = f32x4.pmax(f32x4.add(first, bias), floor);
    second = f32x4.pmax(f32x4.add(second, bias), floor);
    third = f32x4.pmax(f32x4.add(third, bias), floor);
    fourth = f32x4.pmax(f32x4.add(fourth, bias), floor);
  }
  v128.store(to, first);
  v128.store(to + toStep, second);
  v128.store(to + 2 * toStep, third);
  v128.store(to + 3 * toStep, fourth);
}

/** Four output gradients to six: A d. */
// @ts-ignore: decorator
@inline
export function outputGradMap(from: usize, step: usize, to: usize, toStep: usize, half: v128, two: v128, rootHalf: v128, rootTwo: v128): void {
  const a = v128.load(from),
    b = v128.load(from + step),
    c = v128.load(from + 2 * step),
    d = v128.load(from + 3 * step),
    even = madd(half, c, a),
    odd = f32x4.mul(rootHalf, madd(half, d, b)),
    evenToo = madd(two, c, a),
    oddToo = f32x4.mul(rootTwo, madd(two, d, b));
  v128.store(to, a);
  v128.store(to + toStep, f32x4.add(even, odd));
  v128.store(to + 2 * toStep, f32x4.sub(even, odd));
  v128.store(to + 3 * toStep, f32x4.add(evenToo, oddToo));
  v128.store(to + 4 * toStep, f32x4.sub(evenToo, oddToo));
  v128.store(to + 5 * toStep, d);
}

/** Three weights to six: G w. */
// @ts-ignore: decorator
@inline
export function weightMap(from: usize, step: usize, to: usize, toStep: usize): void {
  const a = v128.load(from),
    b = v128.load(from + step),
    c = v128.load(from + 2 * step),
    ends = madd(entry(MAPS, LESS_THIRD), c, f32x4.mul(entry(MAPS, LESS_TWO_THIRDS), a)),
    middle = f32x4.mul(entry(MAPS, FIRST_MIDDLE), b),
    endsToo = madd(entry(MAPS, THIRD), c, f32x4.mul(entry(MAPS, SIXTH), a)),
    middleToo = f32x4.mul(entry(MAPS, SECOND_MIDDLE), b);
  v128.store(to, a);
  v128.store(to + toStep, f32x4.add(ends, middle));
  v128.store(to + 2 * toStep, f32x4.sub(ends, middle));
  v128.store(to + 3 * toStep, f32x4.add(endsToo, middleToo));
  v128.store(to + 4 * toStep, f32x4.sub(endsToo, middleToo));
  v128.store(to + 5 * toStep, c);
}

/** Six weight gradients to three, Gᵀ u, stored or added. */
// @ts-ignore: decorator
@inline
export function weightGradMap(from: usize, step: usize, to: usize, toStep: usize, adds: bool): void {
  const b = v128.load(from + step),
    c = v128.load(from + 2 * step),
    d = v128.load(from + 3 * step),
    e = v128.load(from + 4 * step),
    sum = f32x4.add(b, c),
    sumToo = f32x4.add(d, e),
    apart = f32x4.mul(entry(MAPS, FIRST_MIDDLE), f32x4.sub(b, c)),
    apartToo = f32x4.mul(entry(MAPS, SECOND_MIDDLE), f32x4.sub(d, e));
  let first = madd(entry(MAPS, SIXTH), sumToo, madd(entry(MAPS, LESS_TWO_THIRDS), sum, v128.load(from))),
    second = f32x4.add(apart, apartToo),
    third = madd(entry(MAPS, THIRD), sumToo, madd(entry(MAPS, LESS_THIRD), sum, v128.load(from + 5 * step)));
  if (adds) {
    first = f32x4.add(first, v128.load(to));
    second = f32x4.add(second, v128.load(to + toStep));
    third = f32x4.add(third, v128.load(to + 2 * toStep));
  }
  v128.store(to, first);
  v128.store(to + toStep, second);
  v128.store(to + 2 * toStep, third);
}
