import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(__dirname, '..', '..');

describe('lock file', () => {
  it('names no download host', () => {
    const lock = JSON.parse(readFileSync(join(ROOT, 'package-lock.json'), 'utf8')) as {
      packages: Record<string, { resolved?: string }>;
    };
    const resolved = Object.values(lock.packages).flatMap((p) =>
      p.resolved?.startsWith('http') ? [p.resolved] : [],
    );
    expect(Object.keys(lock.packages).length).toBeGreaterThan(100);
    expect(resolved).toEqual([]);
  });
});
