// Losses of rows and their gradients, by the formulas of TensorFlow.js 4.22 (clipping included), so that a plan and an
// ordinary training agree. A row has `units` outputs; its loss is a mean over them, or a sum for those over classes.
import { int, ptr, real } from './args';
import { choose, exp4, lanes, log4, madd, quietGradient, softplus4, splat, tanh4 } from './math';

// The numbers of LOSSES in src/engine/plan/losses.ts.
const MSE = 0,
  MAE = 1,
  MAPE = 2,
  MSLE = 3,
  HINGE = 4,
  SQUARED_HINGE = 5,
  LOG_COSH = 6,
  BINARY = 7,
  POISSON = 8,
  KL = 9,
  CATEGORICAL = 10,
  CATEGORICAL_HINGE = 11,
  COSINE = 12,
  SOFTMAX_CATEGORICAL = 13,
  SIGMOID_BINARY = 14;

const EPSILON: f32 = 1e-7;

// @ts-ignore: decorator
@inline
function log1(x: f32): f32 {
  return f32x4.extract_lane(log4(splat(x)), 0);
}

// @ts-ignore: decorator
@inline
function within(x: v128, low: f32, high: f32): v128 {
  return v128.and(f32x4.ge(x, splat(low)), f32x4.le(x, splat(high)));
}

// @ts-ignore: decorator
@inline
function clipped(x: v128, low: f32, high: f32): v128 {
  return f32x4.max(f32x4.min(x, splat(high)), splat(low));
}

/** Four terms of a loss that goes by unit. */
// @ts-ignore: decorator
@inline
function term(kind: i32, o: v128, t: v128): v128 {
  const one = splat(1);
  switch (kind) {
    case MAE:
      return f32x4.abs(f32x4.sub(o, t));
    case MAPE: {
      const size = clipped(f32x4.abs(t), EPSILON, f32.MAX_VALUE);
      return f32x4.mul(splat(100), f32x4.abs(f32x4.div(f32x4.sub(t, o), size)));
    }
    case MSLE: {
      const d = f32x4.sub(
        log4(f32x4.add(one, clipped(o, EPSILON, f32.MAX_VALUE))),
        log4(f32x4.add(one, clipped(t, EPSILON, f32.MAX_VALUE))),
      );
      return f32x4.mul(d, d);
    }
    case HINGE:
      return f32x4.max(splat(0), f32x4.sub(one, f32x4.mul(t, o)));
    case SQUARED_HINGE: {
      const h = f32x4.max(splat(0), f32x4.sub(one, f32x4.mul(t, o)));
      return f32x4.mul(h, h);
    }
    case LOG_COSH: {
      const x = f32x4.sub(o, t);
      return f32x4.sub(f32x4.add(x, softplus4(f32x4.mul(splat(-2), x))), splat(0.6931471805599453));
    }
    case BINARY:
    case SIGMOID_BINARY: {
      const p = clipped(o, EPSILON, 1 - EPSILON);
      return f32x4.neg(
        madd(t, log4(p), f32x4.mul(f32x4.sub(one, t), log4(f32x4.sub(one, p)))),
      );
    }
    case POISSON:
      return f32x4.sub(o, f32x4.mul(t, log4(f32x4.add(splat(EPSILON), o))));
    case KL: {
      const a = clipped(t, EPSILON, 1),
        b = clipped(o, EPSILON, 1);
      return f32x4.mul(t, log4(f32x4.div(a, b)));
    }
    default: {
      const d = f32x4.sub(o, t);
      return f32x4.mul(d, d);
    }
  }
}

/** Their derivatives by the output (by the logit, for the fused kinds). */
// @ts-ignore: decorator
@inline
function slope(kind: i32, o: v128, t: v128): v128 {
  const one = splat(1),
    zero = splat(0);
  switch (kind) {
    case MAE: {
      const d = f32x4.sub(o, t);
      return f32x4.sub(v128.and(f32x4.gt(d, zero), one), v128.and(f32x4.lt(d, zero), one));
    }
    case MAPE: {
      const size = clipped(f32x4.abs(t), EPSILON, f32.MAX_VALUE);
      const d = f32x4.sub(o, t);
      const sign = f32x4.sub(v128.and(f32x4.gt(d, zero), one), v128.and(f32x4.lt(d, zero), one));
      return f32x4.div(f32x4.mul(splat(100), sign), size);
    }
    case MSLE: {
      const c = f32x4.add(one, clipped(o, EPSILON, f32.MAX_VALUE));
      const d = f32x4.sub(log4(c), log4(f32x4.add(one, clipped(t, EPSILON, f32.MAX_VALUE))));
      return v128.and(within(o, EPSILON, f32.MAX_VALUE), f32x4.div(f32x4.mul(splat(2), d), c));
    }
    case HINGE:
      return v128.and(f32x4.gt(f32x4.sub(one, f32x4.mul(t, o)), zero), f32x4.neg(t));
    case SQUARED_HINGE: {
      const h = f32x4.max(zero, f32x4.sub(one, f32x4.mul(t, o)));
      return f32x4.mul(f32x4.mul(splat(-2), t), h);
    }
    case LOG_COSH:
      return tanh4(f32x4.sub(o, t));
    case BINARY: {
      const p = clipped(o, EPSILON, 1 - EPSILON);
      const g = f32x4.div(f32x4.sub(p, t), f32x4.mul(p, f32x4.sub(one, p)));
      return v128.and(within(o, EPSILON, 1 - EPSILON), g);
    }
    case SIGMOID_BINARY:
      return v128.and(within(o, EPSILON, 1 - EPSILON), f32x4.sub(o, t));
    case POISSON:
      return f32x4.sub(one, f32x4.div(t, f32x4.add(splat(EPSILON), o)));
    case KL:
      return v128.and(within(o, EPSILON, 1), f32x4.neg(f32x4.div(t, clipped(o, EPSILON, 1))));
    default:
      return f32x4.mul(splat(2), f32x4.sub(o, t));
  }
}

/** All lanes before `units`. */
// @ts-ignore: decorator
@inline
function inside(j: i32, units: i32): v128 {
  return i32x4.lt_s(i32x4.add(i32x4.splat(j), i32x4(0, 1, 2, 3)), i32x4.splat(units));
}

// @ts-ignore: decorator
@inline
function unitRow(kind: i32, o: usize, t: usize, d: usize, units: i32, C: i32, scale: f32, share: f32): f32 {
  let sum = splat(0);
  const by = splat(scale * share);
  for (let j = 0; j < units; j += 4) {
    const at = <usize>j << 2,
      mask = inside(j, units),
      out = v128.load(o + at),
      target = v128.load(t + at);
    sum = f32x4.add(sum, v128.and(mask, term(kind, out, target)));
    if (d) v128.store(d + at, v128.and(mask, quietGradient(f32x4.mul(by, slope(kind, out, target)))));
  }
  if (d) for (let j = (units + 3) & ~3; j < C; j += 4) v128.store(d + (<usize>j << 2), splat(0));
  return lanes(sum) * share;
}

/** Loss by unit; a loop of its own for each kind. */
function units(kind: i32, o: usize, t: usize, d: usize, U: i32, C: i32, scale: f32): f32 {
  const share: f32 = kind == KL ? 1 : 1 / <f32>U;
  switch (kind) {
    case MAE:
      return unitRow(MAE, o, t, d, U, C, scale, share);
    case MAPE:
      return unitRow(MAPE, o, t, d, U, C, scale, share);
    case MSLE:
      return unitRow(MSLE, o, t, d, U, C, scale, share);
    case HINGE:
      return unitRow(HINGE, o, t, d, U, C, scale, share);
    case SQUARED_HINGE:
      return unitRow(SQUARED_HINGE, o, t, d, U, C, scale, share);
    case LOG_COSH:
      return unitRow(LOG_COSH, o, t, d, U, C, scale, share);
    case BINARY:
      return unitRow(BINARY, o, t, d, U, C, scale, share);
    case SIGMOID_BINARY:
      return unitRow(SIGMOID_BINARY, o, t, d, U, C, scale, share);
    case POISSON:
      return unitRow(POISSON, o, t, d, U, C, scale, share);
    case KL:
      return unitRow(KL, o, t, d, U, C, scale, share);
    default:
      return unitRow(MSE, o, t, d, U, C, scale, share);
  }
}

// @ts-ignore: decorator
@inline
function get(p: usize, j: i32): f32 {
  return load<f32>(p + (<usize>j << 2));
}

// @ts-ignore: decorator
@inline
function put(p: usize, j: i32, x: f32): void {
  store<f32>(p + (<usize>j << 2), x);
}

// @ts-ignore: decorator
@inline
function putGradient(p: usize, j: i32, g: f32): void {
  put(p, j, f32x4.extract_lane(quietGradient(splat(g)), 0));
}

/** Cross-entropy over classes: −Σ t ln clip(o / Σ o). */
function categorical(o: usize, t: usize, d: usize, U: i32, scale: f32): f32 {
  let total: f32 = 0;
  for (let j = 0; j < U; j++) total += get(o, j);
  let loss: f32 = 0,
    pull: f32 = 0; // Σ t·o/(o·total) of what is not clipped: the share of the normaliser in the gradient
  for (let j = 0; j < U; j++) {
    const target = get(t, j);
    if (target == 0) continue;
    const share = get(o, j) / total;
    loss -= target * log1(min(max(share, EPSILON), 1 - EPSILON));
    if (share >= EPSILON && share <= 1 - EPSILON) pull += target;
  }
  if (d) {
    for (let j = 0; j < U; j++) {
      const target = get(t, j),
        share = get(o, j) / total;
      let g = pull / total;
      if (target != 0 && share >= EPSILON && share <= 1 - EPSILON) g -= target / get(o, j);
      putGradient(d, j, g * scale);
    }
  }
  return loss;
}

/** The same for outputs of a softmax, with the gradient by the logits. */
function softmaxCategorical(o: usize, t: usize, d: usize, U: i32, scale: f32): f32 {
  let loss: f32 = 0,
    pull: f32 = 0;
  for (let j = 0; j < U; j++) {
    const target = get(t, j);
    if (target == 0) continue;
    const share = get(o, j);
    loss -= target * log1(min(max(share, EPSILON), 1 - EPSILON));
    if (share >= EPSILON && share <= 1 - EPSILON) pull += target;
  }
  if (d) {
    for (let j = 0; j < U; j++) {
      const target = get(t, j),
        share = get(o, j);
      let g = share * pull;
      if (target != 0 && share >= EPSILON && share <= 1 - EPSILON) g -= target;
      putGradient(d, j, g * scale);
    }
  }
  return loss;
}

/** max(0, 1 + largest output of a wrong class − output of the right one). */
function categoricalHinge(o: usize, t: usize, d: usize, U: i32, scale: f32): f32 {
  let right: f32 = 0,
    wrong: f32 = -f32.MAX_VALUE,
    which = 0;
  for (let j = 0; j < U; j++) {
    right += get(t, j) * get(o, j);
    const other = (<f32>1 - get(t, j)) * get(o, j);
    if (other > wrong) {
      wrong = other;
      which = j;
    }
  }
  const loss = max<f32>(0, <f32>1 + wrong - right);
  if (d) {
    for (let j = 0; j < U; j++) {
      let g: f32 = 0;
      if (loss > 0) {
        g = -get(t, j);
        if (j == which) g += <f32>1 - get(t, j);
      }
      putGradient(d, j, g * scale);
    }
  }
  return loss;
}

/** −cos of the angle between output and target. */
function cosine(o: usize, t: usize, d: usize, U: i32, scale: f32): f32 {
  let dot: f32 = 0,
    oo: f32 = 0,
    tt: f32 = 0;
  for (let j = 0; j < U; j++) {
    dot += get(o, j) * get(t, j);
    oo += get(o, j) * get(o, j);
    tt += get(t, j) * get(t, j);
  }
  const io: f32 = <f32>1 / sqrt<f32>(max<f32>(oo, EPSILON)),
    it: f32 = <f32>1 / sqrt<f32>(max<f32>(tt, EPSILON));
  const cos = dot * io * it;
  if (d) {
    const back: f32 = oo > EPSILON ? cos * io * io : 0;
    for (let j = 0; j < U; j++) putGradient(d, j, (get(o, j) * back - get(t, j) * io * it) * scale);
  }
  return -cos;
}

/**
 * Losses of n examples of H × W positions and their gradient.
 * kind; output, image, row, pixel strides; gradient (0: none), image, row, pixel strides; targets (side by side: `wide`
 * floats a position, or one class number where sparse); sparse; one-hot row to work in; the word that holds the address of the
 * examples' weights, or 0 for none;
 * losses of the examples or 0; sum (f64); n, H, W, C, units; scale; rows of the examples (i32), by which weights are found
 *
 * The gradient is that of scale · Σ weight · loss. An example's loss is the mean over its positions.
 */
export function lossOf(p: usize): void {
  const kind = int(p, 0),
    sparse = int(p, 10),
    hot = ptr(p, 11),
    weights = <usize>load<u32>(ptr(p, 12)),
    losses = ptr(p, 13),
    n = int(p, 15),
    H = int(p, 16),
    W = int(p, 17),
    C = int(p, 18),
    U = int(p, 19),
    scale = real(p, 20),
    rows = ptr(p, 21);
  let t = ptr(p, 9),
    sum: f64 = 0;
  const share: f32 = 1 / <f32>(H * W);
  for (let b = 0; b < n; b++) {
    const weight: f32 = weights ? load<f32>(weights + (<usize>load<i32>(rows + (<usize>b << 2)) << 2)) : 1;
    let example: f32 = 0;
    for (let h = 0; h < H; h++) {
      let o = ptr(p, 1) + <usize>b * ptr(p, 2) + <usize>h * ptr(p, 3),
        d = ptr(p, 5) ? ptr(p, 5) + <usize>b * ptr(p, 6) + <usize>h * ptr(p, 7) : 0;
      for (let w = 0; w < W; w++) {
        let target = t,
          label = 0;
        if (sparse) {
          label = <i32>load<f32>(t);
          put(hot, label, 1);
          target = hot;
          t += 4;
        } else t += <usize>U << 2;
        const by = scale * weight;
        let loss: f32;
        if (kind < CATEGORICAL || kind == SIGMOID_BINARY) loss = units(kind, o, target, d, U, C, by);
        else {
          if (kind == CATEGORICAL) loss = categorical(o, target, d, U, by);
          else if (kind == SOFTMAX_CATEGORICAL) loss = softmaxCategorical(o, target, d, U, by);
          else if (kind == CATEGORICAL_HINGE) loss = categoricalHinge(o, target, d, U, by);
          else loss = cosine(o, target, d, U, by);
          if (d) for (let j = U; j < C; j++) put(d, j, 0);
        }
        if (sparse) put(hot, label, 0);
        example += loss;
        o += ptr(p, 4);
        if (d) d += ptr(p, 8);
      }
    }
    example *= share;
    if (losses) store<f32>(losses + (<usize>b << 2), example);
    sum += <f64>(weight * example);
  }
  store<f64>(ptr(p, 14), sum);
}
