// Bringing data to where a step wants them.
import { int, ptr, real } from './args';

/**
 * Copies chosen examples into images with their own strides.
 * address of the word that holds the address of the data, bytes of an example; indices (i32); out, image, row, pixel strides; n, H, W, bytes of a pixel
 */
export function gather(p: usize): void {
  const X = <usize>load<u32>(ptr(p, 0)),
    size = ptr(p, 1),
    indices = ptr(p, 2),
    img = ptr(p, 4),
    row = ptr(p, 5),
    pix = ptr(p, 6),
    n = int(p, 7),
    H = int(p, 8),
    W = int(p, 9),
    bytes = ptr(p, 10);
  let out = ptr(p, 3);
  for (let b = 0; b < n; b++) {
    let from = X + <usize>load<i32>(indices + ((<usize>b) << 2)) * size,
      line = out;
    for (let h = 0; h < H; h++) {
      if (pix == bytes) {
        memory.copy(line, from, <usize>W * bytes);
        from += <usize>W * bytes;
      } else {
        let to = line;
        for (let w = 0; w < W; w++) {
          memory.copy(to, from, bytes);
          from += bytes;
          to += pix;
        }
      }
      line += row;
    }
    out += img;
  }
}

/** Fills with zero bytes. out, bytes */
export function zero(p: usize): void {
  memory.fill(ptr(p, 0), 0, ptr(p, 1));
}

/** Zeros in an image: out, image, row, pixel strides; n, H, W, C */
export function clear(p: usize): void {
  const n = int(p, 4),
    H = int(p, 5),
    W = int(p, 6),
    bytes = <usize>int(p, 7) << 2;
  for (let b = 0; b < n; b++) {
    for (let h = 0; h < H; h++) {
      let out = ptr(p, 0) + <usize>b * ptr(p, 1) + <usize>h * ptr(p, 2);
      for (let w = 0; w < W; w++) {
        memory.fill(out, 0, bytes);
        out += ptr(p, 3);
      }
    }
  }
}

/** From how many bytes on a copy by the machine is faster than one in place. */
const LONG: usize = 256;

/**
 * y = scale · x, or y += that.
 * x, image, row, pixel strides; y, …; n, H, W, C (floats of a pixel, any number); scale; add; floats of a pixel of y, those
 * beyond C become zero when not adding
 */
export function copy(p: usize): void {
  const n = int(p, 8),
    H = int(p, 9),
    W = int(p, 10),
    bytes = (<usize>int(p, 11)) << 2,
    scale = real(p, 12),
    add = int(p, 13),
    four = f32x4.splat(scale),
    even = bytes & ~15,
    rest = (<usize>max(0, int(p, 14) - int(p, 11))) << 2;
  for (let b = 0; b < n; b++) {
    for (let h = 0; h < H; h++) {
      let x = ptr(p, 0) + <usize>b * ptr(p, 1) + <usize>h * ptr(p, 2),
        y = ptr(p, 4) + <usize>b * ptr(p, 5) + <usize>h * ptr(p, 6);
      for (let w = 0; w < W; w++) {
        if (!add && scale == 1 && bytes > LONG) memory.copy(y, x, bytes);
        else {
          for (let o: usize = 0; o < even; o += 16) {
            let v = f32x4.mul(four, v128.load(x + o));
            if (add) v = f32x4.add(v, v128.load(y + o));
            v128.store(y + o, v);
          }
          for (let o = even; o < bytes; o += 4) {
            let v = scale * load<f32>(x + o);
            if (add) v += load<f32>(y + o);
            store<f32>(y + o, v);
          }
        }
        if (rest && !add) memory.fill(y + bytes, 0, rest);
        x += ptr(p, 3);
        y += ptr(p, 7);
      }
    }
  }
}
