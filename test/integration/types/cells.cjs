'use strict';
// Type-checks every cell of every notebook and every TypeScript example of README.md against the built declarations,
// with the compiler that notebooks use (tslab's TypeScript 5.0.4), and checks that a wrong cell is caught.
const { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } = require('node:fs');
const { tmpdir } = require('node:os');
const { join } = require('node:path');

const ROOT = join(__dirname, '..', '..', '..');
const folder = mkdtempSync(join(tmpdir(), 'hunch-cells-'));
mkdirSync(join(folder, 'node_modules'));
symlinkSync(ROOT, join(folder, 'node_modules', 'hunch-ml'));
for (const name of ['@tensorflow', '@types'])
  symlinkSync(join(ROOT, 'node_modules', name), join(folder, 'node_modules', name));
process.chdir(folder);

const tslab = (file) => require(join(ROOT, 'node_modules/tslab/dist', file));
const converter = tslab('converter.js').createConverter({});

/** Diagnostics of the cells in order, each seeing what came before it. */
function diagnose(cells) {
  let declared = '';
  const found = [];
  cells.forEach((cell, index) => {
    const result = converter.convert(declared, cell);
    if (result.diagnostics.length > 0) {
      found.push(
        ...result.diagnostics.map(
          (d) => `cell ${index + 1}:${d.start.line + 1}:${d.start.character + 1} ${d.messageText}`,
        ),
      );
    } else {
      declared = result.declOutput ?? '';
    }
  });
  return found;
}

const sources = [];
for (const file of readdirSync(join(ROOT, 'notebooks')).filter((name) => name.endsWith('.ipynb'))) {
  const { cells } = JSON.parse(readFileSync(join(ROOT, 'notebooks', file), 'utf8'));
  sources.push([
    file,
    cells.filter((cell) => cell.cell_type === 'code').map((cell) => [].concat(cell.source).join('')),
  ]);
}
const readme = readFileSync(join(ROOT, 'README.md'), 'utf8');
sources.push(['README.md', [...readme.matchAll(/^```ts\n([\s\S]*?)^```/gm)].map((match) => match[1])]);

let failed = 0;
let passed = 0;
for (const [name, cells] of sources) {
  const found = diagnose(cells);
  for (const problem of found) console.error(`${name} ${problem}`);
  if (found.length === 0) passed++;
  else failed++;
  console.log(`${name}: ${cells.length} cells, ${found.length} problems`);
}
// A control that must fail: a misspelt option, and a result used as what it is not (declarations fallen to "any" would hide both).
const control = diagnose([
  `import { fit, datasets, splitDataset } from 'hunch-ml';\nconst { train } = splitDataset(datasets.iris(), { validaton: 0.3 });`,
  `import { datasets as d } from 'hunch-ml';\nconst n: string = d.iris().n;`,
]);
console.log(`control: ${control.length} problems found in 2 wrong cells`);
if (control.length >= 2) passed++;
else failed++;

converter.close();
rmSync(folder, { recursive: true });
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);
