import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync, mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeFileAtomic } from '../../src/core/write-file';

describe('writeFileAtomic', () => {
  const folder = mkdtempSync(join(tmpdir(), 'hunch-write-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  it('makes folders, replaces the old file and leaves nothing beside it', async () => {
    const path = join(folder, 'deep', 'file.txt');
    await writeFileAtomic(path, 'one');
    await writeFileAtomic(path, 'two');
    expect(readFileSync(path, 'utf8')).toBe('two');
    expect(readdirSync(join(folder, 'deep'))).toEqual(['file.txt']);
  });

  it('leaves no half-written file when the target cannot be replaced', async () => {
    mkdirSync(join(folder, 'taken'));
    writeFileSync(join(folder, 'taken', 'x'), '');
    await expect(writeFileAtomic(join(folder, 'taken'), 'text')).rejects.toThrow();
    expect(readdirSync(folder).sort()).toEqual(['deep', 'taken']);
  });
});
