import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const ROOT = join(__dirname, '..', '..', '..');

function inChild(script: string): unknown {
  const out = execFileSync(process.execPath, ['-e', script], {
    cwd: ROOT,
    encoding: 'utf8',
    timeout: 25_000,
  });
  return JSON.parse(out.trim().split('\n').pop() ?? '');
}

describe('figurePng of the compiled package', () => {
  it('draws in its worker, lives on after a time-out, and lets the process end', () => {
    const told = inChild(`
      const { figurePng } = require('./dist/notebook/display/figure-png.js');
      (async () => {
        const line = { data: [{ y: [1, 2] }], layout: { width: 300, height: 200 } };
        const late = await figurePng(line, { timeout: 1 });
        const all = await Promise.all([figurePng(line), figurePng({ data: [], layout: { width: -1 } }), figurePng(line)]);
        const size = Buffer.from(all[0].png, 'base64');
        console.log(JSON.stringify([late.warning.code, size.readUInt32BE(16), all[1].warning.code, all[2].png === all[0].png]));
      })();
    `);
    expect(told).toEqual(['no-picture', 600, 'no-picture', true]);
  }, 30_000);
});

describe('healTslab beside a stock tslab', () => {
  it('sets the time-out of each publisher to 0 before it sends, once', () => {
    const folder = mkdtempSync(join(tmpdir(), 'heal-'));
    const write = (path: string, source: string): void => {
      mkdirSync(join(folder, path, '..'), { recursive: true });
      writeFileSync(join(folder, path), source);
    };
    write(
      'node_modules/tslab/dist/jupyter.js',
      'exports.sent = []; exports.lastWriteDisplayData = (...a) => exports.sent.push(a);',
    );
    write(
      'node_modules/zeromq/lib/index.js',
      `class Publisher { sendTimeout = -1; }
       Object.defineProperty(Publisher.prototype, 'send', { value(m) { return [m, this.sendTimeout]; }, configurable: true });
       exports.Publisher = Publisher;`,
    );
    try {
      const told = inChild(`
        const folder = ${JSON.stringify(folder)} + '/node_modules/';
        const tslab = require(folder + 'tslab/dist/jupyter.js');
        const { Publisher } = require(folder + 'zeromq/lib/index.js');
        const { healTslab } = require('./dist/notebook/display/heal-tslab.js');
        const { show } = require('./dist/notebook/display/show.js');
        const healed = [healTslab(), healTslab(), new Publisher().send('m')];
        show('words', { displayId: 'd' }).then(() => console.log(JSON.stringify([healed, tslab.sent])));
      `);
      expect(told).toEqual([
        [true, false, ['m', 0]],
        [[{ data: { 'text/plain': 'words' }, metadata: {}, transient: { display_id: 'd' } }, false]],
      ]);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
