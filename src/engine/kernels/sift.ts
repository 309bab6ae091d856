// What of a row is not zero, and whether there is so little of it that leaving out the rest pays.
import { splat } from './math';

/** For each set of lanes: the bytes that bring them to the front. */
const FRONT = memory.data<u8>([
  16, 16, 16, 16, 16, 16, 16, 16, 16, 16, 16, 16, 16, 16, 16, 16, //
  0, 1, 2, 3, 16, 16, 16, 16, 16, 16, 16, 16, 16, 16, 16, 16, //
  4, 5, 6, 7, 16, 16, 16, 16, 16, 16, 16, 16, 16, 16, 16, 16, //
  0, 1, 2, 3, 4, 5, 6, 7, 16, 16, 16, 16, 16, 16, 16, 16, //
  8, 9, 10, 11, 16, 16, 16, 16, 16, 16, 16, 16, 16, 16, 16, 16, //
  0, 1, 2, 3, 8, 9, 10, 11, 16, 16, 16, 16, 16, 16, 16, 16, //
  4, 5, 6, 7, 8, 9, 10, 11, 16, 16, 16, 16, 16, 16, 16, 16, //
  0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 16, 16, 16, 16, //
  12, 13, 14, 15, 16, 16, 16, 16, 16, 16, 16, 16, 16, 16, 16, 16, //
  0, 1, 2, 3, 12, 13, 14, 15, 16, 16, 16, 16, 16, 16, 16, 16, //
  4, 5, 6, 7, 12, 13, 14, 15, 16, 16, 16, 16, 16, 16, 16, 16, //
  0, 1, 2, 3, 4, 5, 6, 7, 12, 13, 14, 15, 16, 16, 16, 16, //
  8, 9, 10, 11, 12, 13, 14, 15, 16, 16, 16, 16, 16, 16, 16, 16, //
  0, 1, 2, 3, 8, 9, 10, 11, 12, 13, 14, 15, 16, 16, 16, 16, //
  4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 16, 16, 16, //
  0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, //
]);

/** Bytes of the lists of some rows, which are worked on together. A row of more than fills them is alone. */
export const LISTS: i32 = 8192;

/** Bytes of a row's list: its end, K pairs, and what is written beyond them. */
// @ts-ignore: decorator
@inline
export function listBytes(K: i32): i32 {
  return 8 * K + 48;
}

/** Lists what of four numbers is not zero; returns where the list goes on. */
// @ts-ignore: decorator
@inline
function siftFour(row: usize, where: v128, to: usize): usize {
  const four = v128.load(row),
    found = i32x4.bitmask(f32x4.ne(four, splat(0))),
    front = v128.load(FRONT + (<usize>found << 4)),
    places = v128.swizzle(where, front),
    numbers = v128.swizzle(four, front);
  v128.store(to, v128.shuffle<f32>(places, numbers, 0, 4, 1, 5));
  v128.store(to, v128.shuffle<f32>(places, numbers, 2, 6, 3, 7), 16);
  return to + (<usize>popcnt(found) << 3);
}

/** Lists what of a row is not zero, as pairs: where it stands in a panel and the number; the end of the pairs comes first. */
function sift(row: usize, K: i32, list: usize): void {
  const step = i32x4.splat(128),
    sixteens = row + (<usize>(K & ~15) << 2),
    whole = row + (<usize>(K & ~3) << 2);
  let where = i32x4(0, 32, 64, 96),
    to = list + 16;
  for (; row < sixteens; row += 64) {
    // Sixteen zeros are passed at once.
    const some = v128.or(v128.or(v128.load(row), v128.load(row, 16)), v128.or(v128.load(row, 32), v128.load(row, 48)));
    if (v128.any_true(some)) {
      const second = i32x4.add(where, step),
        third = i32x4.add(second, step);
      to = siftFour(row, where, to);
      to = siftFour(row + 16, second, to);
      to = siftFour(row + 32, third, to);
      to = siftFour(row + 48, i32x4.add(third, step), to);
    }
    where = i32x4.add(where, i32x4.splat(512));
  }
  for (; row < whole; row += 16) {
    to = siftFour(row, where, to);
    where = i32x4.add(where, step);
  }
  for (let k = K & ~3; k < K; k++, row += 4) {
    const x = load<f32>(row);
    if (x == 0) continue;
    store<i32>(to, k << 5);
    store<f32>(to, x, 4);
    to += 8;
  }
  store<usize>(list, to);
}

/** The same for some rows, their lists one after another. */
export function siftRows(A: usize, lda: usize, rows: i32, K: i32, list: usize): void {
  const stride = <usize>listBytes(K);
  for (; rows > 0; rows--) {
    sift(A, K, list);
    A += lda;
    list += stride;
  }
}

/** Whether all numbers of W pixels are finite: `bytes` of each, a multiple of 32. */
export function finite(x: usize, pix: usize, W: i32, bytes: usize): bool {
  const zero = splat(0);
  let seen = zero,
    too = zero;
  for (; W > 0; W--, x += pix) {
    for (let o: usize = 0; o < bytes; o += 32) {
      seen = v128.or(seen, f32x4.mul(v128.load(x + o), zero));
      too = v128.or(too, f32x4.mul(v128.load(x + o, 16), zero));
    }
  }
  seen = v128.or(seen, too);
  return !v128.any_true(f32x4.ne(seen, seen));
}

/** The same of n images of H rows of W pixels of N numbers. */
export function finiteIn(x: usize, img: usize, row: usize, pix: usize, n: i32, H: i32, W: i32, N: i32): bool {
  for (let b = 0; b < n; b++) {
    for (let y = 0; y < H; y++) if (!finite(x + <usize>b * img + <usize>y * row, pix, W, <usize>N << 2)) return false;
  }
  return true;
}

/** Numbers of a row that are not zero. */
function countIn(row: usize, K: i32): i32 {
  const zero = splat(0),
    whole = row + (<usize>(K & ~3) << 2);
  let four = i32x4.splat(0),
    count = 0;
  for (; row < whole; row += 16) four = i32x4.sub(four, f32x4.ne(v128.load(row), zero));
  for (let k = K & ~3; k < K; k++, row += 4) count += i32(load<f32>(row) != 0);
  return count + i32x4.extract_lane(four, 0) + i32x4.extract_lane(four, 1) + i32x4.extract_lane(four, 2) + i32x4.extract_lane(four, 3);
}

/** Fewer rows are not worth looking at; of more, one in 16 is looked at, and so many at most. */
const FEW: i32 = 8,
  MOST: i32 = 8;

/**
 * Whether few numbers of A are not zero, by some rows: a share of `share` where there are many columns, less where there are few,
 * since listing a row is the work of some of them (`listing`).
 */
// @ts-ignore: decorator
@inline
export function fewIn(A: usize, aImg: usize, aRow: usize, aPix: usize, n: i32, H: i32, W: i32, N: i32, K: i32, share: f32, listing: f32): bool {
  const rows = n * H * W,
    looked = max(1, min(MOST, rows >> 4));
  if (rows < FEW) return false;
  let count = 0;
  for (let i = 0; i < looked; i++) {
    const at = <i32>((<i64>i * rows) / looked),
      line = at / W;
    count += countIn(A + <usize>(line / H) * aImg + <usize>(line % H) * aRow + <usize>(at % W) * aPix, K);
  }
  return f32(count) * f32(N) <= f32(looked * K) * (share * f32(N) - listing);
}
