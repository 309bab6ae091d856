/** Swaps two entries. */
function swap(values: Float64Array, i: number, j: number): void {
  const held = values[i];
  values[i] = values[j];
  values[j] = held;
}

/** The middle one of the first, the middle and the last entry. */
function pivotOf(values: Float64Array, low: number, high: number): number {
  const [a, b, c] = [values[low], values[(low + high) >>> 1], values[high]];
  return Math.max(Math.min(a, b), Math.min(Math.max(a, b), c));
}

/**
 * Returns the k-th smallest of the first `n` entries, from 0; the entries are left in another order (quickselect, expected
 * time linear in n). No entry may be NaN.
 */
export function kthSmallest(values: Float64Array, n: number, k: number): number {
  let [low, high] = [0, n - 1];
  while (low < high) {
    const pivot = pivotOf(values, low, high);
    let [i, j] = [low, high];
    while (i <= j) {
      while (values[i] < pivot) i++;
      while (values[j] > pivot) j--;
      if (i <= j) swap(values, i++, j--);
    }
    if (k <= j) high = j;
    else if (k >= i) low = i;
    else return pivot;
  }
  return values[k];
}

/** Room that one selection after another is made in. */
export interface SelectionRoom {
  readonly keys: Float64Array;
  readonly copy: Float64Array;
}

/** Returns room for selections from up to `most` keys. */
export const selectionRoom = (most: number): SelectionRoom => ({
  keys: new Float64Array(most),
  copy: new Float64Array(most),
});

/**
 * Calls `mark` with the places of the `count` smallest of the first `n` keys of a room; of equal keys those that come first.
 */
export function markSmallest(
  { keys, copy }: SelectionRoom,
  n: number,
  count: number,
  mark: (place: number) => void,
): void {
  if (count <= 0) return;
  if (count >= n) {
    for (let i = 0; i < n; i++) mark(i);
    return;
  }
  copy.set(keys.subarray(0, n));
  const limit = kthSmallest(copy, n, count - 1);
  let below = 0;
  for (let i = 0; i < n; i++) if (keys[i] < limit) below++;
  let equal = count - below;
  for (let i = 0; i < n; i++) {
    if (keys[i] < limit) mark(i);
    else if (equal > 0 && keys[i] === limit) {
      equal--;
      mark(i);
    }
  }
}

/** Fewer keys than this are sorted by comparing them. */
const FEW = 512;
const DIGITS = 1 << 16;

/** Returns keys as two words each, low word first, whose order as whole numbers is that of the keys. */
function orderedWords(keys: Float64Array): Uint32Array {
  // Adding 0 makes 0 of −0.
  const words = new Uint32Array(keys.map((key) => key + 0).buffer);
  for (let at = 0; at < words.length; at += 2) {
    const negative = words[at + 1] >>> 31 === 1;
    words[at] ^= negative ? 0xffffffff : 0;
    words[at + 1] ^= negative ? 0xffffffff : 0x80000000;
  }
  return words;
}

/** Returns the places of keys from the smallest to the largest; equal keys keep their order (radix sort, none may be NaN). */
export function sortedPlaces(keys: Float64Array): Int32Array {
  const n = keys.length;
  let places = Int32Array.from({ length: n }, (_, i) => i);
  if (n < FEW) return places.sort((a, b) => keys[a] - keys[b] || a - b);
  const words = orderedWords(keys);
  let next = new Int32Array(n);
  for (let digit = 0; digit < 4; digit++) {
    const [word, shift] = [digit >> 1, (digit & 1) * 16];
    const starts = new Uint32Array(DIGITS + 1);
    for (let i = 0; i < n; i++) starts[((words[2 * i + word] >>> shift) & 0xffff) + 1]++;
    for (let d = 0; d < DIGITS; d++) starts[d + 1] += starts[d];
    for (let r = 0; r < n; r++) {
      const i = places[r];
      next[starts[(words[2 * i + word] >>> shift) & 0xffff]++] = i;
    }
    [places, next] = [next, places];
  }
  return places;
}
