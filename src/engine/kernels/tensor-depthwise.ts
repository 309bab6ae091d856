// Depthwise convolution and its weight gradient, over pixels of C floats, a multiple of 4: what goes in one channel comes out
// of it. With turned weights and borders the first is also the input gradient.
import { int, ptr } from './args';
import { madd, splat } from './math';

/**
 * out[y, x, c] = Σ over segments of A[y, x, segment, c] · W[segment, c].
 * A, image, row, pixel strides; W; out, image, row, pixel strides; n, H, W, C; segY, strideY, segX, strideX
 */
export function tensorDepthwise(p: usize): void {
  const aRow = ptr(p, 2),
    aPix = ptr(p, 3),
    weights = ptr(p, 4),
    oRow = ptr(p, 7),
    oPix = ptr(p, 8),
    n = int(p, 9),
    H = int(p, 10),
    W = int(p, 11),
    bytes = <usize>int(p, 12) << 2,
    segY = int(p, 13),
    strideY = ptr(p, 14),
    segX = int(p, 15),
    strideX = ptr(p, 16);
  for (let b = 0; b < n; b++) {
    for (let y = 0; y < H; y++) {
      let a = ptr(p, 0) + <usize>b * ptr(p, 1) + <usize>y * aRow,
        o = ptr(p, 5) + <usize>b * ptr(p, 6) + <usize>y * oRow;
      let x = 0;
      for (; x + 4 <= W; x += 4) {
        for (let c: usize = 0; c < bytes; c += 16) {
          let s0 = splat(0),
            s1 = s0,
            s2 = s0,
            s3 = s0,
            w = weights + c,
            row = a + c;
          for (let i = 0; i < segY; i++) {
            let q = row;
            for (let j = 0; j < segX; j++) {
              const v = v128.load(w);
              s0 = madd(v128.load(q), v, s0);
              s1 = madd(v128.load(q + aPix), v, s1);
              s2 = madd(v128.load(q + 2 * aPix), v, s2);
              s3 = madd(v128.load(q + 3 * aPix), v, s3);
              q += strideX;
              w += bytes;
            }
            row += strideY;
          }
          const to = o + c;
          v128.store(to, s0);
          v128.store(to + oPix, s1);
          v128.store(to + 2 * oPix, s2);
          v128.store(to + 3 * oPix, s3);
        }
        a += aPix << 2;
        o += oPix << 2;
      }
      for (; x < W; x++) {
        for (let c: usize = 0; c < bytes; c += 16) {
          let s = splat(0),
            w = weights + c,
            row = a + c;
          for (let i = 0; i < segY; i++) {
            let q = row;
            for (let j = 0; j < segX; j++) {
              s = madd(v128.load(q), v128.load(w), s);
              q += strideX;
              w += bytes;
            }
            row += strideY;
          }
          v128.store(o + c, s);
        }
        a += aPix;
        o += oPix;
      }
    }
  }
}

/** `taps` neighbouring taps of one row of the filter, four channels: `taps` is a constant at each call. */
// @ts-ignore: decorator
@inline
function rowGrad(
  taps: i32,
  a: usize,
  aPix: usize,
  strideX: usize,
  d: usize,
  dPix: usize,
  g: usize,
  apart: usize,
  W: i32,
): void {
  let g0 = v128.load(g),
    g1 = g0,
    g2 = g0,
    g3 = g0;
  if (taps > 1) g1 = v128.load(g + apart);
  if (taps > 2) g2 = v128.load(g + 2 * apart);
  if (taps > 3) g3 = v128.load(g + 3 * apart);
  for (let x = 0; x < W; x++) {
    const v = v128.load(d);
    g0 = madd(v128.load(a), v, g0);
    if (taps > 1) g1 = madd(v128.load(a + strideX), v, g1);
    if (taps > 2) g2 = madd(v128.load(a + 2 * strideX), v, g2);
    if (taps > 3) g3 = madd(v128.load(a + 3 * strideX), v, g3);
    a += aPix;
    d += dPix;
  }
  v128.store(g, g0);
  if (taps > 1) v128.store(g + apart, g1);
  if (taps > 2) v128.store(g + 2 * apart, g2);
  if (taps > 3) v128.store(g + 3 * apart, g3);
}

/**
 * G[segment, c] += Σ over pixels of A[y, x, segment, c] · D[y, x, c].
 * A, image, row, pixel strides; D, image, row, pixel strides; G; n, H, W, C; segY, strideY, segX, strideX
 */
export function tensorDepthwiseGrad(p: usize): void {
  const aRow = ptr(p, 2),
    aPix = ptr(p, 3),
    dRow = ptr(p, 6),
    dPix = ptr(p, 7),
    G = ptr(p, 8),
    n = int(p, 9),
    H = int(p, 10),
    W = int(p, 11),
    bytes = <usize>int(p, 12) << 2,
    segY = int(p, 13),
    strideY = ptr(p, 14),
    segX = int(p, 15),
    strideX = ptr(p, 16);
  for (let b = 0; b < n; b++) {
    for (let y = 0; y < H; y++) {
      const a = ptr(p, 0) + <usize>b * ptr(p, 1) + <usize>y * aRow,
        d = ptr(p, 4) + <usize>b * ptr(p, 5) + <usize>y * dRow;
      for (let c: usize = 0; c < bytes; c += 16) {
        let g = G + c,
          row = a + c;
        for (let i = 0; i < segY; i++) {
          let q = row,
            j = 0;
          for (; j + 4 <= segX; j += 4) {
            rowGrad(4, q, aPix, strideX, d + c, dPix, g, bytes, W);
            q += strideX << 2;
            g += bytes << 2;
          }
          switch (segX - j) {
            case 3:
              rowGrad(3, q, aPix, strideX, d + c, dPix, g, bytes, W);
              break;
            case 2:
              rowGrad(2, q, aPix, strideX, d + c, dPix, g, bytes, W);
              break;
            case 1:
              rowGrad(1, q, aPix, strideX, d + c, dPix, g, bytes, W);
          }
          g += <usize>(segX - j) * bytes;
          row += strideY;
        }
      }
    }
  }
}

/**
 * Between C channels and the C · m outputs they have in a depthwise convolution: repeats each channel m times, or (sum) adds each
 * m outputs. x, y, pixels, C, m, floats of a pixel of x, of y, sum
 */
export function tensorChannels(p: usize): void {
  const pixels = int(p, 2),
    C = int(p, 3),
    m = int(p, 4),
    xPix = <usize>int(p, 5) << 2,
    yPix = <usize>int(p, 6) << 2,
    sum = int(p, 7);
  let x = ptr(p, 0),
    y = ptr(p, 1);
  for (let i = 0; i < pixels; i++) {
    let q = x,
      o = y;
    for (let c = 0; c < C; c++) {
      if (sum) {
        let s: f32 = 0;
        for (let k = 0; k < m; k++) {
          s += load<f32>(q);
          q += 4;
        }
        store<f32>(o, s);
        o += 4;
      } else {
        const v = load<f32>(q);
        q += 4;
        for (let k = 0; k < m; k++) {
          store<f32>(o, v);
          o += 4;
        }
      }
    }
    x += xPix;
    y += yPix;
  }
}
