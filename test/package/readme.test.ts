import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(__dirname, '..', '..');

/** The TypeScript examples of the README as one CommonJS program against the built package. */
function program(): string {
  const readme = readFileSync(join(ROOT, 'README.md'), 'utf8');
  const code = [...readme.matchAll(/^```ts\n([\s\S]*?)^```/gm)].map((match) => match[1]).join('\n');
  const body = code.replace(
    /import \{([^}]*)\} from 'hunch-ml';/g,
    `const {$1} = require(${JSON.stringify(ROOT)});`,
  );
  return `(async () => {${body}\nconsole.log('accuracy ' + predictions.metrics.find((m) => m.metric === 'accuracy').value);\n})();`;
}

describe('README', () => {
  it('has an example that runs as it stands', () => {
    expect(existsSync(join(ROOT, 'dist', 'index.js'))).toBe(true);
    const child = spawnSync(process.execPath, ['-e', program()], { cwd: ROOT, encoding: 'utf8' });
    expect(child.stderr.replace(/\r.*/g, '')).not.toContain('Error');
    const accuracy = Number(/accuracy ([\d.]+)/.exec(child.stdout)?.[1]);
    expect(accuracy).toBeGreaterThan(0.8);
  });

  it('names only commands that package.json has', () => {
    const { scripts } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
      scripts: Record<string, string>;
    };
    for (const page of ['README.md', 'CONTRIBUTING.md']) {
      const named = [...readFileSync(join(ROOT, page), 'utf8').matchAll(/npm run (\w+)/g)].map(
        (match) => match[1],
      );
      for (const name of named) expect(Object.keys(scripts)).toContain(name);
    }
  });
});
