import { mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fit } from '../../src/build/fit';
import { readRunLog } from '../../src/build/read-run-log';
import type { RunLog } from '../../src/build/types';
import { writeRunLog } from '../../src/build/write-run-log';
import { asResult } from '../../src/core/showable';
import { learningCurve } from '../../src/figures/learning-curve';
import { diagnose } from '../../src/suspect/diagnose';
import { deepFreeze } from '../data/freeze';
import { makeLog, scores } from '../suspect/make-log';
import { blobs, plane, linear, withDropout } from './helpers';

let folder: string;
let path: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hunch-run-log-'));
  path = join(folder, 'runs', 'run.json');
});
afterEach(() => rm(folder, { recursive: true }));

/** A log as a file of its own, with one change to its JSON. */
async function written(
  change: (json: Record<string, unknown>) => unknown,
  log: RunLog = makeLog(),
): Promise<string> {
  const json = JSON.parse(JSON.stringify(log)) as Record<string, unknown>;
  const file = join(folder, 'changed.json');
  await writeFile(file, JSON.stringify(change(json)));
  return file;
}

describe('a run log in a file', () => {
  it('is read as it was written: runs of fit with all they hold, and what is made of them', async () => {
    const goals = { humanLevel: { metric: 'accuracy', value: 0.98, source: 'two people' } };
    for (const run of [
      await fit(withDropout, blobs(60), { validation: blobs(30, 3, 2), epochs: 6, goals, live: false }),
      await fit(linear, plane(30), { optimizer: 'sgd', learningRate: 1e30, epochs: 2, live: false }),
      await fit(linear, blobs(10), { signal: AbortSignal.abort(), live: false }),
    ]) {
      await writeRunLog(run, path);
      const again = await readRunLog(path);
      expect(again).toStrictEqual(run.log);
      expect(again.examples).toStrictEqual(run.log.examples);
      expect(Object.getPrototypeOf(again)).toBe(Object.getPrototypeOf(run.log));
      expect(Object.isFrozen(again)).toBe(true);
      expect(JSON.stringify(diagnose(again))).toBe(JSON.stringify(diagnose(run.log)));
      expect(learningCurve(again)).toEqual(learningCurve(run.log));
      await expect(writeRunLog(again, path)).resolves.toBeUndefined();
      expect(await readRunLog(path)).toStrictEqual(again);
      run.dispose();
    }
  });

  it('keeps each number that JSON cannot write, and typed arrays', async () => {
    const values = [0.1, -0, NaN, Infinity, -Infinity, Number.MAX_VALUE, 5e-324];
    const sums = { lossSum: Float64Array.from(values), seen: Int32Array.of(1, 2, 3, 4, 5, 6, 7) };
    const ones = new Array<number>(7).fill(1);
    const log = deepFreeze(
      makeLog({
        name: 'NaN',
        seed: null,
        steps: { stride: 1, loss: values, learningRate: values },
        examples: {
          ...{ n: 7, ids: ['NaN', 'Infinity', '-0', '', 'null', '6', '7'], confidenceSum: ones },
          ...{ confidenceSquareSum: ones, correctSum: ones, forgotten: ones, firstLearned: ones, ...sums },
        },
      }),
    );
    await writeRunLog(log, path);
    const again = await readRunLog(path);
    expect(again.steps.loss).toEqual(values);
    expect(Object.is(again.steps.loss[1], -0)).toBe(true);
    expect(again.examples?.lossSum).toEqual(values);
    expect(again.examples?.seen).toEqual([1, 2, 3, 4, 5, 6, 7]);
    expect([again.name, again.seed, again.examples?.ids]).toEqual(['NaN', null, log.examples?.ids]);
  });

  it('may be what JSON.stringify makes of a log, where infinities have become NaN', async () => {
    const log = asResult(
      makeLog({ steps: { stride: 1, loss: [1, NaN, Infinity], learningRate: [1, 1, 1] } }),
    );
    const again = await readRunLog(await written((json) => json, log));
    expect(again.steps.loss).toEqual([1, NaN, NaN]);
    expect(again.data.train?.targetMean).toBeNaN();
    expect({ ...again, steps: log.steps }).toEqual({ ...log });
  });

  it('may hold fields that this version does not know, and a byte-order mark', async () => {
    const file = await written((json) => ({ ...json, note: 'kept', seed: 3 }));
    await writeFile(file, `\uFEFF${await readFile(file, 'utf8')}`);
    expect(await readRunLog(file)).toMatchObject({ note: 'kept', seed: 3 });
  });

  it('has a line for each field, and leaves nothing beside', async () => {
    const log = makeLog();
    await writeRunLog(log, path);
    const lines = (await readFile(path, 'utf8')).split('\n');
    expect(lines).toHaveLength(Object.keys(log).length + 3);
    expect(lines[1]).toBe('"kind": "run-log",');
    expect(await readdir(join(folder, 'runs'))).toEqual(['run.json']);
  });

  it('is not written half: a file that was there stays when the new one fails', async () => {
    await writeRunLog(makeLog(), path);
    const before = await readFile(path, 'utf8');
    const broken = { ...makeLog(), toJSON: () => { throw new Error('broken'); } }; // prettier-ignore
    await expect(writeRunLog(broken, path)).rejects.toThrow('broken');
    expect(await readFile(path, 'utf8')).toBe(before);
    await expect(writeRunLog(makeLog(), join(path, 'below.json'))).rejects.toMatchObject({
      ...{ name: 'InputError', code: 'unreadable', fn: 'writeRunLog', param: 'path' },
    });
    expect(await readdir(join(folder, 'runs'))).toEqual(['run.json']);
  });
});

describe('what readRunLog and writeRunLog refuse', () => {
  it('a file that is not there, or no file', async () => {
    await expect(readRunLog(join(folder, 'none.json'))).rejects.toMatchObject({ code: 'not-found' });
    await expect(readRunLog(folder)).rejects.toThrow(/can be read \(EISDIR\)/);
    await expect(readRunLog('')).rejects.toMatchObject({ code: 'invalid-type', param: 'path' });
    await expect(readRunLog(undefined as never)).rejects.toMatchObject({ code: 'invalid-type' });
  });

  it('to write what is no run', async () => {
    for (const wrong of [undefined, null, {}, diagnose(makeLog())]) {
      await expect(writeRunLog(wrong as never, path)).rejects.toMatchObject({
        code: 'invalid-type',
        param: 'run',
      });
    }
    await expect(writeRunLog(makeLog(), '')).rejects.toMatchObject({ code: 'invalid-type', param: 'path' });
  });

  it('a file that breaks off, or is no JSON, by the line', async () => {
    await writeRunLog(makeLog(), path);
    const whole = await readFile(path, 'utf8');
    const lines = whole.split('\n');
    await writeFile(path, [...lines.slice(0, 8), lines[8].slice(0, 5)].join('\n'));
    await expect(readRunLog(path)).rejects.toThrow(/whole run log; this one breaks off in line 9/);
    await writeFile(path, [lines[0], '"kind"; "run-log",', ...lines.slice(2)].join('\n'));
    await expect(readRunLog(path)).rejects.toThrow(/in JSON; line 2, column 7 is not/);
    await writeFile(path, ' \n');
    await expect(readRunLog(path)).rejects.toThrow(/this file is empty/);
  });

  it.each([
    ['an array', [1, 2], /other JSON/],
    ['null', null, /other JSON/],
    ['a report', diagnose(makeLog()), /this is a "report"/],
    ['a run', { kind: 'run', log: makeLog() }, /Its field "log" is the run log/],
  ])('%s', async (_words, json, message) => {
    const file = await written(() => json);
    await expect(readRunLog(file)).rejects.toMatchObject({
      ...{ code: 'unreadable', message: expect.stringMatching(message) },
    });
  });

  it('a log of a newer version, and says what to do', async () => {
    const file = await written((json) => ({ ...json, schemaVersion: 2, epochs: 'in another form' }));
    await expect(readRunLog(file)).rejects.toMatchObject({
      code: 'unsupported',
      message: expect.stringMatching(/this one is of version 2.*npm install hunch-ml@latest/),
    });
  });

  const DEPARTURES: readonly (readonly [message: string, path: string, value: unknown])[] = [
    ['epochs[2].train.loss.value must be a number', 'epochs.2.train.loss.value', 'low'],
    ['steps.loss[1] must be a number', 'steps.loss.1', true],
    ['steps.stride must be >= 1', 'steps.stride', 0],
    ['config.batchSize must be a number', 'config.batchSize', '32'],
    ['config.metrics must be array', 'config.metrics', 'accuracy'],
    ['epochs[0].validation must be object', 'epochs.0.validation', 3],
    ['initial.metrics.accuracy.n must be a number', 'initial.metrics.accuracy.n', {}],
    ['schemaVersion must be equal to constant', 'schemaVersion', '1'],
    ['stopped must be equal to one of the allowed values: completed, aborted', 'stopped', 'early'],
    ["the log must have required property 'goals'", 'goals', undefined],
    ["data.train must have required property 'fingerprint'", 'data.train.fingerprint', undefined],
    ['seed must be integer,null', 'seed', 'zero'],
  ];

  it.each(DEPARTURES)('%s', async (message, place, value) => {
    const file = await written((json) => {
      const keys = place.split('.');
      const last = keys.pop()!;
      const holder = keys.reduce<Record<string, unknown>>(
        (at, key) => at[key] as Record<string, unknown>,
        json,
      );
      if (value === undefined) delete holder[last];
      else holder[last] = value;
      return json;
    });
    const error = await readRunLog(file).catch((e: unknown) => e);
    expect(error).toMatchObject({ name: 'InputError', code: 'unreadable', fn: 'readRunLog', received: file });
    expect((error as Error).message).toContain(`name a run log as it was written; ${message}`);
  });

  it('keeps scores without validation apart from those that are not numbers', async () => {
    const epochs = makeLog().epochs.map((e, i) => ({ ...e, validation: i === 0 ? null : scores(NaN, NaN) }));
    await writeRunLog(makeLog({ epochs }), path);
    const again = await readRunLog(path);
    expect(again.epochs[0].validation).toBeNull();
    expect(again.epochs[1].validation?.loss.value).toBeNaN();
  });
});
