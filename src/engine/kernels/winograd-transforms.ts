// The linear maps of Winograd's F(4 × 4, 3 × 3) (Lavin and Gray 2016), four channels at a time. Each takes values at a
// stride of bytes and leaves values at another.
import { madd, splat } from './math';

/** Six input values: Bᵀ x. */
// @ts-ignore: decorator
@inline
export function inputMap(from: usize, step: usize, to: usize, toStep: usize): void {
  const a = v128.load(from),
    b = v128.load(from + step),
    c = v128.load(from + 2 * step),
    d = v128.load(from + 3 * step),
    e = v128.load(from + 4 * step),
    f = v128.load(from + 5 * step);
  const even = madd(splat(-4), c, e),
    odd = madd(splat(-4), b, d),
    evenToo = f32x4.sub(e, c),
    oddToo = f32x4.mul(splat(2), f32x4.sub(d, b));
  v128.store(to, f32x4.add(madd(splat(4), a, e), f32x4.mul(splat(-5), c)));
  v128.store(to + toStep, f32x4.add(even, odd));
  v128.store(to + 2 * toStep, f32x4.sub(even, odd));
  v128.store(to + 3 * toStep, f32x4.add(evenToo, oddToo));
  v128.store(to + 4 * toStep, f32x4.sub(evenToo, oddToo));
  v128.store(to + 5 * toStep, f32x4.add(madd(splat(4), b, f), f32x4.mul(splat(-5), d)));
}

/** Six products to four outputs: Aᵀ m. */
// @ts-ignore: decorator
@inline
export function outputMap(from: usize, step: usize, to: usize, toStep: usize): void {
  const b = v128.load(from + step),
    c = v128.load(from + 2 * step),
    d = v128.load(from + 3 * step),
    e = v128.load(from + 4 * step),
    sum = f32x4.add(b, c),
    apart = f32x4.sub(b, c),
    sumToo = f32x4.add(d, e),
    apartToo = f32x4.sub(d, e);
  v128.store(to, f32x4.add(v128.load(from), f32x4.add(sum, sumToo)));
  v128.store(to + toStep, madd(splat(2), apartToo, apart));
  v128.store(to + 2 * toStep, madd(splat(4), sumToo, sum));
  v128.store(to + 3 * toStep, f32x4.add(v128.load(from + 5 * step), madd(splat(8), apartToo, apart)));
}

/** Four output gradients to six: A d. */
// @ts-ignore: decorator
@inline
export function outputGradMap(from: usize, step: usize, to: usize, toStep: usize): void {
  const a = v128.load(from),
    b = v128.load(from + step),
    c = v128.load(from + 2 * step),
    d = v128.load(from + 3 * step),
    even = f32x4.add(a, c),
    odd = f32x4.add(b, d),
    evenToo = madd(splat(4), c, a),
    oddToo = madd(splat(8), d, f32x4.mul(splat(2), b));
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
    ends = f32x4.mul(splat(-1.0 / 6.0), f32x4.add(a, c)),
    middle = f32x4.mul(splat(-1.0 / 6.0), b),
    endsToo = madd(splat(1.0 / 6.0), c, f32x4.mul(splat(1.0 / 24.0), a)),
    middleToo = f32x4.mul(splat(1.0 / 12.0), b);
  v128.store(to, f32x4.mul(splat(0.25), a));
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
    sum = f32x4.mul(splat(-1.0 / 6.0), f32x4.add(b, c)),
    apart = f32x4.mul(splat(1.0 / 6.0), f32x4.sub(c, b)),
    sumToo = f32x4.add(d, e),
    apartToo = f32x4.sub(d, e);
  let first = f32x4.add(madd(splat(0.25), v128.load(from), sum), f32x4.mul(splat(1.0 / 24.0), sumToo)),
    second = madd(splat(1.0 / 12.0), apartToo, apart),
    third = f32x4.add(madd(splat(1.0 / 6.0), sumToo, sum), v128.load(from + 5 * step));
  if (adds) {
    first = f32x4.add(first, v128.load(to));
    second = f32x4.add(second, v128.load(to + toStep));
    third = f32x4.add(third, v128.load(to + 2 * toStep));
  }
  v128.store(to, first);
  v128.store(to + toStep, second);
  v128.store(to + 2 * toStep, third);
}
