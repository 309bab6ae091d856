import { InputError, type InputErrorCode } from './input-error';
import { nearestName } from './nearest-name';

/** What a value must be: the same object validates, words the message and is listed in the docs. */
export interface Constraint<T> {
  readonly code: InputErrorCode;
  /** Worded to follow "must", for example "be an integer ≥ 1". */
  readonly expected: string;
  readonly holds: (value: unknown) => value is T;
}

function constraint<T>(
  code: InputErrorCode,
  expected: string,
  holds: (value: unknown) => boolean,
): Constraint<T> {
  return { code, expected, holds: holds as (value: unknown) => value is T };
}

const finite = (value: unknown): value is number => typeof value === 'number' && Number.isFinite(value);

/** Constraint: an integer in `[min, max]`. */
export function integer(min: number, max = Number.MAX_SAFE_INTEGER): Constraint<number> {
  const range = max === Number.MAX_SAFE_INTEGER ? `an integer ≥ ${min}` : `an integer from ${min} to ${max}`;
  return constraint(
    'out-of-range',
    `be ${range}`,
    (v) => Number.isInteger(v) && (v as number) >= min && (v as number) <= max,
  );
}

/** Constraint: a finite number in `[min, max]`, or `(min, max)` when `open`. */
export function numberIn(min: number, max: number, { open = false } = {}): Constraint<number> {
  const word =
    max === Infinity
      ? `a number ${open ? '>' : '≥'} ${min}`
      : `a number ${open ? 'strictly ' : ''}between ${min} and ${max}`;
  return constraint(
    'out-of-range',
    `be ${word}`,
    (v) => finite(v) && (open ? v > min && v < max : v >= min && v <= max),
  );
}

/** Constraint: one of the given strings. */
export function oneOf<const T extends string>(values: readonly T[]): Constraint<T> {
  const list = values.map((v) => `"${v}"`).join(', ');
  return constraint('invalid-type', `be one of ${list}`, (v) => values.includes(v as T));
}

/** Constraint: a string with at least one character. */
export const text: Constraint<string> = constraint(
  'invalid-type',
  'be a non-empty string',
  (v) => typeof v === 'string' && v.length > 0,
);

/** Constraint: true or false. */
export const boolean: Constraint<boolean> = constraint(
  'invalid-type',
  'be true or false',
  (v) => typeof v === 'boolean',
);

/** Constraint: a function. */
export const fn: Constraint<(...args: never[]) => unknown> = constraint(
  'invalid-type',
  'be a function',
  (v) => typeof v === 'function',
);

/** Constraint: an AbortSignal. */
export const signal: Constraint<AbortSignal> = constraint(
  'invalid-type',
  'be an AbortSignal',
  (v) => typeof v === 'object' && v !== null && 'aborted' in v && 'addEventListener' in v,
);

/** Constraint: an array or typed array of numbers (elements are not looked at). */
export const numbers: Constraint<ArrayLike<number>> = constraint(
  'invalid-type',
  'be an array of numbers',
  (v) => Array.isArray(v) || (ArrayBuffer.isView(v) && !(v instanceof DataView)),
);

/** Constraint: a non-array object. */
export const record: Constraint<Record<string, unknown>> = constraint(
  'invalid-type',
  'be an object',
  (v) => typeof v === 'object' && v !== null && !Array.isArray(v),
);

/** Constraint: anything; for options that are checked where they are used. */
export const anything: Constraint<unknown> = constraint('invalid-type', 'be a value', () => true);

/** Returns `value` when the constraint holds, else throws the {@link InputError} that says so. */
export function check<T>(
  fnName: string,
  param: string,
  value: unknown,
  rule: Constraint<T>,
  mend?: string,
): T {
  if (rule.holds(value)) return value;
  const suggestion = typeof value === 'string' ? nearestQuoted(value, rule.expected) : undefined;
  throw new InputError({
    code: rule.code,
    fn: fnName,
    param,
    expected: rule.expected,
    received: value,
    mend: mend ?? (suggestion && `Did you mean "${suggestion}"?`),
  });
}

function nearestQuoted(value: string, expected: string): string | undefined {
  const names = [...expected.matchAll(/"([^"]+)"/g)].map((m) => m[1]);
  return nearestName(value, names);
}

/** A rule for each option of a function. */
export type OptionRules<O> = { readonly [K in keyof O]-?: Constraint<unknown> };

/**
 * Returns the options as given once every key is known and every value that is not undefined keeps its rule.
 * Defaults are the caller's: `const { epochs = 10 } = checkOptions('fit', options, RULES)`.
 */
export function checkOptions<O extends object>(fnName: string, options: O, rules: OptionRules<O>): O {
  check(fnName, 'options', options, record);
  const known = Object.keys(rules);
  for (const [key, value] of Object.entries(options)) {
    if (!known.includes(key)) {
      const near = nearestName(key, known);
      throw new InputError({
        code: 'unknown-option',
        fn: fnName,
        param: key,
        expected: `be one of its options: ${known.join(', ')}`,
        received: value,
        mend: near && `Did you mean "${near}"?`,
      });
    }
    if (value !== undefined) check(fnName, key, value, rules[key as keyof O]);
  }
  return options;
}

/** Throws when the named lengths differ, listing all of them at once. */
export function checkSameLength(fnName: string, lengths: Readonly<Record<string, number>>): void {
  const values = Object.values(lengths);
  if (values.every((n) => n === values[0])) return;
  const sides = Object.entries(lengths).map(([name, n]) => `${name} has ${n}`);
  throw new InputError({
    code: 'length-mismatch',
    fn: fnName,
    param: Object.keys(lengths).join('", "'),
    expected: `have one entry per example each; ${sides.join(', ')}`,
  });
}
