import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkRegistration } from '../../src/cli/doctor/check-kernel';
import { checkNode } from '../../src/cli/doctor/check-node';
import { pictureReader } from '../../src/cli/picture-reader';
import { endLine, firstLine } from '../../src/cli/run-progress';
import { jupyterDataDirs, jupyterUserDir } from '../../src/notebook/kernel/jupyter-data-dirs';
import { kernelLauncher, kernelSpec } from '../../src/notebook/kernel/kernel-spec';

const folder = mkdtempSync(join(tmpdir(), 'hunch-parts-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('lines of progress', () => {
  it('take the first line of code, shortened, without what would move the cursor', () => {
    expect(firstLine('// why\n\n  const a = 1;\nb')).toBe('const a = 1;');
    expect(firstLine('// only words')).toBe('// only words');
    expect(firstLine('abcdef', 4)).toBe('abc…');
    expect(firstLine('a\u001b[2Jb\u0007')).toBe('ab');
    expect(firstLine('')).toBe('');
  });

  it('line up', () => {
    const event = { type: 'end', cell: 3, cells: 12, seconds: 4.26, status: 'error', source: 'x' } as const;
    expect(endLine(event)).toBe('✗ cell  3/12    4.3 s  x');
  });
});

describe('pictureReader', () => {
  it('reads pictures from the folder of the notebook, and nothing else', () => {
    mkdirSync(join(folder, 'nb', 'in'), { recursive: true });
    for (const name of ['nb/in/a b.png', 'outside.png', 'nb/secret.txt'])
      writeFileSync(join(folder, name), 'x');
    const pictureOf = pictureReader(join(folder, 'nb'));
    expect(pictureOf('in/a%20b.png')).toBe('data:image/png;base64,eA==');
    for (const source of [
      '../outside.png',
      'secret.txt',
      'none.png',
      'https://example.org/a.png',
      '//a/b.png',
      '%.png',
    ])
      expect([source, pictureOf(source)]).toEqual([source, undefined]);
  });
});

describe('folders of Jupyter', () => {
  it('are where each system has them', () => {
    expect(jupyterUserDir({ env: {}, platform: 'linux', home: '/h' })).toBe('/h/.local/share/jupyter');
    expect(jupyterUserDir({ env: { XDG_DATA_HOME: '/x' }, platform: 'linux', home: '/h' })).toBe(
      '/x/jupyter',
    );
    expect(jupyterUserDir({ env: {}, platform: 'darwin', home: '/h' })).toBe('/h/Library/Jupyter');
    expect(jupyterUserDir({ env: { APPDATA: '/a' }, platform: 'win32', home: '/h' })).toBe('/a/jupyter');
    expect(jupyterUserDir({ env: { JUPYTER_DATA_DIR: '/d' }, platform: 'darwin', home: '/h' })).toBe('/d');
  });

  it('are searched in order, each once', () => {
    const env = { JUPYTER_PATH: '/one:/two', JUPYTER_DATA_DIR: '/two' };
    expect(jupyterDataDirs({ env, platform: 'linux', home: '/h', sysPrefix: '/venv' })).toEqual([
      '/one',
      '/two',
      '/venv/share/jupyter',
      '/usr/local/share/jupyter',
      '/usr/share/jupyter',
    ]);
  });
});

describe('the doctor', () => {
  const register = (name: string, content: string): string => {
    mkdirSync(join(folder, name, 'kernels', 'hunch'), { recursive: true });
    writeFileSync(join(folder, name, 'kernels', 'hunch', 'kernel.json'), content);
    return join(folder, name);
  };

  it('tells a registration that works from those that do not', () => {
    const [node] = kernelSpec().argv;
    const argv = (...parts: string[]): string => JSON.stringify({ argv: parts });
    writeFileSync(join(folder, 'main.js'), '');
    expect(checkRegistration([join(folder, 'nothing')])).toMatchObject({
      status: 'warning',
      message: 'Jupyter does not know the kernel',
      mend: 'npx hunch install',
    });
    for (const [content, words] of [
      ['{', 'cannot be read'],
      ['{}', 'does not say how to start the kernel'],
      [argv('/gone/node', kernelLauncher()), 'names a Node that has gone: /gone/node'],
      [argv(node, '/gone/main.js'), 'names a kernel that has gone: /gone/main.js'],
      [argv(node, join(folder, 'main.js')), 'starts another copy of Hunch'],
    ]) {
      const item = checkRegistration([register('faulty', content)]);
      expect(item).toMatchObject({ status: 'warning', message: expect.stringContaining(words) });
      expect(item.mend).toContain('npx hunch install');
    }
  });

  it('looks at the version of Node', async () => {
    expect((await checkNode('18.20.0'))[0]).toMatchObject({
      status: 'error',
      mend: 'Install Node 20 or newer.',
    });
    expect((await checkNode('20.0.0'))[0].status).toBe('ok');
  });
});
