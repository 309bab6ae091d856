// Convolutions of each channel by itself, over images whose border is there.
import { int, ptr } from './args';
import { madd, splat } from './math';
import { cutRow } from './micro';
import { ADD, CUT, RELU } from './modes';

/**
 * Four channels of `pixels` (up to 4) neighbours of the output. `triple`: windows of three neighbouring pixels a row, of which each
 * is loaded once for all taps that want it. Both are constants.
 */
// @ts-ignore: decorator
@inline
function taps(
  pixels: i32,
  triple: bool,
  X: usize,
  pix: usize,
  w: usize,
  wRow: usize,
  wStep: usize,
  out: usize,
  outPix: usize,
  bias: usize,
  kernelY: i32,
  strideY: usize,
  kernelX: i32,
  strideX: usize,
  mode: i32,
): void {
  let c0 = bias ? v128.load(bias) : splat(0),
    c1 = c0,
    c2 = c0,
    c3 = c0;
  if (mode & ADD) {
    c0 = v128.load(out);
    if (pixels > 1) c1 = v128.load(out + outPix);
    if (pixels > 2) c2 = v128.load(out + 2 * outPix);
    if (pixels > 3) c3 = v128.load(out + 3 * outPix);
  }
  const second = pix,
    third = pix << 1,
    fourth = pix + (pix << 1);
  for (let y = 0; y < kernelY; y++) {
    if (triple) {
      const w0 = v128.load(w),
        w1 = v128.load(w + wStep),
        w2 = v128.load(w + (wStep << 1)),
        x0 = v128.load(X),
        x1 = v128.load(X + pix),
        x2 = v128.load(X + (pix << 1));
      let x3 = x2,
        x4 = x2,
        x5 = x2;
      if (pixels > 1) x3 = v128.load(X + 3 * pix);
      if (pixels > 2) x4 = v128.load(X + (pix << 2));
      if (pixels > 3) x5 = v128.load(X + 5 * pix);
      c0 = madd(x0, w0, c0);
      if (pixels > 1) c1 = madd(x1, w0, c1);
      if (pixels > 2) c2 = madd(x2, w0, c2);
      if (pixels > 3) c3 = madd(x3, w0, c3);
      c0 = madd(x1, w1, c0);
      if (pixels > 1) c1 = madd(x2, w1, c1);
      if (pixels > 2) c2 = madd(x3, w1, c2);
      if (pixels > 3) c3 = madd(x4, w1, c3);
      c0 = madd(x2, w2, c0);
      if (pixels > 1) c1 = madd(x3, w2, c1);
      if (pixels > 2) c2 = madd(x4, w2, c2);
      if (pixels > 3) c3 = madd(x5, w2, c3);
    } else {
      let x = X,
        tap = w;
      for (let k = 0; k < kernelX; k++) {
        const weight = v128.load(tap),
          x0 = v128.load(x);
        let x1 = x0,
          x2 = x0,
          x3 = x0;
        if (pixels > 1) x1 = v128.load(x + second);
        if (pixels > 2) x2 = v128.load(x + third);
        if (pixels > 3) x3 = v128.load(x + fourth);
        c0 = madd(x0, weight, c0);
        if (pixels > 1) c1 = madd(x1, weight, c1);
        if (pixels > 2) c2 = madd(x2, weight, c2);
        if (pixels > 3) c3 = madd(x3, weight, c3);
        x += strideX;
        tap += wStep;
      }
    }
    X += strideY;
    w += wRow;
  }
  if (mode & RELU) {
    const zero = splat(0);
    c0 = f32x4.pmax(c0, zero);
    c1 = f32x4.pmax(c1, zero);
    c2 = f32x4.pmax(c2, zero);
    c3 = f32x4.pmax(c3, zero);
  }
  v128.store(out, c0);
  if (pixels > 1) v128.store(out + outPix, c1);
  if (pixels > 2) v128.store(out + 2 * outPix, c2);
  if (pixels > 3) v128.store(out + 3 * outPix, c3);
}

/** The same for a number of pixels that is no constant. */
// @ts-ignore: decorator
@inline
function someTaps(
  pixels: i32,
  triple: bool,
  X: usize,
  pix: usize,
  w: usize,
  wRow: usize,
  wStep: usize,
  out: usize,
  outPix: usize,
  bias: usize,
  kernelY: i32,
  strideY: usize,
  kernelX: i32,
  strideX: usize,
  mode: i32,
): void {
  switch (pixels) {
    case 4:
      taps(4, triple, X, pix, w, wRow, wStep, out, outPix, bias, kernelY, strideY, kernelX, strideX, mode);
      break;
    case 3:
      taps(3, triple, X, pix, w, wRow, wStep, out, outPix, bias, kernelY, strideY, kernelX, strideX, mode);
      break;
    case 2:
      taps(2, triple, X, pix, w, wRow, wStep, out, outPix, bias, kernelY, strideY, kernelX, strideX, mode);
      break;
    default:
      taps(1, triple, X, pix, w, wRow, wStep, out, outPix, bias, kernelY, strideY, kernelX, strideX, mode);
  }
}

/**
 * y[c] = Σ over the window of x[c] · w[c] (+ bias). With the last tap first and steps back it is the input gradient.
 * x, image, row, pixel strides; weights of the first tap, bytes to those of the next row and
 * of the next tap; y, image, row, pixel strides; bias or 0; n, H, W, C;
 * kernelY, strideY, kernelX, strideX; mode; with CUT: image that decides, image, row, pixel strides
 */
export function depthwise(p: usize): void {
  const pix = ptr(p, 3),
    wRow = ptr(p, 5),
    wStep = ptr(p, 6),
    outPix = ptr(p, 10),
    n = int(p, 12),
    H = int(p, 13),
    W = int(p, 14),
    bytes = <usize>int(p, 15) << 2,
    kernelY = int(p, 16),
    strideY = ptr(p, 17),
    kernelX = int(p, 18),
    strideX = ptr(p, 19),
    mode = int(p, 20),
    blocks = (W + 3) >> 2,
    triple = kernelX == 3 && strideX == pix;
  for (let b = 0; b < n; b++) {
    for (let y = 0; y < H; y++) {
      const row = ptr(p, 0) + <usize>b * ptr(p, 1) + <usize>y * ptr(p, 2),
        to = ptr(p, 7) + <usize>b * ptr(p, 8) + <usize>y * ptr(p, 9);
      for (let c: usize = 0; c < bytes; c += 16) {
        const w = ptr(p, 4) + c,
          bias = ptr(p, 11) ? ptr(p, 11) + c : 0;
        let i = 0;
        for (let block = 1; block <= blocks; block++) {
          const end = (block * W) / blocks,
            x = row + <usize>i * pix + c,
            out = to + <usize>i * outPix + c;
          if (triple) someTaps(end - i, true, x, pix, w, wRow, wStep, out, outPix, bias, kernelY, strideY, kernelX, strideX, mode);
          else someTaps(end - i, false, x, pix, w, wRow, wStep, out, outPix, bias, kernelY, strideY, kernelX, strideX, mode);
          i = end;
        }
      }
      if (mode & CUT) {
        const by = ptr(p, 21) + <usize>b * ptr(p, 22) + <usize>y * ptr(p, 23);
        cutRow(to, outPix, by, ptr(p, 24), W, int(p, 15));
      }
    }
  }
}

/** Adds Σ over W pixels of x[c] · d[c] to the gradients of `count` (a constant, up to 3) neighbouring taps. */
// @ts-ignore: decorator
@inline
function tapGrads(count: i32, x: usize, pix: usize, strideX: usize, d: usize, dPix: usize, W: i32, g: usize, gStep: usize): void {
  let g0 = splat(0),
    g1 = g0,
    g2 = g0;
  const second = strideX,
    third = strideX << 1;
  for (let i = 0; i < W; i++) {
    const dy = v128.load(d),
      x0 = v128.load(x);
    let x1 = x0,
      x2 = x0;
    if (count > 1) x1 = v128.load(x + second);
    if (count > 2) x2 = v128.load(x + third);
    g0 = madd(x0, dy, g0);
    if (count > 1) g1 = madd(x1, dy, g1);
    if (count > 2) g2 = madd(x2, dy, g2);
    x += pix;
    d += dPix;
  }
  v128.store(g, f32x4.add(v128.load(g), g0));
  if (count > 1) v128.store(g + gStep, f32x4.add(v128.load(g + gStep), g1));
  if (count > 2) v128.store(g + (gStep << 1), f32x4.add(v128.load(g + (gStep << 1)), g2));
}

/**
 * G += the gradient of the weights of `depthwise`.
 * x, image, row, pixel strides; dy, …; G of the first tap, bytes to the next; n, H, W, C; kernelY, strideY, kernelX, strideX
 */
export function depthwiseGrad(p: usize): void {
  const pix = ptr(p, 3),
    dPix = ptr(p, 7),
    step = ptr(p, 9),
    n = int(p, 10),
    H = int(p, 11),
    W = int(p, 12),
    bytes = <usize>int(p, 13) << 2,
    kernelY = int(p, 14),
    strideY = ptr(p, 15),
    kernelX = int(p, 16),
    strideX = ptr(p, 17);
  for (let b = 0; b < n; b++) {
    for (let y = 0; y < H; y++) {
      const row = ptr(p, 0) + <usize>b * ptr(p, 1) + <usize>y * ptr(p, 2),
        d = ptr(p, 4) + <usize>b * ptr(p, 5) + <usize>y * ptr(p, 6);
      for (let c: usize = 0; c < bytes; c += 16) {
        let g = ptr(p, 8) + c,
          line = row + c;
        for (let ky = 0; ky < kernelY; ky++) {
          let x = line,
            left = kernelX;
          while (left > 0) {
            const count = left > 3 ? 3 : left;
            if (count == 3) tapGrads(3, x, pix, strideX, d + c, dPix, W, g, step);
            else if (count == 2) tapGrads(2, x, pix, strideX, d + c, dPix, W, g, step);
            else tapGrads(1, x, pix, strideX, d + c, dPix, W, g, step);
            x += <usize>count * strideX;
            g += <usize>count * step;
            left -= count;
          }
          line += strideY;
        }
      }
    }
  }
}

/**
 * y[c · times + m] = x[c]: each channel several times; what fills up a pixel becomes zero.
 * x, image, row, pixel strides; y, …; n, H, W, channels; times; floats of a pixel of y
 */
export function repeatChannels(p: usize): void {
  const n = int(p, 8),
    H = int(p, 9),
    W = int(p, 10),
    channels = int(p, 11),
    times = int(p, 12),
    wide = int(p, 13);
  for (let b = 0; b < n; b++) {
    for (let h = 0; h < H; h++) {
      let x = ptr(p, 0) + <usize>b * ptr(p, 1) + <usize>h * ptr(p, 2),
        y = ptr(p, 4) + <usize>b * ptr(p, 5) + <usize>h * ptr(p, 6);
      for (let w = 0; w < W; w++) {
        let out = y;
        for (let c = 0; c < channels; c++) {
          const v = load<f32>(x + (<usize>c << 2));
          for (let m = 0; m < times; m++) {
            store<f32>(out, v);
            out += 4;
          }
        }
        for (const end = y + (<usize>wide << 2); out < end; out += 4) store<f32>(out, 0);
        x += ptr(p, 3);
        y += ptr(p, 7);
      }
    }
  }
}

/**
 * dx[c] (+)= Σ over m of dy[c · times + m].
 * dy, image, row, pixel strides; dx, …; n, H, W, channels; times; floats of a pixel of dx; add
 */
export function repeatChannelsGrad(p: usize): void {
  const n = int(p, 8),
    H = int(p, 9),
    W = int(p, 10),
    channels = int(p, 11),
    times = int(p, 12),
    wide = int(p, 13),
    add = int(p, 14);
  for (let b = 0; b < n; b++) {
    for (let h = 0; h < H; h++) {
      let d = ptr(p, 0) + <usize>b * ptr(p, 1) + <usize>h * ptr(p, 2),
        out = ptr(p, 4) + <usize>b * ptr(p, 5) + <usize>h * ptr(p, 6);
      for (let w = 0; w < W; w++) {
        let q = d;
        for (let c = 0; c < channels; c++) {
          let sum: f32 = 0;
          for (let m = 0; m < times; m++) {
            sum += load<f32>(q);
            q += 4;
          }
          const o = out + (<usize>c << 2);
          store<f32>(o, add ? load<f32>(o) + sum : sum);
        }
        if (!add) for (let c = channels; c < wide; c++) store<f32>(out + (<usize>c << 2), 0);
        d += ptr(p, 3);
        out += ptr(p, 7);
      }
    }
  }
}
