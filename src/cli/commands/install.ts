import { readFile } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { writeFileAtomic } from '../../core/write-file';
import { kernelLauncher } from '../../notebook/kernel/kernel-spec';
import { EXIT } from '../exit-codes';
import { INSTALLED_FOLDERS, installedFiles } from '../installed-files';
import { jupyterPlace, type PlaceOptions } from '../jupyter-place';
import type { Terminal } from '../terminal';

/**
 * Writes the kernel and the JupyterLab extension into a data folder of Jupyter. Doing it again writes the same.
 *
 * @returns 0
 * @throws InputError when the place cannot be told; the file system's error when it cannot be written
 */
export async function installCommand(options: PlaceOptions, { out, note }: Terminal): Promise<number> {
  const place = await jupyterPlace('install', options);
  for (const { path, content, source } of installedFiles()) {
    await writeFileAtomic(join(place, path), content ?? (await readFile(source!)));
  }
  const [kernel, extension] = INSTALLED_FOLDERS;
  out(`Wrote the kernel     ${join(place, kernel)}`);
  out(`Wrote the extension  ${join(place, extension)}`);
  if (kernelLauncher().includes(`${sep}_npx${sep}`)) {
    note(
      'The kernel runs from a folder that npm may empty. Install hunch-ml in a project and do this again.',
    );
  }
  note('Next: open JupyterLab (or load its page again) and choose "TypeScript (Hunch)".');
  return EXIT.ok;
}
