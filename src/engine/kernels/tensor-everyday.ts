// What autograd runs between the products: sums, arithmetic with one side repeated, functions of single numbers, lookups.
import { int, ptr, real } from './args';
import { choose, exp4, sigmoid4, splat, tanh4 } from './math';

const ADD = 0,
  SUB = 1,
  MULTIPLY = 2,
  DIVIDE = 3;

// @ts-ignore: decorator
@inline
function four(op: i32, a: v128, b: v128): v128 {
  switch (op) {
    case ADD:
      return f32x4.add(a, b);
    case SUB:
      return f32x4.sub(a, b);
    case MULTIPLY:
      return f32x4.mul(a, b);
    default:
      return f32x4.div(a, b);
  }
}

// @ts-ignore: decorator
@inline
function one(op: i32, a: f32, b: f32): f32 {
  switch (op) {
    case ADD:
      return a + b;
    case SUB:
      return a - b;
    case MULTIPLY:
      return a * b;
    default:
      return a / b;
  }
}

/** A row of n numbers; the step of a side is 4, or 0 where its one number is repeated. `op` is a constant at each call. */
// @ts-ignore: decorator
@inline
function rowOf(op: i32, a: usize, aStep: usize, b: usize, bStep: usize, out: usize, n: i32): void {
  const bytes = <usize>n << 2,
    even = bytes & ~15;
  let o: usize = 0;
  if (aStep && bStep) for (; o < even; o += 16) v128.store(out + o, four(op, v128.load(a + o), v128.load(b + o)));
  else if (aStep) {
    const v = v128.load32_splat(b);
    for (; o < even; o += 16) v128.store(out + o, four(op, v128.load(a + o), v));
  } else {
    const v = v128.load32_splat(a);
    if (bStep) for (; o < even; o += 16) v128.store(out + o, four(op, v, v128.load(b + o)));
    else for (; o < even; o += 16) v128.store(out + o, four(op, v, v128.load32_splat(b)));
  }
  for (; o < bytes; o += 4) {
    store<f32>(out + o, one(op, load<f32>(aStep ? a + o : a), load<f32>(bStep ? b + o : b)));
  }
}

/** out = a op b over an array of three axes; strides in bytes, 0 along an axis where a side is repeated. a, three strides; b, three strides; out; three sizes; op */
export function tensorArithmetic(p: usize): void {
  const n = int(p, 9),
    m = int(p, 10),
    k = int(p, 11),
    op = int(p, 12),
    aStep = ptr(p, 3),
    bStep = ptr(p, 7);
  let out = ptr(p, 8);
  for (let i = 0; i < n; i++) {
    let a = ptr(p, 0) + <usize>i * ptr(p, 1),
      b = ptr(p, 4) + <usize>i * ptr(p, 5);
    for (let j = 0; j < m; j++) {
      switch (op) {
        case ADD:
          rowOf(ADD, a, aStep, b, bStep, out, k);
          break;
        case SUB:
          rowOf(SUB, a, aStep, b, bStep, out, k);
          break;
        case MULTIPLY:
          rowOf(MULTIPLY, a, aStep, b, bStep, out, k);
          break;
        default:
          rowOf(DIVIDE, a, aStep, b, bStep, out, k);
      }
      a += ptr(p, 2);
      b += ptr(p, 6);
      out += <usize>k << 2;
    }
  }
}

/** Rows that are added among themselves before their sum joins the others: so sums of many numbers keep their precision. */
const BLOCK: i32 = 64;

/** out[i][k] = scale · Σ over j of x[i][j][k]. x, out, sizes i, j, k, scale, work of k floats */
export function tensorSum(p: usize): void {
  const n = int(p, 2),
    m = int(p, 3),
    k = int(p, 4),
    scale = real(p, 5),
    work = ptr(p, 6),
    bytes = <usize>k << 2,
    even = bytes & ~15;
  let x = ptr(p, 0),
    out = ptr(p, 1);
  for (let i = 0; i < n; i++) {
    if (k == 1) {
      let sum: f64 = 0,
        j = 0;
      for (; j + 4 <= m; j += 4) {
        const v = v128.load(x),
          s = f64x2.add(f64x2.promote_low_f32x4(v), f64x2.promote_low_f32x4(v128.shuffle<i64>(v, v, 1, 0)));
        sum += f64x2.extract_lane(s, 0) + f64x2.extract_lane(s, 1);
        x += 16;
      }
      for (; j < m; j++) {
        sum += <f64>load<f32>(x);
        x += 4;
      }
      store<f32>(out, <f32>(sum * <f64>scale));
      out += 4;
      continue;
    }
    memory.fill(out, 0, bytes);
    for (let j = 0; j < m; j += BLOCK) {
      memory.fill(work, 0, bytes);
      for (let r = min(BLOCK, m - j); r > 0; r--) {
        for (let o: usize = 0; o < even; o += 16) v128.store(work + o, f32x4.add(v128.load(work + o), v128.load(x + o)));
        for (let o = even; o < bytes; o += 4) store<f32>(work + o, load<f32>(work + o) + load<f32>(x + o));
        x += bytes;
      }
      for (let o: usize = 0; o < bytes; o += 4) store<f32>(out + o, load<f32>(out + o) + load<f32>(work + o));
    }
    if (scale != 1) for (let o: usize = 0; o < bytes; o += 4) store<f32>(out + o, load<f32>(out + o) * scale);
    out += bytes;
  }
}

const SIGMOID = 0,
  TANH = 1,
  STEP = 2,
  EXP = 3;

// @ts-ignore: decorator
@inline
function functionOf(kind: i32, x: v128, alpha: v128): v128 {
  switch (kind) {
    case SIGMOID:
      return sigmoid4(x);
    case TANH:
      return tanh4(x);
    case STEP:
      return choose(f32x4.ne(x, x), x, choose(f32x4.gt(x, splat(0)), splat(1), alpha));
    default: {
      // exp4 ends a little before the numbers do: the last stretch is e · e^(x − 1).
      const far = f32x4.gt(x, splat(88)),
        y = exp4(choose(far, f32x4.sub(x, splat(1)), x));
      return choose(f32x4.lt(x, splat(-87.3)), splat(0), choose(far, f32x4.mul(y, splat(2.7182818)), y));
    }
  }
}

// @ts-ignore: decorator
@inline
function mapped(kind: i32, x: usize, y: usize, n: i32, alpha: v128): void {
  let i = 0;
  for (; i + 4 <= n; i += 4) {
    v128.store(y, functionOf(kind, v128.load(x), alpha));
    x += 16;
    y += 16;
  }
  for (; i < n; i++) {
    v128.store32_lane(y, functionOf(kind, v128.load32_zero(x), alpha), 0);
    x += 4;
    y += 4;
  }
}

/** y = function(x). x, y, n, kind, alpha */
export function tensorFunction(p: usize): void {
  const x = ptr(p, 0),
    y = ptr(p, 1),
    n = int(p, 2),
    alpha = splat(real(p, 4));
  switch (int(p, 3)) {
    case SIGMOID:
      mapped(SIGMOID, x, y, n, alpha);
      break;
    case TANH:
      mapped(TANH, x, y, n, alpha);
      break;
    case STEP:
      mapped(STEP, x, y, n, alpha);
      break;
    default:
      mapped(EXP, x, y, n, alpha);
  }
}

/** out[o][i] = x[o][indices[i]] for rows of whole words. x, indices (i32), out, outer, rows of x, indices' number, words of a row */
export function tensorGather(p: usize): void {
  const outer = int(p, 3),
    size = <usize>int(p, 4),
    n = int(p, 5),
    bytes = <usize>int(p, 6) << 2,
    even = bytes & ~15;
  let x = ptr(p, 0),
    out = ptr(p, 2);
  for (let o = 0; o < outer; o++) {
    for (let i = 0; i < n; i++) {
      const from = x + <usize>load<i32>(ptr(p, 1) + (<usize>i << 2)) * bytes;
      for (let q: usize = 0; q < even; q += 16) v128.store(out + q, v128.load(from + q));
      for (let q = even; q < bytes; q += 4) store<u32>(out + q, load<u32>(from + q));
      out += bytes;
    }
    x += size * bytes;
  }
}

/**
 * Gradient of max pooling: what came back for a window goes to its first greatest number. dx is zero before.
 * x, dy, dx; n, H, W of x; H, W of dy; C; window H, W; strides; dilations; padding above, at the left
 */
export function tensorMaxPoolGrad(p: usize): void {
  const n = int(p, 3),
    H = int(p, 4),
    W = int(p, 5),
    outH = int(p, 6),
    outW = int(p, 7),
    C = int(p, 8),
    windowH = int(p, 9),
    windowW = int(p, 10),
    strideH = int(p, 11),
    strideW = int(p, 12),
    dilationH = int(p, 13),
    dilationW = int(p, 14),
    top = int(p, 15),
    left = int(p, 16);
  const pix = <usize>C << 2;
  let x = ptr(p, 0),
    dx = ptr(p, 2),
    dy = ptr(p, 1);
  for (let b = 0; b < n; b++) {
    for (let oy = 0; oy < outH; oy++) {
      for (let ox = 0; ox < outW; ox++) {
        const y0 = oy * strideH - top,
          x0 = ox * strideW - left;
        let c = 0;
        for (; c + 4 <= C; c += 4) {
          let best = splat(-f32.MAX_VALUE * 2),
            place = i32x4.splat(-1);
          for (let i = 0; i < windowH; i++) {
            const y = y0 + i * dilationH;
            if (y < 0 || y >= H) continue;
            for (let j = 0; j < windowW; j++) {
              const q = x0 + j * dilationW;
              if (q < 0 || q >= W) continue;
              const v = v128.load(x + <usize>(y * W + q) * pix + (<usize>c << 2)),
                more = f32x4.gt(v, best);
              best = choose(more, v, best);
              place = choose(more, i32x4.splat(y * W + q), place);
            }
          }
          const g = dy + (<usize>c << 2),
            to = dx + (<usize>c << 2);
          give(to, i32x4.extract_lane(place, 0), pix, load<f32>(g));
          give(to + 4, i32x4.extract_lane(place, 1), pix, load<f32>(g, 4));
          give(to + 8, i32x4.extract_lane(place, 2), pix, load<f32>(g, 8));
          give(to + 12, i32x4.extract_lane(place, 3), pix, load<f32>(g, 12));
        }
        for (; c < C; c++) {
          let best: f32 = -f32.MAX_VALUE * 2,
            place = -1;
          for (let i = 0; i < windowH; i++) {
            const y = y0 + i * dilationH;
            if (y < 0 || y >= H) continue;
            for (let j = 0; j < windowW; j++) {
              const q = x0 + j * dilationW;
              if (q < 0 || q >= W) continue;
              const v = load<f32>(x + <usize>(y * W + q) * pix + (<usize>c << 2));
              if (v > best) {
                best = v;
                place = y * W + q;
              }
            }
          }
          give(dx + (<usize>c << 2), place, pix, load<f32>(dy + (<usize>c << 2)));
        }
        dy += pix;
      }
    }
    x += <usize>(H * W) * pix;
    dx += <usize>(H * W) * pix;
  }
}

// @ts-ignore: decorator
@inline
function give(channel: usize, place: i32, pix: usize, gradient: f32): void {
  if (place < 0) return;
  const at = channel + <usize>place * pix;
  store<f32>(at, load<f32>(at) + gradient);
}
