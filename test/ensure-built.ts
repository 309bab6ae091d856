import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(__dirname, '..');
const MAIN = join(ROOT, 'dist', 'cli', 'main.js');
const LOCK = join(ROOT, 'node_modules', '.hunch-build');
const LONGEST_BUILD_MS = 120_000;

function newest(folder: string): number {
  return Math.max(
    ...readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => statSync(join(entry.parentPath ?? entry.path, entry.name)).mtimeMs),
  );
}

function isFresh(): boolean {
  const built = existsSync(MAIN) ? statSync(MAIN).mtimeMs : -Infinity;
  const sources = ['cli', 'core', 'engine', 'notebook'].map((layer) => newest(join(ROOT, 'src', layer)));
  return built >= Math.max(...sources);
}

/** True when this process may build; false when another one did meanwhile. */
function takeLock(): boolean {
  const began = Date.now();
  for (;;) {
    try {
      mkdirSync(LOCK);
      return true;
    } catch {
      if (Date.now() - began > LONGEST_BUILD_MS) rmSync(LOCK, { recursive: true, force: true });
      else Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 100);
      if (!existsSync(LOCK) && isFresh()) return false;
    }
  }
}

/** Builds the package when a source is younger than the build; test files that ask at the same time build once. */
export function ensureBuilt(): void {
  if ((!existsSync(LOCK) && isFresh()) || !takeLock()) return;
  try {
    if (isFresh()) return;
    const compiler = join(ROOT, 'node_modules', 'typescript', 'bin', 'tsc');
    const { status, stdout } = spawnSync(process.execPath, [compiler, '-p', ROOT], { encoding: 'utf8' });
    if (status !== 0) throw new Error(stdout);
  } finally {
    rmSync(LOCK, { recursive: true, force: true });
  }
}
