import { constants, statSync } from 'node:fs';
import { access, mkdir } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { InputError } from '../core/input-error';

/**
 * Makes sure that files can be written, before long work begins whose results they are to hold. Makes the folders that lack.
 *
 * @param targets file names by the option that gave them; those undefined are passed over
 * @throws InputError when a target is a folder, its folder cannot be written, or two targets are the same file
 */
export async function checkTargets(targets: Readonly<Record<string, string | undefined>>): Promise<void> {
  const seen = new Map<string, string>();
  for (const [param, target] of Object.entries(targets)) {
    if (target === undefined) continue;
    const refuse = (expected: string, cause?: unknown): InputError =>
      new InputError({ code: 'unsupported', fn: 'hunch run', param, expected, received: target, cause });
    const path = resolve(target);
    if (target === '' || statSync(path, { throwIfNoEntry: false })?.isDirectory())
      throw refuse('name a file, not a folder');
    const other = seen.get(path);
    if (other !== undefined) throw refuse(`name another file than ${other}`);
    seen.set(path, param);
    try {
      await mkdir(dirname(path), { recursive: true });
      await access(dirname(path), constants.W_OK);
    } catch (error) {
      throw refuse('name a file in a folder that can be written', error);
    }
  }
}
