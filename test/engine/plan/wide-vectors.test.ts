import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

const ROOT = join(__dirname, '..', '..', '..');
/** What vectors of eight floats take. */
const able = process.arch === 'x64' && Number.parseInt(process.versions.v8, 10) >= 13;

/** What `useEngine` then says of the vectors, in a process of its own; HUNCH_WIDE is unset where nothing is asked. */
function toldOf(asked: string | undefined): object {
  const env = { ...process.env, HUNCH_ENGINE: 'wasm', HUNCH_WIDE: asked };
  if (asked === undefined) delete env.HUNCH_WIDE;
  const program = `
    const { useEngine } = require('./dist/engine/use-engine');
    const { wideVectors } = require('./dist/engine/plan/wide-vectors');
    const tell = (value) => process.stdout.write('@@' + JSON.stringify(value));
    useEngine().then(
      () => tell(wideVectors()),
      (error) => tell({ ...error, name: error.name, message: error.message }),
    );`;
  const child = spawnSync(process.execPath, ['-e', program], { cwd: ROOT, encoding: 'utf8', env });
  expect(child.stderr).not.toContain('unrecognized');
  return JSON.parse(child.stdout.split('@@')[1]) as object;
}

describe('wideVectors', () => {
  it.each([undefined, '', 'off'])('keeps to four floats where HUNCH_WIDE is %p', (asked) => {
    expect(toldOf(asked)).toEqual({ used: false });
  });

  it('takes eight where they can be had, and says why not elsewhere', () => {
    const missing = expect.stringMatching(/it is for x64|it takes Node 24 or newer/);
    expect(toldOf('on')).toEqual(able ? { used: true } : { used: false, missing });
  });

  it('refuses another word', () => {
    expect(toldOf('yes')).toMatchObject({ name: 'InputError', code: 'unknown-name', param: 'HUNCH_WIDE' });
  });
});
