import { InputError } from '../../core/input-error';

/**
 * Returns the values of `theirIds` in the order of `ids`; NaN for ids that are not among them.
 *
 * @param fn the public function that was called, for messages
 * @param param the option that holds the other side
 * @param ids ids of the examples
 * @param theirIds ids of the other side; must be unique
 * @param value the other side's value by its row number
 * @returns one number per id
 * @throws InputError `not-found` when no id matches, `out-of-range` when an id of the other side stands twice
 */
export function matchById(
  fn: string,
  param: string,
  ids: readonly string[],
  theirIds: readonly string[],
  value: (row: number) => number,
): Float64Array {
  const rowOf = new Map<string, number>();
  theirIds.forEach((id, row) => {
    if (rowOf.has(id)) {
      throw new InputError({
        code: 'out-of-range',
        fn,
        param,
        expected: 'have each id once',
        received: id,
      });
    }
    rowOf.set(id, row);
  });
  if (!ids.some((id) => rowOf.has(id))) {
    throw new InputError({
      code: 'not-found',
      fn,
      param,
      expected: `share ids with the predictions; theirs begin ${JSON.stringify(theirIds.slice(0, 3))}, those of the predictions ${JSON.stringify(ids.slice(0, 3))}`,
      mend: 'Match needs the same examples on both sides.',
    });
  }
  return Float64Array.from(ids, (id) => {
    const row = rowOf.get(id);
    return row === undefined ? NaN : value(row);
  });
}
