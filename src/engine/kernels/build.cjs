'use strict';
// Compiles the kernels to WebAssembly: plan.wasm (shared memory, the same bits everywhere), fast.wasm (with relaxed
// operations), tfjs.wasm (for the memory of TensorFlow.js' own backend), bits.wasm (counting rows) and distances.wasm (nearest
// neighbours). Does nothing when they are newer than the sources.
const { spawn } = require('node:child_process');
const { existsSync, mkdirSync, readdirSync, statSync } = require('node:fs');
const { join } = require('node:path');

const ROOT = join(__dirname, '..', '..', '..');
const TARGET = join(ROOT, 'dist', 'engine', 'kernels');
const COMMON = [
  '-O3',
  '--noAssert',
  '--runtime',
  'stub',
  '--importMemory',
  '--exportTable',
  '--initialMemory',
  '1',
  // Tables of constants stand below 1024, where plans and TensorFlow.js' backend have nothing.
  '--memoryBase',
  '64',
];
const SHARED = ['--sharedMemory', '--maximumMemory', '65536'];
/** First source, then the flags of its own. */
const MODULES = {
  plan: ['index.ts', ...SHARED, '--enable', 'simd,threads'],
  fast: ['index.ts', ...SHARED, '--enable', 'simd,threads,relaxed-simd'],
  bits: ['bits.ts', '--enable', 'simd'],
  tfjs: ['tensor-index.ts', '--enable', 'simd,threads'],
  distances: ['distances.ts', '--enable', 'simd'],
};

const newest = Math.max(...readdirSync(__dirname).map((name) => statSync(join(__dirname, name)).mtimeMs));

function compile(name, [source, ...flags]) {
  const file = join(TARGET, `${name}.wasm`);
  if (existsSync(file) && statSync(file).mtimeMs > newest) return Promise.resolve();
  const compiler = join(ROOT, 'node_modules', 'assemblyscript', 'bin', 'asc.js');
  const args = [compiler, join('src', 'engine', 'kernels', source), ...COMMON, ...flags, '-o', file];
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, { cwd: ROOT, stdio: 'inherit' });
    child.once('error', reject);
    child.once('close', (code) =>
      code === 0 ? resolve() : reject(new Error(`the kernels could not be compiled (${name})`)),
    );
  });
}

mkdirSync(TARGET, { recursive: true });
Promise.all(Object.entries(MODULES).map(([name, parts]) => compile(name, parts))).catch((error) => {
  console.error(error.message);
  process.exit(1);
});
