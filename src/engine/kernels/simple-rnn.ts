// Fully connected recurrence over whole sequences: h' = f(x · W + b + h · U).
import { int, ptr } from './args';
import { arrived, carry, gateRow, gateSlope, ofStep, RELU, takesPart, TANH, zeroImages } from './gates';
import { block } from './micro';
import { ADD } from './modes';
import { clear, move } from './rows';

function forward(p: usize, t: i32): void {
  const n = int(p, 9),
    bytes = ptr(p, 12),
    mask = ofStep(p, 6, 8, t);
  for (let b = 0; b < n; b++) {
    const g = ptr(p, 0) + <usize>b * ptr(p, 1) + <usize>t * ptr(p, 2),
      h0 = ptr(p, 3) + <usize>b * ptr(p, 4) + <usize>t * ptr(p, 5),
      h1 = h0 + ptr(p, 5);
    if (takesPart(mask, ptr(p, 7), b)) gateRow(int(p, 13), g, h1, bytes);
    else move(h1, h0, bytes);
  }
}

/** As in gates.ts, then 16 U */
export function simpleRnn(p: usize): void {
  const n = int(p, 9),
    T = int(p, 10),
    bytes = ptr(p, 12),
    given = int(p, 15);
  if (!given) zeroImages(ptr(p, 3), ptr(p, 4), n, bytes);
  for (let t = 0; t < T; t++) {
    if (t > 0 || given) {
      const h = ptr(p, 3) + <usize>t * ptr(p, 5),
        g = ptr(p, 0) + <usize>t * ptr(p, 2);
      block(h, ptr(p, 4), ptr(p, 16), g, ptr(p, 1), n, <i32>bytes >> 2, 1, 0, 1, 0, int(p, 11), 0, ADD);
    }
    forward(p, t);
  }
}

// @ts-ignore: decorator
@inline
function backward(act: i32, p: usize, t: i32): void {
  const n = int(p, 9),
    bytes = ptr(p, 12),
    mask = ofStep(p, 6, 8, t),
    dys = ofStep(p, 16, 18, t);
  for (let b = 0; b < n; b++) {
    const g = ptr(p, 0) + <usize>b * ptr(p, 1) + <usize>t * ptr(p, 2),
      h1 = ptr(p, 3) + <usize>b * ptr(p, 4) + <usize>(t + 1) * ptr(p, 5),
      dy = dys ? dys + <usize>b * ptr(p, 17) : 0,
      dh = ptr(p, 19) + <usize>b * bytes;
    if (!takesPart(mask, ptr(p, 7), b)) {
      carry(dh, dy, bytes);
      clear(g, bytes);
      continue;
    }
    for (let j: usize = 0; j < bytes; j += 16) {
      v128.store(g + j, f32x4.mul(arrived(dh, dy, j), gateSlope(act, v128.load(h1 + j))));
    }
    if (mask) clear(dh, bytes);
  }
}

function backwardTanh(p: usize, t: i32): void {
  backward(TANH, p, t);
}
function backwardRelu(p: usize, t: i32): void {
  backward(RELU, p, t);
}
function backwardAny(p: usize, t: i32): void {
  backward(int(p, 13), p, t);
}

/** As in gates.ts, then 20 turned U */
export function simpleRnnGrad(p: usize): void {
  const n = int(p, 9),
    bytes = ptr(p, 12),
    columns = <i32>bytes >> 2,
    act = int(p, 13),
    given = int(p, 15),
    mode = ptr(p, 6) ? ADD : 0; // beside those that took part stand gradients that were carried on
  for (let t = int(p, 10) - 1; t >= 0; t--) {
    if (act == TANH) backwardTanh(p, t);
    else if (act == RELU) backwardRelu(p, t);
    else backwardAny(p, t);
    if (t > 0 || given) {
      const g = ptr(p, 0) + <usize>t * ptr(p, 2);
      block(g, ptr(p, 1), ptr(p, 20), ptr(p, 19), bytes, n, columns, 1, 0, 1, 0, columns, 0, mode);
    }
  }
}
