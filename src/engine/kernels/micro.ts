// Register-blocked micro-kernels: a tile of up to 4 rows by 8 columns stays in eight accumulators.
//
// Weights stand in panels [N/8][K][8]: the 8 numbers that one step over k needs lie side by side. One k per basic block and
// all loads first: V8 sinks the arithmetic of a block below its last load, so unrolling over k makes it spill. The exit
// between two k keeps the first half from sinking into the second.
import { madd, quietGradient, splat } from './math';
import { wideTiles, WIDE } from './micro-wide';
import { ADD, RELU } from './modes';

/**
 * C[rows, 8] = Σ over segments and k of A[row, segment, k] · B[k, 8]. `rows` is a constant at each call, so every test of it
 * is decided by the compiler. Segments: `segY` of them `strideY` apart, in each `segX` that are `strideX` apart, each of
 * `segLen` numbers in a row. Strides in bytes.
 */
// @ts-ignore: decorator
@inline
function tile(
  rows: i32,
  A: usize,
  lda: usize,
  B: usize,
  C: usize,
  ldc: usize,
  segY: i32,
  strideY: usize,
  segX: i32,
  strideX: usize,
  segLen: i32,
  bias: usize,
  mode: i32,
): void {
  let c00 = splat(0),
    c01 = splat(0),
    c10 = splat(0),
    c11 = splat(0),
    c20 = splat(0),
    c21 = splat(0),
    c30 = splat(0),
    c31 = splat(0);
  if (mode & ADD) {
    c00 = v128.load(C);
    c01 = v128.load(C, 16);
    if (rows > 1) {
      c10 = v128.load(C + ldc);
      c11 = v128.load(C + ldc, 16);
    }
    if (rows > 2) {
      c20 = v128.load(C + 2 * ldc);
      c21 = v128.load(C + 2 * ldc, 16);
    }
    if (rows > 3) {
      c30 = v128.load(C + 3 * ldc);
      c31 = v128.load(C + 3 * ldc, 16);
    }
  } else if (bias) {
    c00 = v128.load(bias);
    c01 = v128.load(bias, 16);
    c10 = c00;
    c11 = c01;
    c20 = c00;
    c21 = c01;
    c30 = c00;
    c31 = c01;
  }
  const l1 = lda,
    l2 = lda << 1,
    l3 = lda + (lda << 1),
    length = <usize>segLen << 2;
  for (let y = 0; y < segY; y++) {
    let segment = A;
    for (let x = 0; x < segX; x++) {
      let p = segment;
      const end = p + length;
      for (;;) {
        {
          const b0 = v128.load(B),
            b1 = v128.load(B, 16),
            a0 = v128.load32_splat(p);
          let a1 = a0,
            a2 = a0,
            a3 = a0;
          if (rows > 1) a1 = v128.load32_splat(p + l1);
          if (rows > 2) a2 = v128.load32_splat(p + l2);
          if (rows > 3) a3 = v128.load32_splat(p + l3);
          c00 = madd(a0, b0, c00);
          c01 = madd(a0, b1, c01);
          if (rows > 1) {
            c10 = madd(a1, b0, c10);
            c11 = madd(a1, b1, c11);
          }
          if (rows > 2) {
            c20 = madd(a2, b0, c20);
            c21 = madd(a2, b1, c21);
          }
          if (rows > 3) {
            c30 = madd(a3, b0, c30);
            c31 = madd(a3, b1, c31);
          }
        }
        if (p + 4 == end) {
          B += 32;
          break;
        }
        {
          const b0 = v128.load(B, 32),
            b1 = v128.load(B, 48),
            a0 = v128.load32_splat(p, 4);
          let a1 = a0,
            a2 = a0,
            a3 = a0;
          if (rows > 1) a1 = v128.load32_splat(p + l1, 4);
          if (rows > 2) a2 = v128.load32_splat(p + l2, 4);
          if (rows > 3) a3 = v128.load32_splat(p + l3, 4);
          c00 = madd(a0, b0, c00);
          c01 = madd(a0, b1, c01);
          if (rows > 1) {
            c10 = madd(a1, b0, c10);
            c11 = madd(a1, b1, c11);
          }
          if (rows > 2) {
            c20 = madd(a2, b0, c20);
            c21 = madd(a2, b1, c21);
          }
          if (rows > 3) {
            c30 = madd(a3, b0, c30);
            c31 = madd(a3, b1, c31);
          }
        }
        p += 8;
        B += 64;
        if (p == end) break;
      }
      segment += strideX;
    }
    A += strideY;
  }
  if (mode & RELU) {
    const zero = splat(0);
    c00 = f32x4.pmax(c00, zero);
    c01 = f32x4.pmax(c01, zero);
    c10 = f32x4.pmax(c10, zero);
    c11 = f32x4.pmax(c11, zero);
    c20 = f32x4.pmax(c20, zero);
    c21 = f32x4.pmax(c21, zero);
    c30 = f32x4.pmax(c30, zero);
    c31 = f32x4.pmax(c31, zero);
  }
  v128.store(C, c00);
  v128.store(C, c01, 16);
  if (rows > 1) {
    C += ldc;
    v128.store(C, c10);
    v128.store(C, c11, 16);
  }
  if (rows > 2) {
    C += ldc;
    v128.store(C, c20);
    v128.store(C, c21, 16);
  }
  if (rows > 3) {
    C += ldc;
    v128.store(C, c30);
    v128.store(C, c31, 16);
  }
}

function tile1(A: usize, lda: usize, B: usize, C: usize, ldc: usize, segY: i32, strideY: usize, segX: i32, strideX: usize, segLen: i32, bias: usize, mode: i32): void {
  tile(1, A, lda, B, C, ldc, segY, strideY, segX, strideX, segLen, bias, mode);
}
function tile2(A: usize, lda: usize, B: usize, C: usize, ldc: usize, segY: i32, strideY: usize, segX: i32, strideX: usize, segLen: i32, bias: usize, mode: i32): void {
  tile(2, A, lda, B, C, ldc, segY, strideY, segX, strideX, segLen, bias, mode);
}
function tile3(A: usize, lda: usize, B: usize, C: usize, ldc: usize, segY: i32, strideY: usize, segX: i32, strideX: usize, segLen: i32, bias: usize, mode: i32): void {
  tile(3, A, lda, B, C, ldc, segY, strideY, segX, strideX, segLen, bias, mode);
}
/** `count` tiles one below the other; a call for each would take a tenth of the time. */
function tiles4(A: usize, lda: usize, B: usize, C: usize, ldc: usize, segY: i32, strideY: usize, segX: i32, strideX: usize, segLen: i32, bias: usize, mode: i32, count: i32): void {
  for (; count > 0; count--) {
    tile(4, A, lda, B, C, ldc, segY, strideY, segX, strideX, segLen, bias, mode);
    A += lda << 2;
    C += ldc << 2;
  }
}

/** C[M, N] = A · B for `M` rows `lda` apart and N columns, a multiple of 8. */
export function block(
  A: usize,
  lda: usize,
  B: usize,
  C: usize,
  ldc: usize,
  M: i32,
  N: i32,
  segY: i32,
  strideY: usize,
  segX: i32,
  strideX: usize,
  segLen: i32,
  bias: usize,
  mode: i32,
): void {
  const panel = <usize>(segY * segX * segLen) << 5;
  let fours = M >> 2,
    rest = M & 3;
  if (rest == 1 && fours > 0) {
    // Three and two take less than four and one.
    fours--;
    rest = 5;
  }
  const lastA = A + ((<usize>fours << 2) * lda),
    lastC = (<usize>fours << 2) * ldc;
  for (let j = 0; j < N; j += 8) {
    const start = bias ? bias + (<usize>j << 2) : 0,
      c = C + (<usize>j << 2),
      last = c + lastC;
    if (fours) {
      // Wide tiles take a panel and its neighbour; one may be left at the end.
      if (!WIDE || ((N & 8) != 0 && j == N - 8)) tiles4(A, lda, B, c, ldc, segY, strideY, segX, strideX, segLen, start, mode, fours);
      else if (!(j & 8)) wideTiles(A, lda, B, panel, c, ldc, segY, strideY, segX, strideX, segLen, start, mode, fours);
    }
    if (rest == 3 || rest == 5) tile3(lastA, lda, B, last, ldc, segY, strideY, segX, strideX, segLen, start, mode);
    if (rest == 2) tile2(lastA, lda, B, last, ldc, segY, strideY, segX, strideX, segLen, start, mode);
    else if (rest == 5) tile2(lastA + 3 * lda, lda, B, last + 3 * ldc, ldc, segY, strideY, segX, strideX, segLen, start, mode);
    else if (rest == 1) tile1(lastA, lda, B, last, ldc, segY, strideY, segX, strideX, segLen, start, mode);
    B += panel;
  }
}

/** A gradient's W pixels of N floats: zeros where another row of pixels is not positive, and in the place of what vanishes. */
export function cutRow(c: usize, cPix: usize, by: usize, byPix: usize, W: i32, N: i32): void {
  const bytes = <usize>N << 2,
    zero = f32x4.splat(0);
  for (let x = 0; x < W; x++) {
    for (let o: usize = 0; o < bytes; o += 16) {
      v128.store(c + o, v128.and(quietGradient(v128.load(c + o)), f32x4.gt(v128.load(by + o), zero)));
    }
    c += cPix;
    by += byPix;
  }
}
