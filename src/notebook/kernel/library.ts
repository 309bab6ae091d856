import { existsSync, readFileSync, realpathSync } from 'node:fs';
import Module, { createRequire } from 'node:module';
import { dirname, join, sep } from 'node:path';
import type { TypeScriptModule } from './tslab';

/** The copies of Hunch and TensorFlow.js that the cells of a notebook get, for types and at run time alike. */
export interface Library {
  /** Folder of the hunch-ml package in use. */
  readonly root: string;
  /** Folder of a package as that copy of Hunch sees it; undefined when it has none. */
  packageFolder(name: string): string | undefined;
}

const OURS = /^(hunch-ml|@tensorflow\/[^/]+)(\/.*)?$/;

/** Folder of the hunch-ml package that this file belongs to. */
export function ownPackageRoot(): string {
  for (let folder = __dirname; ; folder = dirname(folder)) {
    const manifest = join(folder, 'package.json');
    if (existsSync(manifest) && JSON.parse(readFileSync(manifest, 'utf8')).name === 'hunch-ml') return folder;
    if (folder === dirname(folder))
      throw new Error('The package.json of hunch-ml was not found above the kernel.');
  }
}

function folderOf(request: string, from: string): string | undefined {
  try {
    return realpathSync(
      dirname(createRequire(join(from, 'package.json')).resolve(`${request}/package.json`)),
    );
  } catch {
    return undefined;
  }
}

/** Returns the library for a notebook folder: the hunch-ml installed there, else the kernel's own. */
export function findLibrary(notebookFolder: string): Library {
  const root = folderOf('hunch-ml', notebookFolder) ?? realpathSync(ownPackageRoot());
  const folders = new Map<string, string | undefined>([['hunch-ml', root]]);
  return {
    root,
    packageFolder(name) {
      if (!folders.has(name)) folders.set(name, folderOf(name, root));
      return folders.get(name);
    },
  };
}

type Resolve = (
  request: string,
  parent: { filename?: string | null } | undefined,
  ...rest: unknown[]
) => string;

/**
 * Makes `hunch-ml` and `@tensorflow/*` resolve to the library's one copy in code of the notebook, and everywhere else where
 * Node finds none.
 */
export function provideAtRunTime(library: Library): void {
  const loader = Module as unknown as { _resolveFilename: Resolve };
  const resolve = loader._resolveFilename;
  const fromLibrary = createRequire(join(library.root, 'package.json'));
  const isInstalled = (file: string): boolean =>
    file.includes(`${sep}node_modules${sep}`) || file.startsWith(join(library.root, 'dist') + sep);
  loader._resolveFilename = (request, parent, ...rest) => {
    if (!OURS.test(request)) return resolve(request, parent, ...rest);
    const plain = (): string => resolve(request, parent, ...rest);
    const ours = (): string => fromLibrary.resolve(request);
    // The resolver that is asked second must not come back here.
    if (parent?.filename === join(library.root, 'package.json')) return plain();
    const [first, second] = isInstalled(parent?.filename ?? '') ? [plain, ours] : [ours, plain];
    try {
      return first();
    } catch (error) {
      try {
        return second();
      } catch {
        throw error;
      }
    }
  };
}

type Sys = Record<string, (path: string, ...rest: unknown[]) => unknown>;

/** Shows TypeScript the library's packages as if they were installed beside the notebook. */
export function provideTypes(library: Library, typescript: TypeScriptModule, notebookFolder: string): void {
  const sys = typescript.sys as Sys;
  const modules = `${notebookFolder.replaceAll('\\', '/')}/node_modules/`;
  const forward = (path: string): string => {
    if (!path.startsWith(modules)) return path;
    const [, name, rest = ''] = OURS.exec(path.slice(modules.length)) ?? [];
    const folder = name && library.packageFolder(name);
    return folder ? folder.replaceAll('\\', '/') + rest : path;
  };
  for (const method of [
    'fileExists',
    'readFile',
    'directoryExists',
    'getDirectories',
    'readDirectory',
    'realpath',
  ]) {
    const plain = sys[method].bind(sys);
    sys[method] = (path, ...rest) => plain(forward(path), ...rest);
  }
  const directoryExists = sys.directoryExists;
  sys.directoryExists = (path) => path === `${modules}@tensorflow` || directoryExists(path);
}
