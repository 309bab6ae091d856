import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { transformSync } from '@swc/core';

const ROOT = join(__dirname, '..', '..');

interface Example {
  readonly file: string;
  readonly code: string;
  readonly claims: number;
}

/** The `@example` blocks of a source file. A line `expression // => value` is a claim; so is `// => value` below an expression. */
function examplesOf(path: string): Example[] {
  const comments = readFileSync(path, 'utf8').match(/\/\*\*[\s\S]*?\*\//g) ?? [];
  return comments.flatMap((comment) => {
    const match = /@example\s*\n([\s\S]*?)(?=\n\s*\*\s*@\w|\*\/)/.exec(comment);
    if (!match) return [];
    const lines = match[1].split('\n').map((line) => line.replace(/^\s*\* ?/, '').replace(/^```.*$/, ''));
    const out: string[] = [];
    let claims = 0;
    for (const line of lines) {
      const claim = /^(.*?)\s*\/\/ => (.*)$/.exec(line);
      if (!claim) {
        out.push(line);
        continue;
      }
      claims++;
      const expression = claim[1].trim() === '' ? (out.pop() ?? '') : claim[1];
      const bare = expression.trim().replace(/;$/, '');
      const declared = /^(?:const|let)\s+(\w+)[^=]*=/.exec(bare);
      if (declared) out.push(bare + ';');
      out.push(`__claim((${declared ? declared[1] : bare}), ${JSON.stringify(claim[2].trim())});`);
    }
    return [{ file: relative(ROOT, path), code: out.join('\n'), claims }];
  });
}

function sources(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return sources(path);
    return entry.name.endsWith('.ts') ? [path] : [];
  });
}

const HARNESS = `
const { isDeepStrictEqual, inspect } = require('node:util');
const plain = (v) => { const t = JSON.stringify(v, (k, x) => (typeof x === 'number' && !Number.isFinite(x) ? String(x) : x)); return t === undefined ? String(v) : JSON.parse(t); };
const close = (a, b) => typeof a === 'number' && typeof b === 'number' ? Math.abs(a - b) <= 1e-9 * Math.max(1, Math.abs(b)) : Array.isArray(a) && Array.isArray(b) ? a.length === b.length && a.every((x, i) => close(x, b[i])) : isDeepStrictEqual(a, b);
globalThis.__claim = (value, expected) => {
  let want; try { want = (0, eval)('(' + expected + ')'); } catch { want = expected; }
  if (!close(plain(value), plain(want)) && inspect(value) !== expected && String(value) !== expected) throw new Error('is ' + inspect(value) + ', the example says ' + expected);
};
(async () => {
  const examples = JSON.parse(require('node:fs').readFileSync(0, 'utf8'));
  const failures = [];
  for (const { file, code } of examples) {
    const path = './dist/' + file.replace(/^src./, '').replace(/\\.ts$/, '.js');
    const folder = require('node:path').dirname(path);
    const beside = /kernel|client|cli/.test(folder) ? [] : require('node:fs').readdirSync(folder).filter((name) => name.endsWith('.js') && !/worker|main/.test(name));
    const scope = Object.assign({}, ...beside.map((name) => require('./' + folder + '/' + name)), require('./dist/index.js'), require(path));
    const names = Object.keys(scope).filter((name) => /^[A-Za-z_$][\\w$]*$/.test(name) && name !== 'default' && !new RegExp('(?:const|let|function) (?:' + name + '\\\\b|[{\\\\[][^=]*\\\\b' + name + '\\\\b)').test(code));
    try { await new Function('require', ...names, 'return (async () => {' + code + '\\n})()')(require, ...names.map((name) => scope[name])); }
    catch (error) { failures.push(file + ': ' + error.message + '\\n' + code); }
  }
  process.stdout.write('\\n@@' + JSON.stringify(failures), () => process.exit(0));
})();`;

describe('the examples in the doc comments', () => {
  it('run, and what they claim is true', () => {
    const examples = sources(join(ROOT, 'src')).flatMap(examplesOf);
    expect(examples.reduce((sum, example) => sum + example.claims, 0)).toBeGreaterThan(10);
    const stripped = examples.map(({ file, code }) => ({
      file,
      code: transformSync(`async function __f() {\n${code}\n}`, {
        jsc: { parser: { syntax: 'typescript' }, target: 'es2022' },
        isModule: false,
      })
        .code.replace(/^async function __f\(\) \{\n?/, '')
        .replace(/\}\s*$/, ''),
    }));
    const child = spawnSync(process.execPath, ['-e', HARNESS], {
      cwd: ROOT,
      encoding: 'utf8',
      input: JSON.stringify(stripped),
    });
    expect(child.stderr).not.toContain('Error:');
    expect(JSON.parse(child.stdout.split('@@').pop() ?? 'null')).toEqual([]);
  });
});
