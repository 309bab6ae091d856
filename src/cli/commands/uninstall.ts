import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { EXIT } from '../exit-codes';
import { INSTALLED_FOLDERS } from '../installed-files';
import { jupyterPlace, type PlaceOptions } from '../jupyter-place';
import type { Terminal } from '../terminal';

/**
 * Removes what `hunch install` wrote to the same place, and nothing else.
 *
 * @returns 0, also when nothing was there
 * @throws InputError when the place cannot be told; the file system's error when a folder cannot be removed
 */
export async function uninstallCommand(options: PlaceOptions, { out }: Terminal): Promise<number> {
  const place = await jupyterPlace('uninstall', options);
  for (const folder of INSTALLED_FOLDERS) {
    const path = join(place, folder);
    const wasThere = existsSync(path);
    await rm(path, { recursive: true, force: true });
    out(wasThere ? `Removed ${path}` : `Nothing to remove at ${path}`);
  }
  return EXIT.ok;
}
