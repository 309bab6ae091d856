// Pools over images of n × H × W pixels of C floats (a multiple of 8). A window that reaches beyond the image has the cells
// inside alone.
import { int, ptr } from './args';
import { splat } from './math';

// @ts-ignore: decorator
@inline
function max4(x: usize, o1: usize, o2: usize, o3: usize, out: usize, bytes: usize): void {
  for (let c: usize = 0; c < bytes; c += 16) {
    const q = x + c,
      first = f32x4.pmax(v128.load(q), v128.load(q + o1)),
      second = f32x4.pmax(v128.load(q + o2), v128.load(q + o3));
    v128.store(out + c, f32x4.pmax(first, second));
  }
}

// @ts-ignore: decorator
@inline
function maxAny(x: usize, rows: i32, columns: i32, row: usize, pix: usize, out: usize, bytes: usize): void {
  for (let c: usize = 0; c < bytes; c += 32) {
    let top0 = splat(-Infinity),
      top1 = top0,
      line = x + c;
    for (let r = 0; r < rows; r++) {
      let q = line;
      for (let k = 0; k < columns; k++) {
        top0 = f32x4.pmax(top0, v128.load(q));
        top1 = f32x4.pmax(top1, v128.load(q, 16));
        q += pix;
      }
      line += row;
    }
    v128.store(out + c, top0);
    v128.store(out + c, top1, 16);
  }
}

// @ts-ignore: decorator
@inline
function meanOf(x: usize, rows: i32, columns: i32, row: usize, pix: usize, out: usize, bytes: usize): void {
  const share = splat(1 / <f32>(rows * columns));
  for (let c: usize = 0; c < bytes; c += 32) {
    let sum0 = splat(0),
      sum1 = sum0,
      line = x + c;
    for (let r = 0; r < rows; r++) {
      let line0 = splat(0),
        line1 = line0,
        q = line;
      for (let k = 0; k < columns; k++) {
        line0 = f32x4.add(line0, v128.load(q));
        line1 = f32x4.add(line1, v128.load(q, 16));
        q += pix;
      }
      sum0 = f32x4.add(sum0, line0);
      sum1 = f32x4.add(sum1, line1);
      line += row;
    }
    v128.store(out + c, f32x4.mul(sum0, share));
    v128.store(out + c, f32x4.mul(sum1, share), 16);
  }
}

/**
 * The largest number of each window.
 * x, image, row, pixel strides; y, …; n, rows and columns of y, C; H, W; window rows, columns; strides; zeros before
 */
export function maxPool(p: usize): void {
  pool(p, true);
}

/** The mean of each window; arguments as for maxPool. */
export function averagePool(p: usize): void {
  pool(p, false);
}

// @ts-ignore: decorator
@inline
function pool(p: usize, largest: bool): void {
  const row = ptr(p, 2),
    pix = ptr(p, 3),
    n = int(p, 8),
    rows = int(p, 9),
    columns = int(p, 10),
    bytes = <usize>int(p, 11) << 2,
    H = int(p, 12),
    W = int(p, 13),
    poolY = int(p, 14),
    poolX = int(p, 15),
    four = largest && poolY * poolX == 4,
    o1 = poolX == 1 ? row : pix,
    o2 = poolX == 4 ? pix << 1 : poolX == 2 ? row : row << 1,
    o3 = o1 + o2;
  for (let b = 0; b < n; b++) {
    const image = ptr(p, 0) + <usize>b * ptr(p, 1);
    for (let y = 0; y < rows; y++) {
      const fromY = y * int(p, 16) - int(p, 18),
        top = max(0, fromY),
        bottom = min(H, fromY + poolY);
      let out = ptr(p, 4) + <usize>b * ptr(p, 5) + <usize>y * ptr(p, 6);
      for (let x = 0; x < columns; x++) {
        const fromX = x * int(p, 17) - int(p, 19),
          left = max(0, fromX),
          right = min(W, fromX + poolX),
          q = image + <usize>top * row + <usize>left * pix;
        if (four && bottom - top == poolY && right - left == poolX) max4(q, o1, o2, o3, out, bytes);
        else if (largest) maxAny(q, bottom - top, right - left, row, pix, out, bytes);
        else meanOf(q, bottom - top, right - left, row, pix, out, bytes);
        out += ptr(p, 7);
      }
    }
  }
}
