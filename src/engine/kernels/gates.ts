// What the kernels of recurrent layers have in common.
//
// A batch is n examples of T steps. G holds, for each example and step, the gates side by side, each `bytes` wide: at first
// x · W + b, then (forward) the gates' values, then (backward) the gradients of what went into them. H holds the state
// after each step, and before the first one. Strides of steps may be negative: sequences read from their end.
//
// Their arguments begin alike:
// 0 G of the first step, 1 image stride, 2 step stride; 3 H before the first step, 4 image stride, 5 step stride;
// 6 mask of the first step or 0, 7 image stride, 8 step stride; 9 n, 10 T, 11 units, 12 bytes of a gate (units padded to 8);
// 13 activation, 14 activation of the gates; 15 1 if a first state was given (and stands before the first step).
// Backward: 16 gradient of what the first step gave or 0, 17 image stride, 18 step stride; 19 gradient of the state (n ×
// bytes): of the last one at first, of the first one in the end.
import { ptr } from './args';
import { madd, quietGradient, splat } from './math';
import { clear, move } from './rows';
import { sigmoidRow, tanhRow } from './squash';

// Numbers of ACTIVATIONS in src/engine/plan/activations.ts.
export const LINEAR: i32 = 0,
  RELU: i32 = 1,
  SIGMOID: i32 = 6,
  HARD_SIGMOID: i32 = 7,
  TANH: i32 = 8;

/** y = the gate of x, over a row of numbers; x and y may be the same. */
export function gateRow(kind: i32, x: usize, y: usize, bytes: usize): void {
  switch (kind) {
    case TANH:
      return tanhRow(x, y, bytes);
    case SIGMOID:
      return sigmoidRow(x, y, bytes);
    case HARD_SIGMOID: {
      const zero = splat(0),
        one = splat(1),
        slope = splat(0.2),
        half = splat(0.5);
      for (let o: usize = 0; o < bytes; o += 16) {
        v128.store(y + o, f32x4.pmin(f32x4.pmax(madd(v128.load(x + o), slope, half), zero), one));
      }
      return;
    }
    case RELU: {
      const zero = splat(0);
      for (let o: usize = 0; o < bytes; o += 16) v128.store(y + o, f32x4.pmax(v128.load(x + o), zero));
      return;
    }
    default:
      if (x != y) move(y, x, bytes);
  }
}

/** The derivative of a gate by its input, from its value. */
// @ts-ignore: decorator
@inline
export function gateSlope(kind: i32, y: v128): v128 {
  const one = splat(1);
  switch (kind) {
    case TANH:
      return f32x4.sub(one, f32x4.mul(y, y));
    case SIGMOID:
      return f32x4.mul(y, f32x4.sub(one, y));
    case HARD_SIGMOID:
      return v128.and(v128.and(f32x4.gt(y, splat(0)), f32x4.lt(y, one)), splat(0.2));
    case RELU:
      return v128.and(f32x4.gt(y, splat(0)), one);
    default:
      return one;
  }
}

/** Whether example `b` takes part in a step, whose mask begins at `mask`. */
// @ts-ignore: decorator
@inline
export function takesPart(mask: usize, img: usize, b: i32): bool {
  return mask == 0 || load<f32>(mask + <usize>b * img) != 0;
}

/** Makes `bytes` at the same place of n images zero. */
export function zeroImages(at: usize, img: usize, n: i32, bytes: usize): void {
  for (let b = 0; b < n; b++) clear(at + <usize>b * img, bytes);
}

/** Adds the gradient that comes from outside to that of the state of an example that has no part in the step. */
export function carry(dh: usize, dy: usize, bytes: usize): void {
  if (dy) {
    for (let j: usize = 0; j < bytes; j += 16) v128.store(dh + j, f32x4.add(v128.load(dh + j), v128.load(dy + j)));
  }
}

/** The gradient that has come to 4 numbers of a state, from later steps and from outside; zero where it vanishes. */
// @ts-ignore: decorator
@inline
export function arrived(dh: usize, dy: usize, j: usize): v128 {
  const d = v128.load(dh + j);
  return quietGradient(dy ? f32x4.add(d, v128.load(dy + j)) : d);
}

/** A place of step `t`, or 0 where there is none. */
// @ts-ignore: decorator
@inline
export function ofStep(p: usize, k: i32, stride: i32, t: i32): usize {
  const first = ptr(p, k);
  return first ? first + <usize>t * ptr(p, stride) : 0;
}
