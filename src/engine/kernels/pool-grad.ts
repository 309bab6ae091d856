// Gradients of pools: what came to a window goes to its largest cell, or in equal shares to all.
import { int, ptr } from './args';
import { splat } from './math';

/** Flags of the gradients: add to what is there; zero where the input is not positive; all maxima, not the first alone. */
const ADD: i32 = 1,
  CUT: i32 = 2,
  ALL: i32 = 4;

/** Zeros in `pixels` pixels. */
function clearPixels(at: usize, pix: usize, pixels: i32, bytes: usize): void {
  if (pixels > 0 && pix == bytes) memory.fill(at, 0, <usize>pixels * bytes);
  else {
    for (let x = 0; x < pixels; x++) {
      memory.fill(at, 0, bytes);
      at += pix;
    }
  }
}

/** Zeros in an image but for its first `rows` rows' first `columns` pixels. */
function clearRest(at: usize, row: usize, pix: usize, H: i32, W: i32, bytes: usize, rows: i32, columns: i32): void {
  for (let y = 0; y < H; y++) {
    const from = y < rows ? columns : 0;
    clearPixels(at + <usize>from * pix, pix, W - from, bytes);
    at += row;
  }
}

/** Gives a window's gradient to the first of four cells that holds the maximum. */
// @ts-ignore: decorator
@inline
function giveFour(
  x: usize,
  o1: usize,
  o2: usize,
  o3: usize,
  y: usize,
  dy: usize,
  dx: usize,
  e1: usize,
  e2: usize,
  e3: usize,
  bytes: usize,
  cut: bool,
): void {
  const zero = splat(0);
  for (let c: usize = 0; c < bytes; c += 16) {
    const q = x + c,
      out = dx + c,
      top = v128.load(y + c);
    let g = v128.load(dy + c);
    if (cut) g = v128.and(g, f32x4.gt(top, zero));
    const first = f32x4.eq(v128.load(q), top),
      second = f32x4.eq(v128.load(q + o1), top),
      third = f32x4.eq(v128.load(q + o2), top);
    v128.store(out, v128.and(g, first));
    g = v128.andnot(g, first);
    v128.store(out + e1, v128.and(g, second));
    g = v128.andnot(g, second);
    v128.store(out + e2, v128.and(g, third));
    v128.store(out + e3, v128.andnot(g, third));
  }
}

/** Gives a window's gradient to the first cell that holds the maximum, or to all of them; stores it or adds it. */
// @ts-ignore: decorator
@inline
function giveMaximum(
  x: usize,
  row: usize,
  pix: usize,
  y: usize,
  dy: usize,
  dx: usize,
  dxRow: usize,
  dxPix: usize,
  rows: i32,
  columns: i32,
  bytes: usize,
  flags: i32,
  adds: bool,
): void {
  const zero = splat(0);
  for (let c: usize = 0; c < bytes; c += 16) {
    const top = v128.load(y + c);
    let g = v128.load(dy + c),
      line = x + c,
      outLine = dx + c;
    if (flags & CUT) g = v128.and(g, f32x4.gt(top, zero));
    for (let r = 0; r < rows; r++) {
      let q = line,
        out = outLine;
      for (let k = 0; k < columns; k++) {
        const hit = f32x4.eq(v128.load(q), top);
        let part = v128.and(g, hit);
        if (!(flags & ALL)) g = v128.andnot(g, hit);
        if (adds) part = f32x4.add(part, v128.load(out));
        v128.store(out, part);
        q += pix;
        out += dxPix;
      }
      line += row;
      outLine += dxRow;
    }
  }
}

/**
 * dx (+)= the gradient of maxPool.
 * x, image, row, pixel strides; y, …; dy, …; dx, …; n, rows and columns of y, C; H, W; window rows, columns; strides;
 * zeros before; flags
 */
export function maxPoolGrad(p: usize): void {
  const row = ptr(p, 2),
    pix = ptr(p, 3),
    dxRow = ptr(p, 14),
    dxPix = ptr(p, 15),
    n = int(p, 16),
    rows = int(p, 17),
    columns = int(p, 18),
    bytes = <usize>int(p, 19) << 2,
    H = int(p, 20),
    W = int(p, 21),
    poolY = int(p, 22),
    poolX = int(p, 23),
    strideY = int(p, 24),
    strideX = int(p, 25),
    flags = int(p, 28),
    // Where windows lie side by side each cell is written once; else all are zero first.
    stores = !(flags & ADD) && strideY == poolY && strideX == poolX,
    four = stores && !(flags & ALL) && poolY * poolX == 4,
    cut = (flags & CUT) != 0,
    o1 = poolX == 1 ? row : pix,
    o2 = poolX == 4 ? pix << 1 : poolX == 2 ? row : row << 1,
    e1 = poolX == 1 ? dxRow : dxPix,
    e2 = poolX == 4 ? dxPix << 1 : poolX == 2 ? dxRow : dxRow << 1;
  for (let b = 0; b < n; b++) {
    const image = ptr(p, 0) + <usize>b * ptr(p, 1),
      to = ptr(p, 12) + <usize>b * ptr(p, 13);
    if (stores) clearRest(to, dxRow, dxPix, H, W, bytes, rows * strideY - int(p, 26), columns * strideX - int(p, 27));
    else if (!(flags & ADD)) clearRest(to, dxRow, dxPix, H, W, bytes, 0, 0);
    for (let oy = 0; oy < rows; oy++) {
      const fromY = oy * strideY - int(p, 26),
        top = max(0, fromY),
        bottom = min(H, fromY + poolY);
      let y = ptr(p, 4) + <usize>b * ptr(p, 5) + <usize>oy * ptr(p, 6),
        dy = ptr(p, 8) + <usize>b * ptr(p, 9) + <usize>oy * ptr(p, 10);
      for (let ox = 0; ox < columns; ox++) {
        const fromX = ox * strideX - int(p, 27),
          left = max(0, fromX),
          right = min(W, fromX + poolX),
          high = bottom - top,
          wide = right - left,
          q = image + <usize>top * row + <usize>left * pix,
          dx = to + <usize>top * dxRow + <usize>left * dxPix;
        if (four && high == poolY && wide == poolX) {
          giveFour(q, o1, o2, o1 + o2, y, dy, dx, e1, e2, e1 + e2, bytes, cut);
        } else if (stores) giveMaximum(q, row, pix, y, dy, dx, dxRow, dxPix, high, wide, bytes, flags, false);
        else giveMaximum(q, row, pix, y, dy, dx, dxRow, dxPix, high, wide, bytes, flags, true);
        y += ptr(p, 7);
        dy += ptr(p, 11);
      }
    }
  }
}

/** Gives each cell of a window its share of the gradient; stores it or adds it. */
// @ts-ignore: decorator
@inline
function giveShare(
  dy: usize,
  share: v128,
  by: usize,
  byRow: usize,
  byPix: usize,
  dx: usize,
  row: usize,
  pix: usize,
  rows: i32,
  columns: i32,
  bytes: usize,
  cut: bool,
  adds: bool,
): void {
  const zero = splat(0);
  for (let r = 0; r < rows; r++) {
    let out = dx,
      q = by;
    for (let k = 0; k < columns; k++) {
      for (let c: usize = 0; c < bytes; c += 16) {
        const g = f32x4.mul(v128.load(dy + c), share);
        let part = cut ? v128.and(g, f32x4.gt(v128.load(q + c), zero)) : g;
        if (adds) part = f32x4.add(part, v128.load(out + c));
        v128.store(out + c, part);
      }
      out += pix;
      q += byPix;
    }
    dx += row;
    by += byRow;
  }
}

/**
 * dx (+)= the gradient of averagePool, a share of 1 / (window rows · columns) for each cell. TensorFlow.js 4.22 takes that also
 * for windows that reach beyond the image, whose mean is over fewer cells.
 * the image that cuts, image, row, pixel strides; dy, …; dx, …; n, rows and columns of y, C; H, W; window rows, columns; strides;
 * zeros before; flags
 */
export function averagePoolGrad(p: usize): void {
  const by = ptr(p, 0),
    byRow = ptr(p, 2),
    byPix = ptr(p, 3),
    dxRow = ptr(p, 10),
    dxPix = ptr(p, 11),
    n = int(p, 12),
    rows = int(p, 13),
    columns = int(p, 14),
    bytes = <usize>int(p, 15) << 2,
    H = int(p, 16),
    W = int(p, 17),
    poolY = int(p, 18),
    poolX = int(p, 19),
    strideY = int(p, 20),
    strideX = int(p, 21),
    flags = int(p, 24),
    stores = !(flags & ADD) && strideY == poolY && strideX == poolX,
    cut = (flags & CUT) != 0,
    share = splat(1 / <f32>(poolY * poolX));
  for (let b = 0; b < n; b++) {
    const to = ptr(p, 8) + <usize>b * ptr(p, 9),
      over = by + <usize>b * ptr(p, 1);
    if (stores) clearRest(to, dxRow, dxPix, H, W, bytes, rows * strideY - int(p, 22), columns * strideX - int(p, 23));
    else if (!(flags & ADD)) clearRest(to, dxRow, dxPix, H, W, bytes, 0, 0);
    for (let oy = 0; oy < rows; oy++) {
      const fromY = oy * strideY - int(p, 22),
        top = max(0, fromY),
        high = min(H, fromY + poolY) - top;
      let dy = ptr(p, 4) + <usize>b * ptr(p, 5) + <usize>oy * ptr(p, 6);
      for (let ox = 0; ox < columns; ox++) {
        const fromX = ox * strideX - int(p, 23),
          left = max(0, fromX),
          wide = min(W, fromX + poolX) - left,
          dx = to + <usize>top * dxRow + <usize>left * dxPix,
          q = over + <usize>top * byRow + <usize>left * byPix;
        if (stores) giveShare(dy, share, q, byRow, byPix, dx, dxRow, dxPix, high, wide, bytes, cut, false);
        else giveShare(dy, share, q, byRow, byPix, dx, dxRow, dxPix, high, wide, bytes, cut, true);
        dy += ptr(p, 7);
      }
    }
  }
}
