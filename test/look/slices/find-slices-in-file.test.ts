import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { random } from '../../../src/core/random';
import { readTable } from '../../../src/data/read-table';
import { findSlices } from '../../../src/look/slices/find-slices';
import { findSlicesInFile } from '../../../src/look/slices/find-slices-in-file';
import { predictionsFrom } from '../../../src/metrics/predictions-from';

let folder: string;
let csv: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hunch-test-'));
  csv = join(folder, 'people.csv');
  const stream = random(4);
  const lines = Array.from({ length: 8000 }, () => {
    const city = ['Bern', 'Rome', "L'Aquila"][stream.integer(3)];
    const age = stream.next() < 0.05 ? '' : String(18 + stream.integer(50));
    const wrong = stream.next() < (city === "L'Aquila" && Number(age) > 40 ? 0.35 : 0.1);
    return [
      city,
      age,
      stream.normal().toFixed(4),
      stream.next() < 0.5,
      'yes',
      wrong ? 'no' : 'yes',
      wrong ? 1.5 : 0.25,
    ].join();
  });
  await writeFile(csv, ['city,age,height,member,label,predicted,loss', ...lines].join('\n'));
});
afterAll(() => rm(folder, { recursive: true }));

const PLAIN = { columns: ['city', 'age', 'height', 'member'], holdOut: 0, searchRows: Infinity } as const;

test('a file has the slices that its predictions have', async () => {
  const predictions = predictionsFrom(await readTable(csv), {
    label: 'label',
    predicted: 'predicted',
    metadata: PLAIN.columns,
  });
  const tree = { binning: 'tree', bins: 3 } as const;
  for (const more of [{}, { alpha: 0.95, group: false }, { bins: 4, maxLevel: 2 }, tree]) {
    const held = findSlices(predictions, { ...PLAIN, ...more });
    const counted = await findSlicesInFile(csv, {
      ...PLAIN,
      ...more,
      label: 'label',
      predicted: 'predicted',
    });
    const facts = ({
      slices,
    }: {
      slices: readonly { sql: string; n: number; errors: number; score: number }[];
    }) => slices.map(({ sql, n, errors, score }) => [sql, n, errors, score.toFixed(9)]);
    expect(facts(counted)).toEqual(facts(held));
    expect(counted.slices.length).toBeGreaterThan(0);
    expect(counted.overall).toEqual(held.overall);
    expect(counted.tried).toEqual(held.tried);
  }
});

test('what some rows show the others judge', async () => {
  const found = await findSlicesInFile(csv, {
    label: 'label',
    predicted: 'predicted',
    columns: PLAIN.columns,
  });
  expect(found.slices.map(({ description }) => description)).toEqual([
    expect.stringMatching(/^city = L'Aquila and age ≥ (39|4[0-3])$/),
  ]);
  expect(found.rows.searched + found.rows.heldOut).toBe(8000);
  expect(found.slices[0].sql).toMatch(/^"city" = 'L''Aquila' AND "age" >= /);
  expect(found.slices[0].pValue).toBeLessThan(1e-6);
  const losses = await findSlicesInFile(csv, { error: 'loss', columns: ['city', 'age'] });
  expect(losses.metric).toBe('mean-loss');
  expect(losses.slices[0].description).toMatch(/city = L'Aquila/);
});

test('nothing is left behind, also where it fails or is stopped', async () => {
  const before = (await readdir(tmpdir())).filter((name) => name.startsWith('hunch-slices-'));
  const stopped = findSlicesInFile(csv, { error: 'loss', signal: AbortSignal.abort(new Error('enough')) });
  await expect(stopped).rejects.toThrow('enough');
  await expect(findSlicesInFile(csv, { error: 'height' })).rejects.toThrow(
    /be a number ≥ 0 in every row; in \d+ of 8000/,
  );
  const after = (await readdir(tmpdir())).filter((name) => name.startsWith('hunch-slices-'));
  expect(after).toEqual(before);
});

test.each([
  [{}, '"error" must be given, or else both "label" and "predicted"'],
  [{ label: 'label' }, 'both "label" and "predicted"'],
  [{ error: 'los' }, 'Did you mean "loss"?'],
  [{ error: 'loss', columns: ['town'] }, '"columns" must be a column of the file'],
  [{ error: 'loss', memory: '1GB' }, '"memory" must be one of its options'],
])('%j are refused', async (options, message) => {
  await expect(findSlicesInFile(csv, options)).rejects.toThrow(message);
});

test('a file that is not there is said', async () => {
  await expect(findSlicesInFile(join(folder, 'none.csv'), { error: 'loss' })).rejects.toThrow(
    /be a file that can be read/,
  );
});
