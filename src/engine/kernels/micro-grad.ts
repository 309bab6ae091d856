// Register-blocked micro-kernels of weight gradients: a tile of up to 4 rows by 8 columns of the gradient stays in eight
// accumulators over many examples. As in micro.ts, one example in a basic block, and an exit between two.
import { madd } from './math';
import { wideOuters, WIDE } from './micro-wide';

/**
 * G[columns, 8] += Σ over rows of A[row, column] · D[row, 8]: a tile of a weight gradient. `rowsY` rows of rows, `aRow` and
 * `dRow` apart, in each `rows` rows, `aPix` and `dPix` apart.
 */
// @ts-ignore: decorator
@inline
function outer(
  columns: i32,
  A: usize,
  aRow: usize,
  aPix: usize,
  D: usize,
  dRow: usize,
  dPix: usize,
  G: usize,
  rowsY: i32,
  rows: i32,
): void {
  let c00 = v128.load(G),
    c01 = v128.load(G, 16),
    c10 = c00,
    c11 = c00,
    c20 = c00,
    c21 = c00,
    c30 = c00,
    c31 = c00;
  if (columns > 1) {
    c10 = v128.load(G, 32);
    c11 = v128.load(G, 48);
  }
  if (columns > 2) {
    c20 = v128.load(G, 64);
    c21 = v128.load(G, 80);
  }
  if (columns > 3) {
    c30 = v128.load(G, 96);
    c31 = v128.load(G, 112);
  }
  for (let y = 0; y < rowsY; y++) {
    let a = A,
      d = D;
    let r = rows;
    for (;;) {
      {
        const b0 = v128.load(d),
          b1 = v128.load(d, 16),
          a0 = v128.load32_splat(a);
        let a1 = a0,
          a2 = a0,
          a3 = a0;
        if (columns > 1) a1 = v128.load32_splat(a, 4);
        if (columns > 2) a2 = v128.load32_splat(a, 8);
        if (columns > 3) a3 = v128.load32_splat(a, 12);
        c00 = madd(a0, b0, c00);
        c01 = madd(a0, b1, c01);
        if (columns > 1) {
          c10 = madd(a1, b0, c10);
          c11 = madd(a1, b1, c11);
        }
        if (columns > 2) {
          c20 = madd(a2, b0, c20);
          c21 = madd(a2, b1, c21);
        }
        if (columns > 3) {
          c30 = madd(a3, b0, c30);
          c31 = madd(a3, b1, c31);
        }
        a += aPix;
        d += dPix;
      }
      if (--r == 0) break;
      {
        const b0 = v128.load(d),
          b1 = v128.load(d, 16),
          a0 = v128.load32_splat(a);
        let a1 = a0,
          a2 = a0,
          a3 = a0;
        if (columns > 1) a1 = v128.load32_splat(a, 4);
        if (columns > 2) a2 = v128.load32_splat(a, 8);
        if (columns > 3) a3 = v128.load32_splat(a, 12);
        c00 = madd(a0, b0, c00);
        c01 = madd(a0, b1, c01);
        if (columns > 1) {
          c10 = madd(a1, b0, c10);
          c11 = madd(a1, b1, c11);
        }
        if (columns > 2) {
          c20 = madd(a2, b0, c20);
          c21 = madd(a2, b1, c21);
        }
        if (columns > 3) {
          c30 = madd(a3, b0, c30);
          c31 = madd(a3, b1, c31);
        }
        a += aPix;
        d += dPix;
      }
      if (--r == 0) break;
    }
    A += aRow;
    D += dRow;
  }
  v128.store(G, c00);
  v128.store(G, c01, 16);
  if (columns > 1) {
    v128.store(G, c10, 32);
    v128.store(G, c11, 48);
  }
  if (columns > 2) {
    v128.store(G, c20, 64);
    v128.store(G, c21, 80);
  }
  if (columns > 3) {
    v128.store(G, c30, 96);
    v128.store(G, c31, 112);
  }
}

/** `count` tiles, so far apart in A, D and G. */
function outers1(A: usize, aRow: usize, aPix: usize, D: usize, dRow: usize, dPix: usize, G: usize, rowsY: i32, rows: i32, aNext: usize, dNext: usize, gNext: usize, count: i32): void {
  for (; count > 0; count--) {
    outer(1, A, aRow, aPix, D, dRow, dPix, G, rowsY, rows);
    A += aNext;
    D += dNext;
    G += gNext;
  }
}
function outers2(A: usize, aRow: usize, aPix: usize, D: usize, dRow: usize, dPix: usize, G: usize, rowsY: i32, rows: i32, aNext: usize, dNext: usize, gNext: usize, count: i32): void {
  for (; count > 0; count--) {
    outer(2, A, aRow, aPix, D, dRow, dPix, G, rowsY, rows);
    A += aNext;
    D += dNext;
    G += gNext;
  }
}
function outers3(A: usize, aRow: usize, aPix: usize, D: usize, dRow: usize, dPix: usize, G: usize, rowsY: i32, rows: i32, aNext: usize, dNext: usize, gNext: usize, count: i32): void {
  for (; count > 0; count--) {
    outer(3, A, aRow, aPix, D, dRow, dPix, G, rowsY, rows);
    A += aNext;
    D += dNext;
    G += gNext;
  }
}
function outers4(A: usize, aRow: usize, aPix: usize, D: usize, dRow: usize, dPix: usize, G: usize, rowsY: i32, rows: i32, aNext: usize, dNext: usize, gNext: usize, count: i32): void {
  for (; count > 0; count--) {
    outer(4, A, aRow, aPix, D, dRow, dPix, G, rowsY, rows);
    A += aNext;
    D += dNext;
    G += gNext;
  }
}

/**
 * G[K, N] += Aᵀ · D in panels `panel` bytes apart, over `rowsY` × `rows` rows; K columns of A side by side, N a multiple of 8. The
 * narrower of A and D is gone through again and again, so that a line of the other is brought near once.
 */
export function blockT(
  A: usize,
  aRow: usize,
  aPix: usize,
  D: usize,
  dRow: usize,
  dPix: usize,
  G: usize,
  panel: usize,
  K: i32,
  N: i32,
  rowsY: i32,
  rows: i32,
): void {
  if (rows <= 0) return;
  const fours = K >> 2,
    rest = K & 3,
    panels = N >> 3;
  // Wide tiles take a panel and its neighbour.
  const pairs = WIDE ? panels >> 1 : 0;
  if (N > K) {
    for (let j = 0; j < panels; j++) {
      if (fours && j >= 2 * pairs) outers4(A, aRow, aPix, D, dRow, dPix, G, rowsY, rows, 16, 0, 128, fours);
      else if (fours && !(j & 1)) wideOuters(A, aRow, aPix, D, dRow, dPix, G, panel, rowsY, rows, 16, 0, 128, fours);
      rests(rest, A + (<usize>fours << 4), aRow, aPix, D, dRow, dPix, G + (<usize>fours << 7), rowsY, rows, 0, 0, 1);
      D += 32;
      G += panel;
    }
  } else {
    for (let i = 0; i < fours; i++) {
      if (pairs) wideOuters(A, aRow, aPix, D, dRow, dPix, G, panel, rowsY, rows, 0, 64, 2 * panel, pairs);
      outers4(A, aRow, aPix, D + (<usize>pairs << 6), dRow, dPix, G + 2 * <usize>pairs * panel, rowsY, rows, 0, 32, panel, panels - 2 * pairs);
      A += 16;
      G += 128;
    }
    rests(rest, A, aRow, aPix, D, dRow, dPix, G, rowsY, rows, 32, panel, panels);
  }
}

/** The last columns of A, fewer than four. */
// @ts-ignore: decorator
@inline
function rests(columns: i32, A: usize, aRow: usize, aPix: usize, D: usize, dRow: usize, dPix: usize, G: usize, rowsY: i32, rows: i32, dNext: usize, gNext: usize, count: i32): void {
  if (columns == 3) outers3(A, aRow, aPix, D, dRow, dPix, G, rowsY, rows, 0, dNext, gNext, count);
  else if (columns == 2) outers2(A, aRow, aPix, D, dRow, dPix, G, rowsY, rows, 0, dNext, gNext, count);
  else if (columns == 1) outers1(A, aRow, aPix, D, dRow, dPix, G, rowsY, rows, 0, dNext, gNext, count);
}
