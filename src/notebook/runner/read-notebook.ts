import { readFile } from 'node:fs/promises';
import { InputError } from '../../core/input-error';
import type { Notebook } from './notebook';

const TEXT = { anyOf: [{ type: 'string' }, { type: 'array', items: { type: 'string' } }] };

/** What the runner needs of a notebook of format 4, as JSON Schema. */
const SCHEMA = {
  type: 'object',
  required: ['nbformat', 'cells', 'metadata'],
  properties: {
    nbformat: { const: 4 },
    nbformat_minor: { type: 'integer', minimum: 0 },
    metadata: { type: 'object' },
    cells: {
      type: 'array',
      items: {
        type: 'object',
        required: ['cell_type', 'source'],
        properties: {
          cell_type: { enum: ['code', 'markdown', 'raw'] },
          id: { type: 'string' },
          metadata: { type: 'object' },
          source: TEXT,
          outputs: { type: 'array', items: { type: 'object' } },
        },
      },
    },
  },
};

function refuse(path: string, why: string, mend?: string, cause?: unknown): InputError {
  return new InputError({
    code: 'unreadable',
    fn: 'readNotebook',
    param: 'path',
    expected: `name a Jupyter notebook of format 4: ${why}`,
    received: path,
    mend,
    cause,
  });
}

/** Line and column of the place that JSON.parse complains of, if it says one. */
function placeOf(text: string, error: Error): string {
  const at = /position (\d+)/.exec(error.message);
  if (!at)
    return /end of JSON/i.test(error.message)
      ? `the file ends early, in line ${text.split('\n').length}`
      : error.message;
  const before = text.slice(0, Number(at[1])).split('\n');
  return `it is not JSON at line ${before.length}, column ${before[before.length - 1].length + 1}`;
}

/**
 * Reads a notebook file.
 *
 * @throws InputError `not-found`; `unreadable` with the line when it is not JSON, or what is not as a notebook has it
 */
export async function readNotebook(path: string): Promise<Notebook> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (cause) {
    throw new InputError({
      code: 'not-found',
      fn: 'readNotebook',
      param: 'path',
      expected: 'name a file that can be read',
      received: path,
      cause,
    });
  }
  let content: { nbformat?: unknown };
  try {
    content = JSON.parse(text) as { nbformat?: unknown };
  } catch (cause) {
    throw refuse(path, placeOf(text, cause as Error), undefined, cause);
  }
  if (typeof content?.nbformat === 'number' && content.nbformat !== 4) {
    const mend = 'Open and save it with a current Jupyter to convert it.';
    throw refuse(path, `its format is ${content.nbformat}`, mend);
  }
  const { default: Ajv } = await import('ajv');
  const validate = new Ajv({ allErrors: false, strict: false }).compile(SCHEMA);
  if (!validate(content)) {
    const [fault] = validate.errors ?? [];
    throw refuse(path, `${fault?.instancePath || 'the file'} ${fault?.message ?? 'differs'}`);
  }
  return content as unknown as Notebook;
}
