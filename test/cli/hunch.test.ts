import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Notebook } from '../../src/notebook/runner/notebook';
import { ensureBuilt } from '../ensure-built';
import { hunch } from './hunch';

const folder = mkdtempSync(join(tmpdir(), 'hunch-cli-'));
const own = join(folder, 'own');
const env = { JUPYTER_DATA_DIR: own, JUPYTER_PATH: undefined, HUNCH_ENGINE: 'cpu' };

beforeAll(ensureBuilt, 120_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function notebook(name: string, ...sources: string[]): string {
  const cells = sources.map((source) => ({
    cell_type: 'code',
    metadata: {},
    source: source.split(/(?<=\n)/),
    outputs: [],
    execution_count: null,
  }));
  const path = join(folder, name);
  writeFileSync(path, JSON.stringify({ nbformat: 4, nbformat_minor: 4, metadata: { mine: 1 }, cells }));
  return path;
}
const read = (path: string): Notebook => JSON.parse(readFileSync(path, 'utf8'));

describe('hunch', () => {
  it('tells its version and what there is', async () => {
    const { version } = JSON.parse(readFileSync(join(__dirname, '../../package.json'), 'utf8'));
    expect(await hunch(['--version'])).toEqual({ code: 0, out: `${version}\n`, notes: '' });
    const { code, out } = await hunch([]);
    expect(code).toBe(0);
    for (const name of ['run', 'install', 'uninstall', 'doctor', 'kernel'])
      expect(out).toContain(`  ${name} [`);
  });

  it.each([
    [['rnu'], 'Did you mean run?'],
    [['run', 'x.ipynb', '--htlm', 'y'], 'Did you mean --html?'],
    [['run'], "missing required argument 'notebook'"],
    [
      ['run', 'x.ipynb', '--timeout', 'soon'],
      'hunch run: "--timeout" must be a number of seconds > 0; got "soon".',
    ],
    [['run', 'none.ipynb'], 'must name a file that is there'],
    [['kernel'], "required option '--config-path <file>' not specified"],
    [['install', '--user', '--sys-prefix'], '"--sys-prefix" must not come together with --user.'],
  ])('refuses %j', async (args, words) => {
    const { code, out, notes } = await hunch(args, { cwd: folder, env });
    expect(notes).toContain(words);
    expect(notes).not.toContain('    at ');
    expect([code, out]).toEqual([2, '']);
  });
});

describe('hunch run', () => {
  it('runs in the folder of the notebook, writes both files, prints what the last cell shows', async () => {
    mkdirSync(join(folder, 'sub'), { recursive: true });
    writeFileSync(join(folder, 'sub', 'here.txt'), 'from beside');
    const path = notebook(
      'sub/good.ipynb',
      `import { readFileSync } from 'node:fs';\nconst words: string = readFileSync('here.txt', 'utf8');`,
      'console.error("half"); 6 * 7',
      '`summary: ${words}`',
    );
    const args = ['run', path, '--out', 'made/done.ipynb', '--html', 'made/done.html', '--summary'];
    const { code, out, notes } = await hunch(args, { cwd: folder, env });
    expect(out.split('\n')[0]).toMatch(/summary: from beside/);
    expect(out).toMatch(/Wrote made\/done\.ipynb\nWrote made\/done\.html\n$/);
    expect(notes.match(/^✓ cell \d\/3 +\d+\.\d s {2}\S/gm)).toHaveLength(3);
    expect(code).toBe(0);

    const { cells, metadata, nbformat_minor } = read(join(folder, 'made/done.ipynb'));
    expect(cells.map((cell) => cell.execution_count)).toEqual([1, 2, 3]);
    expect(new Set(cells.map((cell) => cell.id)).size).toBe(3);
    expect(cells[1].outputs).toContainEqual({ output_type: 'stream', name: 'stderr', text: 'half\n' });
    expect(JSON.stringify(cells[1].outputs)).toContain('42');
    expect(metadata).toMatchObject({ mine: 1, kernelspec: { name: 'hunch' } });
    expect(nbformat_minor).toBe(5);
    expect(readFileSync(join(folder, 'made/done.html'), 'utf8')).toContain('summary: from beside');
    expect(readdirSync(join(folder, 'made')).sort()).toEqual(['done.html', 'done.ipynb']);
  });

  it('ends with 1 at an error, tells the cell and the traceback, and writes what ran', async () => {
    const path = notebook(
      'bad.ipynb',
      '1 + 1',
      `function fall(): never { throw new RangeError('planted'); }\nfall();`,
      '3',
    );
    const { code, out, notes } = await hunch(['run', path, '--out', 'bad-out.ipynb'], { cwd: folder, env });
    expect([code, out]).toEqual([1, 'Wrote bad-out.ipynb\n']);
    expect(notes).toContain('Cell 2 (number 2 of all cells) of bad.ipynb failed:');
    expect(notes).toContain('RangeError: planted');
    expect(notes).toMatch(/at fall \(cell 2:1:\d+\)/);
    const { cells } = read(join(folder, 'bad-out.ipynb'));
    expect(cells[1].outputs!.at(-1)).toMatchObject({
      output_type: 'error',
      ename: 'RangeError',
      evalue: 'planted',
    });
    expect([cells[2].execution_count, cells[2].outputs]).toEqual([null, []]);
  });

  it('stops a cell that takes too long, even one that never lets go', async () => {
    const path = notebook('busy.ipynb', 'for (;;);');
    const { code, notes } = await hunch(['run', path, '--timeout', '1'], { cwd: folder, env });
    expect(code).toBe(1);
    expect(notes).toContain('Timeout: The cell ran longer than 1000 ms and was stopped.');
  });

  it('is interrupted by Ctrl-C, writes what ran, and leaves no kernel behind', async () => {
    const path = notebook(
      'long.ipynb',
      'console.error(`pid ${process.pid}`)',
      'await new Promise(() => setInterval(() => 0, 1000));',
    );
    let sent = false;
    const { code, notes } = await hunch(['run', path, '--out', 'long-out.ipynb'], {
      cwd: folder,
      env,
      onNotes: (so, kill) => {
        if (sent || !so.includes('✓ cell 1/2')) return;
        sent = true;
        setTimeout(() => kill('SIGINT'), 500);
      },
    });
    expect(notes).toContain('Stopped after 1 cell.');
    expect(code).toBe(130);
    const { cells } = read(join(folder, 'long-out.ipynb'));
    expect(cells[1].outputs!.at(-1)).toMatchObject({ output_type: 'error', ename: 'Interrupted' });
    const pid = Number(/pid (\d+)/.exec(JSON.stringify(cells[0].outputs))![1]);
    expect(() => process.kill(pid, 0)).toThrow('ESRCH');
  });

  it('refuses a notebook that breaks off, and targets that cannot be, before anything runs', async () => {
    writeFileSync(join(folder, 'cut.ipynb'), '{"nbformat": 4,\n"cells": [');
    const cut = await hunch(['run', 'cut.ipynb'], { cwd: folder, env });
    expect([cut.code, cut.out]).toEqual([2, '']);
    expect(cut.notes).toContain('this one breaks off at line 2; got');
    const path = notebook('ok.ipynb', '1');
    const target = await hunch(['run', path, '--html', '.'], { cwd: folder, env });
    expect([target.code, target.notes]).toEqual([
      2,
      'hunch run: "--html" must name a file, not a folder; got ".".\n',
    ]);
    const same = await hunch(['run', path, '--html', 'a', '--out', './a'], { cwd: folder, env });
    expect(same.notes).toContain('"--html" must name another file than --out; got "a".');
  });
});

describe('hunch install, uninstall', () => {
  const files = ['package.json', 'static/plotly.min.js', 'static/remoteEntry.js'];

  it.each([
    ['--prefix', ['--prefix', 'p'], join(folder, 'p', 'share', 'jupyter')],
    ['--user', ['--user'], own],
    ['no option', [], own],
  ])('writes with %s, twice the same, and takes away only its own', async (_, args, place) => {
    const other = join(place, 'kernels', 'other');
    mkdirSync(other, { recursive: true });
    const first = await hunch(['install', ...args], { cwd: folder, env });
    expect(first.code).toBe(0);
    expect(first.out).toContain(join(place, 'kernels', 'hunch'));
    expect(first.notes).toContain('Next: open JupyterLab');
    const spec = readFileSync(join(place, 'kernels', 'hunch', 'kernel.json'), 'utf8');
    const { argv, language, interrupt_mode, display_name } = JSON.parse(spec);
    expect([display_name, language, interrupt_mode]).toEqual(['TypeScript (Hunch)', 'typescript', 'signal']);
    expect([argv[0], ...argv.slice(2)]).toEqual([process.execPath, '--config-path', '{connection_file}']);
    expect(existsSync(argv[1])).toBe(true);
    const extension = join(place, 'labextensions', 'hunch-plotly');
    for (const file of files) expect(readFileSync(join(extension, file)).length).toBeGreaterThan(100);

    expect((await hunch(['install', ...args], { cwd: folder, env })).out).toBe(first.out);
    expect(readFileSync(join(place, 'kernels', 'hunch', 'kernel.json'), 'utf8')).toBe(spec);
    expect(readdirSync(join(place, 'kernels', 'hunch')).sort()).toEqual(['kernel.json', 'logo-svg.svg']);

    expect((await hunch(['uninstall', ...args], { cwd: folder, env })).out).toContain(`Removed ${extension}`);
    expect([existsSync(extension), existsSync(join(place, 'kernels', 'hunch')), existsSync(other)]).toEqual([
      false,
      false,
      true,
    ]);
    const again = await hunch(['uninstall', ...args], { cwd: folder, env });
    expect([again.code, again.out]).toEqual([
      0,
      expect.stringContaining(`Nothing to remove at ${extension}`),
    ]);
  });

  it('asks the python3 on the PATH for its prefix, and says so when there is none', async () => {
    const bin = join(folder, 'bin');
    mkdirSync(bin);
    writeFileSync(join(bin, 'python3'), `#!/bin/sh\necho '${join(folder, 'venv')}'\n`);
    chmodSync(join(bin, 'python3'), 0o755);
    const found = await hunch(['install', '--sys-prefix'], { cwd: folder, env: { ...env, PATH: bin } });
    expect(found.code).toBe(0);
    expect(existsSync(join(folder, 'venv/share/jupyter/kernels/hunch/kernel.json'))).toBe(true);
    const none = await hunch(['install', '--sys-prefix'], { cwd: folder, env: { ...env, PATH: own } });
    expect(none.code).toBe(2);
    expect(none.notes).toContain('"--sys-prefix" must have a python3 on the PATH to ask.');
  });
});

describe('hunch doctor', () => {
  it('says in JSON what works, and how to mend what does not', async () => {
    const { code, out } = await hunch(['doctor', '--json'], { cwd: folder, env: { ...env, PATH: own } });
    const { healthy, items } = JSON.parse(out);
    expect([code, healthy]).toEqual([0, true]);
    const byName = Object.fromEntries(items.map((item: { name: string }) => [item.name, item]));
    expect(Object.keys(byName)).toEqual([
      'Node',
      'Engine',
      'tfjs-node',
      'DuckDB',
      'Pictures',
      'Kernel',
      'Registered',
      'Jupyter',
    ]);
    expect(byName.Engine).toMatchObject({
      status: 'ok',
      message: expect.stringContaining('HUNCH_ENGINE asks for it'),
    });
    expect(byName.Kernel.status).toBe('ok');
    expect(byName.Jupyter).toMatchObject({ status: 'warning', mend: expect.stringContaining('pip install') });
    for (const { status, mend } of items) expect(mend === undefined).toBe(status === 'ok');
  });

  it('ends with 1 when the engine cannot be had', async () => {
    const { code, out } = await hunch(['doctor'], {
      cwd: folder,
      env: { ...env, PATH: own, HUNCH_ENGINE: 'wsam' },
    });
    expect(code).toBe(1);
    expect(out).toContain('Did you mean "wasm"?');
    expect(out).toContain('→ Unset HUNCH_ENGINE.');
    expect(out).toContain('Hunch does not work on this machine yet.');
  });
});
