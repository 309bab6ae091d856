// ReLU whose slope below zero is a weight. The slopes are an image of their own, with strides of zero along shared sides.
import { int, ptr } from './args';
import { choose, lanes, splat } from './math';

// @ts-ignore: decorator
@inline
function slopes(alpha: usize, o: usize, narrow: i32): v128 {
  return narrow ? v128.load32_splat(alpha) : v128.load(alpha + o);
}

/**
 * y = x above zero, α x elsewhere.
 * x, image, row, pixel strides; y, …; α, row, pixel strides; 1 where α is one for all channels; n, H, W, C
 */
export function prelu(p: usize): void {
  const narrow = int(p, 11),
    n = int(p, 12),
    H = int(p, 13),
    W = int(p, 14),
    bytes = <usize>int(p, 15) << 2,
    zero = splat(0);
  for (let b = 0; b < n; b++) {
    for (let h = 0; h < H; h++) {
      let x = ptr(p, 0) + <usize>b * ptr(p, 1) + <usize>h * ptr(p, 2),
        y = ptr(p, 4) + <usize>b * ptr(p, 5) + <usize>h * ptr(p, 6),
        alpha = ptr(p, 8) + <usize>h * ptr(p, 9);
      for (let w = 0; w < W; w++) {
        for (let o: usize = 0; o < bytes; o += 16) {
          const v = v128.load(x + o);
          v128.store(y + o, choose(f32x4.gt(v, zero), v, f32x4.mul(slopes(alpha, o, narrow), v)));
        }
        x += ptr(p, 3);
        y += ptr(p, 7);
        alpha += ptr(p, 10);
      }
    }
  }
}

/**
 * dx = dy above zero, α dy elsewhere, or dx += that; dα += x dy where x is not above zero. Either is left out where its address
 * is 0. What fills up a pixel of dy must be zero.
 * x, image, row, pixel strides; dy, …; dx, …; α, row, pixel strides; dα (strides of α); 1 where α is one for all channels;
 * n, H, W, C; add (to dx)
 */
export function preluGrad(p: usize): void {
  const narrow = int(p, 16),
    n = int(p, 17),
    H = int(p, 18),
    W = int(p, 19),
    bytes = <usize>int(p, 20) << 2,
    add = int(p, 21),
    zero = splat(0);
  for (let b = 0; b < n; b++) {
    for (let h = 0; h < H; h++) {
      let x = ptr(p, 0) + <usize>b * ptr(p, 1) + <usize>h * ptr(p, 2),
        d = ptr(p, 4) + <usize>b * ptr(p, 5) + <usize>h * ptr(p, 6),
        out = ptr(p, 8) ? ptr(p, 8) + <usize>b * ptr(p, 9) + <usize>h * ptr(p, 10) : 0,
        alpha = ptr(p, 12) + <usize>h * ptr(p, 13),
        sums = ptr(p, 15) ? ptr(p, 15) + <usize>h * ptr(p, 13) : 0;
      for (let w = 0; w < W; w++) {
        if (out) {
          for (let o: usize = 0; o < bytes; o += 16) {
            const dy = v128.load(d + o);
            let g = choose(f32x4.gt(v128.load(x + o), zero), dy, f32x4.mul(slopes(alpha, o, narrow), dy));
            if (add) g = f32x4.add(g, v128.load(out + o));
            v128.store(out + o, g);
          }
          out += ptr(p, 11);
        }
        if (sums) {
          let sum = zero;
          for (let o: usize = 0; o < bytes; o += 16) {
            const v = v128.load(x + o);
            const g = v128.andnot(f32x4.mul(v, v128.load(d + o)), f32x4.gt(v, zero));
            if (narrow) sum = f32x4.add(sum, g);
            else v128.store(sums + o, f32x4.add(v128.load(sums + o), g));
          }
          if (narrow) store<f32>(sums, load<f32>(sums) + lanes(sum));
          sums += ptr(p, 14);
        }
        x += ptr(p, 3);
        d += ptr(p, 7);
        alpha += ptr(p, 14);
      }
    }
  }
}
