import type { ErrorObject } from 'ajv';
import { InputError } from '../../core/input-error';
import { jsonFault } from '../../core/json-fault';
import type { Notebook } from './notebook';
import { NOTEBOOK_SCHEMA } from './notebook-schema';

function refuse(path: string, expected: string, mend?: string, cause?: unknown): InputError {
  return new InputError({
    code: 'unreadable',
    fn: 'readNotebook',
    param: 'path',
    expected,
    received: path,
    mend,
    cause,
  });
}

function parse(path: string, content: string): unknown {
  try {
    return JSON.parse(content);
  } catch (error) {
    if (content.trim() === '') throw refuse(path, 'name a notebook; this file is empty', undefined, error);
    const { line, column, atEnd } = jsonFault(content)!;
    throw atEnd
      ? refuse(path, `name a whole notebook; this one breaks off at line ${line}`, 'Fetch or save it again.')
      : refuse(path, `name a notebook in JSON; line ${line}, column ${column} is not`, undefined, error);
  }
}

/** Words for where and how a notebook departs from the schema: "cells[2].source must be …". */
function departure({ instancePath, message, params }: ErrorObject): string {
  const place = instancePath.replace(/\/(\d+)/g, '[$1]').replace(/\//g, '.');
  const allowed = (params as { allowedValues?: unknown[] }).allowedValues;
  return `${place.replace(/^\./, '') || 'the notebook'} ${message}${allowed ? ` (${allowed.join(', ')})` : ''}`;
}

function checkVersion(path: string, value: unknown): void {
  const { nbformat } = (value ?? {}) as { nbformat?: unknown };
  if (typeof nbformat !== 'number' || nbformat === 4) return;
  const mend =
    nbformat < 4 ? 'Convert it: jupyter nbconvert --to notebook --nbformat 4 FILE.' : 'Save it in format 4.';
  throw refuse(path, `name a notebook in format 4; this one is in format ${nbformat}`, mend);
}

/**
 * Reads a notebook file and checks that it is one.
 *
 * @param path a file in notebook format 4
 * @returns the notebook as it is stored
 * @throws InputError `not-found` when there is no such file; `unreadable` when it is no notebook, with the line of a
 *   fault in its JSON
 */
export async function readNotebook(path: string): Promise<Notebook> {
  const { readFile } = await import('node:fs/promises');
  let content: string;
  try {
    content = (await readFile(path, 'utf8')).replace(/^\uFEFF/, '');
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    const missing = code === 'ENOENT' || code === 'ENOTDIR';
    throw new InputError({
      code: missing ? 'not-found' : 'unreadable',
      fn: 'readNotebook',
      param: 'path',
      expected: missing ? 'name a file that is there' : `name a file that can be read (${code})`,
      received: path,
      cause,
    });
  }
  const value = parse(path, content);
  checkVersion(path, value);
  const { Ajv } = await import('ajv');
  const validate = new Ajv({ allowUnionTypes: true, strictRequired: false, strictTypes: false }).compile(
    NOTEBOOK_SCHEMA,
  );
  if (validate(value)) return value as unknown as Notebook;
  throw refuse(path, `name a notebook; ${departure(validate.errors![0])}`);
}
