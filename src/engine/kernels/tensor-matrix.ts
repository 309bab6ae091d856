// Between the tensors of TensorFlow.js, whose rows are as long as they are, and the panels of 8 columns of `product`.
import { int, ptr } from './args';
import { madd } from './math';

/** Copies `floats` numbers, four at a time, and never touches what lies behind them. */
// @ts-ignore: decorator
@inline
function copyFloats(from: usize, to: usize, floats: i32): void {
  const bytes = <usize>floats << 2,
    even = bytes & ~15;
  for (let o: usize = 0; o < even; o += 16) v128.store(to + o, v128.load(from + o));
  for (let o = even; o < bytes; o += 4) store<f32>(to + o, load<f32>(from + o));
}

/**
 * Copies n images of H rows of W pixels of C floats to where rows and pixels have other distances; `fill` zeros follow each pixel.
 * x, image, row, pixel strides; y, image, row, pixel strides; n, H, W, C, fill
 */
export function tensorCopy(p: usize): void {
  const n = int(p, 8),
    H = int(p, 9),
    W = int(p, 10),
    C = int(p, 11),
    fill = int(p, 12),
    xPix = ptr(p, 3),
    yPix = ptr(p, 7);
  for (let b = 0; b < n; b++) {
    for (let h = 0; h < H; h++) {
      let x = ptr(p, 0) + <usize>b * ptr(p, 1) + <usize>h * ptr(p, 2),
        y = ptr(p, 4) + <usize>b * ptr(p, 5) + <usize>h * ptr(p, 6);
      for (let w = 0; w < W; w++) {
        copyFloats(x, y, C);
        for (let f = 0; f < fill; f++) store<f32>(y + (<usize>(C + f) << 2), 0);
        x += xPix;
        y += yPix;
      }
    }
  }
}

/** Stores the 4 × 4 numbers of a, b, c, d turned, `apart` bytes between the rows. */
// @ts-ignore: decorator
@inline
function storeTurned(a: v128, b: v128, c: v128, d: v128, to: usize, apart: usize): void {
  const ab = v128.shuffle<i32>(a, b, 0, 4, 1, 5),
    cd = v128.shuffle<i32>(c, d, 0, 4, 1, 5),
    AB = v128.shuffle<i32>(a, b, 2, 6, 3, 7),
    CD = v128.shuffle<i32>(c, d, 2, 6, 3, 7);
  v128.store(to, v128.shuffle<i64>(ab, cd, 0, 2));
  v128.store(to + apart, v128.shuffle<i64>(ab, cd, 1, 3));
  v128.store(to + 2 * apart, v128.shuffle<i64>(AB, CD, 0, 2));
  v128.store(to + 3 * apart, v128.shuffle<i64>(AB, CD, 1, 3));
}

/** out[m][k] = A[k][m]. A, bytes of a row, out, bytes of a row, K, M */
export function tensorTurn(p: usize): void {
  const A = ptr(p, 0),
    aRow = ptr(p, 1),
    out = ptr(p, 2),
    row = ptr(p, 3),
    K = int(p, 4),
    M = int(p, 5),
    evenK = K & ~3,
    evenM = M & ~3;
  for (let k = 0; k < evenK; k += 4) {
    const a = A + <usize>k * aRow,
      o = out + (<usize>k << 2);
    for (let m = 0; m < evenM; m += 4) {
      const from = a + (<usize>m << 2);
      storeTurned(
        v128.load(from),
        v128.load(from + aRow),
        v128.load(from + 2 * aRow),
        v128.load(from + 3 * aRow),
        o + <usize>m * row,
        row,
      );
    }
  }
  for (let k = 0; k < K; k++) {
    for (let m = k < evenK ? evenM : 0; m < M; m++) {
      store<f32>(out + <usize>m * row + (<usize>k << 2), load<f32>(A + <usize>k * aRow + (<usize>m << 2)));
    }
  }
}

/**
 * Puts a matrix into panels [N/8][K][8]; columns that only fill up the last panel become zero.
 * B, bytes to the next row, to the next column (one of them 4); out, bytes of a panel; K, N
 */
export function tensorPanels(p: usize): void {
  const row = ptr(p, 1),
    column = ptr(p, 2),
    panel = ptr(p, 4),
    K = int(p, 5),
    N = int(p, 6);
  let B = ptr(p, 0),
    out = ptr(p, 3);
  for (let j = 0; j < N; j += 8) {
    const width = min(8, N - j);
    let k = 0;
    if (width == 8 && column == 4) {
      let from = B,
        to = out;
      for (; k < K; k++) {
        v128.store(to, v128.load(from));
        v128.store(to, v128.load(from, 16), 16);
        from += row;
        to += 32;
      }
    } else if (width == 8 && row == 4) {
      const c2 = column << 1,
        c3 = column + c2,
        second = B + (column << 2);
      for (; k + 4 <= K; k += 4) {
        const o = <usize>k << 2,
          to = out + (<usize>k << 5);
        const a = B + o,
          b = second + o;
        storeTurned(v128.load(a), v128.load(a + column), v128.load(a + c2), v128.load(a + c3), to, 32);
        storeTurned(v128.load(b), v128.load(b + column), v128.load(b + c2), v128.load(b + c3), to + 16, 32);
      }
    }
    for (; k < K; k++) {
      const from = B + <usize>k * row,
        to = out + (<usize>k << 5);
      for (let q = 0; q < width; q++) store<f32>(to + (<usize>q << 2), load<f32>(from + <usize>q * column));
      for (let q = width; q < 8; q++) store<f32>(to + (<usize>q << 2), 0);
    }
    B += column << 3;
    out += panel;
  }
}

/** Takes a matrix out of panels into rows of N numbers. G, bytes of a panel; out, bytes of a row; K, N */
export function tensorRows(p: usize): void {
  const panel = ptr(p, 1),
    row = ptr(p, 3),
    K = int(p, 4),
    N = int(p, 5);
  let G = ptr(p, 0),
    out = ptr(p, 2);
  for (let j = 0; j < N; j += 8) {
    const width = min(8, N - j);
    let from = G,
      to = out;
    for (let k = 0; k < K; k++) {
      copyFloats(from, to, width);
      from += 32;
      to += row;
    }
    G += panel;
    out += 32;
  }
}

/** out[ids[i]] += X[i] for n rows; rows whose id is none of the segments are left out. X, ids (i32), out, n, floats of a row, segments */
export function tensorSegmentSum(p: usize): void {
  const ids = ptr(p, 1),
    out = ptr(p, 2),
    n = int(p, 3),
    bytes = <usize>int(p, 4) << 2,
    segments = int(p, 5),
    even = bytes & ~15;
  let x = ptr(p, 0);
  for (let i = 0; i < n; i++) {
    const id = load<i32>(ids + (<usize>i << 2));
    if (id >= 0 && id < segments) {
      const to = out + <usize>id * bytes;
      for (let o: usize = 0; o < even; o += 16) v128.store(to + o, f32x4.add(v128.load(to + o), v128.load(x + o)));
      for (let o = even; o < bytes; o += 4) store<f32>(to + o, load<f32>(to + o) + load<f32>(x + o));
    }
    x += bytes;
  }
}

/**
 * C = A · B (+ bias) for so few rows that putting B into panels would cost more than the product; B is read as it lies.
 * A, B, C, rows, K, N, bias or 0, 1 to cut the results at zero
 */
export function tensorFewRows(p: usize): void {
  const rows = int(p, 3),
    K = int(p, 4),
    bytes = <usize>int(p, 5) << 2,
    bias = ptr(p, 6),
    cut = int(p, 7);
  const wide = bytes & ~63,
    even = bytes & ~15,
    zero = f32x4.splat(0);
  for (let r = 0; r < rows; r++) {
    const A = ptr(p, 0) + (<usize>(r * K) << 2),
      end = A + (<usize>K << 2),
      C = ptr(p, 2) + <usize>r * bytes;
    let o: usize = 0;
    for (; o < wide; o += 64) {
      let c0 = zero,
        c1 = zero,
        c2 = zero,
        c3 = zero;
      if (bias) {
        c0 = v128.load(bias + o);
        c1 = v128.load(bias + o, 16);
        c2 = v128.load(bias + o, 32);
        c3 = v128.load(bias + o, 48);
      }
      let b = ptr(p, 1) + o;
      for (let a = A; a < end; a += 4) {
        const v = v128.load32_splat(a);
        c0 = madd(v, v128.load(b), c0);
        c1 = madd(v, v128.load(b, 16), c1);
        c2 = madd(v, v128.load(b, 32), c2);
        c3 = madd(v, v128.load(b, 48), c3);
        b += bytes;
      }
      if (cut) {
        c0 = f32x4.pmax(c0, zero);
        c1 = f32x4.pmax(c1, zero);
        c2 = f32x4.pmax(c2, zero);
        c3 = f32x4.pmax(c3, zero);
      }
      v128.store(C + o, c0);
      v128.store(C + o, c1, 16);
      v128.store(C + o, c2, 32);
      v128.store(C + o, c3, 48);
    }
    for (; o < even; o += 16) {
      let c = zero;
      if (bias) c = v128.load(bias + o);
      let b = ptr(p, 1) + o;
      for (let a = A; a < end; a += 4) {
        c = madd(v128.load32_splat(a), v128.load(b), c);
        b += bytes;
      }
      if (cut) c = f32x4.pmax(c, zero);
      v128.store(C + o, c);
    }
    for (; o < bytes; o += 4) {
      let c: f32 = 0;
      if (bias) c = load<f32>(bias + o);
      let b = ptr(p, 1) + o;
      for (let a = A; a < end; a += 4) {
        c += load<f32>(a) * load<f32>(b);
        b += bytes;
      }
      store<f32>(C + o, cut && c < 0 ? 0 : c);
    }
  }
}
