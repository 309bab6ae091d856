// Numbers kept or dropped by bits that `keepBits` has drawn.
import { int, ptr, real } from './args';
import { choose, madd, splat } from './math';

/**
 * y = scale · x + shift where the bit is set, `other` elsewhere, or y += that; y may be x.
 * x, image, row, pixel strides; y, …; bits, image, row, pixel strides (bytes); n, H, W, C (a multiple of 8); scale, shift, other;
 * add
 */
export function dropout(p: usize): void {
  const n = int(p, 12),
    H = int(p, 13),
    W = int(p, 14),
    bytes = <usize>int(p, 15) << 2,
    scale = splat(real(p, 16)),
    shift = splat(real(p, 17)),
    other = splat(real(p, 18)),
    add = int(p, 19);
  for (let b = 0; b < n; b++) {
    for (let h = 0; h < H; h++) {
      let x = ptr(p, 0) + <usize>b * ptr(p, 1) + <usize>h * ptr(p, 2),
        y = ptr(p, 4) + <usize>b * ptr(p, 5) + <usize>h * ptr(p, 6),
        bits = ptr(p, 8) + <usize>b * ptr(p, 9) + <usize>h * ptr(p, 10);
      for (let w = 0; w < W; w++) {
        let at = bits;
        for (let o: usize = 0; o < bytes; o += 32) {
          const eight = i32x4.splat(load<u8>(at++)),
            low = i32x4(1, 2, 4, 8),
            high = i32x4(16, 32, 64, 128);
          let u = choose(
              i32x4.eq(v128.and(eight, low), low),
              madd(scale, v128.load(x + o), shift),
              other,
            ),
            v = choose(
              i32x4.eq(v128.and(eight, high), high),
              madd(scale, v128.load(x + o, 16), shift),
              other,
            );
          if (add) {
            u = f32x4.add(u, v128.load(y + o));
            v = f32x4.add(v, v128.load(y + o, 16));
          }
          v128.store(y + o, u);
          v128.store(y + o, v, 16);
        }
        x += ptr(p, 3);
        y += ptr(p, 7);
        bits += ptr(p, 11);
      }
    }
  }
}
