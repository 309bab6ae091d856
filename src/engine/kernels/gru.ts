// Gated recurrent units over whole sequences, the reset gate before the product. Gates: update, reset, candidate.
import { int, ptr } from './args';
import { arrived, carry, gateRow, gateSlope, HARD_SIGMOID, ofStep, SIGMOID, takesPart, TANH, zeroImages } from './gates';
import { block } from './micro';
import { ADD } from './modes';
import { madd, quietGradient, splat } from './math';
import { clear, move } from './rows';

/** Update and reset gates, and the state times the reset gate. */
function reset(p: usize, t: i32): void {
  const n = int(p, 9),
    bytes = ptr(p, 12);
  for (let b = 0; b < n; b++) {
    const z = ptr(p, 0) + <usize>b * ptr(p, 1) + <usize>t * ptr(p, 2),
      r = z + bytes,
      h0 = ptr(p, 3) + <usize>b * ptr(p, 4) + <usize>t * ptr(p, 5),
      rh = ptr(p, 17) + <usize>b * ptr(p, 18) + <usize>t * ptr(p, 19);
    gateRow(int(p, 14), z, z, 2 * bytes);
    for (let j: usize = 0; j < bytes; j += 16) v128.store(rh + j, f32x4.mul(v128.load(r + j), v128.load(h0 + j)));
  }
}

/** The candidate and the new state. */
function renew(p: usize, t: i32): void {
  const n = int(p, 9),
    bytes = ptr(p, 12),
    mask = ofStep(p, 6, 8, t),
    one = splat(1);
  for (let b = 0; b < n; b++) {
    const z = ptr(p, 0) + <usize>b * ptr(p, 1) + <usize>t * ptr(p, 2),
      u = z + 2 * bytes,
      h0 = ptr(p, 3) + <usize>b * ptr(p, 4) + <usize>t * ptr(p, 5),
      h1 = h0 + ptr(p, 5);
    if (!takesPart(mask, ptr(p, 7), b)) {
      move(h1, h0, bytes);
      continue;
    }
    gateRow(int(p, 13), u, u, bytes);
    for (let j: usize = 0; j < bytes; j += 16) {
      const update = v128.load(z + j),
        kept = f32x4.mul(update, v128.load(h0 + j));
      v128.store(h1 + j, madd(f32x4.sub(one, update), v128.load(u + j), kept));
    }
  }
}

/** As in gates.ts, then 16 U; 17 reset gate × state of the first step, image, step strides */
export function gru(p: usize): void {
  const n = int(p, 9),
    T = int(p, 10),
    units = int(p, 11),
    bytes = ptr(p, 12),
    given = int(p, 15),
    U = ptr(p, 16),
    candidates = U + 2 * bytes * <usize>units; // panels before them: the columns of two gates
  if (!given) zeroImages(ptr(p, 3), ptr(p, 4), n, bytes);
  for (let t = 0; t < T; t++) {
    const g = ptr(p, 0) + <usize>t * ptr(p, 2),
      h = ptr(p, 3) + <usize>t * ptr(p, 5),
      rh = ptr(p, 17) + <usize>t * ptr(p, 19),
      inner = t > 0 || given;
    if (inner) block(h, ptr(p, 4), U, g, ptr(p, 1), n, <i32>bytes >> 1, 1, 0, 1, 0, units, 0, ADD);
    reset(p, t);
    if (inner) {
      const u = g + 2 * bytes;
      block(rh, ptr(p, 18), candidates, u, ptr(p, 1), n, <i32>bytes >> 2, 1, 0, 1, 0, units, 0, ADD);
    }
    renew(p, t);
  }
}

/** Gradients of the inputs of update gate and candidate; that of the state becomes what the update gate lets through. */
// @ts-ignore: decorator
@inline
function renewGrad(act: i32, rec: i32, p: usize, t: i32): void {
  const n = int(p, 9),
    bytes = ptr(p, 12),
    mask = ofStep(p, 6, 8, t),
    dys = ofStep(p, 16, 18, t);
  for (let b = 0; b < n; b++) {
    const z = ptr(p, 0) + <usize>b * ptr(p, 1) + <usize>t * ptr(p, 2),
      u = z + 2 * bytes,
      h0 = ptr(p, 3) + <usize>b * ptr(p, 4) + <usize>t * ptr(p, 5),
      dy = dys ? dys + <usize>b * ptr(p, 17) : 0,
      dh = ptr(p, 19) + <usize>b * bytes;
    if (!takesPart(mask, ptr(p, 7), b)) {
      carry(dh, dy, bytes);
      clear(z, 3 * bytes);
      continue;
    }
    for (let j: usize = 0; j < bytes; j += 16) {
      const update = v128.load(z + j),
        candidate = v128.load(u + j),
        d = arrived(dh, dy, j);
      const through = f32x4.mul(d, f32x4.sub(v128.load(h0 + j), candidate)),
        fresh = f32x4.mul(d, f32x4.sub(splat(1), update));
      v128.store(z + j, f32x4.mul(through, gateSlope(rec, update)));
      v128.store(u + j, f32x4.mul(fresh, gateSlope(act, candidate)));
      v128.store(dh + j, f32x4.mul(d, update));
    }
  }
}

/** Gradient of the input of the reset gate, from that of reset gate × state, which is passed on to the state. */
// @ts-ignore: decorator
@inline
function resetGrad(rec: i32, p: usize, t: i32): void {
  const n = int(p, 9),
    bytes = ptr(p, 12);
  for (let b = 0; b < n; b++) {
    const r = ptr(p, 0) + <usize>b * ptr(p, 1) + <usize>t * ptr(p, 2) + bytes,
      h0 = ptr(p, 3) + <usize>b * ptr(p, 4) + <usize>t * ptr(p, 5),
      dh = ptr(p, 19) + <usize>b * bytes,
      drh = ptr(p, 22) + <usize>b * bytes;
    for (let j: usize = 0; j < bytes; j += 16) {
      const keep = v128.load(r + j),
        d = quietGradient(v128.load(drh + j));
      v128.store(dh + j, madd(d, keep, v128.load(dh + j)));
      v128.store(r + j, f32x4.mul(f32x4.mul(d, v128.load(h0 + j)), gateSlope(rec, keep)));
    }
  }
}

function renewGradHard(p: usize, t: i32): void {
  renewGrad(TANH, HARD_SIGMOID, p, t);
}
function renewGradSoft(p: usize, t: i32): void {
  renewGrad(TANH, SIGMOID, p, t);
}
function renewGradAny(p: usize, t: i32): void {
  renewGrad(int(p, 13), int(p, 14), p, t);
}
function resetGradHard(p: usize, t: i32): void {
  resetGrad(HARD_SIGMOID, p, t);
}
function resetGradSoft(p: usize, t: i32): void {
  resetGrad(SIGMOID, p, t);
}
function resetGradAny(p: usize, t: i32): void {
  resetGrad(int(p, 14), p, t);
}

/** As in gates.ts, then 20 turned U of update and reset gate; 21 of the candidate; 22 room for n × bytes */
export function gruGrad(p: usize): void {
  const n = int(p, 9),
    bytes = ptr(p, 12),
    act = int(p, 13),
    rec = int(p, 14),
    given = int(p, 15),
    columns = <i32>bytes >> 2;
  for (let t = int(p, 10) - 1; t >= 0; t--) {
    const z = ptr(p, 0) + <usize>t * ptr(p, 2),
      u = z + 2 * bytes;
    if (act == TANH && rec == HARD_SIGMOID) renewGradHard(p, t);
    else if (act == TANH && rec == SIGMOID) renewGradSoft(p, t);
    else renewGradAny(p, t);
    if (t == 0 && !given) {
      zeroImages(z + bytes, ptr(p, 1), n, bytes); // nothing went through the reset gate
      return;
    }
    block(u, ptr(p, 1), ptr(p, 21), ptr(p, 22), bytes, n, columns, 1, 0, 1, 0, columns, 0, 0);
    if (rec == HARD_SIGMOID) resetGradHard(p, t);
    else if (rec == SIGMOID) resetGradSoft(p, t);
    else resetGradAny(p, t);
    block(z, ptr(p, 1), ptr(p, 20), ptr(p, 19), bytes, n, columns, 1, 0, 1, 0, 2 * columns, 0, ADD);
  }
}
