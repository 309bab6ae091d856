// Normalisation by the statistics of each pixel.
import { int, ptr, real } from './args';
import { lanes, madd, splat } from './math';

/** Lanes of the four floats from `c` on that belong to the `channels` real ones. */
// @ts-ignore: decorator
@inline
function realLanes(c: i32, channels: i32): v128 {
  return i32x4.lt_s(i32x4.add(i32x4.splat(c), i32x4(0, 1, 2, 3)), i32x4.splat(channels));
}

/**
 * y = (x − mean) / deviation · γ + β over the channels of each pixel; mean and 1 / deviation of each pixel are kept.
 * x, image, row, pixel strides; y, …; n, H, W, C; channels; γ or 0, β or 0; ε; kept (two floats a pixel)
 */
export function layerNorm(p: usize): void {
  const n = int(p, 8),
    H = int(p, 9),
    W = int(p, 10),
    C = int(p, 11),
    channels = int(p, 12),
    gamma = ptr(p, 13),
    beta = ptr(p, 14),
    eps = real(p, 15),
    share: f32 = 1 / <f32>channels,
    zero = splat(0),
    one = splat(1);
  let kept = ptr(p, 16);
  for (let b = 0; b < n; b++) {
    for (let h = 0; h < H; h++) {
      let x = ptr(p, 0) + <usize>b * ptr(p, 1) + <usize>h * ptr(p, 2),
        y = ptr(p, 4) + <usize>b * ptr(p, 5) + <usize>h * ptr(p, 6);
      for (let w = 0; w < W; w++) {
        let sum = zero;
        for (let c = 0; c < channels; c += 4) {
          sum = f32x4.add(sum, v128.and(v128.load(x + (<usize>c << 2)), realLanes(c, channels)));
        }
        const mean = lanes(sum) * share,
          middle = splat(mean);
        let square = zero;
        for (let c = 0; c < channels; c += 4) {
          const apart = v128.and(f32x4.sub(v128.load(x + (<usize>c << 2)), middle), realLanes(c, channels));
          square = madd(apart, apart, square);
        }
        const unit: f32 = <f32>1 / sqrt<f32>(lanes(square) * share + eps),
          scale = splat(unit);
        for (let c = 0; c < C; c += 4) {
          const o = <usize>c << 2,
            hat = f32x4.mul(f32x4.sub(v128.load(x + o), middle), scale),
            scaled = madd(hat, gamma ? v128.load(gamma + o) : one, beta ? v128.load(beta + o) : zero);
          v128.store(y + o, v128.and(scaled, realLanes(c, channels)));
        }
        store<f32>(kept, mean);
        store<f32>(kept, unit, 4);
        kept += 8;
        x += ptr(p, 3);
        y += ptr(p, 7);
      }
    }
  }
}

/**
 * The gradient of layerNorm: γ's and β's are added up, dx (+)= (dx̂ − mean of dx̂ − x̂ · mean of dx̂ · x̂) / deviation with
 * dx̂ = dy · γ.
 * x, image, row, pixel strides; dy, …; dx (0: none), …; n, H, W, C; channels; γ or 0; gradients of γ, β or 0; kept; add; cut
 */
export function layerNormGrad(p: usize): void {
  const n = int(p, 12),
    H = int(p, 13),
    W = int(p, 14),
    C = int(p, 15),
    channels = int(p, 16),
    gamma = ptr(p, 17),
    dGamma = ptr(p, 18),
    dBeta = ptr(p, 19),
    add = int(p, 21),
    cut = int(p, 22),
    share: f32 = 1 / <f32>channels,
    zero = splat(0),
    one = splat(1);
  let kept = ptr(p, 20);
  for (let b = 0; b < n; b++) {
    for (let h = 0; h < H; h++) {
      let x = ptr(p, 0) + <usize>b * ptr(p, 1) + <usize>h * ptr(p, 2),
        d = ptr(p, 4) + <usize>b * ptr(p, 5) + <usize>h * ptr(p, 6),
        out = ptr(p, 8) + <usize>b * ptr(p, 9) + <usize>h * ptr(p, 10);
      for (let w = 0; w < W; w++) {
        const middle = splat(load<f32>(kept)),
          unit = splat(load<f32>(kept, 4));
        let sum = zero,
          product = zero;
        for (let c = 0; c < C; c += 4) {
          const o = <usize>c << 2,
            dy = v128.and(v128.load(d + o), realLanes(c, channels)),
            apart = v128.and(f32x4.sub(v128.load(x + o), middle), realLanes(c, channels)),
            hat = f32x4.mul(apart, unit),
            dHat = f32x4.mul(dy, gamma ? v128.load(gamma + o) : one);
          if (dGamma) v128.store(dGamma + o, madd(dy, hat, v128.load(dGamma + o)));
          if (dBeta) v128.store(dBeta + o, f32x4.add(v128.load(dBeta + o), dy));
          sum = f32x4.add(sum, dHat);
          product = madd(dHat, hat, product);
        }
        if (ptr(p, 8)) {
          const mean = splat(lanes(sum) * share),
            slant = splat(lanes(product) * share);
          for (let c = 0; c < C; c += 4) {
            const o = <usize>c << 2,
              v = v128.load(x + o),
              hat = f32x4.mul(f32x4.sub(v, middle), unit),
              dHat = f32x4.mul(v128.load(d + o), gamma ? v128.load(gamma + o) : one);
            let g = f32x4.mul(f32x4.sub(f32x4.sub(dHat, mean), f32x4.mul(hat, slant)), unit);
            g = v128.and(g, realLanes(c, channels));
            if (cut) g = v128.and(g, f32x4.gt(v, zero));
            if (add) g = f32x4.add(g, v128.load(out + o));
            v128.store(out + o, g);
          }
        }
        kept += 8;
        x += ptr(p, 3);
        d += ptr(p, 7);
        out += ptr(p, 11);
      }
    }
  }
}
