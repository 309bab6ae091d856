'use strict';
// The native engine where it can be had: tfjs-node's own install step downloads its library from a host that many networks
// block, so the library is taken from TensorFlow's Python wheel and the binding is compiled here. Then the same models train
// on the compiled step, on WebAssembly's autograd and on the native one, and must agree. Where a part cannot be had, it says so.
const { execFileSync, spawnSync } = require('node:child_process');
const {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  realpathSync,
  rmSync,
  symlinkSync,
} = require('node:fs');
const { dirname, join } = require('node:path');

const ROOT = join(__dirname, '..', '..', '..');
const PACKAGE = join(ROOT, 'node_modules', '@tensorflow', 'tfjs-node');
const WORK = join(ROOT, '.artifacts', 'native');
const WHEEL = 'tensorflow-cpu==2.12.0';

class Lacking extends Error {}

function run(what, command, args, options = {}) {
  const { status, stdout, stderr, error } = spawnSync(command, args, {
    encoding: 'utf8',
    cwd: ROOT,
    ...options,
  });
  if (status === 0) return stdout;
  const last = (stderr || stdout || String(error)).trim().split('\n').slice(-3).join(' | ');
  throw new Lacking(`${what}: ${last}`);
}

const loads = () =>
  spawnSync(process.execPath, ['-e', "require('@tensorflow/tfjs-node')"], { cwd: ROOT }).status === 0;

/** Libraries and headers of TensorFlow out of its wheel, into the places where the binding looks for them. */
const UNPACK = `
import sys, zipfile
wheel, deps = sys.argv[1:]
wanted = {'tensorflow/libtensorflow_cc.so.2': 'lib', 'tensorflow/libtensorflow_framework.so.2': 'lib'}
headers = ('tensorflow/include/tensorflow/c/', 'tensorflow/include/tensorflow/tsl/', 'tensorflow/include/tsl/',
           'tensorflow/include/tensorflow/core/platform/')
import os, shutil
with zipfile.ZipFile(wheel) as archive:
    for name in archive.namelist():
        if name in wanted:
            target = os.path.join(deps, 'lib', os.path.basename(name))
        elif name.startswith(headers) and not name.endswith('/'):
            target = os.path.join(deps, 'include', name[len('tensorflow/include/'):])
        else:
            continue
        os.makedirs(os.path.dirname(target), exist_ok=True)
        with archive.open(name) as source, open(target, 'wb') as out:
            shutil.copyfileobj(source, out)
`;

function python() {
  const own = join(ROOT, '.venv', 'bin', 'python');
  return existsSync(own) ? own : 'python3';
}

function build() {
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new Lacking(`its library is taken for Linux on x64, not ${process.platform} on ${process.arch}`);
  }
  mkdirSync(WORK, { recursive: true });
  if (!existsSync(PACKAGE)) {
    run('the package could not be installed', 'npm', ['install', '--no-save', '--ignore-scripts']);
    if (!existsSync(PACKAGE)) throw new Lacking('npm left the optional package out');
  }
  const wheels = () => readdirSync(WORK).filter((name) => name.endsWith('.whl'));
  if (wheels().length === 0) {
    run('the wheel with its library could not be had', python(), [
      '-m',
      'pip',
      'download',
      '-q',
      '--no-deps',
      WHEEL,
      '-d',
      WORK,
    ]);
  }
  const deps = join(PACKAGE, 'deps');
  rmSync(deps, { recursive: true, force: true });
  run('the wheel could not be read', python(), ['-c', UNPACK, join(WORK, wheels()[0]), deps]);
  const lib = (name) => join(deps, 'lib', name);
  for (const [name, target] of [
    ['libtensorflow.so.2', 'libtensorflow_cc.so.2'],
    ['libtensorflow.so', 'libtensorflow_cc.so.2'],
    ['libtensorflow_framework.so', 'libtensorflow_framework.so.2'],
  ]) {
    symlinkSync(target, lib(name));
  }
  const npm = realpathSync(execFileSync('which', ['npm'], { encoding: 'utf8' }).trim());
  const gyp = join(dirname(npm), '..', 'node_modules', 'node-gyp', 'bin', 'node-gyp.js');
  const headers = join(dirname(realpathSync(process.execPath)), '..');
  if (!existsSync(join(headers, 'include', 'node', 'node_api.h')))
    throw new Lacking('Node came without its headers');
  const names = ['--module_name=tfjs_binding', '--module_path=lib/napi-v8', '--napi_build_version=8'];
  const args = [gyp, 'rebuild', `--nodedir=${headers}`, ...names];
  run('its binding could not be compiled', process.execPath, args, { cwd: PACKAGE });
  mkdirSync(join(PACKAGE, 'lib', 'napi-v8'), { recursive: true });
  copyFileSync(
    join(PACKAGE, 'build', 'Release', 'tfjs_binding.node'),
    join(PACKAGE, 'lib', 'napi-v8', 'tfjs_binding.node'),
  );
  if (!loads()) throw new Lacking('the binding was compiled but does not load');
}

/** Trains each model in a process of its own; prints the losses of the epochs and what ran the steps. */
const TRAIN = `
const { datasets, fit, standardize } = require(${JSON.stringify(ROOT)});
const { useEngine } = require(${JSON.stringify(join(ROOT, 'dist', 'engine', 'use-engine.js'))});
const MODELS = {
  mlp: ({ tf, inputShape, units }) => tf.sequential({ layers: [
    tf.layers.flatten({ inputShape }),
    tf.layers.dense({ units: 32, activation: 'relu' }),
    tf.layers.dense({ units, activation: 'softmax' }) ] }),
  cnn: ({ tf, inputShape, units }) => tf.sequential({ layers: [
    tf.layers.conv2d({ inputShape, filters: 6, kernelSize: 3, padding: 'same', activation: 'relu' }),
    tf.layers.batchNormalization(),
    tf.layers.averagePooling2d({ poolSize: 2 }), // of equal numbers the native engine takes another maximum
    tf.layers.flatten(),
    tf.layers.dense({ units, activation: 'softmax' }) ] }),
  lstm: ({ tf, inputShape, units }) => tf.sequential({ layers: [
    tf.layers.reshape({ inputShape, targetShape: inputShape.slice(0, 2) }),
    tf.layers.lstm({ units: 12 }),
    tf.layers.dense({ units, activation: 'softmax' }) ] }),
};
(async () => {
  const { tf } = await useEngine();
  const [digits] = standardize(datasets.digits());
  const result = {};
  for (const [name, build] of Object.entries(MODELS)) {
    const weights = (model) => model.setWeights(model.getWeights().map((w, k) => {
      let state = 12345 + k;
      const next = () => ((state = (Math.imul(state, 1664525) + 1013904223) >>> 0) / 4294967296 - 0.5);
      const values = Float32Array.from({ length: w.size }, () => 0.3 * next());
      return tf.tensor(/variance/.test(w.name) || model.weights[k].name.includes('moving_variance') ? values.map((v) => 1 + v) : values, w.shape);
    }));
    const run = await fit((context) => { const model = build(context); weights(model); return model; }, digits,
      { epochs: 2, batchSize: 64, optimizer: 'sgd', learningRate: 0.05, seed: 4, live: false });
    result[name] = { losses: run.log.epochs.map((e) => e.train.loss.value), steps: run.log.engine.steps, engine: run.log.engine.name };
  }
  console.log('RESULT ' + JSON.stringify(result));
})().catch((error) => { console.error(error); process.exit(1); });
`;

function train(env) {
  const { stdout, stderr, status } = spawnSync(process.execPath, ['-e', TRAIN], {
    cwd: ROOT,
    encoding: 'utf8',
    env: { ...process.env, ...env, TF_CPP_MIN_LOG_LEVEL: '2' },
  });
  const line = /^RESULT (.*)$/m.exec(stdout);
  if (status !== 0 || !line)
    throw new Error(`training with ${JSON.stringify(env)} failed: ${stderr.slice(-2000)}`);
  return JSON.parse(line[1]);
}

let native = true;
try {
  if (!loads()) build();
  console.log('     the native engine is there');
} catch (error) {
  if (!(error instanceof Lacking)) throw error;
  native = false;
  console.log(`     the native engine cannot be had here: ${error.message}`);
}
const ways = [
  ['plan', { HUNCH_ENGINE: 'wasm' }, 'wasm', 'plan'],
  ['autograd on WebAssembly', { HUNCH_ENGINE: 'wasm', HUNCH_PLAN: 'off' }, 'wasm', 'autograd'],
  ...(native ? [['autograd on native TensorFlow', { HUNCH_ENGINE: 'native' }, 'native', 'autograd']] : []),
];
let passed = 0;
let failed = 0;
const check = (what, holds) => {
  console.log(`${holds ? 'ok  ' : 'FAIL'} ${what}`);
  if (holds) passed++;
  else failed++;
};
const [reference] = ways.map(([name, env, engine, steps], i) => {
  const result = train(env);
  ways[i].result = result;
  for (const [model, told] of Object.entries(result)) {
    check(
      `${name}: ${model} ran on ${told.engine}, ${told.steps}`,
      told.engine === engine && told.steps === steps,
    );
  }
  return result;
});
for (const [i, [name]] of ways.entries()) {
  if (i === 0) continue;
  for (const [model, { losses }] of Object.entries(ways[i].result)) {
    const apart = Math.max(...losses.map((loss, k) => Math.abs(loss / reference[model].losses[k] - 1)));
    check(
      `${name}: ${model} agrees with the plan (losses ${losses.map((l) => l.toFixed(4)).join(', ')}; ${apart.toExponential(1)} apart)`,
      apart < 1e-3,
    );
  }
}
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);
