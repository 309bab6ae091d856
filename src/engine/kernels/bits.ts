// Counting rows that satisfy several conditions, each of which is a row of bits: one bit a row of a table.

/** Bytes of bits that are worked on at once: a few of them lie in the first-level cache together. */
const BLOCK: usize = 8192;

// @ts-ignore: decorator
@inline
function address(items: usize, stride: usize, item: i32): usize {
  return items + <usize>item * stride;
}

/** Sum of four lanes. */
// @ts-ignore: decorator
@inline
function total(x: v128): u32 {
  return (
    i32x4.extract_lane(x, 0) + i32x4.extract_lane(x, 1) + i32x4.extract_lane(x, 2) + i32x4.extract_lane(x, 3)
  );
}

// @ts-ignore: decorator
@inline
function widen(bytes: v128): v128 {
  return i32x4.extadd_pairwise_i16x8_u(i16x8.extadd_pairwise_i8x16_u(bytes));
}

/** Ones in a & b over `bytes`, a multiple of 16. */
function onesOf(a: usize, b: usize, bytes: usize): u32 {
  let sum = i32x4.splat(0),
    o: usize = 0;
  // A lane of eight bits holds 31 counts of up to 8.
  const whole = bytes & ~255;
  while (o < whole) {
    let few = i8x16.splat(0);
    for (let end = o + 256; o < end; o += 64) {
      few = i8x16.add(few, i8x16.popcnt(v128.and(v128.load(a + o), v128.load(b + o))));
      few = i8x16.add(few, i8x16.popcnt(v128.and(v128.load(a + o, 16), v128.load(b + o, 16))));
      few = i8x16.add(few, i8x16.popcnt(v128.and(v128.load(a + o, 32), v128.load(b + o, 32))));
      few = i8x16.add(few, i8x16.popcnt(v128.and(v128.load(a + o, 48), v128.load(b + o, 48))));
    }
    sum = i32x4.add(sum, widen(few));
  }
  for (; o < bytes; o += 16)
    sum = i32x4.add(sum, widen(i8x16.popcnt(v128.and(v128.load(a + o), v128.load(b + o)))));
  return total(sum);
}

// @ts-ignore: decorator
@inline
function both(a: usize, b: usize, out: usize, bytes: usize): void {
  for (let o: usize = 0; o < bytes; o += 16)
    v128.store(out + o, v128.and(v128.load(a + o), v128.load(b + o)));
}

/**
 * Rows in each cell, a cell being the rows that satisfy all its items; neighbours in the list share what their first
 * items have in common.
 * cells (i32: items of a cell one after the other), how many, items in each; address of the bits, bytes from item to
 * item; first and last byte to look at (multiples of 16); scratch (a block for each item of a cell); counts (u32, added to)
 */
export function countCells(
  cells: usize,
  count: i32,
  width: i32,
  items: usize,
  stride: usize,
  from: usize,
  to: usize,
  scratch: usize,
  counts: usize,
): void {
  const row = <usize>width << 2;
  for (let start = from; start < to; start += BLOCK) {
    const bytes = min(BLOCK, to - start),
      bits = items + start;
    for (let c = 0; c < count; c++) {
      const cell = cells + <usize>c * row;
      const last = address(bits, stride, load<i32>(cell + row - 4));
      const others = prefix(cell, c == 0, width - 1, bits, stride, scratch, bytes);
      const at = counts + (<usize>c << 2);
      store<u32>(at, load<u32>(at) + onesOf(width == 1 ? last : others, last, bytes));
    }
  }
}

/** Address of the bits that satisfy the first `width` items of a cell; those shared with the cell before are there already. */
function prefix(
  cell: usize,
  first: bool,
  width: i32,
  bits: usize,
  stride: usize,
  scratch: usize,
  bytes: usize,
): usize {
  if (width == 0) return 0;
  let at = address(bits, stride, load<i32>(cell));
  if (width == 1) return at;
  const before = cell - (<usize>(width + 1) << 2);
  let same = !first && load<i32>(cell) == load<i32>(before);
  for (let w = 1; w < width; w++) {
    const item = load<i32>(cell + (<usize>w << 2)),
      out = scratch + <usize>w * BLOCK;
    same = same && item == load<i32>(before + (<usize>w << 2));
    if (!same) both(at, address(bits, stride, item), out, bytes);
    at = out;
  }
  return at;
}

/**
 * As `countCells`, and of the values (f64, one a row) of the rows in each cell their sum, the sum of their squares, and the
 * largest: in the order of the rows. counts (u32), sums, squares, largest (f64): all added to
 */
export function sumCells(
  cells: usize,
  count: i32,
  width: i32,
  items: usize,
  stride: usize,
  to: usize,
  scratch: usize,
  values: usize,
  counts: usize,
  sums: usize,
  squares: usize,
  largest: usize,
): void {
  const row = <usize>width << 2;
  for (let start: usize = 0; start < to; start += BLOCK) {
    const bytes = min(BLOCK, to - start),
      bits = items + start;
    for (let c = 0; c < count; c++) {
      const cell = cells + <usize>c * row;
      const last = address(bits, stride, load<i32>(cell + row - 4));
      const others = width == 1 ? last : prefix(cell, c == 0, width - 1, bits, stride, scratch, bytes);
      let n = load<u32>(counts + (<usize>c << 2)),
        sum = load<f64>(sums + (<usize>c << 3)),
        square = load<f64>(squares + (<usize>c << 3)),
        most = load<f64>(largest + (<usize>c << 3));
      for (let o: usize = 0; o < bytes; o += 8) {
        let word = load<u64>(others + o) & load<u64>(last + o);
        const base = values + ((start + o) << 6);
        while (word) {
          const value = load<f64>(base + (<usize>ctz(word) << 3));
          sum += value;
          square += value * value;
          most = max(most, value);
          n++;
          word &= word - 1;
        }
      }
      store<u32>(counts + (<usize>c << 2), n);
      store<f64>(sums + (<usize>c << 3), sum);
      store<f64>(squares + (<usize>c << 3), square);
      store<f64>(largest + (<usize>c << 3), most);
    }
  }
}
