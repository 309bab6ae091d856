// Normalisation by the statistics that each channel has in the batch.
//
// Statistics of a batch: each slice leaves {count, 7 floats free, means [C], sums of squared deviations [C]}; these are joined in the order of
// the slices. Means and deviations are taken over runs of pixels that lie in the first cache, and the runs joined (Chan, Golub
// and LeVeque 1979), so no squares of large numbers are subtracted.
//
// The coefficients of a layer: {mean, 1 / deviation, scale = γ / deviation, shift = β} for each channel, C floats each.
import { int, ptr, real } from './args';
import { madd, splat } from './math';

/** Pixels of a run. */
const RUN: i32 = 64;
/** Bytes before the means of a slice. */
const HEAD: usize = 32;

/**
 * Statistics of the slice's pixels.
 * x, image, row, pixel strides; out; n, H, W, C
 */
export function batchStats(p: usize): void {
  const img = ptr(p, 1),
    row = ptr(p, 2),
    pix = ptr(p, 3),
    out = ptr(p, 4),
    n = int(p, 5),
    H = int(p, 6),
    W = int(p, 7),
    bytes = <usize>int(p, 8) << 2,
    means = out + HEAD,
    squares = means + bytes;
  memory.fill(out, 0, HEAD + 2 * bytes);
  let seen: f32 = 0;
  for (let b = 0; b < n; b++) {
    for (let y = 0; y < H; y++) {
      for (let x = 0; x < W; x += RUN) {
        const run = min(RUN, W - x),
          from = ptr(p, 0) + <usize>b * img + <usize>y * row + <usize>x * pix,
          total = seen + <f32>run,
          inverse = splat(1 / <f32>run),
          part = splat(<f32>run / total),
          weight = splat((seen * <f32>run) / total);
        for (let c: usize = 0; c < bytes; c += 16) {
          let sum = splat(0),
            q = from + c;
          for (let i = 0; i < run; i++) {
            sum = f32x4.add(sum, v128.load(q));
            q += pix;
          }
          const mean = f32x4.mul(sum, inverse);
          let square = splat(0);
          q = from + c;
          for (let i = 0; i < run; i++) {
            const apart = f32x4.sub(v128.load(q), mean);
            square = madd(apart, apart, square);
            q += pix;
          }
          const before = v128.load(means + c),
            delta = f32x4.sub(mean, before);
          v128.store(means + c, madd(delta, part, before));
          square = madd(f32x4.mul(delta, delta), weight, square);
          v128.store(squares + c, f32x4.add(v128.load(squares + c), square));
        }
        seen = total;
      }
    }
  }
  store<f32>(out, seen);
}

// @ts-ignore: decorator
@inline
function writeCoefficients(out: usize, bytes: usize, o: usize, mean: f64, variance: f64, gamma: usize, beta: usize, eps: f64, used: bool): void {
  const inverse = <f32>(1 / sqrt<f64>(variance + eps)),
    scale: f32 = gamma ? load<f32>(gamma + o) : 1;
  // What fills up a pixel becomes zero.
  store<f32>(out + o, used ? <f32>mean : 0);
  store<f32>(out + bytes + o, used ? inverse : 0);
  store<f32>(out + 2 * bytes + o, used ? scale * inverse : 0);
  store<f32>(out + 3 * bytes + o, used && beta ? load<f32>(beta + o) : 0);
}

/**
 * Joins the statistics of all slices and writes the coefficients; where `moving` is given, the joined means and variances too.
 * statistics of the first slice, bytes to the next, slices; γ or 0, β or 0; out; means, variances or 0; real channels, C; ε
 */
export function batchCoefficients(p: usize): void {
  const first = ptr(p, 0),
    apart = ptr(p, 1),
    slices = int(p, 2),
    means = ptr(p, 6),
    variances = ptr(p, 7),
    channels = int(p, 8),
    C = int(p, 9),
    bytes = <usize>C << 2;
  for (let c = 0; c < C; c++) {
    const o = <usize>c << 2;
    let seen: f64 = 0,
      mean: f64 = 0,
      square: f64 = 0;
    for (let s = 0; s < slices; s++) {
      const at = first + <usize>s * apart,
        count = <f64>load<f32>(at);
      if (count == 0) continue;
      const delta = <f64>load<f32>(at + HEAD + o) - mean,
        total = seen + count;
      mean += (delta * count) / total;
      square += <f64>load<f32>(at + HEAD + bytes + o) + (delta * delta * seen * count) / total;
      seen = total;
    }
    const variance = square / max<f64>(1, seen);
    writeCoefficients(ptr(p, 5), bytes, o, mean, variance, ptr(p, 3), ptr(p, 4), <f64>real(p, 10), c < channels);
    if (means) {
      store<f32>(means + o, c < channels ? <f32>mean : 0);
      store<f32>(variances + o, c < channels ? <f32>variance : 0);
    }
  }
}

/** Coefficients from given means and variances. means, variances; γ or 0, β or 0; out; real channels, C; ε */
export function fixedCoefficients(p: usize): void {
  const channels = int(p, 5),
    C = int(p, 6),
    bytes = <usize>C << 2;
  for (let c = 0; c < C; c++) {
    const o = <usize>c << 2,
      mean = <f64>load<f32>(ptr(p, 0) + o),
      variance = <f64>load<f32>(ptr(p, 1) + o);
    writeCoefficients(ptr(p, 4), bytes, o, mean, variance, ptr(p, 2), ptr(p, 3), <f64>real(p, 7), c < channels);
  }
}

/** average −= (average − value) · rate. average, value, floats (multiple of 4), rate */
export function moveAverage(p: usize): void {
  const average = ptr(p, 0),
    bytes = <usize>int(p, 2) << 2,
    rate = splat(real(p, 3));
  for (let o: usize = 0; o < bytes; o += 16) {
    const old = v128.load(average + o);
    v128.store(average + o, f32x4.sub(old, f32x4.mul(f32x4.sub(old, v128.load(ptr(p, 1) + o)), rate)));
  }
}

/**
 * y = (x − mean) · scale + shift.
 * x, image, row, pixel strides; y, …; n, H, W, C; coefficients
 */
export function normalize(p: usize): void {
  const n = int(p, 8),
    H = int(p, 9),
    W = int(p, 10),
    bytes = <usize>int(p, 11) << 2,
    mean = ptr(p, 12),
    scale = mean + 2 * bytes,
    shift = scale + bytes;
  for (let b = 0; b < n; b++) {
    for (let h = 0; h < H; h++) {
      let x = ptr(p, 0) + <usize>b * ptr(p, 1) + <usize>h * ptr(p, 2),
        y = ptr(p, 4) + <usize>b * ptr(p, 5) + <usize>h * ptr(p, 6);
      for (let w = 0; w < W; w++) {
        for (let c: usize = 0; c < bytes; c += 16) {
          const apart = f32x4.sub(v128.load(x + c), v128.load(mean + c));
          v128.store(y + c, madd(apart, v128.load(scale + c), v128.load(shift + c)));
        }
        x += ptr(p, 3);
        y += ptr(p, 7);
      }
    }
  }
}

/**
 * Sums of dy and of dy · (x − mean) / deviation over the slice's pixels: the gradients of β and γ of this slice.
 * x, image, row, pixel strides; dy, …; n, H, W, C; coefficients; out (sums [C], sums of products [C])
 */
export function batchGradSums(p: usize): void {
  const xPix = ptr(p, 3),
    dPix = ptr(p, 7),
    n = int(p, 8),
    H = int(p, 9),
    W = int(p, 10),
    bytes = <usize>int(p, 11) << 2,
    means = ptr(p, 12),
    out = ptr(p, 13),
    products = out + bytes;
  memory.fill(out, 0, 2 * bytes);
  for (let b = 0; b < n; b++) {
    for (let h = 0; h < H; h++) {
      const x = ptr(p, 0) + <usize>b * ptr(p, 1) + <usize>h * ptr(p, 2),
        d = ptr(p, 4) + <usize>b * ptr(p, 5) + <usize>h * ptr(p, 6);
      for (let w = 0; w < W; w += RUN) {
        const run = min(RUN, W - w);
        for (let c: usize = 0; c < bytes; c += 16) {
          const mean = v128.load(means + c);
          let sum = splat(0),
            product = sum,
            q = x + <usize>w * xPix + c,
            r = d + <usize>w * dPix + c;
          for (let i = 0; i < run; i++) {
            const g = v128.load(r);
            sum = f32x4.add(sum, g);
            product = madd(g, f32x4.sub(v128.load(q), mean), product);
            q += xPix;
            r += dPix;
          }
          v128.store(out + c, f32x4.add(v128.load(out + c), sum));
          const unit = v128.load(means + bytes + c);
          v128.store(products + c, madd(product, unit, v128.load(products + c)));
        }
      }
    }
  }
}

/** a += b. a, b, floats (multiple of 4) */
export function accumulate(p: usize): void {
  const bytes = <usize>int(p, 2) << 2;
  for (let o: usize = 0; o < bytes; o += 16) {
    v128.store(ptr(p, 0) + o, f32x4.add(v128.load(ptr(p, 0) + o), v128.load(ptr(p, 1) + o)));
  }
}

/**
 * Joins the sums of all slices into {mean of dy, mean of dy · x̂ / deviation} for each channel.
 * sums of the first slice, bytes to the next, slices; coefficients; out; C; 1 / pixels of the batch
 */
export function batchGradMeans(p: usize): void {
  const slices = int(p, 2),
    units = ptr(p, 3) + (<usize>int(p, 5) << 2),
    out = ptr(p, 4),
    bytes = <usize>int(p, 5) << 2,
    share = splat(real(p, 6));
  for (let c: usize = 0; c < bytes; c += 16) {
    let sum = splat(0),
      product = sum;
    for (let s = 0; s < slices; s++) {
      const at = ptr(p, 0) + <usize>s * ptr(p, 1) + c;
      sum = f32x4.add(sum, v128.load(at));
      product = f32x4.add(product, v128.load(at + bytes));
    }
    v128.store(out + c, f32x4.mul(sum, share));
    v128.store(out + bytes + c, f32x4.mul(f32x4.mul(product, share), v128.load(units + c)));
  }
}

/**
 * dx (+)= scale · (dy − mean of dy − (x − mean) · mean of dy · x̂ / deviation), zero where x is not positive if `cut`.
 * x, image, row, pixel strides; dy, …; dx, …; n, H, W, C; coefficients; the two means; add; cut
 */
export function batchNormGrad(p: usize): void {
  const n = int(p, 12),
    H = int(p, 13),
    W = int(p, 14),
    bytes = <usize>int(p, 15) << 2,
    means = ptr(p, 16),
    scales = means + 2 * bytes,
    sums = ptr(p, 17),
    products = sums + bytes,
    add = int(p, 18),
    cut = int(p, 19),
    zero = splat(0);
  for (let b = 0; b < n; b++) {
    for (let h = 0; h < H; h++) {
      let x = ptr(p, 0) + <usize>b * ptr(p, 1) + <usize>h * ptr(p, 2),
        d = ptr(p, 4) + <usize>b * ptr(p, 5) + <usize>h * ptr(p, 6),
        out = ptr(p, 8) + <usize>b * ptr(p, 9) + <usize>h * ptr(p, 10);
      for (let w = 0; w < W; w++) {
        for (let c: usize = 0; c < bytes; c += 16) {
          const v = v128.load(x + c),
            apart = f32x4.mul(f32x4.sub(v, v128.load(means + c)), v128.load(products + c));
          let g = f32x4.sub(f32x4.sub(v128.load(d + c), v128.load(sums + c)), apart);
          g = f32x4.mul(g, v128.load(scales + c));
          if (cut) g = v128.and(g, f32x4.gt(v, zero));
          if (add) g = f32x4.add(g, v128.load(out + c));
          v128.store(out + c, g);
        }
        x += ptr(p, 3);
        d += ptr(p, 7);
        out += ptr(p, 11);
      }
    }
  }
}
