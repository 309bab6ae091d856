import { InputError } from '../core/input-error';
import type { Column, Table } from '../data/types';

const isMissing = (value: unknown): boolean => value === null || value === undefined;

function validity(values: readonly unknown[]): Uint8Array | null {
  return values.some(isMissing) ? Uint8Array.from(values, (value) => (isMissing(value) ? 0 : 1)) : null;
}

function toColumn(fn: string, name: string, values: readonly unknown[]): Column {
  const kinds = new Set(values.filter((value) => !isMissing(value)).map((value) => typeof value));
  const valid = validity(values);
  if (kinds.size === 0 || (kinds.size === 1 && kinds.has('number'))) {
    return {
      type: 'number',
      values: Float64Array.from(values, (v) => (isMissing(v) ? 0 : (v as number))),
      valid,
    };
  }
  if (kinds.size === 1 && kinds.has('boolean')) {
    return { type: 'boolean', values: Uint8Array.from(values, (v) => (v === true ? 1 : 0)), valid };
  }
  if (kinds.size === 1 && kinds.has('string')) {
    const codes = new Map<string, number>();
    for (const value of values) {
      if (typeof value === 'string' && !codes.has(value)) codes.set(value, codes.size);
    }
    return {
      type: 'string',
      codes: Int32Array.from(values, (v) => codes.get(v as string) ?? -1),
      dictionary: [...codes.keys()],
    };
  }
  throw new InputError({
    code: 'invalid-type',
    fn,
    param: name,
    expected: `hold numbers, strings or truth values, one kind only; it holds ${[...kinds].join(' and ')}s`,
  });
}

/**
 * Returns a table from a table, an array of row objects, or an object of columns. Null and undefined are nulls.
 *
 * @param x what was given
 * @param fn the public function that was called, for messages
 * @returns the same table, or a new one
 * @throws InputError `invalid-type`, `length-mismatch`
 */
export function plainTable(x: unknown, fn: string): Table {
  if ((x as Table | null)?.kind === 'table') return x as Table;
  if (typeof x !== 'object' || x === null) {
    throw new InputError({
      code: 'invalid-type',
      fn,
      param: 'table',
      expected: 'be a table, an array of rows or an object of columns',
      received: x,
    });
  }
  const lists = Array.isArray(x) ? columnsOfRows(x) : (x as Record<string, ArrayLike<unknown>>);
  const names = Object.keys(lists);
  const lengths = names.map((name) => lists[name]?.length);
  if (lengths.some((length) => length !== lengths[0] || length === undefined)) {
    throw new InputError({
      code: 'length-mismatch',
      fn,
      param: 'table',
      expected: `have columns of one length; ${names.map((name, i) => `${name} has ${lengths[i]}`).join(', ')}`,
    });
  }
  const columns = Object.fromEntries(
    names.map((name) => [name, toColumn(fn, name, Array.from(lists[name]))]),
  );
  return { kind: 'table', n: lengths[0] ?? 0, names, columns, warnings: [] };
}

function columnsOfRows(rows: readonly Record<string, unknown>[]): Record<string, unknown[]> {
  const names = new Set(rows.flatMap((row) => Object.keys(row)));
  return Object.fromEntries([...names].map((name) => [name, rows.map((row) => row[name])]));
}
