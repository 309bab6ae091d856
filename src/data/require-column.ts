import { InputError } from '../core/input-error';
import { nearestName } from '../core/nearest-name';

/** Throws `unknown-name`, with the nearest name, when a table (or what is called so) has no column of that name. */
export function requireColumn(
  fn: string,
  param: string,
  names: readonly string[],
  name: string,
  what = 'a column',
): void {
  if (names.includes(name)) return;
  const near = nearestName(name, names);
  const shown = names.slice(0, 20).join(', ');
  throw new InputError({
    code: 'unknown-name',
    fn,
    param,
    expected: `be ${what}: ${shown || 'there is none'}${names.length > 20 ? `, … (${names.length} in all)` : ''}`,
    received: name,
    mend: near && `Did you mean "${near}"?`,
  });
}
