import { widthOf } from '../../engine/count/types';
import type { Items } from './search-slices';

/** Logarithm of the number of ways to choose so many of some. */
function logChoices(of: number, width: number): number {
  let sum = 0;
  for (let i = 0; i < width; i++) sum += Math.log(Math.max(1, of - i) / (i + 1));
  return sum;
}

/**
 * Returns what a cell is worth, in nats: how improbable its surprise is, less what luck could choose from: so many columns of all, and
 * in each of them one of its conditions. A value of a column with two is chosen from less than a range of a number is.
 */
export function sliceWorth(columns: number, items: Items): (score: number, cell: Int32Array) => number {
  const conditions = new Float64Array(columns);
  for (let item = 0; item < items.length; item += 3) conditions[items[item]]++;
  return (score, cell) => {
    let choices = logChoices(columns, widthOf(cell));
    for (let at = 0; at < cell.length; at += 3) choices += Math.log(Math.max(1, conditions[cell[at]]));
    return score ** 2 / 2 - choices;
  };
}
