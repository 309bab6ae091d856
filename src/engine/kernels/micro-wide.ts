// Tiles of 4 rows by 16 columns, two panels side by side, for an engine that joins two vectors of four floats to one of eight (V8
// under HUNCH_WIDE=on): eight accumulators of eight floats. Without it they would spill, and the tiles of micro.ts are used. Each
// number is summed in the same order by both, so the bits are the same.
//
// A line of code is a row of the tile. Products take four k in a turn, an exit after each: a sixth less time than one. Gradients gain
// nothing by that.
import { madd, splat } from './math';
import { ADD, RELU } from './modes';

/** Whether two vectors are joined to one: 1 or 0, told to each instance. */
// @ts-ignore: decorator
@external("env", "wide")
export declare const WIDE: i32;

/** `count` tiles one below the other: C[4, 16] = A · B, the second panel `panel` bytes behind the first. As `tile` in micro.ts. */
export function wideTiles(A: usize, lda: usize, B: usize, panel: usize, C: usize, ldc: usize, segY: i32, strideY: usize, segX: i32, strideX: usize, segLen: i32, bias: usize, mode: i32, count: i32): void {
  const l1 = lda,
    l2 = lda << 1,
    l3 = lda + (lda << 1),
    length = <usize>segLen << 2,
    zero = splat(0);
  for (; count > 0; count--) {
    const C1 = C + ldc,
      C2 = C1 + ldc,
      C3 = C2 + ldc;
    let c00 = zero, c01 = zero, c02 = zero, c03 = zero;
    let c10 = zero, c11 = zero, c12 = zero, c13 = zero;
    let c20 = zero, c21 = zero, c22 = zero, c23 = zero;
    let c30 = zero, c31 = zero, c32 = zero, c33 = zero;
    if (mode & ADD) {
      c00 = v128.load(C); c01 = v128.load(C, 16); c02 = v128.load(C, 32); c03 = v128.load(C, 48);
      c10 = v128.load(C1); c11 = v128.load(C1, 16); c12 = v128.load(C1, 32); c13 = v128.load(C1, 48);
      c20 = v128.load(C2); c21 = v128.load(C2, 16); c22 = v128.load(C2, 32); c23 = v128.load(C2, 48);
      c30 = v128.load(C3); c31 = v128.load(C3, 16); c32 = v128.load(C3, 32); c33 = v128.load(C3, 48);
    } else if (bias) {
      c00 = v128.load(bias); c01 = v128.load(bias, 16); c02 = v128.load(bias, 32); c03 = v128.load(bias, 48);
      c10 = c00; c11 = c01; c12 = c02; c13 = c03;
      c20 = c00; c21 = c01; c22 = c02; c23 = c03;
      c30 = c00; c31 = c01; c32 = c02; c33 = c03;
    }
    let from = A,
      left = B,
      right = B + panel;
    for (let y = 0; y < segY; y++) {
      let segment = from;
      for (let x = 0; x < segX; x++) {
        let p = segment;
        const end = p + length;
        for (;;) {
          {
            const b0 = v128.load(left), b1 = v128.load(left, 16), b2 = v128.load(right), b3 = v128.load(right, 16);
            const a0 = v128.load32_splat(p), a1 = v128.load32_splat(p + l1), a2 = v128.load32_splat(p + l2), a3 = v128.load32_splat(p + l3);
            c00 = madd(a0, b0, c00); c01 = madd(a0, b1, c01); c02 = madd(a0, b2, c02); c03 = madd(a0, b3, c03);
            c10 = madd(a1, b0, c10); c11 = madd(a1, b1, c11); c12 = madd(a1, b2, c12); c13 = madd(a1, b3, c13);
            c20 = madd(a2, b0, c20); c21 = madd(a2, b1, c21); c22 = madd(a2, b2, c22); c23 = madd(a2, b3, c23);
            c30 = madd(a3, b0, c30); c31 = madd(a3, b1, c31); c32 = madd(a3, b2, c32); c33 = madd(a3, b3, c33);
          }
          if (p + 4 == end) {
            left += 32;
            right += 32;
            break;
          }
          {
            const b0 = v128.load(left, 32), b1 = v128.load(left, 48), b2 = v128.load(right, 32), b3 = v128.load(right, 48);
            const a0 = v128.load32_splat(p, 4), a1 = v128.load32_splat(p + l1, 4), a2 = v128.load32_splat(p + l2, 4), a3 = v128.load32_splat(p + l3, 4);
            c00 = madd(a0, b0, c00); c01 = madd(a0, b1, c01); c02 = madd(a0, b2, c02); c03 = madd(a0, b3, c03);
            c10 = madd(a1, b0, c10); c11 = madd(a1, b1, c11); c12 = madd(a1, b2, c12); c13 = madd(a1, b3, c13);
            c20 = madd(a2, b0, c20); c21 = madd(a2, b1, c21); c22 = madd(a2, b2, c22); c23 = madd(a2, b3, c23);
            c30 = madd(a3, b0, c30); c31 = madd(a3, b1, c31); c32 = madd(a3, b2, c32); c33 = madd(a3, b3, c33);
          }
          if (p + 8 == end) {
            left += 64;
            right += 64;
            break;
          }
          {
            const b0 = v128.load(left, 64), b1 = v128.load(left, 80), b2 = v128.load(right, 64), b3 = v128.load(right, 80);
            const a0 = v128.load32_splat(p, 8), a1 = v128.load32_splat(p + l1, 8), a2 = v128.load32_splat(p + l2, 8), a3 = v128.load32_splat(p + l3, 8);
            c00 = madd(a0, b0, c00); c01 = madd(a0, b1, c01); c02 = madd(a0, b2, c02); c03 = madd(a0, b3, c03);
            c10 = madd(a1, b0, c10); c11 = madd(a1, b1, c11); c12 = madd(a1, b2, c12); c13 = madd(a1, b3, c13);
            c20 = madd(a2, b0, c20); c21 = madd(a2, b1, c21); c22 = madd(a2, b2, c22); c23 = madd(a2, b3, c23);
            c30 = madd(a3, b0, c30); c31 = madd(a3, b1, c31); c32 = madd(a3, b2, c32); c33 = madd(a3, b3, c33);
          }
          if (p + 12 == end) {
            left += 96;
            right += 96;
            break;
          }
          {
            const b0 = v128.load(left, 96), b1 = v128.load(left, 112), b2 = v128.load(right, 96), b3 = v128.load(right, 112);
            const a0 = v128.load32_splat(p, 12), a1 = v128.load32_splat(p + l1, 12), a2 = v128.load32_splat(p + l2, 12), a3 = v128.load32_splat(p + l3, 12);
            c00 = madd(a0, b0, c00); c01 = madd(a0, b1, c01); c02 = madd(a0, b2, c02); c03 = madd(a0, b3, c03);
            c10 = madd(a1, b0, c10); c11 = madd(a1, b1, c11); c12 = madd(a1, b2, c12); c13 = madd(a1, b3, c13);
            c20 = madd(a2, b0, c20); c21 = madd(a2, b1, c21); c22 = madd(a2, b2, c22); c23 = madd(a2, b3, c23);
            c30 = madd(a3, b0, c30); c31 = madd(a3, b1, c31); c32 = madd(a3, b2, c32); c33 = madd(a3, b3, c33);
          }
          left += 128;
          right += 128;
          p += 16;
          if (p == end) break;
        }
        segment += strideX;
      }
      from += strideY;
    }
    if (mode & RELU) {
      c00 = f32x4.pmax(c00, zero); c01 = f32x4.pmax(c01, zero); c02 = f32x4.pmax(c02, zero); c03 = f32x4.pmax(c03, zero);
      c10 = f32x4.pmax(c10, zero); c11 = f32x4.pmax(c11, zero); c12 = f32x4.pmax(c12, zero); c13 = f32x4.pmax(c13, zero);
      c20 = f32x4.pmax(c20, zero); c21 = f32x4.pmax(c21, zero); c22 = f32x4.pmax(c22, zero); c23 = f32x4.pmax(c23, zero);
      c30 = f32x4.pmax(c30, zero); c31 = f32x4.pmax(c31, zero); c32 = f32x4.pmax(c32, zero); c33 = f32x4.pmax(c33, zero);
    }
    v128.store(C, c00); v128.store(C, c01, 16); v128.store(C, c02, 32); v128.store(C, c03, 48);
    v128.store(C1, c10); v128.store(C1, c11, 16); v128.store(C1, c12, 32); v128.store(C1, c13, 48);
    v128.store(C2, c20); v128.store(C2, c21, 16); v128.store(C2, c22, 32); v128.store(C2, c23, 48);
    v128.store(C3, c30); v128.store(C3, c31, 16); v128.store(C3, c32, 32); v128.store(C3, c33, 48);
    A += lda << 2;
    C += ldc << 2;
  }
}

/**
 * `count` tiles of a weight gradient, so far apart in A, D and G: G[4, 16] += Σ over rows of A[row, 4] · D[row, 16], the second
 * panel `panel` bytes behind the first. As `outer` in micro-grad.ts.
 */
export function wideOuters(A: usize, aRow: usize, aPix: usize, D: usize, dRow: usize, dPix: usize, G: usize, panel: usize, rowsY: i32, rows: i32, aNext: usize, dNext: usize, gNext: usize, count: i32): void {
  for (; count > 0; count--) {
    const H = G + panel;
    let c00 = v128.load(G), c01 = v128.load(G, 16), c02 = v128.load(H), c03 = v128.load(H, 16);
    let c10 = v128.load(G, 32), c11 = v128.load(G, 48), c12 = v128.load(H, 32), c13 = v128.load(H, 48);
    let c20 = v128.load(G, 64), c21 = v128.load(G, 80), c22 = v128.load(H, 64), c23 = v128.load(H, 80);
    let c30 = v128.load(G, 96), c31 = v128.load(G, 112), c32 = v128.load(H, 96), c33 = v128.load(H, 112);
    let a = A,
      d = D;
    for (let y = 0; y < rowsY; y++) {
      let p = a,
        q = d,
        r = rows;
      for (;;) {
        const b0 = v128.load(q), b1 = v128.load(q, 16), b2 = v128.load(q, 32), b3 = v128.load(q, 48);
        const a0 = v128.load32_splat(p), a1 = v128.load32_splat(p, 4), a2 = v128.load32_splat(p, 8), a3 = v128.load32_splat(p, 12);
        c00 = madd(a0, b0, c00); c01 = madd(a0, b1, c01); c02 = madd(a0, b2, c02); c03 = madd(a0, b3, c03);
        c10 = madd(a1, b0, c10); c11 = madd(a1, b1, c11); c12 = madd(a1, b2, c12); c13 = madd(a1, b3, c13);
        c20 = madd(a2, b0, c20); c21 = madd(a2, b1, c21); c22 = madd(a2, b2, c22); c23 = madd(a2, b3, c23);
        c30 = madd(a3, b0, c30); c31 = madd(a3, b1, c31); c32 = madd(a3, b2, c32); c33 = madd(a3, b3, c33);
        p += aPix;
        q += dPix;
        if (--r == 0) break;
      }
      a += aRow;
      d += dRow;
    }
    v128.store(G, c00); v128.store(G, c01, 16); v128.store(H, c02); v128.store(H, c03, 16);
    v128.store(G, c10, 32); v128.store(G, c11, 48); v128.store(H, c12, 32); v128.store(H, c13, 48);
    v128.store(G, c20, 64); v128.store(G, c21, 80); v128.store(H, c22, 64); v128.store(H, c23, 80);
    v128.store(G, c30, 96); v128.store(G, c31, 112); v128.store(H, c32, 96); v128.store(H, c33, 112);
    A += aNext;
    D += dNext;
    G += gNext;
  }
}
