'use strict';
// Packs the package, installs the tarball in an empty folder and uses it there: CommonJS, ES modules, types, the command.
const { execFileSync } = require('node:child_process');
const { mkdtempSync, rmSync, writeFileSync } = require('node:fs');
const { tmpdir } = require('node:os');
const { join } = require('node:path');

const ROOT = join(__dirname, '..', '..', '..');
const folder = mkdtempSync(join(tmpdir(), 'hunch-pack-'));
const run = (command, args, options = {}) =>
  execFileSync(command, args, { cwd: folder, encoding: 'utf8', ...options });

const PROGRAM = `
const data = h.datasets.iris();
const { train, validation } = h.splitDataset(data, { validation: 0.3, seed: 1 });
const build = ({ tf, inputShape, classes }) => tf.sequential({ layers: [tf.layers.dense({ inputShape, units: classes.length, activation: 'softmax' })] });
const run = await h.fit(build, train, { validation, epochs: 30, learningRate: 0.05 });
const predictions = await h.evaluate(run.model, validation);
const accuracy = predictions.metrics.find((m) => m.metric === 'accuracy').value;
if (!(accuracy > 0.8)) throw new Error('accuracy ' + accuracy);
const sweep = await h.sweep(build, train, { validation, epochs: 30, learningRate: 0.05, seeds: 2 });
if (!sweep.runs.every(({ ranOn, failure }) => ranOn === 'worker' && failure === null)) throw new Error(JSON.stringify(sweep.warnings));
if (sweep.runs[0].log.epochs[29].train.loss.value !== run.log.epochs[29].train.loss.value) throw new Error('sweep and fit differ');
const report = h.diagnose(run);
console.log(JSON.stringify({ accuracy, checks: report.outcomes.length }));
`;

try {
  const [{ filename }] = JSON.parse(
    execFileSync('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', folder], {
      cwd: ROOT,
      encoding: 'utf8',
    }),
  );
  writeFileSync(join(folder, 'package.json'), '{ "name": "user", "private": true }');
  run(
    'npm',
    ['install', '--no-fund', '--no-audit', join(folder, filename), 'typescript@5.0.4', '@types/node@20'],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  writeFileSync(join(folder, 'use.cjs'), `const h = require('hunch-ml');\n(async () => {${PROGRAM}})();`);
  console.log('CommonJS', run(process.execPath, ['use.cjs']).trim());
  writeFileSync(
    join(folder, 'use.mjs'),
    `import * as ns from 'hunch-ml';\nconst h = ns.default ?? ns;\nif (typeof ns.fit !== 'function') throw new Error('no named exports');\n${PROGRAM}`,
  );
  console.log('ES module', run(process.execPath, ['use.mjs']).trim());
  writeFileSync(
    join(folder, 'use.ts'),
    `import * as h from 'hunch-ml';\nexport async function main(): Promise<number> {\n  const data: h.Dataset = h.datasets.iris();\n  const { train } = h.splitDataset(data, { validation: 0.3 });\n  const run: h.Run = await h.fit(({ tf, inputShape }) => tf.sequential({ layers: [tf.layers.dense({ inputShape, units: 3, activation: 'softmax' })] }), train, { epochs: 1 });\n  const report: h.Report = h.diagnose(run);\n  return report.findings.length;\n}\n`,
  );
  run(
    process.execPath,
    [
      'node_modules/typescript/bin/tsc',
      '--noEmit',
      '--strict',
      '--target',
      'es2022',
      '--module',
      'commonjs',
      '--moduleResolution',
      'node',
      '--skipLibCheck',
      '--types',
      'node',
      'use.ts',
    ],
    { stdio: 'inherit' },
  );
  console.log(
    'TypeScript',
    require(join(folder, 'node_modules/typescript/package.json')).version,
    'types check',
  );
  console.log('command', run('npx', ['hunch', '--version']).trim());
} finally {
  rmSync(folder, { recursive: true, force: true });
}
