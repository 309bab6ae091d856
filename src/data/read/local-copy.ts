import { InputError } from '../../core/input-error';

/** A file on this machine that stands for what was named; `dispose` removes it if it was fetched. */
export interface LocalCopy {
  readonly path: string;
  readonly dispose: () => Promise<void>;
}

async function existing(fn: string, path: string): Promise<LocalCopy> {
  const { stat } = await import('node:fs/promises');
  const found = await stat(path).catch((cause: unknown) => {
    throw new InputError({
      code: 'not-found',
      fn,
      param: 'path',
      expected: 'be a file that can be read',
      received: path,
      cause,
    });
  });
  if (!found.isFile()) {
    throw new InputError({
      code: 'not-found',
      fn,
      param: 'path',
      expected: 'be a file, not a folder',
      received: path,
    });
  }
  return { path, dispose: () => Promise.resolve() };
}

async function fetched(fn: string, url: string, signal?: AbortSignal): Promise<LocalCopy> {
  const { mkdtemp, rm, writeFile } = await import('node:fs/promises');
  const { join } = await import('node:path');
  const { tmpdir } = await import('node:os');
  const folder = await mkdtemp(join(tmpdir(), 'hunch-'));
  const dispose = (): Promise<void> => rm(folder, { recursive: true, force: true });
  try {
    const response = await fetch(url, { signal });
    if (!response.ok || !response.body) {
      throw new InputError({
        code: response.status === 404 || response.status === 410 ? 'not-found' : 'unreadable',
        fn,
        param: 'path',
        expected:
          `be an address that answers with a file; it answered ${response.status} ${response.statusText}`.trim(),
        received: url,
      });
    }
    const path = join(folder, 'table');
    await writeFile(path, response.body as unknown as AsyncIterable<Uint8Array>, { signal });
    return { path, dispose };
  } catch (cause) {
    await dispose();
    signal?.throwIfAborted();
    if (cause instanceof InputError) throw cause;
    throw new InputError({
      code: 'unreadable',
      fn,
      param: 'path',
      expected: 'be an address that can be fetched to its end',
      received: url,
      cause,
    });
  }
}

/** Finds the file, or fetches it into a temporary folder. The caller disposes of it. */
export async function localCopy(fn: string, path: string | URL, signal?: AbortSignal): Promise<LocalCopy> {
  const name = String(path);
  if (/^https?:\/\//i.test(name)) return fetched(fn, name, signal);
  const { fileURLToPath } = await import('node:url');
  return existing(fn, /^file:/i.test(name) ? fileURLToPath(name) : name);
}
