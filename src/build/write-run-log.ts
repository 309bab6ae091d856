import { InputError } from '../core/input-error';
import { check, text } from '../core/options';
import { writeNamedFile } from '../core/write-named-file';
import { toWord } from './number-words';
import { runLogOf, type Run } from './run';
import type { RunLog } from './types';

function writable(_key: string, value: unknown): unknown {
  if (typeof value === 'number') return toWord(value);
  return ArrayBuffer.isView(value) ? Array.from(value as unknown as ArrayLike<number>) : value;
}

/**
 * Writes the log of a run to a JSON file, one line a field, whole or not at all; folders that lack are made. Use it to
 * keep a run beyond the notebook, or to compare with it later. The model and the data are not in it.
 *
 * JSON has no NaN, no infinities and no −0: where a number stands, the words "NaN", "Infinity", "-Infinity" and "-0" do.
 *
 * @param subject a run, or its log
 * @param path the file; one that is there is replaced
 * @throws InputError `invalid-type` for anything else, `unreadable` when the file cannot be written
 * @example
 * const build = ({ tf, inputShape, units }) =>
 *   tf.sequential({ layers: [tf.layers.dense({ inputShape, units, activation: 'softmax' })] });
 * const run = await fit(build, datasets.iris(), { epochs: 2 });
 * const path = require('node:path').join(require('node:os').tmpdir(), `hunch-example-${process.pid}.json`);
 * await writeRunLog(run, path);
 * (await readRunLog(path)).epochs.length // => 2
 */
export async function writeRunLog(subject: Run | RunLog, path: string): Promise<void> {
  const fn = 'writeRunLog';
  const kind = (subject as { kind?: unknown } | null | undefined)?.kind;
  if (kind !== 'run' && kind !== 'run-log') {
    throw new InputError({
      code: 'invalid-type',
      fn,
      param: 'run',
      expected: 'be a run or a run log',
      received: subject,
    });
  }
  check(fn, 'path', path, text);
  const plain = JSON.parse(JSON.stringify(runLogOf(subject), writable)) as Record<string, unknown>;
  const lines = Object.entries(plain).map(
    ([key, value]) => `${JSON.stringify(key)}: ${JSON.stringify(value)}`,
  );
  await writeNamedFile(fn, path, `{\n${lines.join(',\n')}\n}\n`);
}
