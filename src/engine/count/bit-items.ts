import { bitMemory, type BitMemory } from './bit-memory';
import { widthOf, type CodedColumn, type Counts } from './types';

/** Conditions as rows of bits, each made when it is first asked for. */
export interface BitItems {
  readonly memory: BitMemory;
  /** Makes item 0 the rows that are in none of the cells. */
  leaveOut(cells: readonly Int32Array[]): void;
  /** Numbers of the items of each cell, item 0 before them where `masked`. */
  numbersOf(cells: Int32Array, width: number, masked: boolean): Int32Array;
  /** Counts the cells of one call and writes what was found from cell `at` on. */
  countBatch(numbers: Int32Array, width: number, zeroOne: boolean, counts: Counts, at: number): void;
}

/** Bytes for so many bits, in whole vectors. */
const bytesOf = (bits: number): number => Math.ceil(bits / 128) * 16;

/** Returns the items of columns; where values are 0 and 1, the rows with a 1 stand first, in vectors of their own. */
export function bitItems(
  columns: readonly CodedColumn[],
  values: ArrayLike<number>,
  zeroOne: boolean,
): BitItems {
  const n = values.length;
  let ones = 0;
  if (zeroOne) for (let i = 0; i < n; i++) ones += values[i];
  const split = bytesOf(ones);
  const stride = split + bytesOf(n - ones);
  const memory = bitMemory(stride, zeroOne ? 0 : n);
  if (!zeroOne) new Float64Array(memory.buffer(), memory.values, n).set(values as ArrayLike<number>);
  /** Item of each level of a column, −1 where there is none yet. */
  const ofLevel = columns.map(({ levels }) => new Int32Array(levels).fill(-1));
  /** Item of each range of a column, by its first and last level; 0 where there is none yet. */
  const ofRange = columns.map(() => new Map<number, number>());
  let made = 1;

  /** Sets the bits of rows by their code: `first[code]` is the first word of the item that it belongs to, or −1. */
  function setBits(column: number, first: Int32Array, words: Uint32Array): void {
    const { codes } = columns[column];
    let one = 0;
    let zero = split * 8;
    for (let i = 0; i < n; i++) {
      const place = zeroOne ? (values[i] === 1 ? one++ : zero++) : i;
      const at = first[codes[i]];
      if (at >= 0) words[at + (place >>> 5)] |= 1 << (place & 31);
    }
  }

  /** Makes the items of levels `wanted` of a column, in one pass over its codes. */
  function makeLevels(column: number, wanted: readonly number[]): void {
    const first = new Int32Array(columns[column].levels + 1).fill(-1);
    const begin = made;
    for (const level of wanted) {
      ofLevel[column][level] = made;
      first[level] = ((made++ - begin) * stride) / 4;
    }
    memory.words(made - 1);
    const length = ((made - begin) * stride) / 4;
    setBits(column, first, new Uint32Array(memory.buffer(), memory.items + begin * stride, length));
  }

  function rangeItem(column: number, from: number, to: number): number {
    const key = from * columns[column].levels + to;
    const known = ofRange[column].get(key);
    if (known !== undefined) return known;
    const first = new Int32Array(columns[column].levels + 1).fill(-1).fill(0, from, to + 1);
    setBits(column, first, memory.words(made));
    ofRange[column].set(key, made);
    return made++;
  }

  /** Makes what single levels of the cells have no item yet. */
  function makeMissing(cells: Int32Array): void {
    const wanted = new Map<number, Set<number>>();
    for (let at = 0; at < cells.length; at += 3) {
      const column = cells[at];
      const from = cells[at + 1];
      if (from !== cells[at + 2] || ofLevel[column][from] >= 0) continue;
      const levels = wanted.get(column);
      if (levels) levels.add(from);
      else wanted.set(column, new Set([from]));
    }
    for (const [column, levels] of wanted) makeLevels(column, [...levels]);
  }

  const itemOf = (cells: Int32Array, at: number): number => {
    const from = cells[at + 1];
    const to = cells[at + 2];
    return from === to ? ofLevel[cells[at]][from] : rangeItem(cells[at], from, to);
  };

  function numbersOf(cells: Int32Array, width: number, masked: boolean): Int32Array {
    makeMissing(cells);
    const count = cells.length / 3;
    const numbers = new Int32Array(masked ? count + count / width : count);
    for (let at = 0, to = 0; at < cells.length;) {
      if (masked) to++;
      for (let w = 0; w < width; w++, at += 3) numbers[to++] = itemOf(cells, at);
    }
    return numbers;
  }

  return {
    memory,
    numbersOf,
    leaveOut(cells) {
      const items = cells.map((cell) => numbersOf(cell, widthOf(cell), false));
      memory.words(made - 1);
      const outside = memory.words(0).fill(0xffffffff);
      for (const numbers of items) {
        const parts = Array.from(numbers, (item) => memory.words(item));
        for (let w = 0; w < outside.length; w++) {
          let inside = 0xffffffff;
          for (const words of parts) inside &= words[w];
          outside[w] &= ~inside;
        }
      }
    },
    countBatch(numbers, width, isZeroOne, counts, at) {
      const { kernels, cells, scratch, items } = memory;
      const count = numbers.length / width;
      const buffer = memory.buffer();
      new Int32Array(buffer, cells, numbers.length).set(numbers);
      const sizes = new Uint32Array(buffer, memory.counts, count).fill(0);
      if (isZeroOne) {
        kernels.countCells(cells, count, width, items, stride, 0, split, scratch, memory.counts);
        counts.sums.set(sizes, at);
        kernels.countCells(cells, count, width, items, stride, split, stride, scratch, memory.counts);
        counts.sizes.set(sizes, at);
        counts.squares.set(counts.sums.subarray(at, at + count), at);
        for (let c = at; c < at + count; c++) counts.largest[c] = counts.sums[c] > 0 ? 1 : 0;
        return;
      }
      const { sums, squares, largest } = memory;
      const totals = [sums, squares, largest].map((p) => new Float64Array(buffer, p, count).fill(0));
      kernels.sumCells(
        ...[cells, count, width, items, stride, stride, scratch, memory.values],
        ...[memory.counts, sums, squares, largest],
      );
      counts.sizes.set(sizes, at);
      counts.sums.set(totals[0], at);
      counts.squares.set(totals[1], at);
      counts.largest.set(totals[2], at);
    },
  };
}
