import { InputError } from '../core/input-error';
import { check, text } from '../core/options';
import { asResult } from '../core/showable';
import { readTable } from '../data/read-table';
import type { StoredTags } from './tags/types';

const FN = 'readTags';

/**
 * Returns tags from a file: JSON that `writeTags` or the table of a notebook made, or a spreadsheet (CSV, TSV, Parquet, JSON Lines) with
 * one row an example. Of a spreadsheet, the column "id" (else "example", "image", "file", "name", else the first) names the
 * example; a column is a tag where it holds only x, ✓, 1, yes, true or nothing (0, no, false, –); a column "tags" holds names
 * between commas or semicolons; "note", "notes" or "comments" are notes. Every row counts as looked at, unless a column
 * "reviewed" says which were. Other columns are left alone.
 *
 * @param path the file
 * @returns what `tagErrors` and `withTags` take as tags
 * @throws InputError `not-found`, `unreadable` with the line, `empty`, `missing` where no column is tags, `unsupported` for
 *   the file of a newer version, `out-of-range` where an id stands twice
 * @example
 * await readTags('tags/none.json').catch((error) => error.code) // => 'not-found'
 */
export async function readTags(path: string): Promise<StoredTags> {
  check(FN, 'path', path, text);
  const source = { fn: FN, param: 'path' };
  if (!/\.json$/i.test(path)) {
    const { tagsFromTable } = await import('./tags/tags-from-table');
    return asResult(tagsFromTable(FN, 'path', await readTable(path)));
  }
  const { readFile } = await import('node:fs/promises');
  let content: string;
  try {
    content = await readFile(path, 'utf8');
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    const missing = code === 'ENOENT' || code === 'ENOTDIR';
    throw new InputError({
      code: missing ? 'not-found' : 'unreadable',
      ...source,
      expected: missing ? 'name a file that is there' : `name a file that can be read (${code})`,
      received: path,
      cause,
    });
  }
  const { tagsFromText } = await import('./tags/stored-tags');
  return asResult(tagsFromText(source, content));
}
