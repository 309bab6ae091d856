import { InputError } from '../../core/input-error';
import { nearestName } from '../../core/nearest-name';
import type { Column, Table } from '../../data/types';

/** How a column's name reads where its low values are the hard ones: difficulty is the number times −1. */
export const REVERSED = '−';

/**
 * Returns a metadata column by its name.
 *
 * @param fn the public function that was called, for messages
 * @param param the option that names it
 * @throws InputError `missing` when there is no such column
 */
export function metadataColumn(fn: string, param: string, { names, columns }: Table, column: string): Column {
  if (names.includes(column)) return columns[column];
  const near = nearestName(column, names);
  throw new InputError({
    code: 'missing',
    fn,
    param,
    expected:
      names.length > 0 ? `be a metadata column: ${names.join(', ')}` : 'be a metadata column; there are none',
    received: column,
    mend: near && `Did you mean "${near}"?`,
  });
}

/** Rows of a column of text by their place in an order; NaN for values that are not in it. */
function ordered(fn: string, name: string, held: Column, order: readonly string[], n: number): Float64Array {
  if (held.type !== 'string') {
    throw new InputError({
      code: 'unsupported',
      fn,
      param: 'order',
      expected: `belong to a column of text; "${name}" holds ${held.type}s`,
    });
  }
  const absent = order.find((level) => !held.dictionary.includes(level));
  if (absent !== undefined) {
    const near = nearestName(absent, held.dictionary);
    throw new InputError({
      code: 'not-found',
      fn,
      param: 'order',
      expected: `name values of "${name}": ${held.dictionary.slice(0, 20).join(', ')}`,
      received: absent,
      mend: near && `Did you mean "${near}"?`,
    });
  }
  const places = held.dictionary.map((level) => {
    const place = order.indexOf(level);
    return place < 0 ? NaN : place;
  });
  return Float64Array.from({ length: n }, (_, i) => places[held.codes[i]] ?? NaN);
}

/**
 * Returns a metadata column as difficulty: numbers, truth values and dates (milliseconds) as they are, categories by their
 * place in the order, or negated where low is hard; nulls as NaN.
 *
 * @param fn the public function that was called, for messages
 * @param metadata the columns beside the predictions
 * @param column name of a column
 * @param higherIsHarder false negates
 * @param order of the values of a column of text, easiest first
 * @param param the option that names the column
 * @returns one number per example, higher is harder
 * @throws InputError `missing` when there is no such column, `invalid-type` for text without an order, `not-found` for a level
 *   that does not occur, `unsupported` for an order of anything but text
 */
export function columnDifficulty(
  fn: string,
  metadata: Table,
  column: string,
  higherIsHarder: boolean,
  order?: readonly string[],
  param = 'column',
): Float64Array {
  const held = metadataColumn(fn, param, metadata, column);
  const sign = higherIsHarder ? 1 : -1;
  if (order) return ordered(fn, column, held, order, metadata.n).map((value) => sign * value);
  if (held.type === 'string') {
    throw new InputError({
      code: 'invalid-type',
      fn,
      param,
      expected: `be a column of numbers; "${column}" holds strings`,
      mend: "Give its values from the easiest to the hardest as order: ['easy', 'hard'].",
    });
  }
  return Float64Array.from({ length: metadata.n }, (_, i) =>
    held.valid?.[i] === 0 ? NaN : sign * (held.values[i] ?? NaN),
  );
}
