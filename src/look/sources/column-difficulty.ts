import { InputError } from '../../core/input-error';
import { nearestName } from '../../core/nearest-name';
import type { Table } from '../../data/types';

/** How a column's name reads where its low values are the hard ones: difficulty is the number times −1. */
export const REVERSED = '−';

/**
 * Returns a metadata column as difficulty: numbers as they are, or negated where low is hard; nulls as NaN.
 *
 * @param fn the public function that was called, for messages
 * @param metadata the columns beside the predictions
 * @param column name of a column of numbers or truth values
 * @param higherIsHarder false negates
 * @returns one number per example, higher is harder
 * @throws InputError `missing` when there is no such column, `invalid-type` when it holds no numbers
 */
export function columnDifficulty(
  fn: string,
  metadata: Table,
  column: string,
  higherIsHarder: boolean,
): Float64Array {
  const { names, columns } = metadata;
  if (!names.includes(column)) {
    const near = nearestName(column, names);
    throw new InputError({
      code: 'missing',
      fn,
      param: 'column',
      expected:
        names.length > 0
          ? `be a metadata column: ${names.join(', ')}`
          : 'be a metadata column; there are none',
      received: column,
      mend: near && `Did you mean "${near}"?`,
    });
  }
  const held = columns[column];
  if (held.type !== 'number' && held.type !== 'boolean') {
    throw new InputError({
      code: 'invalid-type',
      fn,
      param: 'column',
      expected: `be a column of numbers; "${column}" holds ${held.type}s`,
      mend: 'Turn it into numbers, higher for harder, or give them as human values.',
    });
  }
  const sign = higherIsHarder ? 1 : -1;
  return Float64Array.from({ length: metadata.n }, (_, i) =>
    held.valid?.[i] === 0 ? NaN : sign * (held.values[i] ?? NaN),
  );
}
