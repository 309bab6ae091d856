import { InputError } from '../core/input-error';
import { check, text } from '../core/options';
import { writeNamedFile } from '../core/write-named-file';
import type { ErrorTags, StoredTags } from './tags/types';

/** JSON with a line an example, so that a version control shows what changed. */
function jsonOf(store: StoredTags): string {
  const lines = Object.entries(store).map(([key, value]) => {
    const list = key === 'examples' ? (value as readonly unknown[]) : undefined;
    const body = list?.length
      ? `[\n${list.map((one) => `    ${JSON.stringify(one)}`).join(',\n')}\n  ]`
      : JSON.stringify(value);
    return `  ${JSON.stringify(key)}: ${body}`;
  });
  return `{\n${lines.join(',\n')}\n}\n`;
}

/**
 * Writes tags to a file, whole or not at all; folders that lack are made. JSON keeps everything: tags, notes, the seed, the
 * fingerprint of the examples and which of them were errors, so that the next model can be compared. A name that ends in .csv
 * gives a spreadsheet, one row an example to look at, one column a tag, for those who would rather tag there.
 *
 * @param tags a result of `tagErrors`, or what `readTags` gives
 * @param path the file; one that is there is replaced
 * @throws InputError `invalid-type` for anything else, `unreadable` when the file cannot be written
 * @example
 * const rows = [{ id: 'u', y: 'a', p: 'b' }, { id: 'v', y: 'a', p: 'a' }];
 * const p = predictionsFrom(rows, { label: 'y', predicted: 'p', id: 'id' });
 * const path = require('node:path').join(require('node:os').tmpdir(), `hunch-tags-${process.pid}.json`);
 * await writeTags(tagErrors(p, { tagged: { u: ['blurry'] } }), path);
 * tagErrors(p, { tagged: await readTags(path) }).tags[0].count // => 1
 */
export async function writeTags(tags: ErrorTags | StoredTags, path: string): Promise<void> {
  const fn = 'writeTags';
  const kind = (tags as { kind?: unknown } | null | undefined)?.kind;
  if (kind !== 'error-tags' && kind !== 'stored-tags') {
    throw new InputError({
      code: 'invalid-type',
      fn,
      param: 'tags',
      expected: 'be a result of tagErrors, or tags that were read',
      received: tags,
      mend:
        typeof tags === 'string' ? 'The tags come first, then the path: writeTags(tags, path).' : undefined,
    });
  }
  check(fn, 'path', path, text);
  const [{ spreadsheetOf }, { storedTags }] = await Promise.all([
    import('./tags/spreadsheet-of'),
    import('./tags/stored-tags'),
  ]);
  const content = /\.csv$/i.test(path)
    ? spreadsheetOf(tags)
    : jsonOf(storedTags({ fn, param: 'tags' }, tags));
  await writeNamedFile(fn, path, content);
}
