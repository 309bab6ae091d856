import { InputError } from '../../core/input-error';
import { jsonFault } from '../../core/json-fault';
import { asTable } from '../../data/as-table';
import { separatedRows } from './separated-rows';
import { collectTagNames } from './tag-names';
import { storedFrom, tagsFromTable } from './tags-from-table';
import type { ErrorTags, StoredTag, StoredTags, TagFingerprint } from './types';

/** What is said of an example: tags, a tag, or tags with a note. */
export type TagsOfExample =
  string | readonly string[] | { readonly tags: readonly string[]; readonly note?: string };

/** Tags that came back: what is said of each example by id, an earlier result, what `readTags` gives, or text or path of a JSON, CSV or TSV file. */
export type TaggedInput = StoredTags | ErrorTags | string | Readonly<Record<string, TagsOfExample>>;

const isTexts = (value: unknown): value is readonly string[] =>
  Array.isArray(value) && value.every((one) => typeof one === 'string');

/** Where the tags come from, for messages. */
export interface TagSource {
  readonly fn: string;
  readonly param: string;
}

const refuse = ({ fn, param }: TagSource, expected: string, received: unknown): InputError =>
  new InputError({ code: 'invalid-type', fn, param, expected, received });

function exampleOf(source: TagSource, id: string, given: unknown): StoredTag {
  if (typeof given === 'string') return { id, tags: [given], wrong: null };
  if (isTexts(given)) return { id, tags: given, wrong: null };
  const { tags, note, wrong, label } = (given ?? {}) as Partial<StoredTag>;
  if (!isTexts(tags)) {
    throw refuse(source, `hold tags for each id: names, or { tags, note }; "${id}" has neither`, given);
  }
  return {
    ...{ id, tags, wrong: typeof wrong === 'boolean' ? wrong : null },
    ...(typeof note === 'string' && note.trim() !== '' && { note }),
    ...(typeof label === 'string' && { label }),
  };
}

function withNames(
  tagNames: readonly string[],
  examples: readonly StoredTag[],
): Pick<StoredTags, 'tagNames' | 'examples'> {
  const names = collectTagNames();
  names.addAll(tagNames);
  const spelt = examples.map((one) => ({ ...one, tags: names.addAll(one.tags) }));
  return { tagNames: names.list(), examples: spelt };
}

function fingerprintFrom(value: unknown): TagFingerprint | null {
  const { n, ids, labels } = (value ?? {}) as Partial<TagFingerprint>;
  return typeof n === 'number' && typeof ids === 'string' && typeof labels === 'string'
    ? { n, ids, labels }
    : null;
}

/** Tags as `writeTags` kept them, every field looked at. */
function fromStore(source: TagSource, given: Partial<StoredTags>): StoredTags {
  if (typeof given.schemaVersion === 'number' && given.schemaVersion > 1) {
    throw new InputError({
      code: 'unsupported',
      ...source,
      expected: `be tags of schema version 1; these are of version ${given.schemaVersion}`,
      mend: 'A newer Hunch wrote them: update with npm install hunch-ml@latest.',
    });
  }
  if (!Array.isArray(given.examples)) throw refuse(source, 'have a list "examples"', given.examples);
  const seen = new Set<string>();
  const examples = (given.examples as readonly unknown[]).map((one, i) => {
    const { id } = (one ?? {}) as { id?: unknown };
    if (typeof id !== 'string')
      throw refuse(source, `name the id of each example; number ${i + 1} has none`, one);
    if (seen.has(id)) throw refuse(source, 'have each id once', id);
    seen.add(id);
    return exampleOf(source, id, one);
  });
  const errors = Array.isArray(given.errors) ? given.errors.filter(isTexts) : [];
  return {
    ...{ kind: 'stored-tags', schemaVersion: 1 },
    name: typeof given.name === 'string' ? given.name : '',
    fingerprint: fingerprintFrom(given.fingerprint),
    seed: typeof given.seed === 'number' ? given.seed : null,
    ...withNames(isTexts(given.tagNames) ? given.tagNames : [], examples),
    errors,
    mended: isTexts(given.mended) ? given.mended : [],
  };
}

function fromValue(source: TagSource, value: unknown): StoredTags {
  if (typeof value !== 'object' || value === null)
    throw refuse(source, 'be tags by id, an earlier result, or a file of either', value);
  if (Array.isArray(value)) return tagsFromTable(source.fn, source.param, asTable(value, source.fn));
  const { kind } = value as { kind?: unknown };
  if (kind === 'error-tags') return fromStore(source, (value as ErrorTags).store ?? {});
  if (kind === 'stored-tags') return fromStore(source, value as StoredTags);
  if (kind === 'table')
    return tagsFromTable(source.fn, source.param, value as Parameters<typeof tagsFromTable>[2]);
  const examples = Object.entries(value).map(([id, given]) => exampleOf(source, id, given));
  const { tagNames, examples: spelt } = withNames([], examples);
  return storedFrom(tagNames, spelt);
}

/**
 * Returns tags from the text of a file: JSON that `writeTags` or the table of a notebook made, tags by id as JSON, or a
 * spreadsheet with commas, semicolons or tabs.
 *
 * @throws InputError `unreadable` for broken JSON, `empty`, and those of {@link storedTags}
 */
export function tagsFromText(source: TagSource, text: string): StoredTags {
  const bare = text.replace(/^\uFEFF/, '').trim();
  if (bare === '') {
    throw new InputError({ code: 'empty', ...source, expected: 'hold tags; it is empty' });
  }
  if (!/^[{[]/.test(bare))
    return tagsFromTable(source.fn, source.param, asTable(separatedRows(bare), source.fn));
  try {
    return fromValue(source, JSON.parse(bare));
  } catch (cause) {
    if (cause instanceof InputError) throw cause;
    const { line, column, atEnd } = jsonFault(bare)!;
    throw new InputError({
      code: 'unreadable',
      ...source,
      expected: atEnd
        ? `be whole JSON; it breaks off in line ${line}`
        : `be JSON; line ${line}, column ${column} is not`,
      cause,
    });
  }
}

/** Text of a file that is named in place of its text. */
function fileText(source: TagSource, path: string): string {
  if (!/\.(json|csv|tsv|txt)$/i.test(path)) {
    throw new InputError({
      code: 'unsupported',
      ...source,
      expected: 'name a file that ends in .json, .csv or .tsv, or be the text of one',
      received: path,
      mend: `Other tables: { tagged: await readTags(${JSON.stringify(path.slice(0, 60))}) }.`,
    });
  }
  const { readFileSync } = require('node:fs') as typeof import('node:fs');
  try {
    return readFileSync(path, 'utf8');
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    throw new InputError({
      code: code === 'ENOENT' || code === 'ENOTDIR' ? 'not-found' : 'unreadable',
      ...source,
      expected: 'name a file that is there and can be read',
      received: path,
      cause,
    });
  }
}

/**
 * Returns tags from whatever they came back as. Tags that differ only in case or spaces are one; "no tag" is none.
 *
 * @throws InputError `invalid-type`, `unsupported`, `not-found`, `unreadable`, `empty`, `missing`
 */
export function storedTags(source: TagSource, given: unknown): StoredTags {
  if (typeof given !== 'string') return fromValue(source, given);
  if (/^\s*[{[\uFEFF]/.test(given) || given.includes('\n')) return tagsFromText(source, given);
  return tagsFromText(source, fileText(source, given));
}
