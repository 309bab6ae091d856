// Matrix products over images in memory. A dense layer is an image of one pixel, a 1-D convolution an image of one row.
import { int, ptr } from './args';
import { block, cutRow } from './micro';
import { CUT } from './modes';
import { blockT } from './micro-grad';

/**
 * C = A · W (+ bias), over n images of H rows of W pixels; a row of A is what the segments gather. Dense layers, convolutions
 * and, with turned weights, their input gradients.
 * A, image, row, pixel strides of A; panels W; C, image, row, pixel strides of C; bias or 0; n, H, W; columns (multiple of 8);
 * segY, strideY, segX, strideX, segLen; mode; with CUT: image that decides, image, row, pixel strides
 */
export function product(p: usize): void {
  const aImg = ptr(p, 1),
    aRow = ptr(p, 2),
    aPix = ptr(p, 3),
    B = ptr(p, 4),
    cImg = ptr(p, 6),
    cRow = ptr(p, 7),
    cPix = ptr(p, 8),
    bias = ptr(p, 9),
    n = int(p, 10),
    H = int(p, 11),
    W = int(p, 12),
    N = int(p, 13),
    segY = int(p, 14),
    strideY = ptr(p, 15),
    segX = int(p, 16),
    strideX = ptr(p, 17),
    segLen = int(p, 18),
    mode = int(p, 19);
  let image = ptr(p, 0),
    out = ptr(p, 5);
  for (let b = 0; b < n; b++) {
    let a = image,
      c = out;
    for (let y = 0; y < H; y++) {
      block(a, aPix, B, c, cPix, W, N, segY, strideY, segX, strideX, segLen, bias, mode);
      if (mode & CUT) {
        const by = ptr(p, 20) + <usize>b * ptr(p, 21) + <usize>y * ptr(p, 22);
        cutRow(c, cPix, by, ptr(p, 23), W, N);
      }
      a += aRow;
      c += cRow;
    }
    image += aImg;
    out += cImg;
  }
}

/** Weights of a gradient tile stay in registers over so many rows, at most, as have their data in the first cache. */
const ROWS: i32 = 128,
  NEAR: i32 = 24576,
  LINE: i32 = 64;

/**
 * G += Aᵀ · D: the weight gradient of `product` in its panels.
 * A, image, row, pixel strides; D, image, row, pixel strides; G; n, H, W; columns; segY, strideY, segX, strideX, segLen
 */
export function productGrad(p: usize): void {
  const aImg = ptr(p, 1),
    aRow = ptr(p, 2),
    aPix = ptr(p, 3),
    dImg = ptr(p, 5),
    dRow = ptr(p, 6),
    dPix = ptr(p, 7),
    G = ptr(p, 8),
    n = int(p, 9),
    H = int(p, 10),
    W = int(p, 11),
    N = int(p, 12),
    segY = int(p, 13),
    strideY = ptr(p, 14),
    segX = int(p, 15),
    strideX = ptr(p, 16),
    segLen = int(p, 17);
  const panel = (<usize>(segY * segX * segLen)) << 5;
  const most = min(ROWS, max(16, NEAR / (LINE + (min(N, segLen) << 2)))),
    step = max(1, most / max(1, W));
  let image = ptr(p, 0),
    grad = ptr(p, 4);
  for (let b = 0; b < n; b++) {
    for (let y = 0; y < H; y += step) {
      const rowsY = min(step, H - y);
      for (let x = 0; x < W; x += most) {
        const a = image + <usize>y * aRow + <usize>x * aPix,
          d = grad + <usize>y * dRow + <usize>x * dPix,
          rows = min(most, W - x);
        let g = G;
        for (let ky = 0; ky < segY; ky++) {
          for (let kx = 0; kx < segX; kx++) {
            const at = a + <usize>ky * strideY + <usize>kx * strideX;
            blockT(at, aRow, aPix, d, dRow, dPix, g, panel, segLen, N, rowsY, rows);
            g += (<usize>segLen) << 5;
          }
        }
      }
    }
    image += aImg;
    grad += dImg;
  }
}

/**
 * Turns panels [N/8][taps][K][8] into [K/8][taps reversed][N][8]: the weights of the input gradient. `N` and `K` as they are
 * used (K real columns of the input, N real columns of the output); columns that only fill up a panel become zero.
 * W, out, taps, K, N
 */
export function turn(p: usize): void {
  const W = ptr(p, 0),
    taps = int(p, 2),
    K = int(p, 3),
    N = int(p, 4),
    whole = N & ~7;
  let out = ptr(p, 1);
  for (let k0 = 0; k0 < K; k0 += 8) {
    const width = min(8, K - k0);
    for (let t = taps - 1; t >= 0; t--) {
      let j = 0;
      if (width == 8) {
        for (; j < whole; j += 8) {
          turnSquare(W + ((<usize>(((j >> 3) * taps + t) * K + k0)) << 5), out);
          out += 256;
        }
      }
      for (; j < N; j++) {
        let from = W + ((<usize>(((j >> 3) * taps + t) * K + k0)) << 5) + ((<usize>(j & 7)) << 2);
        for (let q = 0; q < width; q++) {
          store<f32>(out + ((<usize>q) << 2), load<f32>(from));
          from += 32;
        }
        for (let q = width; q < 8; q++) store<f32>(out + ((<usize>q) << 2), 0);
        out += 32;
      }
    }
  }
}

/** Turns 4 × 4 numbers; rows are 32 bytes apart here and there. */
// @ts-ignore: decorator
@inline
function turnQuarter(from: usize, to: usize): void {
  const r0 = v128.load(from),
    r1 = v128.load(from, 32),
    r2 = v128.load(from, 64),
    r3 = v128.load(from, 96),
    a = v128.shuffle<f32>(r0, r1, 0, 4, 1, 5),
    b = v128.shuffle<f32>(r0, r1, 2, 6, 3, 7),
    c = v128.shuffle<f32>(r2, r3, 0, 4, 1, 5),
    d = v128.shuffle<f32>(r2, r3, 2, 6, 3, 7);
  v128.store(to, v128.shuffle<f32>(a, c, 0, 1, 4, 5));
  v128.store(to, v128.shuffle<f32>(a, c, 2, 3, 6, 7), 32);
  v128.store(to, v128.shuffle<f32>(b, d, 0, 1, 4, 5), 64);
  v128.store(to, v128.shuffle<f32>(b, d, 2, 3, 6, 7), 96);
}

/** Turns 8 × 8 numbers that lie side by side. */
function turnSquare(from: usize, to: usize): void {
  turnQuarter(from, to);
  turnQuarter(from + 16, to + 128);
  turnQuarter(from + 128, to + 16);
  turnQuarter(from + 144, to + 144);
}

/** out[c] += Σ over W pixels of D[…, c], for 4 channels or, side by side as a line of the cache holds them, 16. */
// @ts-ignore: decorator
@inline
function sumPixels(line: bool, D: usize, pix: usize, W: i32, out: usize): void {
  let s0 = f32x4.splat(0),
    s1 = s0,
    s2 = s0,
    s3 = s0;
  for (let x = 0; x < W; x++) {
    s0 = f32x4.add(s0, v128.load(D));
    if (line) {
      s1 = f32x4.add(s1, v128.load(D, 16));
      s2 = f32x4.add(s2, v128.load(D, 32));
      s3 = f32x4.add(s3, v128.load(D, 48));
    }
    D += pix;
  }
  v128.store(out, f32x4.add(v128.load(out), s0));
  if (line) {
    v128.store(out, f32x4.add(v128.load(out, 16), s1), 16);
    v128.store(out, f32x4.add(v128.load(out, 32), s2), 32);
    v128.store(out, f32x4.add(v128.load(out, 48), s3), 48);
  }
}

/**
 * As `turn`, but only some taps of a kernel: from one on, each so many after the one before. Taps beyond the kernel are zero.
 * W, out, kernelY, kernelX, fromY, fromX, stepY, stepX, tapsY, tapsX, K, N
 */
export function turnPart(p: usize): void {
  const W = ptr(p, 0),
    kernelY = int(p, 2),
    kernelX = int(p, 3),
    tapsY = int(p, 8),
    tapsX = int(p, 9),
    K = int(p, 10),
    N = int(p, 11),
    taps = kernelY * kernelX;
  let out = ptr(p, 1);
  for (let k0 = 0; k0 < K; k0 += 8) {
    for (let ty = tapsY - 1; ty >= 0; ty--) {
      for (let tx = tapsX - 1; tx >= 0; tx--) {
        const y = int(p, 4) + ty * int(p, 6),
          x = int(p, 5) + tx * int(p, 7),
          width = y < kernelY && x < kernelX ? min(8, K - k0) : 0,
          t = y * kernelX + x;
        for (let j = 0; j < N; j++) {
          let from = W + ((<usize>(((j >> 3) * taps + t) * K + k0)) << 5) + ((<usize>(j & 7)) << 2);
          for (let q = 0; q < width; q++) {
            store<f32>(out + ((<usize>q) << 2), load<f32>(from));
            from += 32;
          }
          for (let q = width; q < 8; q++) store<f32>(out + ((<usize>q) << 2), 0);
          out += 32;
        }
      }
    }
  }
}

/**
 * out[c] += Σ over all pixels of D[…, c]: the gradient of a bias; rows are summed first, then their sums.
 * D, image, row, pixel strides; out; n, H, W; channels (multiple of 4)
 */
export function channelSum(p: usize): void {
  const img = ptr(p, 1),
    row = ptr(p, 2),
    pix = ptr(p, 3),
    out = ptr(p, 4),
    n = int(p, 5),
    H = int(p, 6),
    W = int(p, 7),
    bytes = (<usize>int(p, 8)) << 2;
  let image = ptr(p, 0);
  for (let b = 0; b < n; b++) {
    let at = image;
    for (let y = 0; y < H; y++) {
      let c: usize = 0;
      for (; c + 64 <= bytes; c += 64) sumPixels(true, at + c, pix, W, out + c);
      for (; c < bytes; c += 16) sumPixels(false, at + c, pix, W, out + c);
      at += row;
    }
    image += img;
  }
}
