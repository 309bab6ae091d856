import { InputError } from '../core/input-error';
import type { Column } from './types';

type Kind = 'number' | 'string' | 'boolean' | 'date';

const isMissing = (value: unknown): value is null | undefined => value === null || value === undefined;

function kindOf(value: unknown): string {
  if (value instanceof Date) return 'date';
  return typeof value;
}

/** 1 where there is a value, or null when nothing is missing. */
function validity(values: readonly unknown[]): Uint8Array | null {
  return values.some(isMissing) ? Uint8Array.from(values, (value) => (isMissing(value) ? 0 : 1)) : null;
}

/** Codes into the distinct strings, in the order in which they first occur; null and undefined are −1. */
export function encodeStrings(values: readonly (string | null | undefined)[]): Column {
  const codeOf = new Map<string, number>();
  const codes = new Int32Array(values.length);
  values.forEach((value, i) => {
    if (isMissing(value)) {
      codes[i] = -1;
      return;
    }
    const code = codeOf.get(value) ?? codeOf.size;
    codeOf.set(value, code);
    codes[i] = code;
  });
  return { type: 'string', codes, dictionary: [...codeOf.keys()] };
}

const MAKE: Readonly<Record<Kind, (values: readonly unknown[]) => Column>> = {
  number: (values) => ({
    type: 'number',
    values: Float64Array.from(values, (v) => (isMissing(v) ? 0 : (v as number))),
    valid: validity(values),
  }),
  date: (values) => ({
    type: 'date',
    values: Float64Array.from(values, (v) => (isMissing(v) ? 0 : (v as Date).getTime())),
    valid: validity(values),
  }),
  boolean: (values) => ({
    type: 'boolean',
    values: Uint8Array.from(values, (v) => (v === true ? 1 : 0)),
    valid: validity(values),
  }),
  string: (values) => encodeStrings(values as readonly (string | null)[]),
};

/**
 * Returns the column for plain values: the one kind that they are of decides its type; null and undefined are nulls; a
 * column of nulls alone is one of numbers.
 *
 * @param fn the public function that was called, for messages
 * @param name the column's name, for messages
 * @throws InputError `invalid-type` for mixed kinds and for values that no column holds
 */
export function tableColumn(fn: string, name: string, values: ArrayLike<unknown>): Column {
  if (ArrayBuffer.isView(values) && typeof (values as ArrayLike<unknown>)[0] !== 'bigint') {
    return { type: 'number', values: Float64Array.from(values as ArrayLike<number>), valid: null };
  }
  const list = Array.from(values);
  const kinds = new Set(list.filter((value) => !isMissing(value)).map(kindOf));
  const [kind = 'number'] = kinds;
  if (kinds.size <= 1 && kind in MAKE) return MAKE[kind as Kind](list);
  throw new InputError({
    code: 'invalid-type',
    fn,
    param: name,
    expected: `hold numbers, strings, truth values or dates, one kind only; it holds ${[...kinds].join(' and ')}s`,
    mend: 'Turn them into one kind first, for example with String(value).',
  });
}
