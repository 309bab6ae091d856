// Softmax over the channels of each pixel, and the way back.
import { int, ptr } from './args';
import { exp4, splat } from './math';

/**
 * Softmax over the first `classes` of each pixel's C floats, in place of x or into y; the rest becomes zero.
 * x, image, row, pixel strides; y, …; n, H, W, C; classes
 */
export function softmax(p: usize): void {
  const n = int(p, 8),
    H = int(p, 9),
    W = int(p, 10),
    C = int(p, 11),
    classes = int(p, 12);
  for (let b = 0; b < n; b++) {
    for (let h = 0; h < H; h++) {
      let x = ptr(p, 0) + <usize>b * ptr(p, 1) + <usize>h * ptr(p, 2),
        y = ptr(p, 4) + <usize>b * ptr(p, 5) + <usize>h * ptr(p, 6);
      for (let w = 0; w < W; w++) {
        softmaxRow(x, y, classes, C);
        x += ptr(p, 3);
        y += ptr(p, 7);
      }
    }
  }
}

/** What a class has of the likeliest one at least, 2⁻¹⁰⁰: its gradient is no denormal number then. */
const FLOOR: f32 = 7.888609052210118e-31;

/** The largest of some numbers. What it is where one of them is NaN does not matter: then all of the softmax is. */
// @ts-ignore: decorator
@inline
function largest(x: usize, count: i32): f32 {
  let top = load<f32>(x),
    j = 1;
  if (count >= 4) {
    let four = v128.load(x);
    for (j = 4; j + 4 <= count; j += 4) four = f32x4.pmax(four, v128.load(x + (<usize>j << 2)));
    four = f32x4.pmax(four, v128.shuffle<f32>(four, four, 2, 3, 0, 1));
    four = f32x4.pmax(four, v128.shuffle<f32>(four, four, 1, 0, 3, 2));
    top = f32x4.extract_lane(four, 0);
  }
  for (; j < count; j++) {
    const next = load<f32>(x + (<usize>j << 2));
    if (next > top) top = next;
  }
  return top;
}

// @ts-ignore: decorator
@inline
function softmaxRow(x: usize, y: usize, classes: i32, C: i32): void {
  const high = splat(largest(x, classes)),
    floor = splat(FLOOR),
    bytes = <usize>classes << 2;
  for (let o: usize = 0; o < bytes; o += 16) v128.store(y + o, f32x4.pmax(exp4(f32x4.sub(v128.load(x + o), high)), floor));
  let sum: f32 = 0;
  for (let o: usize = 0; o < bytes; o += 4) sum += load<f32>(y + o);
  const share = splat(1 / sum);
  for (let o: usize = 0; o < bytes; o += 16) v128.store(y + o, f32x4.mul(v128.load(y + o), share));
  for (let j = classes; j < C; j++) store<f32>(y + (<usize>j << 2), 0);
}

/**
 * dx = y · (dy − Σ y·dy), or dx += that: the gradient through a softmax.
 * y, image, row, pixel strides; dy, …; dx, …; n, H, W, C; classes; add
 */
export function softmaxGrad(p: usize): void {
  const n = int(p, 12),
    H = int(p, 13),
    W = int(p, 14),
    C = int(p, 15),
    classes = int(p, 16),
    add = int(p, 17);
  for (let b = 0; b < n; b++) {
    for (let h = 0; h < H; h++) {
      let y = ptr(p, 0) + <usize>b * ptr(p, 1) + <usize>h * ptr(p, 2),
        d = ptr(p, 4) + <usize>b * ptr(p, 5) + <usize>h * ptr(p, 6),
        out = ptr(p, 8) + <usize>b * ptr(p, 9) + <usize>h * ptr(p, 10);
      for (let w = 0; w < W; w++) {
        let dot: f32 = 0;
        for (let j = 0; j < classes; j++) {
          const o = <usize>j << 2;
          dot += load<f32>(y + o) * load<f32>(d + o);
        }
        const mean = splat(dot);
        for (let j = 0; j < C; j += 4) {
          const o = <usize>j << 2;
          let g = f32x4.mul(v128.load(y + o), f32x4.sub(v128.load(d + o), mean));
          if (add) g = f32x4.add(g, v128.load(out + o));
          v128.store(out + o, g);
        }
        y += ptr(p, 3);
        d += ptr(p, 7);
        out += ptr(p, 11);
      }
    }
  }
}
