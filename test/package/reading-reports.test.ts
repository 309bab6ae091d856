import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(__dirname, '..', '..');
const DOC = readFileSync(join(ROOT, 'docs', 'reading-reports.md'), 'utf8');

const block = (language: string): string =>
  new RegExp(`\`\`\`${language}\\n([\\s\\S]*?)\`\`\``).exec(DOC)![1];

/** The words alone: counts and seconds change with the calibration and the machine. */
const words = (text: string): string =>
  text
    .replace(/[\d.]+/g, '#')
    .replace(/\s+/g, ' ')
    .trim();

describe('docs/reading-reports.md', () => {
  it('shows the report that its example makes', () => {
    const body = block('ts').replace(
      /import \{([^}]*)\} from 'hunch-ml';/,
      `const {$1} = require(${JSON.stringify(ROOT)});`,
    );
    const program = `(async () => {${body}})();`;
    const child = spawnSync(process.execPath, ['-e', program], { cwd: ROOT, encoding: 'utf8' });
    const made = words(child.stdout);
    expect(block('text')).toContain('Learnt in');
    for (const line of block('text').split('\n')) expect(made).toContain(words(line));
  });

  it('names files that are there', () => {
    const named = [...DOC.matchAll(/\]\(([^)#]+)\)/g)].map(([, path]) => join(ROOT, 'docs', path));
    expect(named.length).toBeGreaterThan(1);
    expect(named.filter((path) => !existsSync(path))).toEqual([]);
  });
});
