/** Finds the number of a cell by its items. */
export interface CellTable {
  /** Number of the cell whose items stand in `key`, but for the one at place `without`; −1 where there is none. */
  find(key: Int32Array, without: number): number;
}

function hash(key: Int32Array, from: number, to: number, without: number): number {
  let h = 0x9e3779b9;
  for (let i = from; i < to; i++) {
    if (i === without) continue;
    h = Math.imul(h ^ key[i], 0x85ebca6b);
    h ^= h >>> 15;
  }
  return h >>> 0;
}

/** Returns a table of cells of `width` items each, one after the other. */
export function cellTable(cells: Int32Array, width: number): CellTable {
  const count = cells.length / width;
  let size = 16;
  while (size < count * 2) size *= 2;
  const slots = new Int32Array(size).fill(-1);
  for (let c = 0; c < count; c++) {
    let at = hash(cells, c * width, (c + 1) * width, -1) & (size - 1);
    while (slots[at] >= 0) at = (at + 1) & (size - 1);
    slots[at] = c;
  }
  const same = (c: number, key: Int32Array, without: number): boolean => {
    for (let i = 0, j = c * width; i < key.length; i++) {
      if (i === without) continue;
      if (cells[j++] !== key[i]) return false;
    }
    return true;
  };
  return {
    find(key, without) {
      let at = hash(key, 0, key.length, without) & (size - 1);
      while (slots[at] >= 0) {
        if (same(slots[at], key, without)) return slots[at];
        at = (at + 1) & (size - 1);
      }
      return -1;
    },
  };
}
