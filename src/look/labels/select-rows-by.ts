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

/** Returns the places of keys from the smallest to the largest; equal keys keep their order. */
export function sortedPlaces(keys: Float64Array): Int32Array {
  const sorted = keys.slice().sort();
  const places = new Int32Array(keys.length);
  const used = new Int32Array(keys.length);
  for (let i = 0; i < keys.length; i++) {
    let [low, high] = [0, sorted.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (sorted[middle] < keys[i]) low = middle + 1;
      else high = middle;
    }
    places[low + used[low]++] = i;
  }
  return places;
}
