import { readFile } from 'node:fs/promises';
import { InputError } from '../../core/input-error';
import { jsonFault } from './json-fault';
import type { Notebook } from './notebook';
import { NOTEBOOK_SCHEMA } from './notebook-schema';

const FN = 'readNotebook';

function unreadable(path: string, why: string, mend?: string): InputError {
  const expected = `name a Jupyter notebook of format 4: ${why}`;
  return new InputError({ code: 'unreadable', fn: FN, param: 'path', expected, received: path, mend });
}

function parse(path: string, text: string): { readonly nbformat?: unknown } {
  const fault = jsonFault(text);
  if (fault?.atEnd) throw unreadable(path, `the file ends early, in line ${fault.line}`);
  if (fault) throw unreadable(path, `it is not JSON at line ${fault.line}, column ${fault.column}`);
  return (JSON.parse(text) ?? {}) as { readonly nbformat?: unknown };
}

/**
 * Reads a notebook file.
 *
 * @param path of an .ipynb file
 * @throws InputError `not-found`; `unreadable` with the line where it stops being JSON, or the part that is not as format
 * 4 has it
 */
export async function readNotebook(path: string): Promise<Notebook> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (cause) {
    const expected = 'name a file that can be read';
    throw new InputError({ code: 'not-found', fn: FN, param: 'path', expected, received: path, cause });
  }
  const content = parse(path, text);
  if (typeof content.nbformat === 'number' && content.nbformat !== 4) {
    throw unreadable(
      path,
      `its format is ${content.nbformat}`,
      'Save it with a current Jupyter to convert it.',
    );
  }
  const { default: Ajv } = await import('ajv');
  const validate = new Ajv({ strict: false }).compile(NOTEBOOK_SCHEMA);
  if (!validate(content)) {
    const [fault] = validate.errors ?? [];
    throw unreadable(path, `${fault?.instancePath || 'the whole'} ${fault?.message ?? 'differs'}`);
  }
  return content as unknown as Notebook;
}
