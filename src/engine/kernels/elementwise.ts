// Functions of single numbers, over n images of H rows of W pixels of C floats (a multiple of 4). Where pixels lie side by
// side the plan makes one long pixel of them, so that the inner loop is long.
import { int, ptr, real } from './args';
import { choose, erf4, exp4, madd, quietGradient, sigmoid4, softplus4, splat, tanh4 } from './math';
import { sigmoidRow, tanhRow } from './squash';

// The numbers of ACTIVATIONS in src/engine/plan/activations.ts.
const LINEAR = 0,
  RELU = 1,
  RELU6 = 2,
  LEAKY = 3,
  ELU = 4,
  SELU = 5,
  SIGMOID = 6,
  HARD_SIGMOID = 7,
  TANH = 8,
  SOFTPLUS = 9,
  SOFTSIGN = 10,
  SWISH = 11,
  MISH = 12,
  GELU = 13,
  GELU_NEW = 14,
  EXP = 15,
  THRESHOLDED = 16,
  CAPPED = 17;

const SELU_SCALE: f32 = 1.0507009873554805,
  SELU_ALPHA: f32 = 1.6732632423543772;
const ROOT_HALF: f32 = 0.7071067811865476,
  GELU_C: f32 = 0.7978845608028654,
  GELU_A: f32 = 0.044715;

// @ts-ignore: decorator
@inline
function value(kind: i32, x: v128, alpha: v128): v128 {
  const zero = splat(0),
    one = splat(1);
  switch (kind) {
    case RELU:
      return f32x4.pmax(x, zero);
    case RELU6:
      return f32x4.pmin(f32x4.pmax(x, zero), splat(6));
    case LEAKY:
      return choose(f32x4.gt(x, zero), x, f32x4.mul(alpha, x));
    case ELU:
      return choose(f32x4.ge(x, zero), x, f32x4.mul(alpha, f32x4.sub(exp4(x), one)));
    case SELU:
      return choose(
        f32x4.ge(x, zero),
        f32x4.mul(splat(SELU_SCALE), x),
        f32x4.mul(splat(SELU_SCALE * SELU_ALPHA), f32x4.sub(exp4(x), one)),
      );
    case HARD_SIGMOID:
      return f32x4.pmin(f32x4.pmax(madd(x, splat(0.2), splat(0.5)), zero), one);
    case SOFTPLUS:
      return softplus4(x);
    case SOFTSIGN:
      return f32x4.div(x, f32x4.add(one, f32x4.abs(x)));
    case SWISH:
      return f32x4.mul(x, sigmoid4(f32x4.mul(alpha, x)));
    case MISH:
      return f32x4.mul(x, tanh4(softplus4(x)));
    case GELU:
      return f32x4.mul(f32x4.mul(splat(0.5), x), f32x4.add(one, erf4(f32x4.mul(x, splat(ROOT_HALF)))));
    case GELU_NEW: {
      const u = f32x4.mul(splat(GELU_C), madd(f32x4.mul(splat(GELU_A), x), f32x4.mul(x, x), x));
      return f32x4.mul(f32x4.mul(splat(0.5), x), f32x4.add(one, tanh4(u)));
    }
    case EXP:
      return exp4(x);
    case THRESHOLDED:
      return v128.and(f32x4.gt(x, alpha), x);
    case CAPPED:
      return f32x4.pmin(f32x4.pmax(x, zero), alpha);
    default:
      return x;
  }
}

/** The derivative, from the output or the input, as ACTIVATIONS says. */
// @ts-ignore: decorator
@inline
function slope(kind: i32, s: v128, alpha: v128): v128 {
  const zero = splat(0),
    one = splat(1);
  switch (kind) {
    case RELU:
      return v128.and(f32x4.gt(s, zero), one);
    case RELU6:
      return v128.and(v128.and(f32x4.gt(s, zero), f32x4.lt(s, splat(6))), one);
    case LEAKY:
      return choose(f32x4.gt(s, zero), one, alpha);
    case ELU:
      return choose(f32x4.ge(s, zero), one, f32x4.add(s, alpha));
    case SELU:
      return choose(f32x4.ge(s, zero), splat(SELU_SCALE), f32x4.add(s, splat(SELU_SCALE * SELU_ALPHA)));
    case SIGMOID:
      return f32x4.mul(s, f32x4.sub(one, s));
    case HARD_SIGMOID:
      return v128.and(v128.and(f32x4.gt(s, zero), f32x4.lt(s, one)), splat(0.2));
    case TANH:
      return f32x4.sub(one, f32x4.mul(s, s));
    case SOFTPLUS:
      return f32x4.sub(one, exp4(f32x4.neg(s)));
    case SOFTSIGN: {
      const rest = f32x4.sub(one, f32x4.abs(s));
      return f32x4.mul(rest, rest);
    }
    case SWISH: {
      const z = f32x4.mul(alpha, s),
        g = sigmoid4(z);
      return f32x4.mul(g, madd(z, f32x4.sub(one, g), one));
    }
    case MISH: {
      const t = tanh4(softplus4(s));
      return madd(f32x4.mul(s, sigmoid4(s)), f32x4.sub(one, f32x4.mul(t, t)), t);
    }
    case GELU: {
      const density = f32x4.mul(splat(0.3989422804014327), exp4(f32x4.mul(splat(-0.5), f32x4.mul(s, s))));
      const cdf = f32x4.mul(splat(0.5), f32x4.add(one, erf4(f32x4.mul(s, splat(ROOT_HALF)))));
      return madd(s, density, cdf);
    }
    case GELU_NEW: {
      const square = f32x4.mul(s, s);
      const t = tanh4(f32x4.mul(splat(GELU_C), madd(f32x4.mul(splat(GELU_A), s), square, s)));
      const inner = f32x4.mul(splat(GELU_C), madd(splat(3 * GELU_A), square, one));
      const half = f32x4.mul(splat(0.5), f32x4.add(one, t));
      return madd(f32x4.mul(f32x4.mul(splat(0.5), s), f32x4.sub(one, f32x4.mul(t, t))), inner, half);
    }
    case EXP:
      return s;
    case THRESHOLDED:
      return v128.and(f32x4.gt(s, alpha), one);
    case CAPPED:
      return v128.and(v128.and(f32x4.gt(s, zero), f32x4.lt(s, alpha)), one);
    default:
      return one;
  }
}

// @ts-ignore: decorator
@inline
function valueRun(kind: i32, x: usize, y: usize, bytes: usize, alpha: v128): void {
  for (let o: usize = 0; o < bytes; o += 16) v128.store(y + o, value(kind, v128.load(x + o), alpha));
}

// @ts-ignore: decorator
@inline
function slopeRun(kind: i32, s: usize, d: usize, out: usize, bytes: usize, alpha: v128, add: i32): void {
  if (add) {
    for (let o: usize = 0; o < bytes; o += 16) {
      const g = quietGradient(f32x4.mul(v128.load(d + o), slope(kind, v128.load(s + o), alpha)));
      v128.store(out + o, f32x4.add(v128.load(out + o), g));
    }
  } else {
    for (let o: usize = 0; o < bytes; o += 16) {
      v128.store(out + o, quietGradient(f32x4.mul(v128.load(d + o), slope(kind, v128.load(s + o), alpha))));
    }
  }
}

// A loop of its own for each kind: the switch is decided outside of it.
function valueOf(kind: i32, x: usize, y: usize, bytes: usize, alpha: v128): void {
  switch (kind) {
    case RELU:
      return valueRun(RELU, x, y, bytes, alpha);
    case RELU6:
      return valueRun(RELU6, x, y, bytes, alpha);
    case LEAKY:
      return valueRun(LEAKY, x, y, bytes, alpha);
    case ELU:
      return valueRun(ELU, x, y, bytes, alpha);
    case SELU:
      return valueRun(SELU, x, y, bytes, alpha);
    case SIGMOID:
      return sigmoidRow(x, y, bytes);
    case HARD_SIGMOID:
      return valueRun(HARD_SIGMOID, x, y, bytes, alpha);
    case TANH:
      return tanhRow(x, y, bytes);
    case SOFTPLUS:
      return valueRun(SOFTPLUS, x, y, bytes, alpha);
    case SOFTSIGN:
      return valueRun(SOFTSIGN, x, y, bytes, alpha);
    case SWISH:
      return valueRun(SWISH, x, y, bytes, alpha);
    case MISH:
      return valueRun(MISH, x, y, bytes, alpha);
    case GELU:
      return valueRun(GELU, x, y, bytes, alpha);
    case GELU_NEW:
      return valueRun(GELU_NEW, x, y, bytes, alpha);
    case EXP:
      return valueRun(EXP, x, y, bytes, alpha);
    case THRESHOLDED:
      return valueRun(THRESHOLDED, x, y, bytes, alpha);
    case CAPPED:
      return valueRun(CAPPED, x, y, bytes, alpha);
    default:
      return valueRun(LINEAR, x, y, bytes, alpha);
  }
}

function slopeOf(kind: i32, s: usize, d: usize, out: usize, bytes: usize, alpha: v128, add: i32): void {
  switch (kind) {
    case RELU:
      return slopeRun(RELU, s, d, out, bytes, alpha, add);
    case RELU6:
      return slopeRun(RELU6, s, d, out, bytes, alpha, add);
    case LEAKY:
      return slopeRun(LEAKY, s, d, out, bytes, alpha, add);
    case ELU:
      return slopeRun(ELU, s, d, out, bytes, alpha, add);
    case SELU:
      return slopeRun(SELU, s, d, out, bytes, alpha, add);
    case SIGMOID:
      return slopeRun(SIGMOID, s, d, out, bytes, alpha, add);
    case HARD_SIGMOID:
      return slopeRun(HARD_SIGMOID, s, d, out, bytes, alpha, add);
    case TANH:
      return slopeRun(TANH, s, d, out, bytes, alpha, add);
    case SOFTPLUS:
      return slopeRun(SOFTPLUS, s, d, out, bytes, alpha, add);
    case SOFTSIGN:
      return slopeRun(SOFTSIGN, s, d, out, bytes, alpha, add);
    case SWISH:
      return slopeRun(SWISH, s, d, out, bytes, alpha, add);
    case MISH:
      return slopeRun(MISH, s, d, out, bytes, alpha, add);
    case GELU:
      return slopeRun(GELU, s, d, out, bytes, alpha, add);
    case GELU_NEW:
      return slopeRun(GELU_NEW, s, d, out, bytes, alpha, add);
    case EXP:
      return slopeRun(EXP, s, d, out, bytes, alpha, add);
    case THRESHOLDED:
      return slopeRun(THRESHOLDED, s, d, out, bytes, alpha, add);
    case CAPPED:
      return slopeRun(CAPPED, s, d, out, bytes, alpha, add);
    default:
      return slopeRun(LINEAR, s, d, out, bytes, alpha, add);
  }
}

/**
 * y = f(x); x and y may be the same.
 * kind; x, image, row, pixel strides; y, image, row, pixel strides; n, H, W, C; alpha
 */
export function activate(p: usize): void {
  const kind = int(p, 0),
    n = int(p, 9),
    H = int(p, 10),
    W = int(p, 11),
    bytes = <usize>int(p, 12) << 2,
    alpha = splat(real(p, 13));
  for (let b = 0; b < n; b++) {
    for (let h = 0; h < H; h++) {
      let x = ptr(p, 1) + <usize>b * ptr(p, 2) + <usize>h * ptr(p, 3),
        y = ptr(p, 5) + <usize>b * ptr(p, 6) + <usize>h * ptr(p, 7);
      for (let w = 0; w < W; w++) {
        valueOf(kind, x, y, bytes, alpha);
        x += ptr(p, 4);
        y += ptr(p, 8);
      }
    }
  }
}

/**
 * dx = dy · f′, or dx += that; f′ from the saved output (or input, see `slope`); dx and dy may be the same.
 * kind; saved, image, row, pixel strides; dy, …; dx, …; n, H, W, C; alpha; add
 */
export function activateGrad(p: usize): void {
  const kind = int(p, 0),
    n = int(p, 13),
    H = int(p, 14),
    W = int(p, 15),
    bytes = <usize>int(p, 16) << 2,
    alpha = splat(real(p, 17)),
    add = int(p, 18);
  for (let b = 0; b < n; b++) {
    for (let h = 0; h < H; h++) {
      let s = ptr(p, 1) + <usize>b * ptr(p, 2) + <usize>h * ptr(p, 3),
        d = ptr(p, 5) + <usize>b * ptr(p, 6) + <usize>h * ptr(p, 7),
        out = ptr(p, 9) + <usize>b * ptr(p, 10) + <usize>h * ptr(p, 11);
      for (let w = 0; w < W; w++) {
        slopeOf(kind, s, d, out, bytes, alpha, add);
        s += ptr(p, 4);
        d += ptr(p, 8);
        out += ptr(p, 12);
      }
    }
  }
}
