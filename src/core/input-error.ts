/** Why an argument was refused. */
export type InputErrorCode =
  | 'invalid-type'
  | 'out-of-range'
  | 'unknown-option'
  | 'unknown-name'
  | 'length-mismatch'
  | 'empty'
  | 'non-finite'
  | 'not-found'
  | 'unreadable'
  | 'missing'
  | 'too-large'
  | 'unsupported';

/** The parts of an {@link InputError}. */
export interface InputErrorParts {
  readonly code: InputErrorCode;
  /** The public function that was called. */
  readonly fn: string;
  /** The option or argument at fault. */
  readonly param: string;
  /** What it must be, worded to follow "must". */
  readonly expected: string;
  /** The value that came instead; shortened for the message, kept whole on the error. */
  readonly received?: unknown;
  /** One sentence on how to put it right. */
  readonly mend?: string;
  readonly cause?: unknown;
}

/** A value as it stands in an error message: quoted, shortened to 80 characters, never multi-line. */
export function describeValue(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(value.length > 80 ? `${value.slice(0, 77)}…` : value);
  if (typeof value === 'function') return `function ${value.name || '(anonymous)'}`;
  if (typeof value === 'bigint') return `${value}n`;
  if (typeof value !== 'object' || value === null) return String(value);
  if (ArrayBuffer.isView(value) || Array.isArray(value)) {
    const { length } = value as unknown as ArrayLike<unknown>;
    const shown = Array.from({ length: Math.min(length, 5) }, (_, i) =>
      describeValue((value as unknown as unknown[])[i]),
    );
    return `${value.constructor.name}(${length}) [${shown.join(', ')}${length > 5 ? ', …' : ''}]`;
  }
  const name = value.constructor?.name ?? 'Object';
  const keys = Object.keys(value);
  return `${name} {${keys.slice(0, 5).join(', ')}${keys.length > 5 ? ', …' : ''}}`;
}

/**
 * Thrown when a function is called with something it cannot use. Nothing has been changed when it is thrown.
 *
 * @example
 * new InputError({ code: 'out-of-range', fn: 'fit', param: 'epochs', expected: 'be an integer ≥ 1', received: 0 }).message
 * // => 'fit: "epochs" must be an integer ≥ 1; got 0.'
 */
export class InputError extends Error {
  override readonly name = 'InputError';
  readonly code: InputErrorCode;
  readonly fn: string;
  readonly param: string;
  readonly expected: string;
  readonly received: unknown;
  readonly mend: string | undefined;

  constructor(parts: InputErrorParts) {
    const got = 'received' in parts ? `; got ${describeValue(parts.received)}` : '';
    const mend = parts.mend ? ` ${parts.mend}` : '';
    super(
      `${parts.fn}: "${parts.param}" must ${parts.expected}${got}.${mend}`,
      parts.cause === undefined ? undefined : { cause: parts.cause },
    );
    this.code = parts.code;
    this.fn = parts.fn;
    this.param = parts.param;
    this.expected = parts.expected;
    this.received = parts.received;
    this.mend = parts.mend;
  }
}
