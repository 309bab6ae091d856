// Sides of an image exchanged.
import { int, ptr } from './args';

/**
 * y = x with its sides in another order, or y += that.
 * x, image stride, bytes from one row, pixel, channel of y to the next in x; y, image, row, pixel strides; n, H, W, C of y;
 * floats of a pixel of y, those beyond C become zero when not adding; add
 */
export function permute(p: usize): void {
  const byRow = ptr(p, 2),
    byPixel = ptr(p, 3),
    byChannel = ptr(p, 4),
    n = int(p, 9),
    H = int(p, 10),
    W = int(p, 11),
    C = int(p, 12),
    rest = <usize>(int(p, 13) - C) << 2,
    add = int(p, 14);
  for (let b = 0; b < n; b++) {
    for (let h = 0; h < H; h++) {
      let x = ptr(p, 0) + <usize>b * ptr(p, 1) + <usize>h * byRow,
        y = ptr(p, 5) + <usize>b * ptr(p, 6) + <usize>h * ptr(p, 7);
      for (let w = 0; w < W; w++) {
        let from = x,
          to = y;
        if (add) {
          for (let c = 0; c < C; c++) {
            store<f32>(to, load<f32>(to) + load<f32>(from));
            from += byChannel;
            to += 4;
          }
        } else {
          for (let c = 0; c < C; c++) {
            store<f32>(to, load<f32>(from));
            from += byChannel;
            to += 4;
          }
          if (rest) memory.fill(to, 0, rest);
        }
        x += byPixel;
        y += ptr(p, 8);
      }
    }
  }
}
