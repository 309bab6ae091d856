import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { InputError } from '../../../src/core/input-error';
import { startKernel } from '../../../src/notebook/client/kernel-client';
import type { ConnectionInfo } from '../../../src/notebook/kernel/connection';
import { ensureBuilt } from '../../ensure-built';

const folder = mkdtempSync(join(tmpdir(), 'hunch-client-'));
beforeAll(ensureBuilt, 180_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function launcher(name: string, source: string): string {
  const path = join(folder, name);
  writeFileSync(path, source);
  return path;
}

describe('startKernel', () => {
  it('refuses options it does not know', async () => {
    await expect(startKernel({ cdw: folder } as never)).rejects.toThrow(InputError);
  });

  it('tells what a kernel said that ends at once', async () => {
    const path = launcher('fails.cjs', `process.stderr.write('no such thing\\n'); process.exit(4);`);
    await expect(startKernel({ cwd: folder, launcher: path })).rejects.toThrow(
      'The kernel ended (exit code 4).\nno such thing',
    );
  });

  it('gives up a kernel that stays silent, with what it said', async () => {
    const path = launcher('silent.cjs', `process.stderr.write('thinking\\n'); setInterval(() => {}, 1000);`);
    await expect(startKernel({ cwd: folder, launcher: path, startTimeoutMs: 500 })).rejects.toThrow(
      'The kernel did not answer within 500 ms.\nthinking',
    );
  });

  it('takes ports where the path of a socket would be too long, and leaves no file behind', async () => {
    const connectionDir = join(folder, 'long'.padEnd(110, '-'));
    mkdirSync(connectionDir);
    const kernel = await startKernel({ cwd: folder, connectionDir, env: { HUNCH_TEST_WORD: 'passed on' } });
    const [own] = readdirSync(connectionDir);
    const info = JSON.parse(
      readFileSync(join(connectionDir, own, 'connection.json'), 'utf8'),
    ) as ConnectionInfo;
    expect([info.transport, info.ip]).toEqual(['tcp', '127.0.0.1']);
    const { outputs } = await kernel.execute('[process.env.HUNCH_TEST_WORD, process.cwd()]');
    expect(outputs).toMatchObject([{ data: { 'text/plain': expect.stringContaining("'passed on'") } }]);
    expect(kernel.info).toMatchObject({ status: 'ok', implementation: 'hunch' });
    await kernel.shutdown();
    expect(readdirSync(connectionDir)).toEqual([]);
  });
});

describe('a kernel that cannot be stopped', () => {
  it('ends by force', async () => {
    const kernel = await startKernel({ cwd: folder });
    const going = new Promise<void>((resolve) => {
      kernel.onPublished(({ content }) => content.text === 'go\n' && resolve());
    });
    // Node cannot break out of code that runs after an await.
    const cell = kernel.execute('await 0;\nconsole.log("go");\nfor (;;);').catch(String);
    await going;
    const began = performance.now();
    await kernel.shutdown();
    expect(performance.now() - began).toBeLessThan(5000);
    expect(await cell).toContain('The kernel ended (SIGKILL).');
    expect(() => process.kill(kernel.pid, 0)).toThrow('ESRCH');
    expect(existsSync(folder)).toBe(true);
  });
});
