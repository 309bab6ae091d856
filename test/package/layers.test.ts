import { join } from 'node:path';
import { spawnSync } from 'node:child_process';

const ROOT = join(__dirname, '..', '..');

/** Messages of the layer rule for one file, from ESLint in a process of its own (its configuration is an ES module). */
function messagesFor(file: string): string[] {
  const script = `
    const { ESLint } = require('eslint');
    new ESLint({ cwd: ${JSON.stringify(ROOT)}, ignore: false }).lintFiles([${JSON.stringify(file)}])
      .then(([r]) => console.log(JSON.stringify(r.messages.filter((m) => m.ruleId.endsWith('no-restricted-imports')).map((m) => m.message))));`;
  const child = spawnSync(process.execPath, ['-e', script], { cwd: ROOT, encoding: 'utf8' });
  return JSON.parse(child.stdout) as string[];
}

describe('layer rules', () => {
  it('refuse an import from a folder below, and TensorFlow.js outside engine and build', () => {
    const messages = messagesFor('test/fixtures/layers/src/core/bad.ts');
    expect(messages).toHaveLength(2);
    expect(messages[0]).toContain('src/core may only import the folders above it');
    expect(messages[1]).toContain('Only engine and build import TensorFlow.js');
  });

  it('let the real core pass', () => {
    expect(messagesFor('src/core/options.ts')).toEqual([]);
  });
});
