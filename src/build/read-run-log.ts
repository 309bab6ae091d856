import type { ErrorObject, ValidateFunction } from 'ajv';
import { InputError, type InputErrorParts } from '../core/input-error';
import { jsonFault } from '../core/json-fault';
import { check, text } from '../core/options';
import { asResult } from '../core/showable';
import { asPreparation } from '../data/prepare/as-preparation';
import { directionsOf } from '../metrics/metrics';
import { fromWord } from './number-words';
import { RUN_LOG_SCHEMA } from './run-log-schema';
import type { RunLog } from './types';

const FN = 'readRunLog';

const refuse = (
  path: string,
  parts: Pick<InputErrorParts, 'expected'> & Partial<InputErrorParts>,
): InputError => new InputError({ code: 'unreadable', fn: FN, param: 'path', received: path, ...parts });

async function contentOf(path: string): Promise<string> {
  const { readFile } = await import('node:fs/promises');
  try {
    return (await readFile(path, 'utf8')).replace(/^\uFEFF/, '');
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    const missing = code === 'ENOENT' || code === 'ENOTDIR';
    throw refuse(path, {
      code: missing ? 'not-found' : 'unreadable',
      expected: missing ? 'name a file that is there' : `name a file that can be read (${code})`,
      cause,
    });
  }
}

function parse(path: string, content: string): unknown {
  if (content.trim() === '') throw refuse(path, { expected: 'name a run log; this file is empty' });
  try {
    return JSON.parse(content);
  } catch (cause) {
    const { line, column, atEnd } = jsonFault(content)!;
    throw atEnd
      ? refuse(path, { expected: `name a whole run log; this one breaks off in line ${line}`, cause })
      : refuse(path, { expected: `name a run log in JSON; line ${line}, column ${column} is not`, cause });
  }
}

function checkKind(path: string, value: unknown): void {
  const { kind, schemaVersion: version } = (value ?? {}) as { kind?: unknown; schemaVersion?: unknown };
  if (kind === 'run') {
    throw refuse(path, {
      expected: 'name a run log; this is a whole run as JSON',
      mend: 'Its field "log" is the run log; write it with writeRunLog(run, path).',
    });
  }
  if (kind !== 'run-log') {
    const found = typeof kind === 'string' ? `; this is a "${kind}"` : '; this is other JSON';
    throw refuse(path, { expected: `name a run log, as writeRunLog makes it${found}` });
  }
  if (typeof version === 'number' && version > 1) {
    throw refuse(path, {
      code: 'unsupported',
      expected: `name a run log of schema version 1; this one is of version ${version}`,
      mend: 'A newer Hunch wrote it: update with npm install hunch-ml@latest.',
    });
  }
}

/** Words for where and how a log departs from the schema: "epochs[2].train.loss.value must be a number". */
function departure({ instancePath, message, params }: ErrorObject): string {
  const place = instancePath
    .replace(/\/(\d+)(?=\/|$)/g, '[$1]')
    .replace(/\//g, '.')
    .replace(/^\./, '');
  const { allowedValues } = params as { allowedValues?: readonly unknown[] };
  return `${place || 'the log'} ${message}${allowedValues ? `: ${allowedValues.join(', ')}` : ''}`;
}

/** A log of old does not say which way its metrics are better; those that the library knows are told of. */
const withDirections = (log: RunLog): RunLog =>
  log.config.higherIsBetter
    ? log
    : { ...log, config: { ...log.config, higherIsBetter: directionsOf(log.config.metrics) } };

let validator: Promise<ValidateFunction> | undefined;

async function compile(): Promise<ValidateFunction> {
  const { Ajv } = await import('ajv');
  const ajv = new Ajv({ allowUnionTypes: true, strictTypes: false });
  ajv.addKeyword({
    keyword: 'realNumber',
    schemaType: 'boolean',
    modifying: true,
    error: { message: 'must be a number, or one of the words NaN, Infinity, -Infinity' },
    compile: () => (value: unknown, at?: { parentData: unknown; parentDataProperty: string | number }) => {
      const number = fromWord(value);
      if (number === undefined || !at) return false;
      (at.parentData as Record<string | number, unknown>)[at.parentDataProperty] = number;
      return true;
    },
  });
  return ajv.compile(RUN_LOG_SCHEMA);
}

/**
 * Returns a run log from a file that `writeRunLog` made: equal to the one that was written, so that `diagnose` and the
 * figures say the same of it. It has neither model nor data, so findings on it cannot be confirmed by experiments. A file
 * of `JSON.stringify(log)` is read as well; there infinities have become NaN.
 *
 * @param path a JSON file
 * @returns the log; it shows itself like that of a live run, and its `preparation` can be applied
 * @throws InputError `not-found` when there is no such file; `unreadable` when it is no JSON (with the line), no run log,
 *   or a field is not as it must be (with its path); `unsupported` for the log of a newer version
 * @example
 * await readRunLog('runs/none.json').catch((error) => error.code) // => 'not-found'
 */
export async function readRunLog(path: string): Promise<RunLog> {
  check(FN, 'path', path, text);
  const value = parse(path, await contentOf(path));
  checkKind(path, value);
  validator ??= compile();
  const validate = await validator;
  if (!validate(value)) {
    throw refuse(path, { expected: `name a run log as it was written; ${departure(validate.errors![0])}` });
  }
  const log = withDirections(value as unknown as RunLog);
  return asResult(log.preparation ? { ...log, preparation: asPreparation(log.preparation) } : log);
}
