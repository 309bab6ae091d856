import { InputError } from '../../core/input-error';
import { columnValue, type Cell } from '../../data/column-value';
import type { Table } from '../../data/types';
import { collectTagNames } from './tag-names';
import type { StoredTag, StoredTags } from './types';

/** Column names that are no tags, in small letters. */
const ID = ['id', 'example', 'example id', 'image', 'file', 'name'];
const TAGS = ['tags', 'tag', 'error tags'];
const NOTE = ['note', 'notes', 'comment', 'comments', 'remark', 'remarks'];
const REVIEWED = 'reviewed';
const WRONG = 'wrong';
const OTHERS = [
  ...['label', 'true', 'true label', 'predicted', 'prediction', 'probability', 'confidence', 'loss'],
  ...['correct', 'index', 'row', '#'],
];

/** What a cell that marks may hold, and what it holds where it does not mark. */
const MARKS = ['x', '✓', '✔', '✗', '1', 'true', 'yes', 'y', 'v', '*'];
const BLANKS = ['', '0', 'false', 'no', 'n', '-', '–', '—', '.'];

const small = (cell: Cell): string =>
  cell === null || (typeof cell === 'number' && Number.isNaN(cell)) ? '' : String(cell).trim().toLowerCase();

interface Columns {
  readonly id: string;
  readonly list: string | undefined;
  readonly note: string | undefined;
  readonly reviewed: string | undefined;
  readonly wrong: string | undefined;
  readonly marks: readonly string[];
}

function columnsOf(fn: string, param: string, table: Table): Columns {
  const named = (wanted: readonly string[]): string | undefined =>
    wanted.map((one) => table.names.find((name) => name.trim().toLowerCase() === one)).find((name) => name);
  const id = named(ID) ?? table.names[0];
  const [list, note, reviewed, wrong] = [named(TAGS), named(NOTE), named([REVIEWED]), named([WRONG])];
  const taken = new Set([id, list, note, reviewed, wrong]);
  const cells = (name: string): string[] =>
    Array.from({ length: table.n }, (_, i) => small(columnValue(table.columns[name], i)));
  const marks = table.names.filter(
    (name) =>
      !taken.has(name) &&
      name.trim() !== '' &&
      !OTHERS.includes(name.trim().toLowerCase()) &&
      cells(name).every((cell) => MARKS.includes(cell) || BLANKS.includes(cell)),
  );
  if (list === undefined && marks.length === 0) {
    throw new InputError({
      code: 'missing',
      fn,
      param,
      expected: `have a column "tags", or a column for each tag that holds only x, 1, yes, true or nothing; its columns are ${table.names.join(', ')}`,
    });
  }
  return { id, list, note, reviewed, wrong, marks };
}

/**
 * Returns tags from a spreadsheet, one row an example: the column "id" (else "example", "image", "file", "name", else the first), then a column for each tag
 * whose cells hold x, ✓, 1, yes or true, or nothing; or one column "tags" with names between commas or semicolons. A column
 * "note", "notes" or "comments" is kept as notes. Where there is a column "reviewed", unmarked rows were not looked at; else
 * every row was. A column "wrong" says whether the model was. Columns with anything else in them are left alone.
 *
 * @throws InputError `missing` where no column is tags, `out-of-range` where an id stands twice
 */
export function tagsFromTable(fn: string, param: string, table: Table): StoredTags {
  const { id, list, note, reviewed, wrong, marks } = columnsOf(fn, param, table);
  const names = collectTagNames();
  const at = (name: string | undefined, i: number): Cell =>
    name === undefined ? null : columnValue(table.columns[name], i);
  const seen = new Set<string>();
  names.addAll(marks);
  const rows = Array.from({ length: table.n }, (_, i) => i);
  const examples = rows.flatMap((i): StoredTag[] => {
    const own = String(at(id, i) ?? '').trim();
    if (own === '') return [];
    const listed = String(at(list, i) ?? '').split(/[,;]/);
    const tags = names.addAll([...marks.filter((name) => MARKS.includes(small(at(name, i)))), ...listed]);
    const words = String(at(note, i) ?? '').trim();
    const looked = reviewed === undefined || MARKS.includes(small(at(reviewed, i))) || tags.length > 0;
    if (!looked) return [];
    if (seen.has(own)) {
      throw new InputError({ code: 'out-of-range', fn, param, expected: 'have each id once', received: own });
    }
    seen.add(own);
    const said = small(at(wrong, i));
    return [
      { id: own, tags, wrong: said === '' ? null : MARKS.includes(said), ...(words && { note: words }) },
    ];
  });
  return storedFrom(names.list(), examples);
}

/** Tags without the errors that they were drawn from. */
export function storedFrom(tagNames: readonly string[], examples: readonly StoredTag[]): StoredTags {
  return {
    ...{ kind: 'stored-tags', schemaVersion: 1, name: '', fingerprint: null, seed: null },
    ...{ tagNames, examples, errors: [], mended: [] },
  };
}
