// Long short-term memory over whole sequences. Gates: input, forget, candidate, output.
import { int, ptr } from './args';
import { arrived, carry, gateRow, gateSlope, HARD_SIGMOID, ofStep, SIGMOID, takesPart, TANH, zeroImages } from './gates';
import { block } from './micro';
import { ADD } from './modes';
import { madd, quietGradient } from './math';
import { clear, move } from './rows';

/** One step of all examples, the gates' inputs being complete. */
function forward(p: usize, t: i32): void {
  const n = int(p, 9),
    bytes = ptr(p, 12),
    act = int(p, 13),
    rec = int(p, 14),
    mask = ofStep(p, 6, 8, t);
  for (let b = 0; b < n; b++) {
    const i = ptr(p, 0) + <usize>b * ptr(p, 1) + <usize>t * ptr(p, 2),
      f = i + bytes,
      u = f + bytes,
      o = u + bytes,
      h0 = ptr(p, 3) + <usize>b * ptr(p, 4) + <usize>t * ptr(p, 5),
      h1 = h0 + ptr(p, 5),
      c0 = ptr(p, 17) + <usize>b * ptr(p, 18) + <usize>t * ptr(p, 19),
      c1 = c0 + ptr(p, 19),
      s = ptr(p, 20) + <usize>b * ptr(p, 21) + <usize>t * ptr(p, 22);
    if (!takesPart(mask, ptr(p, 7), b)) {
      move(h1, h0, bytes);
      move(c1, c0, bytes);
      continue;
    }
    gateRow(rec, i, i, 2 * bytes);
    gateRow(act, u, u, bytes);
    gateRow(rec, o, o, bytes);
    for (let j: usize = 0; j < bytes; j += 16) {
      const kept = f32x4.mul(v128.load(f + j), v128.load(c0 + j));
      v128.store(c1 + j, madd(v128.load(i + j), v128.load(u + j), kept));
    }
    gateRow(act, c1, s, bytes);
    for (let j: usize = 0; j < bytes; j += 16) v128.store(h1 + j, f32x4.mul(v128.load(o + j), v128.load(s + j)));
  }
}

/** As in gates.ts, then 16 U; 17 C before the first step, image, step strides; 20 f(C) of the first step, image, step strides */
export function lstm(p: usize): void {
  const n = int(p, 9),
    T = int(p, 10),
    units = int(p, 11),
    bytes = ptr(p, 12),
    given = int(p, 15);
  if (!given) {
    zeroImages(ptr(p, 3), ptr(p, 4), n, bytes);
    zeroImages(ptr(p, 17), ptr(p, 18), n, bytes);
  }
  for (let t = 0; t < T; t++) {
    if (t > 0 || given) {
      const h = ptr(p, 3) + <usize>t * ptr(p, 5),
        g = ptr(p, 0) + <usize>t * ptr(p, 2);
      block(h, ptr(p, 4), ptr(p, 16), g, ptr(p, 1), n, <i32>bytes, 1, 0, 1, 0, units, 0, ADD);
    }
    forward(p, t);
  }
}

/** One step back: the gates' values in G become the gradients of their inputs. */
// @ts-ignore: decorator
@inline
function backward(act: i32, rec: i32, p: usize, t: i32): void {
  const n = int(p, 9),
    bytes = ptr(p, 12),
    mask = ofStep(p, 6, 8, t),
    dys = ofStep(p, 16, 18, t);
  for (let b = 0; b < n; b++) {
    const i = ptr(p, 0) + <usize>b * ptr(p, 1) + <usize>t * ptr(p, 2),
      f = i + bytes,
      u = f + bytes,
      o = u + bytes,
      c0 = ptr(p, 21) + <usize>b * ptr(p, 22) + <usize>t * ptr(p, 23),
      s = ptr(p, 24) + <usize>b * ptr(p, 25) + <usize>t * ptr(p, 26),
      dy = dys ? dys + <usize>b * ptr(p, 17) : 0,
      dh = ptr(p, 19) + <usize>b * bytes,
      dc = ptr(p, 27) + <usize>b * bytes;
    if (!takesPart(mask, ptr(p, 7), b)) {
      carry(dh, dy, bytes);
      clear(i, 4 * bytes);
      continue;
    }
    for (let j: usize = 0; j < bytes; j += 16) {
      const input = v128.load(i + j),
        forget = v128.load(f + j),
        candidate = v128.load(u + j),
        output = v128.load(o + j),
        squashed = v128.load(s + j),
        d = arrived(dh, dy, j);
      const c = quietGradient(madd(f32x4.mul(d, output), gateSlope(act, squashed), v128.load(dc + j)));
      v128.store(i + j, f32x4.mul(f32x4.mul(c, candidate), gateSlope(rec, input)));
      v128.store(f + j, f32x4.mul(f32x4.mul(c, v128.load(c0 + j)), gateSlope(rec, forget)));
      v128.store(u + j, f32x4.mul(f32x4.mul(c, input), gateSlope(act, candidate)));
      v128.store(o + j, f32x4.mul(f32x4.mul(d, squashed), gateSlope(rec, output)));
      v128.store(dc + j, f32x4.mul(c, forget));
    }
    if (mask) clear(dh, bytes);
  }
}

function backwardHard(p: usize, t: i32): void {
  backward(TANH, HARD_SIGMOID, p, t);
}
function backwardSoft(p: usize, t: i32): void {
  backward(TANH, SIGMOID, p, t);
}
function backwardAny(p: usize, t: i32): void {
  backward(int(p, 13), int(p, 14), p, t);
}

/**
 * As in gates.ts, then 20 turned U; 21 C before the first step, image, step strides; 24 f(C) of the first step, image, step
 * strides; 27 gradient of C (n × bytes), of the last one at first, of the first one in the end
 */
export function lstmGrad(p: usize): void {
  const n = int(p, 9),
    bytes = ptr(p, 12),
    hard = int(p, 13) == TANH && int(p, 14) == HARD_SIGMOID,
    soft = int(p, 13) == TANH && int(p, 14) == SIGMOID,
    given = int(p, 15),
    mode = ptr(p, 6) ? ADD : 0; // beside those that took part stand gradients that were carried on
  for (let t = int(p, 10) - 1; t >= 0; t--) {
    if (hard) backwardHard(p, t);
    else if (soft) backwardSoft(p, t);
    else backwardAny(p, t);
    if (t > 0 || given) {
      const g = ptr(p, 0) + <usize>t * ptr(p, 2);
      block(g, ptr(p, 1), ptr(p, 20), ptr(p, 19), bytes, n, <i32>bytes >> 2, 1, 0, 1, 0, <i32>bytes, 0, mode);
    }
  }
}
