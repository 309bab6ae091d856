import { InputError } from '../core/input-error';

/** Throws `out-of-range` when a row number is not an integer from 0 to n − 1. */
export function checkRows(fn: string, rows: ArrayLike<number>, n: number): void {
  for (let i = 0; i < rows.length; i++) {
    if (Number.isInteger(rows[i]) && rows[i] >= 0 && rows[i] < n) continue;
    throw new InputError({
      code: 'out-of-range',
      fn,
      param: 'rows',
      expected: n > 0 ? `be row numbers from 0 to ${n - 1}` : 'be empty, as there are no rows',
      received: rows[i],
    });
  }
}
