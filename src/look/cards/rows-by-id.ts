import { InputError } from '../../core/input-error';
import type { Dataset } from '../../data/types';

/**
 * Returns what gives the row of the data by the place of an id, −1 where it is not among them. Of an id that the data has several
 * times it is the first: those are copies of one example.
 *
 * @param fn the public function that was called, for messages
 * @throws InputError `not-found` where no id is shared
 */
export function rowsById(fn: string, ids: readonly string[], data: Dataset): (index: number) => number {
  if (data.n === ids.length && data.ids.every((id, i) => id === ids[i])) return (index) => index;
  const rowOf = new Map<string, number>();
  data.ids.forEach((id, row) => rowOf.set(id, rowOf.get(id) ?? row));
  if (ids.length > 0 && !ids.some((id) => rowOf.has(id))) {
    throw new InputError({
      code: 'not-found',
      fn,
      param: 'data',
      expected: `share ids with the examples; its ids begin ${JSON.stringify(data.ids.slice(0, 3))}, those of the examples ${JSON.stringify(ids.slice(0, 3))}`,
      mend: 'Give the data set that was predicted.',
    });
  }
  return (index) => rowOf.get(ids[index]) ?? -1;
}
