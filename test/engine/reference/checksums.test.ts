import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const SCRIPT = join(__dirname, 'checksum.cjs');
const KNOWN = JSON.parse(readFileSync(join(__dirname, 'checksums.json'), 'utf8')) as Record<string, string>;

/** Runs the script that .ci/run runs under other versions of Node and on other machines. */
const run = (...args: string[]) => spawnSync(process.execPath, [SCRIPT, ...args], { encoding: 'utf8' });

describe('the weights of each bench row after some steps', () => {
  it('are the committed bits on one thread, on two and on three', () => {
    const { stdout, stderr, status } = run('--threads', '1,2,3');
    expect(stderr).toBe('');
    expect(stdout.match(/threads: [0-9a-f]{16} the same/g)).toHaveLength(3 * Object.keys(KNOWN).length);
    expect(status).toBe(0);
  }, 120_000);

  it('differ for each row', () => {
    expect(new Set(Object.values(KNOWN)).size).toBe(Object.keys(KNOWN).length);
  });

  it('are seen to differ where the seed of the weights does', () => {
    const { stdout, status } = run('--weights', '2', 'mlp');
    expect(stdout).toContain('DIFFERS');
    expect(status).toBe(1);
  }, 60_000);
});
