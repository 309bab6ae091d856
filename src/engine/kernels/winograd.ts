// 3 × 3 convolutions by Winograd's F(4 × 4, 3 × 3): 36 multiplications where the direct way has 144. Images are cut into tiles of
// 4 × 4 outputs; for each of the 36 places of the transformed tiles one matrix product over the tiles of a group.
//
// Planes of the 36 places lie 64 bytes more than their size apart: powers of two would all fall into one set of the cache.
import { int, ptr } from './args';
import { entry, splat } from './math';
import { block } from './micro';
import { ADD, CUT, RELU } from './modes';
import { blockT } from './micro-grad';
import {
  FIVE_HALVES,
  HALF,
  inputMap,
  MAPS,
  outputGradMap,
  outputMap,
  ROOT_HALF,
  ROOT_TWO,
  TWO,
  weightGradMap,
  weightMap,
} from './winograd-transforms';

const GAP: usize = 64;
/** Bytes of four channels, and of a row of six places of them, in the scratch. */
const SPOT: usize = 16,
  LINE: usize = 96;

/** Copies a rows × columns corner of a tile, four channels of each pixel, and puts zeros in the rest of its side × side places. */
function cornerOf(from: usize, row: usize, pix: usize, rows: i32, columns: i32, to: usize, side: i32): void {
  for (let y = 0; y < side; y++) {
    for (let x = 0; x < side; x++) {
      const inside = y < rows && x < columns;
      const value = inside ? v128.load(from + <usize>y * row + <usize>x * pix) : splat(0);
      v128.store(to + <usize>y * LINE + <usize>x * SPOT, value);
    }
  }
}

/** Tiles `first` to `end` of images with `H` × `W` outputs into V [36][tiles][C]; `scratch` holds two tiles. */
function gatherInputs(x: usize, img: usize, row: usize, pix: usize, H: i32, W: i32, C: i32, first: i32, end: i32, V: usize, scratch: usize): void {
  const across = (W + 3) >> 2,
    each = across * ((H + 3) >> 2),
    bytes = <usize>C << 2,
    plane = <usize>(end - first) * bytes + GAP,
    corner = scratch + 6 * LINE,
    half = entry(MAPS, HALF),
    two = entry(MAPS, TWO),
    fiveHalves = entry(MAPS, FIVE_HALVES),
    rootHalf = entry(MAPS, ROOT_HALF),
    rootTwo = entry(MAPS, ROOT_TWO);
  for (let t = first; t < end; t++) {
    const image = t / each,
      place = t - image * each,
      y = place / across,
      h = y << 2,
      w = (place - y * across) << 2,
      rows = min(6, H + 2 - h),
      columns = min(6, W + 2 - w),
      from = x + <usize>image * img + <usize>h * row + <usize>w * pix;
    for (let c: usize = 0; c < bytes; c += 16) {
      let at = from + c,
        down = row,
        step = pix;
      if (rows < 6 || columns < 6) {
        cornerOf(at, row, pix, rows, columns, corner, 6);
        at = corner;
        down = LINE;
        step = SPOT;
      }
      for (let i: usize = 0; i < 6; i++) inputMap(at + i * step, down, scratch + i * SPOT, LINE, half, two, fiveHalves, rootHalf, rootTwo);
      for (let i: usize = 0; i < 6; i++) inputMap(scratch + i * LINE, SPOT, V + c + i * 6 * plane, plane, half, two, fiveHalves, rootHalf, rootTwo);
    }
    V += bytes;
  }
}

/** A corner of a tile of outputs, which has bias and ReLU already, with adding and cutting as `mode` says. */
function putCorner(from: usize, rows: i32, columns: i32, mode: i32, to: usize, row: usize, pix: usize, by: usize, byRow: usize, byPix: usize): void {
  const zero = splat(0);
  for (let i = 0; i < rows; i++) {
    let value = from + <usize>i * LINE,
      out = to + <usize>i * row,
      mask = by + <usize>i * byRow;
    for (let j = 0; j < columns; j++) {
      let v = v128.load(value);
      if (mode & ADD) v = f32x4.add(v, v128.load(out));
      if (mode & CUT) v = v128.and(v, f32x4.gt(v128.load(mask), zero));
      v128.store(out, v);
      out += pix;
      mask += byPix;
      value += SPOT;
    }
  }
}

/** M [36][tiles][C] into the outputs. */
function spreadOutputs(M: usize, bias: usize, mode: i32, y: usize, img: usize, row: usize, pix: usize, by: usize, byImg: usize, byRow: usize, byPix: usize, H: i32, W: i32, C: i32, first: i32, end: i32, scratch: usize): void {
  const across = (W + 3) >> 2,
    each = across * ((H + 3) >> 2),
    bytes = <usize>C << 2,
    plane = <usize>(end - first) * bytes + GAP,
    result = scratch + 6 * LINE,
    half = entry(MAPS, HALF),
    two = entry(MAPS, TWO),
    rootHalf = entry(MAPS, ROOT_HALF),
    zero = splat(0),
    floor = splat(mode & RELU ? <f32>0 : -<f32>Infinity),
    rootTwo = entry(MAPS, ROOT_TWO);
  for (let t = first; t < end; t++) {
    const image = t / each,
      place = t - image * each,
      tileY = place / across,
      h = tileY << 2,
      w = (place - tileY * across) << 2,
      rows = min(4, H - h),
      columns = min(4, W - w),
      to = y + <usize>image * img + <usize>h * row + <usize>w * pix,
      over = by + <usize>image * byImg + <usize>h * byRow + <usize>w * byPix;
    for (let c: usize = 0; c < bytes; c += 16) {
      for (let i: usize = 0; i < 6; i++) outputMap(M + c + i * plane, 6 * plane, scratch + i * SPOT, LINE, half, two, rootHalf, rootTwo, false, floor, floor);
      const shift = bias ? v128.load(bias + c) : zero;
      if (rows == 4 && columns == 4 && !(mode & (ADD | CUT))) {
        for (let i: usize = 0; i < 4; i++) {
          outputMap(scratch + i * LINE, SPOT, to + c + i * row, pix, half, two, rootHalf, rootTwo, true, shift, floor);
        }
      } else {
        for (let i: usize = 0; i < 4; i++) {
          outputMap(scratch + i * LINE, SPOT, result + i * LINE, SPOT, half, two, rootHalf, rootTwo, true, shift, floor);
        }
        putCorner(result, rows, columns, mode, to + c, row, pix, over + c, byRow, byPix);
      }
    }
    M += bytes;
  }
}

/** Output gradients into M [36][tiles][C]. */
function gatherGradients(d: usize, img: usize, row: usize, pix: usize, H: i32, W: i32, C: i32, first: i32, end: i32, M: usize, scratch: usize): void {
  const across = (W + 3) >> 2,
    each = across * ((H + 3) >> 2),
    bytes = <usize>C << 2,
    plane = <usize>(end - first) * bytes + GAP,
    corner = scratch + 6 * LINE,
    half = entry(MAPS, HALF),
    two = entry(MAPS, TWO),
    rootHalf = entry(MAPS, ROOT_HALF),
    rootTwo = entry(MAPS, ROOT_TWO);
  for (let t = first; t < end; t++) {
    const image = t / each,
      place = t - image * each,
      y = place / across,
      h = y << 2,
      w = (place - y * across) << 2,
      rows = min(4, H - h),
      columns = min(4, W - w),
      from = d + <usize>image * img + <usize>h * row + <usize>w * pix;
    for (let c: usize = 0; c < bytes; c += 16) {
      let at = from + c,
        down = row,
        step = pix;
      if (rows < 4 || columns < 4) {
        cornerOf(at, row, pix, rows, columns, corner, 4);
        at = corner;
        down = LINE;
        step = SPOT;
      }
      for (let i: usize = 0; i < 4; i++) outputGradMap(at + i * step, down, scratch + i * SPOT, LINE, half, two, rootHalf, rootTwo);
      for (let i: usize = 0; i < 6; i++) outputGradMap(scratch + i * LINE, SPOT, M + c + i * 6 * plane, plane, half, two, rootHalf, rootTwo);
    }
    M += bytes;
  }
}

/** Panels W [N/8][9][K][8] into U [36][N/8][K][8]. W, U, K, N (multiples of 8), scratch */
export function winogradWeights(p: usize): void {
  const K = int(p, 2),
    N = int(p, 3),
    scratch = ptr(p, 4),
    bytes = <usize>K << 5,
    plane = <usize>(K * N) << 2;
  for (let j = 0; j < N; j += 8) {
    const w = ptr(p, 0) + <usize>(j >> 3) * 9 * bytes,
      u = ptr(p, 1) + <usize>(j >> 3) * bytes;
    for (let c: usize = 0; c < bytes; c += 16) {
      for (let i: usize = 0; i < 3; i++) weightMap(w + c + i * bytes, 3 * bytes, scratch + i * SPOT, LINE);
      for (let i: usize = 0; i < 6; i++) weightMap(scratch + i * LINE, SPOT, u + c + i * 6 * plane, plane);
    }
  }
}

/**
 * y = the convolution of x (+ bias).
 * x at the first window, image, row, pixel strides; U; bias or 0; y, …; n, H, W of y; K channels of x, N of y (multiples of 8);
 * mode; the image that cuts, …; V and M (36 planes for the tiles of a group each), scratch; tiles of a group
 */
export function winograd(p: usize): void {
  const bias = ptr(p, 5),
    H = int(p, 11),
    W = int(p, 12),
    K = int(p, 13),
    N = int(p, 14),
    mode = int(p, 15),
    V = ptr(p, 20),
    M = ptr(p, 21),
    scratch = ptr(p, 22),
    group = int(p, 23),
    tiles = int(p, 10) * ((H + 3) >> 2) * ((W + 3) >> 2),
    weights = <usize>(K * N) << 2;
  for (let first = 0; first < tiles; first += group) {
    const end = min(tiles, first + group),
      count = end - first,
      planeV = (<usize>(count * K) << 2) + GAP,
      planeM = (<usize>(count * N) << 2) + GAP;
    gatherInputs(ptr(p, 0), ptr(p, 1), ptr(p, 2), ptr(p, 3), H, W, K, first, end, V, scratch);
    for (let i: usize = 0; i < 36; i++) {
      block(V + i * planeV, <usize>K << 2, ptr(p, 4) + i * weights, M + i * planeM, <usize>N << 2, count, N, 1, 0, 1, 0, K, 0, 0);
    }
    spreadOutputs(M, bias, mode, ptr(p, 6), ptr(p, 7), ptr(p, 8), ptr(p, 9), ptr(p, 16), ptr(p, 17), ptr(p, 18), ptr(p, 19), H, W, N, first, end, scratch);
  }
}

/**
 * G += the weight gradient, in panels [N/8][9][K][8].
 * x at the first window, image, row, pixel strides; dy, …; G; n, H, W of dy; K, N; U's gradient (36 · K · N floats), V, M, scratch;
 * tiles of a group
 */
export function winogradGrad(p: usize): void {
  const G = ptr(p, 8),
    H = int(p, 10),
    W = int(p, 11),
    K = int(p, 12),
    N = int(p, 13),
    U = ptr(p, 14),
    V = ptr(p, 15),
    M = ptr(p, 16),
    scratch = ptr(p, 17),
    group = int(p, 18),
    tiles = int(p, 9) * ((H + 3) >> 2) * ((W + 3) >> 2),
    bytes = <usize>K << 5,
    weights = <usize>(K * N) << 2;
  memory.fill(U, 0, 36 * weights);
  for (let first = 0; first < tiles; first += group) {
    const end = min(tiles, first + group),
      count = end - first,
      planeV = (<usize>(count * K) << 2) + GAP,
      planeM = (<usize>(count * N) << 2) + GAP;
    gatherInputs(ptr(p, 0), ptr(p, 1), ptr(p, 2), ptr(p, 3), H, W, K, first, end, V, scratch);
    gatherGradients(ptr(p, 4), ptr(p, 5), ptr(p, 6), ptr(p, 7), H, W, N, first, end, M, scratch);
    for (let i: usize = 0; i < 36; i++) {
      blockT(V + i * planeV, 0, <usize>K << 2, M + i * planeM, 0, <usize>N << 2, U + i * weights, bytes, K, N, 1, count);
    }
  }
  for (let j = 0; j < N; j += 8) {
    const g = G + <usize>(j >> 3) * 9 * bytes,
      u = U + <usize>(j >> 3) * bytes;
    for (let c: usize = 0; c < bytes; c += 16) {
      for (let i: usize = 0; i < 6; i++) weightGradMap(u + c + i * weights, 6 * weights, scratch + i * SPOT, LINE, false);
      for (let i: usize = 0; i < 3; i++) weightGradMap(scratch + i * LINE, SPOT, g + c + i * 3 * bytes, bytes, true);
    }
  }
}
