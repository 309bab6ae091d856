import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { InputError } from '../../../src/core/input-error';
import { jsonFault } from '../../../src/core/json-fault';
import { readNotebook } from '../../../src/notebook/runner/read-notebook';
import { runnableNotebook } from '../../../src/notebook/runner/runnable-notebook';
import type { Notebook } from '../../../src/notebook/runner/notebook';

const folder = mkdtempSync(join(tmpdir(), 'hunch-read-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function faultOf(content: string): Promise<InputError> {
  const path = join(folder, 'n.ipynb');
  writeFileSync(path, content);
  return readNotebook(path).then(
    () => {
      throw new Error('was read');
    },
    (error: InputError) => error,
  );
}

const cell = (extra: object): object => ({
  nbformat: 4,
  nbformat_minor: 5,
  metadata: {},
  cells: [{ cell_type: 'code', metadata: {}, source: '1', outputs: [], execution_count: null, ...extra }],
});

describe('jsonFault', () => {
  it('is undefined for JSON', () => expect(jsonFault('{"a": [1, 2]}')).toBeUndefined());

  it('names line and column of what does not belong', () => {
    // Line 3 is `  oops`: its third character is the first that no JSON could go on with.
    expect(jsonFault('{\n  "a": 1,\n  oops\n}')).toEqual({ line: 3, column: 3, atEnd: false });
    expect(jsonFault('[1, 2,, 3]')).toEqual({ line: 1, column: 7, atEnd: false });
  });

  it('tells a text that only breaks off, wherever it does', () => {
    const whole = JSON.stringify({ a: [1, 'zwei', null, true], b: { c: 'd' } }, undefined, 1);
    for (let n = 1; n < whole.length; n++) {
      const piece = whole.slice(0, n);
      expect([n, jsonFault(piece)?.atEnd]).toEqual([n, true]);
    }
  });

  it('finds a sign planted into any JSON', () => {
    fc.assert(
      fc.property(fc.array(fc.record({ a: fc.nat(), b: fc.boolean() }), { minLength: 1 }), (rows) => {
        const lines = JSON.stringify(rows, undefined, 1).split('\n');
        const planted = [...lines.slice(0, 1), '@', ...lines.slice(1)].join('\n');
        expect(jsonFault(planted)).toEqual({ line: 2, column: 1, atEnd: false });
      }),
      { seed: 1, numRuns: 50 },
    );
  });
});

describe('readNotebook', () => {
  it('reads what is a notebook, as it is stored, with or without a byte order mark', async () => {
    const path = join(folder, 'good.ipynb');
    writeFileSync(path, `\uFEFF${JSON.stringify(cell({}))}`);
    expect(await readNotebook(path)).toEqual(cell({}));
  });

  it('says that a file is not there', async () => {
    await expect(readNotebook(join(folder, 'none.ipynb'))).rejects.toMatchObject({ code: 'not-found' });
    await expect(readNotebook(folder)).rejects.toMatchObject({ code: 'unreadable' });
  });

  it.each([
    ['', 'this file is empty'],
    ['{"cells": [\n{"cell_type": "co', 'breaks off at line 2'],
    ['{"cells": [\n\n nope ]}', 'line 3, column 3 is not'],
    ['[]', 'the notebook must be object'],
    ['null', 'the notebook must be object'],
    ['{"a": 1}', "required property 'nbformat'"],
    [JSON.stringify({ ...cell({}), nbformat: 3 }), 'this one is in format 3'],
    [JSON.stringify({ ...cell({}), nbformat: 5 }), 'this one is in format 5'],
    [JSON.stringify(cell({ source: 7 })), 'cells[0].source must be string'],
    [JSON.stringify(cell({ cell_type: 'heading' })), 'cells[0].cell_type must be equal to one of'],
    [JSON.stringify(cell({ id: 'not an id' })), 'cells[0].id must match pattern'],
    [JSON.stringify(cell({ outputs: [{ output_type: 'stream', name: 'stdout' }] })), "property 'text'"],
    [
      JSON.stringify(cell({ outputs: [{ output_type: 'error', ename: 'E', evalue: '', traceback: 'x' }] })),
      'cells[0].outputs[0].traceback must be array',
    ],
  ])('refuses %j', async (content, words) => {
    const error = await faultOf(content);
    expect(error).toBeInstanceOf(InputError);
    expect(error.code).toBe('unreadable');
    expect(error.message).toContain(words);
    expect(error.message).not.toContain('\n');
  });
});

describe('runnableNotebook', () => {
  const notebook = Object.freeze({
    nbformat: 4,
    nbformat_minor: 2,
    metadata: Object.freeze({ authors: ['A'], kernelspec: { name: 'tslab' } }),
    cells: Object.freeze([
      { cell_type: 'markdown', metadata: {}, source: 'Hi' },
      {
        cell_type: 'code',
        id: 'cell-2',
        metadata: { tags: ['x'] },
        source: '1',
        outputs: [{ output_type: 'x' }],
      },
      { cell_type: 'code', id: 'cell-2', metadata: {}, source: '2', execution_count: 9 },
    ]),
  }) as unknown as Notebook;

  it('gives ids that are all different, and keeps those that are', () => {
    expect(runnableNotebook(notebook).cells.map(({ id }) => id)).toEqual(['cell-1', 'cell-2', 'cell-3']);
  });

  it('drops old outputs and counts, keeps metadata, names the kernel and format 4.5', () => {
    const { cells, metadata, nbformat, nbformat_minor } = runnableNotebook(notebook);
    expect(cells[1]).toEqual({
      cell_type: 'code',
      id: 'cell-2',
      metadata: { tags: ['x'] },
      source: '1',
      execution_count: null,
      outputs: [],
    });
    expect(cells[2].execution_count).toBeNull();
    expect(metadata).toMatchObject({ authors: ['A'], kernelspec: { name: 'hunch', language: 'typescript' } });
    expect([nbformat, nbformat_minor]).toEqual([4, 5]);
  });
});
