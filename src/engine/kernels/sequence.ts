// Masks of sequences, and a vector at every step.
import { int, ptr, real } from './args';

/** Mask of tokens: 1 where a number is not zero. X, image stride; mask (W floats an image); n, W */
export function tokenMask(p: usize): void {
  const n = int(p, 3),
    W = int(p, 4);
  let out = ptr(p, 2);
  for (let b = 0; b < n; b++) {
    let x = ptr(p, 0) + <usize>b * ptr(p, 1);
    for (let i = 0; i < W; i++) {
      store<f32>(out, load<f32>(x) != 0 ? 1 : 0);
      x += 4;
      out += 4;
    }
  }
}

/**
 * Mask of steps: 1 where any number of a step differs from a value.
 * X, image, pixel strides; mask (W floats an image); n, W, C; value
 */
export function stepMask(p: usize): void {
  const n = int(p, 4),
    W = int(p, 5),
    bytes = <usize>int(p, 6) << 2,
    value = real(p, 7);
  let out = ptr(p, 3);
  for (let b = 0; b < n; b++) {
    let x = ptr(p, 0) + <usize>b * ptr(p, 1);
    for (let i = 0; i < W; i++) {
      let any: f32 = 0;
      for (let o: usize = 0; o < bytes; o += 4) if (load<f32>(x + o) != value) any = 1;
      store<f32>(out, any);
      x += ptr(p, 2);
      out += 4;
    }
  }
}

/**
 * y (+)= x · mask, the mask having a number for each pixel.
 * x, image, pixel strides; y, image, pixel strides; mask; n, W, C (a multiple of 4); add
 */
export function maskSteps(p: usize): void {
  const n = int(p, 7),
    W = int(p, 8),
    bytes = <usize>int(p, 9) << 2,
    add = int(p, 10);
  let mask = ptr(p, 6);
  for (let b = 0; b < n; b++) {
    let x = ptr(p, 0) + <usize>b * ptr(p, 1),
      y = ptr(p, 3) + <usize>b * ptr(p, 4);
    for (let i = 0; i < W; i++) {
      const factor = v128.load32_splat(mask);
      for (let o: usize = 0; o < bytes; o += 16) {
        let v = f32x4.mul(v128.load(x + o), factor);
        if (add) v = f32x4.add(v128.load(y + o), v);
        v128.store(y + o, v);
      }
      x += ptr(p, 2);
      y += ptr(p, 5);
      mask += 4;
    }
  }
}

/** y (+)= Σ over the pixels of an image of x. x, image, pixel strides; y, image stride; n, W, C (a multiple of 4); add */
export function sumSteps(p: usize): void {
  const n = int(p, 5),
    W = int(p, 6),
    bytes = <usize>int(p, 7) << 2,
    add = int(p, 8);
  for (let b = 0; b < n; b++) {
    const y = ptr(p, 3) + <usize>b * ptr(p, 4);
    for (let o: usize = 0; o < bytes; o += 16) {
      let sum = add ? v128.load(y + o) : f32x4.splat(0),
        x = ptr(p, 0) + <usize>b * ptr(p, 1) + o;
      for (let i = 0; i < W; i++) {
        sum = f32x4.add(sum, v128.load(x));
        x += ptr(p, 2);
      }
      v128.store(y + o, sum);
    }
  }
}
