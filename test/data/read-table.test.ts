import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { DuckDBInstance } from '@duckdb/node-api';
import { InputError } from '../../src/core/input-error';
import { random } from '../../src/core/random';
import { readTable, type ReadTableOptions } from '../../src/data/read-table';
import { tableToRows } from '../../src/data/table-to-rows';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'read-table-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function file(name: string, content: string | Uint8Array): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, content);
  return path;
}

async function sql(...statements: string[]): Promise<void> {
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  for (const statement of statements) await connection.run(statement);
  connection.closeSync();
  instance.closeSync();
}

async function refusal(path: string | URL, options?: ReadTableOptions): Promise<InputError> {
  const error: unknown = await readTable(path, options).then(
    () => undefined,
    (e: unknown) => e,
  );
  expect(error).toBeInstanceOf(InputError);
  return error as InputError;
}

const SOURCE = `SELECT * FROM (VALUES
  (1, 'x', DATE '2020-01-02', true, 0.5),
  (NULL, 'y', NULL, false, 'nan'::DOUBLE),
  (3, NULL, DATE '1969-12-31', NULL, NULL)) t(a, b, c, d, e)`;
/** 2020-01-02 is day 18,263 after 1970-01-01. */
const ROWS = [
  { a: 1, b: 'x', c: new Date(18_263 * 86_400_000), d: true, e: 0.5 },
  { a: null, b: 'y', c: null, d: false, e: NaN },
  { a: 3, b: null, c: new Date(-86_400_000), d: null, e: null },
];

describe('readTable reads back what DuckDB wrote', () => {
  it.each([
    ['csv', 'FORMAT csv, HEADER'],
    ['tsv', "FORMAT csv, HEADER, DELIMITER '\t'"],
    ['parquet', 'FORMAT parquet'],
  ])('%s', async (format, how) => {
    const path = join(folder, `round.${format}`);
    await sql(`COPY (${SOURCE}) TO '${path}' (${how})`);
    const t = await readTable(path);
    expect(tableToRows(t)).toEqual(ROWS);
    expect(t.names.map((name) => t.columns[name].type)).toEqual([
      'number',
      'string',
      'date',
      'boolean',
      'number',
    ]);
    expect(t.warnings).toEqual([]);
    expect(t.source).toBe(path);
  });

  it.each([
    ['json', 'FORMAT json, ARRAY true'],
    ['jsonl', 'FORMAT json'],
  ])('%s, which has no NaN', async (format, how) => {
    const path = join(folder, `round.${format}`);
    await sql(`COPY (SELECT a, b, c, d FROM (${SOURCE})) TO '${path}' (${how})`);
    expect(tableToRows(await readTable(path))).toEqual(ROWS.map(({ a, b, c, d }) => ({ a, b, c, d })));
  });

  it('many rows over several chunks, as a second reading by rows has them', async () => {
    const stream = random(7);
    const lines = Array.from({ length: 10_000 }, (_, i) => ({
      i,
      x: stream.next() < 0.1 ? null : stream.normal(),
      s: stream.next() < 0.1 ? null : `word ${stream.integer(50)}, "quoted"`,
      b: stream.next() < 0.1 ? null : stream.next() < 0.5,
    }));
    const quoted = (s: string | null): string => (s === null ? '' : `"${s.replaceAll('"', '""')}"`);
    const csv = ['i,x,s,b', ...lines.map(({ i, x, s, b }) => `${i},${x ?? ''},${quoted(s)},${b ?? ''}`)].join(
      '\n',
    );
    expect(tableToRows(await readTable(await file('many.csv', csv)))).toEqual(lines);
  });
});

describe('readTable', () => {
  it('reads the columns asked for, in that order', async () => {
    const path = await file('columns.csv', 'a,b,c\n1,2,3\n');
    const t = await readTable(path, { columns: Object.freeze(['c', 'a']) as string[] });
    expect(t.names).toEqual(['c', 'a']);
    expect(tableToRows(t)).toEqual([{ c: 3, a: 1 }]);
  });

  it('finds ; tab and | by the first line, or takes the delimiter given', async () => {
    expect(tableToRows(await readTable(await file('semi.csv', 'a;"b,c"\n1,5;x\n')))).toEqual([
      { a: '1,5', 'b,c': 'x' },
    ]);
    expect(tableToRows(await readTable(await file('pipe.csv', 'a|b\n1|2\n')))).toEqual([{ a: 1, b: 2 }]);
    const path = await file('colon.csv', 'a:b\n1:2\n');
    expect(tableToRows(await readTable(path, { delimiter: ':' }))).toEqual([{ a: 1, b: 2 }]);
  });

  it('takes the texts named in nullValues as nulls, and no others', async () => {
    const path = await file('nulls.csv', 'a,b\n1,NA\nNA,-\n');
    expect(tableToRows(await readTable(path, { nullValues: ['NA'] }))).toEqual([
      { a: 1, b: null },
      { a: null, b: '-' },
    ]);
    expect(tableToRows(await readTable(path))[1]).toEqual({ a: 'NA', b: '-' });
  });

  it('finds the type from all rows, not the first ones', async () => {
    const numbers = Array.from({ length: 30_000 }, (_, i) => String(i));
    const t = await readTable(await file('late.csv', ['a', ...numbers, 'x'].join('\n')));
    expect(t.columns.a.type).toBe('string');
    expect(t.n).toBe(30_001);
  });

  it('reads integers beyond 2^53 as text and says so; 2^53 − 1 stays a number', async () => {
    const path = await file('wide.csv', 'id,ok\n9007199254740993,9007199254740991\n1,2\n');
    const t = await readTable(path);
    expect(tableToRows(t)[0]).toEqual({ id: '9007199254740993', ok: 9007199254740991 });
    expect(t.warnings).toEqual([
      {
        code: 'wide-integers: id',
        message:
          'Column "id" holds integers beyond 2^53, which a number cannot hold exactly; they are read as text.',
        count: 1,
      },
    ]);
  });

  it('reads lists and objects as JSON text and says so', async () => {
    const t = await readTable(await file('nested.jsonl', '{"a":[1,2],"b":{"c":1}}\n{"a":[],"b":null}\n'));
    expect(tableToRows(t)).toEqual([
      { a: '[1,2]', b: '{"c":1}' },
      { a: '[]', b: null },
    ]);
    expect(t.warnings.map((warning) => warning.code)).toEqual(['nested-values: a', 'nested-values: b']);
  });

  it('reads times as milliseconds of UTC, whatever the zone of the machine', async () => {
    const t = await readTable(await file('time.csv', 't\n1970-01-01 00:00:01.5\n1970-01-01 00:00:02\n'));
    expect(t.columns.t).toEqual({ type: 'date', values: Float64Array.of(1500, 2000), valid: null });
    const path = join(folder, 'zone.parquet');
    await sql(
      `COPY (SELECT to_timestamp(3) AS t, 1.25::DECIMAL(9, 2) AS d, 'x'::BLOB AS b, uuid() AS u) TO '${path}' (FORMAT parquet)`,
    );
    const [row] = tableToRows(await readTable(path));
    expect(row).toMatchObject({ t: new Date(3000), d: 1.25, b: 'x' });
  });

  it('takes names with characters that SQL, globs or addresses treat specially', async () => {
    const path = await file(`it's [1]*?.csv`, `"a ""b""",c'd\n1,2\n`);
    expect(tableToRows(await readTable(path, { columns: ['a "b"', "c'd"] }))).toEqual([
      { 'a "b"': 1, "c'd": 2 },
    ]);
    expect((await readTable(pathToFileURL(path))).n).toBe(1);
  });

  it('keeps every row of a file with Windows line ends, a byte order mark and values over several lines', async () => {
    const path = await file('windows.csv', '\ufeffa,b\r\n1,"x\r\ny"\r\n2,z\r\n');
    expect(tableToRows(await readTable(path))).toEqual([
      { a: 1, b: 'x\r\ny' },
      { a: 2, b: 'z' },
    ]);
  });
});

describe('readTable refuses', () => {
  it('a file that is not there, a folder, an ending it does not know', async () => {
    expect((await refusal(join(folder, 'nope.csv'))).code).toBe('not-found');
    expect((await refusal(folder, { format: 'csv' })).message).toContain('be a file, not a folder');
    const error = await refusal('data.cvs');
    expect(error.code).toBe('unsupported');
    expect(error.mend).toBe('Did you mean ".csv"?');
    expect((await refusal('data')).code).toBe('unsupported');
  });

  it.each([
    ['nothing.csv', ''],
    ['head.csv', 'a,b\n'],
    ['nothing.json', '[]'],
  ])('%s, which holds no row', async (name, content) => {
    expect((await refusal(await file(name, content))).message).toContain('"path" must hold at least one row');
  });

  it.each([
    ['open.csv', 'a,b\n1,2\n3,"un\n', 'line 3 opens a quotation mark that is never closed'],
    ['short.csv', 'a,b\n1,2\n3\n4,5\n', 'line 3 has 1 values where the first line has 2'],
    ['long.csv', 'a,b\n1,2\n3,4,5\n', 'line 3 has 3 values where the first line has 2'],
    ['short.tsv', 'a\tb\n1\t2\n3\n', 'line 3 has 1 values where the first line has 2'],
    ['after.csv', 'a,b\n"1\n1",2\n\n3\n', 'line 5 has 1 values where the first line has 2'],
    ['cut.jsonl', '{"a":1}\n\n{"a":2,"b":', 'line 3 is not a complete JSON value'],
    ['cut.json', '[{"a":1},\n {"a":2', 'line 2 breaks off or is not JSON'],
    ['wrong.json', '[{"a":1},\n {a:2},\n {"a":3}]', 'line 2 breaks off or is not JSON'],
  ])('%s, naming the line', async (name, content, words) => {
    const error = await refusal(await file(name, content));
    expect(error.code).toBe('unreadable');
    expect(error.message).toContain(words);
  });

  it.each([
    ['csv', 'a,b\n1,x\n2,caf\xe9\n', 3],
    ['tsv', 'a\tb\n2\tcaf\xe9\n', 2],
    ['jsonl', '{"a":"x"}\n{"a":"caf\xe9"}\n', 2],
    ['json', '[{"a":"x"},\n{"a":"caf\xe9"}]', 2],
  ])('%s in another encoding, naming the line', async (format, content, line) => {
    const error = await refusal(await file(`latin.${format}`, Buffer.from(content, 'latin1')));
    expect(error.message).toContain(`line ${line} is not UTF-8 text; save the file as UTF-8`);
  });

  it('a truncated Parquet file', async () => {
    const path = join(folder, 'whole.parquet');
    await sql(`COPY (${SOURCE}) TO '${path}' (FORMAT parquet)`);
    const { readFile } = await import('node:fs/promises');
    const bytes = await readFile(path);
    const error = await refusal(await file('cut.parquet', bytes.subarray(0, bytes.length - 20)));
    expect(error.code).toBe('unreadable');
    expect(error.message).toContain('be a whole file of its format');
  });

  it('a column that is not there, with the nearest; an option it does not know', async () => {
    const path = await file('near.csv', 'label,pixel\n1,2\n');
    const error = await refusal(path, { columns: ['lable'] });
    expect(error.code).toBe('unknown-name');
    expect(error.message).toBe(
      'readTable: "columns" must be a column: label, pixel; got "lable". Did you mean "label"?',
    );
    expect((await refusal(path, { delimeter: ',' } as never)).mend).toBe('Did you mean "delimiter"?');
    expect((await refusal(path, { columns: [] })).code).toBe('empty');
  });

  it('to go on once aborted', async () => {
    const path = await file('abort.csv', 'a\n1\n');
    await expect(readTable(path, { signal: AbortSignal.abort(new Error('enough')) })).rejects.toThrow(
      'enough',
    );
    const later = new AbortController();
    const reading = readTable(path, { signal: later.signal });
    later.abort(new Error('enough now'));
    await expect(reading).rejects.toThrow('enough now');
  });
});

describe('readTable over http', () => {
  let server: Server;
  let address: string;
  beforeAll(async () => {
    server = createServer((request, response) => {
      if (request.url?.startsWith('/t.csv')) response.end('a,b\n1,x\n');
      else if (request.url === '/cut.csv') {
        response.writeHead(200, { 'content-length': '1000' });
        response.write('a,b\n1,');
        setTimeout(() => response.destroy(), 20);
      } else if (request.url === '/slow.csv') response.write('a\n');
      else {
        response.statusCode = 404;
        response.end('a,b\n');
      }
    });
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(() => {
    server.closeAllConnections();
    return new Promise((done) => server.close(done));
  });
  const leftovers = async (): Promise<number> =>
    (await readdir(tmpdir())).filter((name) => name.startsWith('hunch-') && !before.has(name)).length;
  let before: ReadonlySet<string>;
  beforeEach(async () => {
    before = new Set(await readdir(tmpdir()));
  });

  it('reads a file by its address, query or not, and leaves nothing behind', async () => {
    const t = await readTable(`${address}/t.csv?x=1`);
    expect(tableToRows(t)).toEqual([{ a: 1, b: 'x' }]);
    expect(t.source).toBe(`${address}/t.csv?x=1`);
    expect(await leftovers()).toBe(0);
  });

  it('refuses an answer that is no file, a broken transfer, and stops when told', async () => {
    expect((await refusal(`${address}/none.csv`)).message).toContain('it answered 404 Not Found');
    expect((await refusal(`${address}/cut.csv`)).code).toBe('unreadable');
    const stop = new AbortController();
    setTimeout(() => stop.abort(new Error('stopped')), 50);
    await expect(readTable(`${address}/slow.csv`, { signal: stop.signal })).rejects.toThrow('stopped');
    expect(await leftovers()).toBe(0);
  });
});
