import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const read = (...path: string[]): string => readFileSync(join(__dirname, '..', '..', ...path), 'utf8');
const DOC = read('docs', 'engine.md');

/** Code without comments, imports and spaces. */
const bare = (code: string): string =>
  code
    .replace(/\/\*\*[\s\S]*?\*\//g, '')
    .replace(/\/\/.*$/gm, '')
    .replace(/^import .*$/gm, '')
    .replace(/\s+/g, '');

describe('docs/engine.md', () => {
  it('shows the rule of a layer as it is', () => {
    const shown = /```ts\n\/\/ (src\/engine\/plan\/layers\/[\w-]+\.ts)\n([\s\S]*?)```/.exec(DOC)!;
    expect(bare(shown[2])).toBe(bare(read(shown[1])));
  });

  it('names files that are there', () => {
    const whole = [...DOC.matchAll(/`((?:src|test|bench|docs)\/[\w./-]+\.\w+)`/g)].map(([, path]) => path);
    const parts = [...DOC.matchAll(/`((?:plan|kernels)\/[\w./-]+\.ts)`/g)].map(
      ([, path]) => `src/engine/${path}`,
    );
    expect(whole.length + parts.length).toBeGreaterThan(10);
    for (const path of [...whole, ...parts]) expect(read(path)).not.toBe('');
  });
});
