import { bitItems, type BitItems } from './bit-items';
import type { CodedColumn, CountEngine, CountRequest, Counts } from './types';

/**
 * Returns a counter that holds every condition as bits, one a row, in memory, and counts by machine words. Rows with value 1
 * stand before those with value 0, so that one pass counts both; of other values sums are taken in the order of the rows.
 *
 * @param columns codes of N rows each
 * @param values N numbers ≥ 0: 1 for an error and 0 for none, or a loss
 */
export function bitEngine(
  columns: readonly CodedColumn[],
  values: ArrayLike<number>,
): CountEngine<Counts> {
  const n = values.length;
  let zeroOne = true;
  for (let i = 0; i < n && zeroOne; i++) zeroOne = values[i] === 0 || values[i] === 1;
  let items: BitItems | undefined;
  return {
    n,
    levels: columns.map(({ levels }) => levels),
    count(request) {
      if (request.width === 1 && !request.without && wantsAll(request, columns))
        return countLevels(columns, values);
      items ??= bitItems(columns, values, zeroOne);
      return countCells(items, request, zeroOne);
    },
  };
}

/** Whether the cells are each level of each column, in order. */
function wantsAll({ cells }: CountRequest, columns: readonly CodedColumn[]): boolean {
  let at = 0;
  for (let c = 0; c < columns.length; c++) {
    for (let level = 0; level < columns[c].levels; level++, at += 3) {
      if (cells[at] !== c || cells[at + 1] !== level || cells[at + 2] !== level) return false;
    }
  }
  return at === cells.length;
}

function emptyCounts(cells: number): Counts {
  const make = (): Float64Array => new Float64Array(cells);
  return { sizes: make(), sums: make(), squares: make(), largest: make() };
}

/** Each level of each column, without bits. */
function countLevels(columns: readonly CodedColumn[], values: ArrayLike<number>): Counts {
  const counts = emptyCounts(columns.reduce((sum, { levels }) => sum + levels, 0));
  const { sizes, sums, squares, largest } = counts;
  let first = 0;
  for (const { codes, levels } of columns) {
    for (let i = 0; i < values.length; i++) {
      if (!(codes[i] < levels)) continue;
      const at = first + codes[i];
      const value = values[i];
      sizes[at]++;
      sums[at] += value;
      squares[at] += value * value;
      if (value > largest[at]) largest[at] = value;
    }
    first += levels;
  }
  return counts;
}

function countCells(items: BitItems, { width, cells, without }: CountRequest, zeroOne: boolean): Counts {
  const total = cells.length / (3 * width);
  const counts = emptyCounts(total);
  const masked = without !== undefined && without.length > 0;
  if (masked) items.leaveOut(without);
  const wide = width + (masked ? 1 : 0);
  const numbers = items.numbersOf(cells, width, masked);
  const batch = items.memory.cellsOf(wide);
  for (let from = 0; from < total; from += batch) {
    const to = Math.min(total, from + batch);
    items.countBatch(numbers.subarray(from * wide, to * wide), wide, zeroOne, counts, from);
  }
  return counts;
}
