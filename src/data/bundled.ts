import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { Dataset } from './types';

const FOLDER = join(__dirname, '..', '..', 'datasets');
const cache = new Map<string, Dataset>();

/** Returns a bundled data set, made at the first call. */
export function once(name: string, make: () => Dataset): Dataset {
  const known = cache.get(name) ?? make();
  cache.set(name, known);
  return known;
}

/** Returns the lines of a file that comes with the package. */
export function linesOf(file: string): string[] {
  const bytes = readFileSync(join(FOLDER, file));
  const content = file.endsWith('.gz') ? gunzipSync(bytes) : bytes;
  return content.toString('utf8').trim().split(/\r?\n/);
}

/** Returns ids of one length: "wine-001", … */
export const idsOf = (name: string, n: number): string[] =>
  Array.from({ length: n }, (_, i) => `${name}-${String(i + 1).padStart(String(n).length, '0')}`);
