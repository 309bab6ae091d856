// Products whose rows are mostly zeros: what comes out of a ReLU, words of a text, pixels of a drawing. Zeros are left out row by
// row. The other numbers are added in the order in which tiles add them, so the bits are the same: a zero adds nothing, unless what
// it is multiplied by is no finite number, and that is looked at first.
import { int, ptr } from './args';
import { madd, splat } from './math';
import { product, productGrad } from './matmul';
import { cutRow } from './micro';
import { ADD, CUT, RELU } from './modes';
import { fewIn, finite, finiteIn, listBytes, LISTS, siftRows } from './sift';

/**
 * C[8 · panels] = Σ of the listed numbers · their lines of so many panels. `panels` is a constant at each call. The second exit is
 * never taken: it keeps the arithmetic of one half from sinking into the other, see micro.ts.
 */
// @ts-ignore: decorator
@inline
function line(panels: i32, list: usize, B: usize, panel: usize, C: usize, start: usize, mode: i32): void {
  const zero = splat(0),
    B1 = B + panel,
    B2 = B1 + panel,
    B3 = B2 + panel,
    end = load<usize>(list);
  let c0 = zero, c1 = zero, c2 = zero, c3 = zero, c4 = zero, c5 = zero, c6 = zero, c7 = zero;
  if (start) {
    c0 = v128.load(start); c1 = v128.load(start, 16);
    if (panels > 1) { c2 = v128.load(start, 32); c3 = v128.load(start, 48); }
    if (panels > 2) { c4 = v128.load(start, 64); c5 = v128.load(start, 80); c6 = v128.load(start, 96); c7 = v128.load(start, 112); }
  }
  for (let p = list + 16; p < end; p += 8) {
    const at = <usize>load<u32>(p),
      a = v128.load32_splat(p, 4),
      b0 = v128.load(B + at), b1 = v128.load(B + at, 16);
    let b2 = b0, b3 = b0;
    if (panels > 1) { b2 = v128.load(B1 + at); b3 = v128.load(B1 + at, 16); }
    c0 = madd(a, b0, c0); c1 = madd(a, b1, c1);
    if (panels > 1) { c2 = madd(a, b2, c2); c3 = madd(a, b3, c3); }
    if (panels > 2) {
      if (p > end) break;
      const b4 = v128.load(B2 + at), b5 = v128.load(B2 + at, 16), b6 = v128.load(B3 + at), b7 = v128.load(B3 + at, 16);
      c4 = madd(a, b4, c4); c5 = madd(a, b5, c5); c6 = madd(a, b6, c6); c7 = madd(a, b7, c7);
    }
  }
  if (mode & RELU) {
    c0 = f32x4.pmax(c0, zero); c1 = f32x4.pmax(c1, zero); c2 = f32x4.pmax(c2, zero); c3 = f32x4.pmax(c3, zero);
    c4 = f32x4.pmax(c4, zero); c5 = f32x4.pmax(c5, zero); c6 = f32x4.pmax(c6, zero); c7 = f32x4.pmax(c7, zero);
  }
  v128.store(C, c0); v128.store(C, c1, 16);
  if (panels > 1) { v128.store(C, c2, 32); v128.store(C, c3, 48); }
  if (panels > 2) { v128.store(C, c4, 64); v128.store(C, c5, 80); v128.store(C, c6, 96); v128.store(C, c7, 112); }
}

function lines1(rows: i32, list: usize, stride: usize, B: usize, panel: usize, C: usize, ldc: usize, bias: usize, mode: i32): void {
  for (; rows > 0; rows--, list += stride, C += ldc) line(1, list, B, panel, C, mode & ADD ? C : bias, mode);
}
function lines2(rows: i32, list: usize, stride: usize, B: usize, panel: usize, C: usize, ldc: usize, bias: usize, mode: i32): void {
  for (; rows > 0; rows--, list += stride, C += ldc) line(2, list, B, panel, C, mode & ADD ? C : bias, mode);
}
function lines4(rows: i32, list: usize, stride: usize, B: usize, panel: usize, C: usize, ldc: usize, bias: usize, mode: i32): void {
  for (; rows > 0; rows--, list += stride, C += ldc) line(4, list, B, panel, C, mode & ADD ? C : bias, mode);
}

/** C[M, N] = A · B, as `block` of micro.ts for one segment of K numbers. `list` has room for the lists of some rows. */
function sparseBlock(A: usize, lda: usize, B: usize, C: usize, ldc: usize, M: i32, N: i32, K: i32, bias: usize, mode: i32, list: usize): void {
  const panel = <usize>K << 5,
    stride = <usize>listBytes(K),
    most = max(1, LISTS / listBytes(K));
  for (let m = 0; m < M; m += most) {
    const rows = min(most, M - m);
    siftRows(A, lda, rows, K, list);
    let b = B,
      c = C,
      start = bias,
      j = 0;
    for (; j + 32 <= N; j += 32) {
      lines4(rows, list, stride, b, panel, c, ldc, start, mode);
      b += 4 * panel;
      c += 128;
      if (start) start += 128;
    }
    for (; j + 16 <= N; j += 16) {
      lines2(rows, list, stride, b, panel, c, ldc, start, mode);
      b += 2 * panel;
      c += 64;
      if (start) start += 64;
    }
    if (j < N) lines1(rows, list, stride, b, panel, c, ldc, start, mode);
    A += <usize>rows * lda;
    C += <usize>rows * ldc;
  }
}

/** G[listed, 8 · panels] += number · D[8 · panels]: what one row adds to so many panels of a weight gradient. */
// @ts-ignore: decorator
@inline
function spread(panels: i32, list: usize, D: usize, G: usize, panel: usize): void {
  const G1 = G + panel,
    G2 = G1 + panel,
    G3 = G2 + panel,
    end = load<usize>(list),
    d0 = v128.load(D), d1 = v128.load(D, 16);
  let d2 = d0, d3 = d0, d4 = d0, d5 = d0, d6 = d0, d7 = d0;
  if (panels > 1) { d2 = v128.load(D, 32); d3 = v128.load(D, 48); }
  if (panels > 2) { d4 = v128.load(D, 64); d5 = v128.load(D, 80); d6 = v128.load(D, 96); d7 = v128.load(D, 112); }
  for (let p = list + 16; p < end; p += 8) {
    const at = <usize>load<u32>(p),
      a = v128.load32_splat(p, 4),
      g0 = v128.load(G + at), g1 = v128.load(G + at, 16);
    let g2 = g0, g3 = g0;
    if (panels > 1) { g2 = v128.load(G1 + at); g3 = v128.load(G1 + at, 16); }
    v128.store(G + at, madd(a, d0, g0)); v128.store(G + at, madd(a, d1, g1), 16);
    if (panels > 1) { v128.store(G1 + at, madd(a, d2, g2)); v128.store(G1 + at, madd(a, d3, g3), 16); }
    if (panels > 2) {
      const g4 = v128.load(G2 + at), g5 = v128.load(G2 + at, 16), g6 = v128.load(G3 + at), g7 = v128.load(G3 + at, 16);
      v128.store(G2 + at, madd(a, d4, g4)); v128.store(G2 + at, madd(a, d5, g5), 16);
      v128.store(G3 + at, madd(a, d6, g6)); v128.store(G3 + at, madd(a, d7, g7), 16);
    }
  }
}

function spreads1(rows: i32, list: usize, stride: usize, D: usize, ldd: usize, G: usize, panel: usize): void {
  for (; rows > 0; rows--, list += stride, D += ldd) spread(1, list, D, G, panel);
}
function spreads2(rows: i32, list: usize, stride: usize, D: usize, ldd: usize, G: usize, panel: usize): void {
  for (; rows > 0; rows--, list += stride, D += ldd) spread(2, list, D, G, panel);
}
function spreads4(rows: i32, list: usize, stride: usize, D: usize, ldd: usize, G: usize, panel: usize): void {
  for (; rows > 0; rows--, list += stride, D += ldd) spread(4, list, D, G, panel);
}

/** G[K, N] += Aᵀ · D over M rows, as `blockT` of micro-grad.ts. */
function sparseBlockT(A: usize, lda: usize, D: usize, ldd: usize, G: usize, K: i32, N: i32, M: i32, list: usize): void {
  const panel = <usize>K << 5,
    stride = <usize>listBytes(K),
    most = max(1, LISTS / listBytes(K));
  for (let m = 0; m < M; m += most) {
    const rows = min(most, M - m);
    siftRows(A, lda, rows, K, list);
    let g = G,
      d = D,
      j = 0;
    for (; j + 32 <= N; j += 32) {
      spreads4(rows, list, stride, d, ldd, g, panel);
      g += 4 * panel;
      d += 128;
    }
    for (; j + 16 <= N; j += 16) {
      spreads2(rows, list, stride, d, ldd, g, panel);
      g += 2 * panel;
      d += 64;
    }
    if (j < N) spreads1(rows, list, stride, d, ldd, g, panel);
    A += <usize>rows * lda;
    D += <usize>rows * ldd;
  }
}

/**
 * As `product`, for one segment, zeros of A left out where that pays: where it takes at most some 0.9 of the time. The words of
 * `product`, those of CUT always among them; lists: 8 K + 64 bytes and not below 8,192
 */
export function sparseProduct(p: usize): void {
  const aImg = ptr(p, 1),
    aRow = ptr(p, 2),
    aPix = ptr(p, 3),
    B = ptr(p, 4),
    cPix = ptr(p, 8),
    n = int(p, 10),
    H = int(p, 11),
    W = int(p, 12),
    N = int(p, 13),
    K = int(p, 18),
    mode = int(p, 19);
  if (!fewIn(ptr(p, 0), aImg, aRow, aPix, n, H, W, N, K, 0.6, 4) || !finite(B, 0, 1, <usize>(K * N) << 2)) return product(p);
  for (let b = 0; b < n; b++) {
    for (let y = 0; y < H; y++) {
      const a = ptr(p, 0) + <usize>b * aImg + <usize>y * aRow,
        c = ptr(p, 5) + <usize>b * ptr(p, 6) + <usize>y * ptr(p, 7);
      sparseBlock(a, aPix, B, c, cPix, W, N, K, ptr(p, 9), mode, ptr(p, 24));
      if (mode & CUT) cutRow(c, cPix, ptr(p, 20) + <usize>b * ptr(p, 21) + <usize>y * ptr(p, 22), ptr(p, 23), W, N);
    }
  }
}

/** As `productGrad`, in the same way. The words of `productGrad`; lists as above */
export function sparseProductGrad(p: usize): void {
  const aImg = ptr(p, 1),
    aRow = ptr(p, 2),
    aPix = ptr(p, 3),
    dImg = ptr(p, 5),
    dRow = ptr(p, 6),
    dPix = ptr(p, 7),
    n = int(p, 9),
    H = int(p, 10),
    W = int(p, 11),
    N = int(p, 12),
    K = int(p, 17);
  if (!fewIn(ptr(p, 0), aImg, aRow, aPix, n, H, W, N, K, 0.4, 3) || !finiteIn(ptr(p, 4), dImg, dRow, dPix, n, H, W, N)) return productGrad(p);
  for (let b = 0; b < n; b++) {
    for (let y = 0; y < H; y++) {
      const a = ptr(p, 0) + <usize>b * aImg + <usize>y * aRow,
        d = ptr(p, 4) + <usize>b * dImg + <usize>y * dRow;
      sparseBlockT(a, aPix, d, dPix, ptr(p, 8), K, N, W, ptr(p, 18));
    }
  }
}
