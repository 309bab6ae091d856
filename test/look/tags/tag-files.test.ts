import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readTags } from '../../../src/look/read-tags';
import { tagErrors } from '../../../src/look/tag-errors';
import { storedTags } from '../../../src/look/tags/stored-tags';
import { writeTags } from '../../../src/look/write-tags';
import { predictionsOf } from './helpers';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'hunch-tags-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const predictions = predictionsOf(Array.from({ length: 30 }, (_, i) => ({ wrong: i < 6, tags: [] })));
const tagged = {
  e0: ['blurry', 'dark'],
  e1: { tags: ['blurry'], note: 'a "7", not\na 1, =1+1' },
  e2: [],
  e9: ['lucky'],
};
const result = tagErrors(predictions, { tagged, seed: 4 });
const of = (given: unknown): Record<string, readonly string[]> =>
  Object.fromEntries(
    storedTags({ fn: 'tagErrors', param: 'tagged' }, given).examples.map(({ id, tags }) => [id, tags]),
  );
const same = { e0: ['blurry', 'dark'], e1: ['blurry'], e2: [], e9: ['lucky'] };

describe('writeTags and readTags', () => {
  it('keep everything in JSON, beside the target first', async () => {
    const path = join(folder, 'deep', 'tags.json');
    await writeTags(result, path);
    expect(readdirSync(join(folder, 'deep'))).toEqual(['tags.json']);
    const read = await readTags(path);
    expect({ ...read }).toEqual({ ...result.store });
    expect(read).toMatchObject({ schemaVersion: 1, seed: 4, tagNames: ['blurry', 'dark', 'lucky'] });
    expect(read.fingerprint).toMatchObject({ n: 30 });
    const again = tagErrors(predictions, { tagged: read });
    expect(JSON.stringify(again)).toBe(JSON.stringify(result));
    await writeTags(read, path);
    expect({ ...(await readTags(path)) }).toEqual({ ...result.store });
  });

  it('give a spreadsheet that reads back the same', async () => {
    const path = join(folder, 'tags.csv');
    await writeTags(result, path);
    const [head, first] = readFileSync(path, 'utf8').split('\n');
    expect(head).toBe('id,label,predicted,wrong,reviewed,blurry,dark,lucky,notes');
    expect(first).toMatch(/^e\d,[ab],[ab],yes,x?,/);
    const read = await readTags(path);
    expect(Object.fromEntries(read.examples.map(({ id, tags }) => [id, tags]))).toEqual(same);
    expect(read.examples.find(({ id }) => id === 'e1')?.note).toBe('a "7", not\na 1, =1+1');
    expect(of(readFileSync(path, 'utf8'))).toEqual(same);
    expect(of(path)).toEqual(same);
    const again = tagErrors(predictions, { tagged: path, seed: 4 });
    expect(JSON.stringify(again.tags)).toBe(JSON.stringify(result.tags));
  });

  it('refuse what is no such file, with the place', async () => {
    const write = (name: string, content: string): string => {
      writeFileSync(join(folder, name), content);
      return join(folder, name);
    };
    await expect(readTags(join(folder, 'none.json'))).rejects.toMatchObject({ code: 'not-found' });
    await expect(readTags(write('a.json', ''))).rejects.toMatchObject({ code: 'empty' });
    await expect(readTags(write('b.json', '{"kind": "stored-tags",\n "examples": [}'))).rejects.toThrow(
      'line 2, column 15',
    );
    await expect(readTags(write('c.json', '{"kind": "stored-tags"'))).rejects.toThrow('breaks off in line 1');
    await expect(
      readTags(write('d.json', '{"kind":"stored-tags","schemaVersion":2,"examples":[]}')),
    ).rejects.toMatchObject({ code: 'unsupported' });
    await expect(readTags(write('e.csv', 'id,age\na,31\nb,7\n'))).rejects.toThrow('have a column "tags"');
    await expect(writeTags({} as never, 'x.json')).rejects.toThrow('be a result of tagErrors');
    await expect(writeTags('x.json' as never, result as never)).rejects.toThrow('The tags come first');
    await expect(writeTags(result, join(folder, 'a.json', 'x.json'))).rejects.toMatchObject({
      code: 'unreadable',
    });
  });
});

describe('tags that came back', () => {
  it('come as a record, a result, its JSON, what was read, rows or text', () => {
    for (const given of [
      tagged,
      result,
      JSON.parse(JSON.stringify(result)),
      JSON.stringify(result),
      result.store,
    ]) {
      expect(of(given)).toEqual(same);
    }
    expect(of('{"e0": "blurry"}')).toEqual({ e0: ['blurry'] });
    expect(
      of([
        { id: 'e0', tags: 'blurry; dark' },
        { id: 'e2', tags: null },
      ]),
    ).toEqual({ e0: ['blurry', 'dark'], e2: [] });
  });

  it("come as Ng's spreadsheet", () => {
    const sheet = [
      'Image;Dog;Great Cats;Blurry;Comments',
      'e1;x;;;Usual pitbull',
      'e2;;X;✓;',
      'e3;0;1;yes;"Lion; picture taken at zoo',
      'on rainy day"',
      ';;;;',
      'e4;;no;-;',
    ].join('\r\n');
    const store = storedTags({ fn: 'tagErrors', param: 'tagged' }, sheet);
    expect(store.tagNames).toEqual(['Dog', 'Great Cats', 'Blurry']);
    expect(of(sheet)).toEqual({
      e1: ['Dog'],
      e2: ['Great Cats', 'Blurry'],
      e3: ['Great Cats', 'Blurry'],
      e4: [],
    });
    expect(store.examples[2].note).toBe('Lion; picture taken at zoo\non rainy day');
  });

  it('are read by DuckDB from a file in the same way', async () => {
    const path = join(folder, 'sheet.csv');
    writeFileSync(path, 'id,blurry,dark,age,notes\ne1,1,,31,hm\ne2,0,x,7,\n');
    const read = await readTags(path);
    expect(read.tagNames).toEqual(['blurry', 'dark']);
    expect(read.examples).toEqual([
      { id: 'e1', tags: ['blurry'], wrong: null, note: 'hm' },
      { id: 'e2', tags: ['dark'], wrong: null },
    ]);
  });

  it('are one where they differ in case or spaces; "no tag" is none', () => {
    const store = storedTags(
      { fn: 'f', param: 'p' },
      { a: ['Blurry', ' blurry '], b: ['no tag'], c: ['LUCKY'] },
    );
    expect(store.tagNames).toEqual(['Blurry', 'lucky']);
    expect(store.examples.map(({ tags }) => tags)).toEqual([['Blurry'], [], ['lucky']]);
  });

  it('are refused where they are none', () => {
    const refused = (given: unknown): string => {
      try {
        storedTags({ fn: 'tagErrors', param: 'tagged' }, given);
      } catch (error) {
        return (error as Error).message;
      }
      return '';
    };
    expect(refused({ e0: 3 })).toContain('hold tags for each id: names, or { tags, note }; "e0" has neither');
    expect(refused(3)).toContain('be tags by id');
    expect(refused('tags.parquet')).toContain('await readTags("tags.parquet")');
    expect(refused(join(folder, 'no.json'))).toContain('is there');
    expect(refused('id,tags\na,x\na,y')).toContain('have each id once');
    expect(refused({ kind: 'stored-tags', examples: [{ tags: [] }] })).toContain('number 1 has none');
  });
});
