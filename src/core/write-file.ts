import type { PathLike } from 'node:fs';

/**
 * Writes a file whole or not at all: beside the target first, then renamed over it. Folders that lack are made.
 *
 * @throws the file system's own error; the old file, if any, is then as it was
 */
export async function writeFileAtomic(path: PathLike, content: string | Uint8Array): Promise<void> {
  const { mkdir, rename, rm, writeFile } = await import('node:fs/promises');
  const { dirname, basename, join } = await import('node:path');
  const target = String(path);
  await mkdir(dirname(target), { recursive: true });
  const beside = join(dirname(target), `.${basename(target)}.${process.pid}.part`);
  try {
    await writeFile(beside, content);
    await rename(beside, target);
  } catch (error) {
    await rm(beside, { force: true });
    throw error;
  }
}
