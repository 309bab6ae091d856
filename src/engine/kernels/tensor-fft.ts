// Discrete Fourier transforms of complex numbers that lie as real, imaginary, real, …; computed in double precision.
import { int, ptr } from './args';

/** a · b for one complex number each. */
// @ts-ignore: decorator
@inline
function times(a: v128, b: v128): v128 {
  const re = f64x2.mul(v128.shuffle<i64>(a, a, 0, 0), b),
    im = f64x2.mul(v128.shuffle<i64>(a, a, 1, 1), v128.shuffle<i64>(b, b, 1, 0));
  return f64x2.add(re, v128.xor(im, f64x2.replace_lane(f64x2.splat(0), 0, -0.0)));
}

// @ts-ignore: decorator
@inline
function conjugate(a: v128): v128 {
  return v128.xor(a, f64x2.replace_lane(f64x2.splat(0), 1, -0.0));
}

/** Transforms n numbers (a power of 2) in place; `roots` holds e^(−2πik/n) for k < n/2. Inverse: without the division by n. */
function radix2(x: usize, n: i32, roots: usize, inverse: bool): void {
  for (let i = 0, j = 0; i < n; i++) {
    if (i < j) {
      const a = x + (<usize>i << 4),
        b = x + (<usize>j << 4),
        v = v128.load(a);
      v128.store(a, v128.load(b));
      v128.store(b, v);
    }
    let bit = n >> 1;
    while (j & bit) {
      j ^= bit;
      bit >>= 1;
    }
    j |= bit;
  }
  for (let half = 1; half < n; half <<= 1) {
    const step = (<usize>(n / (half << 1))) << 4,
      far = <usize>half << 4;
    for (let i = 0; i < n; i += half << 1) {
      let at = x + (<usize>i << 4),
        root = roots;
      for (let k = 0; k < half; k++) {
        const w = inverse ? conjugate(v128.load(root)) : v128.load(root),
          a = v128.load(at),
          b = times(w, v128.load(at + far));
        v128.store(at, f64x2.add(a, b));
        v128.store(at + far, f64x2.sub(a, b));
        at += 16;
        root += step;
      }
    }
  }
}

// @ts-ignore: decorator
@inline
function loadPair(at: usize): v128 {
  return f64x2.promote_low_f32x4(v128.load64_zero(at));
}

// @ts-ignore: decorator
@inline
function storePair(at: usize, v: v128): void {
  v128.store64_lane(at, f32x4.demote_f64x2_zero(v), 0);
}

/**
 * Transforms each of `rows` rows of n complex floats. Where n is no power of 2, by Bluestein's convolution of length m.
 * X, out, rows, n; 1 for the inverse; work of 16·m bytes; roots of m; m (n, or a power of 2 that is at least 2n − 1); the chirp
 * e^(−πik²/n) for k < n, work of 16·m bytes for its transform (both only where m is not n)
 */
export function tensorFft(p: usize): void {
  const rows = int(p, 2),
    n = int(p, 3),
    inverse = int(p, 4) != 0,
    work = ptr(p, 5),
    roots = ptr(p, 6),
    m = int(p, 7),
    chirp = ptr(p, 8),
    filter = ptr(p, 9),
    scale = f64x2.splat(inverse ? 1.0 / <f64>n : 1),
    bytes = <usize>n << 3;
  let x = ptr(p, 0),
    out = ptr(p, 1);
  if (m != n) {
    memory.fill(filter, 0, <usize>m << 4);
    for (let k = 0; k < n; k++) {
      const c = conjugate(v128.load(chirp + (<usize>k << 4)));
      v128.store(filter + (<usize>k << 4), c);
      if (k) v128.store(filter + (<usize>(m - k) << 4), c);
    }
    radix2(filter, m, roots, false);
  }
  for (let r = 0; r < rows; r++) {
    if (m == n) {
      for (let k = 0; k < n; k++) v128.store(work + (<usize>k << 4), loadPair(x + (<usize>k << 3)));
      radix2(work, n, roots, inverse);
      for (let k = 0; k < n; k++) storePair(out + (<usize>k << 3), f64x2.mul(scale, v128.load(work + (<usize>k << 4))));
    } else {
      // The inverse is the conjugate of the transform of the conjugate.
      memory.fill(work, 0, <usize>m << 4);
      for (let k = 0; k < n; k++) {
        let v = loadPair(x + (<usize>k << 3));
        if (inverse) v = conjugate(v);
        v128.store(work + (<usize>k << 4), times(v, v128.load(chirp + (<usize>k << 4))));
      }
      radix2(work, m, roots, false);
      for (let k = 0; k < m; k++) {
        const at = work + (<usize>k << 4);
        v128.store(at, times(v128.load(at), v128.load(filter + (<usize>k << 4))));
      }
      radix2(work, m, roots, true);
      const share = f64x2.mul(scale, f64x2.splat(1.0 / <f64>m));
      for (let k = 0; k < n; k++) {
        let v = f64x2.mul(share, times(v128.load(work + (<usize>k << 4)), v128.load(chirp + (<usize>k << 4))));
        if (inverse) v = conjugate(v);
        storePair(out + (<usize>k << 3), v);
      }
    }
    x += bytes;
    out += bytes;
  }
}

/** Real and imaginary parts: takes them apart, or puts them together. pairs, real, imaginary, n, 1 to put together */
export function tensorParts(p: usize): void {
  const pairs = ptr(p, 0),
    re = ptr(p, 1),
    im = ptr(p, 2),
    n = int(p, 3),
    join = int(p, 4);
  for (let i: usize = 0; i < <usize>n << 2; i += 4) {
    if (join) {
      store<f32>(pairs + 2 * i, load<f32>(re + i));
      store<f32>(pairs + 2 * i + 4, load<f32>(im + i));
    } else {
      if (re) store<f32>(re + i, load<f32>(pairs + 2 * i));
      if (im) store<f32>(im + i, load<f32>(pairs + 2 * i + 4));
    }
  }
}

/** out = |z|, without overflow between. pairs, out, n */
export function tensorComplexAbs(p: usize): void {
  const pairs = ptr(p, 0),
    out = ptr(p, 1),
    n = int(p, 2);
  for (let i: usize = 0; i < <usize>n << 2; i += 4) {
    const v = loadPair(pairs + 2 * i),
      s = f64x2.mul(v, v);
    store<f32>(out + i, <f32>Math.sqrt(f64x2.extract_lane(s, 0) + f64x2.extract_lane(s, 1)));
  }
}
