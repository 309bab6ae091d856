import { InputError } from './input-error';
import { writeFileAtomic } from './write-file';

/**
 * Writes a file that a person has named as the argument `path` of a function, whole or not at all.
 *
 * @throws InputError `unreadable` when it cannot be written
 */
export async function writeNamedFile(fn: string, path: string, content: string): Promise<void> {
  try {
    await writeFileAtomic(path, content);
  } catch (cause) {
    throw new InputError({
      code: 'unreadable',
      fn,
      param: 'path',
      expected: `name a file that can be written (${(cause as NodeJS.ErrnoException).code ?? String(cause)})`,
      received: path,
      cause,
    });
  }
}
