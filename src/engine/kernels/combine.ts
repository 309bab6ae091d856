// Two images into one, number by number, and the way back. A view may have strides of zero: a row or pixel that stands for
// all of them (broadcasting).
import { int, ptr, real } from './args';
import { choose, lanes, madd, splat } from './math';

// The numbers of COMBINE in src/engine/plan/layers/merge.ts.
const ADD = 0,
  MULTIPLY = 1,
  MAXIMUM = 2,
  MINIMUM = 3;

// @ts-ignore: decorator
@inline
function both(kind: i32, a: v128, b: v128): v128 {
  switch (kind) {
    case MULTIPLY:
      return f32x4.mul(a, b);
    case MAXIMUM:
      return f32x4.max(a, b);
    case MINIMUM:
      return f32x4.min(a, b);
    default:
      return f32x4.add(a, b);
  }
}

// @ts-ignore: decorator
@inline
function bothRun(kind: i32, a: usize, b: usize, y: usize, bytes: usize, add: i32): void {
  if (add) {
    for (let o: usize = 0; o < bytes; o += 16) {
      const v = both(kind, v128.load(a + o), v128.load(b + o));
      v128.store(y + o, f32x4.add(v128.load(y + o), v));
    }
  } else {
    for (let o: usize = 0; o < bytes; o += 16) {
      v128.store(y + o, both(kind, v128.load(a + o), v128.load(b + o)));
    }
  }
}

// A loop of its own for each kind: the switch is decided outside of it.
function bothOf(kind: i32, a: usize, b: usize, y: usize, bytes: usize, add: i32): void {
  switch (kind) {
    case MULTIPLY:
      return bothRun(MULTIPLY, a, b, y, bytes, add);
    case MAXIMUM:
      return bothRun(MAXIMUM, a, b, y, bytes, add);
    case MINIMUM:
      return bothRun(MINIMUM, a, b, y, bytes, add);
    default:
      return bothRun(ADD, a, b, y, bytes, add);
  }
}

/**
 * y = a ∘ b, or y += that; y may be a or b.
 * kind; a, image, row, pixel strides; b, …; y, …; n, H, W, C; add
 */
export function combine(p: usize): void {
  const kind = int(p, 0),
    n = int(p, 13),
    H = int(p, 14),
    W = int(p, 15),
    bytes = <usize>int(p, 16) << 2,
    add = int(p, 17);
  for (let i = 0; i < n; i++) {
    for (let h = 0; h < H; h++) {
      let a = ptr(p, 1) + <usize>i * ptr(p, 2) + <usize>h * ptr(p, 3),
        b = ptr(p, 5) + <usize>i * ptr(p, 6) + <usize>h * ptr(p, 7),
        y = ptr(p, 9) + <usize>i * ptr(p, 10) + <usize>h * ptr(p, 11);
      for (let w = 0; w < W; w++) {
        bothOf(kind, a, b, y, bytes, add);
        a += ptr(p, 4);
        b += ptr(p, 8);
        y += ptr(p, 12);
      }
    }
  }
}

/**
 * dx = dy where a is the one that was picked, zero elsewhere, or dx += that; dx may be dy. Of equals, the first is picked.
 * which (0: a ≥ b, 1: a < b, 2: a ≤ b, 3: a > b); a, image, row, pixel strides; b, …; dy, …; dx, …; n, H, W, C; add
 */
export function pickGrad(p: usize): void {
  const which = int(p, 0),
    n = int(p, 17),
    H = int(p, 18),
    W = int(p, 19),
    bytes = <usize>int(p, 20) << 2,
    add = int(p, 21);
  for (let i = 0; i < n; i++) {
    for (let h = 0; h < H; h++) {
      let a = ptr(p, 1) + <usize>i * ptr(p, 2) + <usize>h * ptr(p, 3),
        b = ptr(p, 5) + <usize>i * ptr(p, 6) + <usize>h * ptr(p, 7),
        d = ptr(p, 9) + <usize>i * ptr(p, 10) + <usize>h * ptr(p, 11),
        out = ptr(p, 13) + <usize>i * ptr(p, 14) + <usize>h * ptr(p, 15);
      for (let w = 0; w < W; w++) {
        for (let o: usize = 0; o < bytes; o += 16) {
          const x = v128.load(a + o),
            y = v128.load(b + o);
          let picked: v128;
          if (which == 0) picked = f32x4.ge(x, y);
          else if (which == 1) picked = f32x4.lt(x, y);
          else if (which == 2) picked = f32x4.le(x, y);
          else picked = f32x4.gt(x, y);
          let g = v128.and(picked, v128.load(d + o));
          if (add) g = f32x4.add(g, v128.load(out + o));
          v128.store(out + o, g);
        }
        a += ptr(p, 4);
        b += ptr(p, 8);
        d += ptr(p, 12);
        out += ptr(p, 16);
      }
    }
  }
}

/**
 * y = scale · x + offset.
 * x, image, row, pixel strides; y, …; n, H, W, C; scale, offset
 */
export function affine(p: usize): void {
  const n = int(p, 8),
    H = int(p, 9),
    W = int(p, 10),
    bytes = <usize>int(p, 11) << 2,
    scale = splat(real(p, 12)),
    offset = splat(real(p, 13));
  for (let i = 0; i < n; i++) {
    for (let h = 0; h < H; h++) {
      let x = ptr(p, 0) + <usize>i * ptr(p, 1) + <usize>h * ptr(p, 2),
        y = ptr(p, 4) + <usize>i * ptr(p, 5) + <usize>h * ptr(p, 6);
      for (let w = 0; w < W; w++) {
        for (let o: usize = 0; o < bytes; o += 16) v128.store(y + o, madd(v128.load(x + o), scale, offset));
        x += ptr(p, 3);
        y += ptr(p, 7);
      }
    }
  }
}

/**
 * Each pixel of y becomes C times the one number of the pixel of x.
 * x, image, row, pixel strides; y, …; n, H, W, C
 */
export function spread(p: usize): void {
  const n = int(p, 8),
    H = int(p, 9),
    W = int(p, 10),
    bytes = <usize>int(p, 11) << 2;
  for (let i = 0; i < n; i++) {
    for (let h = 0; h < H; h++) {
      let x = ptr(p, 0) + <usize>i * ptr(p, 1) + <usize>h * ptr(p, 2),
        y = ptr(p, 4) + <usize>i * ptr(p, 5) + <usize>h * ptr(p, 6);
      for (let w = 0; w < W; w++) {
        const v = v128.load32_splat(x);
        for (let o: usize = 0; o < bytes; o += 16) v128.store(y + o, v);
        x += ptr(p, 3);
        y += ptr(p, 7);
      }
    }
  }
}

/**
 * The way back of broadcasting: y = scale · the sum of all pixels of x that one pixel of y stood for, or y += that. What fills
 * up a pixel of x must be zero.
 * x, image, row, pixel strides; y, … (zero where one stood for all); n, H, W, C; 1 where y has one channel for all;
 * scale; add; H, W, C of y
 */
export function sumInto(p: usize): void {
  const n = int(p, 8),
    H = int(p, 9),
    W = int(p, 10),
    bytes = <usize>int(p, 11) << 2,
    narrow = int(p, 12),
    scale = splat(real(p, 13)),
    add = int(p, 14);
  for (let i = 0; i < n; i++) {
    if (!add) {
      for (let h = 0; h < int(p, 15); h++) {
        let y = ptr(p, 4) + <usize>i * ptr(p, 5) + <usize>h * ptr(p, 6);
        for (let w = 0; w < int(p, 16); w++) {
          memory.fill(y, 0, ptr(p, 17) << 2);
          y += ptr(p, 7);
        }
      }
    }
    for (let h = 0; h < H; h++) {
      let x = ptr(p, 0) + <usize>i * ptr(p, 1) + <usize>h * ptr(p, 2),
        y = ptr(p, 4) + <usize>i * ptr(p, 5) + <usize>h * ptr(p, 6);
      for (let w = 0; w < W; w++) {
        if (narrow) {
          let sum = splat(0);
          for (let o: usize = 0; o < bytes; o += 16) sum = f32x4.add(sum, v128.load(x + o));
          store<f32>(y, load<f32>(y) + lanes(f32x4.mul(sum, scale)));
        } else {
          for (let o: usize = 0; o < bytes; o += 16) {
            v128.store(y + o, madd(v128.load(x + o), scale, v128.load(y + o)));
          }
        }
        x += ptr(p, 3);
        y += ptr(p, 7);
      }
    }
  }
}

/** Keeps a square sum from zero, as TensorFlow.js' l2Normalize does. */
const EPSILON: f32 = 1e-7;

// @ts-ignore: decorator
@inline
function dotOf(a: usize, b: usize, units: i32): f32 {
  let sum = splat(0);
  const even = units & ~3;
  for (let j = 0; j < even; j += 4) {
    const o = <usize>j << 2;
    sum = madd(v128.load(a + o), v128.load(b + o), sum);
  }
  let total = lanes(sum);
  for (let j = even; j < units; j++) {
    const o = <usize>j << 2;
    total += load<f32>(a + o) * load<f32>(b + o);
  }
  return total;
}

/**
 * y = a · b of each example, or the cosine between them; y is one number, what fills it up zero.
 * a, image stride; b, image stride; y, image stride; n, units, floats of y; 1 for the cosine
 */
export function dotRows(p: usize): void {
  const n = int(p, 6),
    units = int(p, 7),
    cosine = int(p, 9);
  let a = ptr(p, 0),
    b = ptr(p, 2),
    y = ptr(p, 4);
  for (let i = 0; i < n; i++) {
    let dot = dotOf(a, b, units);
    if (cosine) dot /= sqrt<f32>(max(dotOf(a, a, units), EPSILON)) * sqrt<f32>(max(dotOf(b, b, units), EPSILON));
    memory.fill(y, 0, ptr(p, 8) << 2);
    store<f32>(y, dot);
    a += ptr(p, 1);
    b += ptr(p, 3);
    y += ptr(p, 5);
  }
}

/**
 * da = dy · ∂(a · b)/∂a of each example, or da += that.
 * a, image stride; b, image stride; dy, image stride; da, image stride; n, units, floats of da (those beyond the units become
 * zero); 1 for the cosine; add
 */
export function dotGrad(p: usize): void {
  const n = int(p, 8),
    units = int(p, 9),
    C = int(p, 10),
    cosine = int(p, 11),
    add = int(p, 12);
  let a = ptr(p, 0),
    b = ptr(p, 2),
    d = ptr(p, 4),
    out = ptr(p, 6);
  for (let i = 0; i < n; i++) {
    let byB = load<f32>(d),
      byA: f32 = 0;
    if (cosine) {
      const square = dotOf(a, a, units),
        ia: f32 = <f32>1 / sqrt<f32>(max(square, EPSILON)),
        ib: f32 = <f32>1 / sqrt<f32>(max(dotOf(b, b, units), EPSILON));
      byB *= ia * ib;
      if (square >= EPSILON) byA = -byB * dotOf(a, b, units) * ia * ia;
    }
    for (let j = 0; j < C; j += 4) {
      const o = <usize>j << 2,
        inside = i32x4.lt_s(i32x4.add(i32x4.splat(j), i32x4(0, 1, 2, 3)), i32x4.splat(units));
      let g = madd(splat(byB), v128.load(b + o), f32x4.mul(splat(byA), v128.load(a + o)));
      g = choose(inside, g, splat(0));
      if (add) g = f32x4.add(g, v128.load(out + o));
      v128.store(out + o, g);
    }
    a += ptr(p, 1);
    b += ptr(p, 3);
    d += ptr(p, 5);
    out += ptr(p, 7);
  }
}
