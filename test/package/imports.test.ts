import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

const ROOT = join(__dirname, '..', '..');

function inChild<T>(script: string): T {
  const child = spawnSync(process.execPath, ['-e', script], { cwd: ROOT, encoding: 'utf8' });
  expect(child.stderr).toBe('');
  return JSON.parse(child.stdout) as T;
}

describe('the package', () => {
  it('loads none of its heavy dependencies and prints nothing when imported', () => {
    const heavy = inChild<string[]>(`
      require('./dist/index.js');
      const found = Object.keys(require.cache).filter((file) => /node_modules/.test(file));
      console.log(JSON.stringify(found));`);
    expect(heavy).toEqual([]);
  });

  it('exports the public names', () => {
    expect(
      inChild<string[]>(`console.log(JSON.stringify(Object.keys(require('./dist/index.js')).sort()))`),
    ).toMatchSnapshot();
  });
});
