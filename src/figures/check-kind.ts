import { InputError } from '../core/input-error';

/** Throws unless the value is a result of the kind that a figure draws. */
export function checkKind(fn: string, param: string, value: unknown, kind: string): void {
  if (typeof value === 'object' && value !== null && (value as { kind?: unknown }).kind === kind) return;
  throw new InputError({
    code: 'invalid-type',
    fn,
    param,
    expected: `be a result of kind "${kind}"`,
    received: value,
  });
}
