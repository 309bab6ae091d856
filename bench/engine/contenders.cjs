'use strict';
// The contenders of the engine bench: processes that are kept alive, prepare a row, and run so many steps when asked.
const { spawn } = require('node:child_process');
const { join } = require('node:path');
const { createInterface } = require('node:readline');

const NODE = Number(process.versions.node.split('.')[0]);
/** Relaxed SIMD is on by default from V8 11.4. */
const FAST_FLAGS = NODE < 22 ? ['--experimental-wasm-relaxed-simd'] : [];

const node = (name, flags = []) => ({
  name,
  command: process.execPath,
  args: [...flags, join(__dirname, 'node-contender.cjs'), name],
});
const python = (name, interpreter) => ({
  name,
  command: interpreter,
  args: ['-u', join(__dirname, 'python', 'contender.py'), name],
});

const HUNCH = ['hunch, all cores', 'hunch, 1 thread', 'hunch, fast'];
const TFJS = ['tfjs native', 'tfjs wasm, completed', 'tfjs wasm', 'tfjs cpu'];
const PYTHON = ['torch, all cores', 'torch, 1 thread', 'torch, compiled', 'keras', 'jax'];

/** Returns what takes part, Python only where an interpreter is named. */
const contenders = (interpreter) => [
  ...HUNCH.map((name) => node(name, name === 'hunch, fast' ? FAST_FLAGS : [])),
  ...TFJS.map((name) => node(name)),
  ...(interpreter ? PYTHON.map((name) => python(name, interpreter)) : []),
];

/**
 * Starts a contender. Between its turns it is stopped, so that threads that wait by turning take nothing from the others.
 * `ask` resolves with its reply, `{ failed }` where it could not do what was asked.
 */
function start({ name, command, args }) {
  const quiet = { TF_CPP_MIN_LOG_LEVEL: '3', TF_ENABLE_ONEDNN_OPTS: '1', KERAS_BACKEND: 'tensorflow' };
  const child = spawn(command, args, {
    stdio: ['pipe', 'pipe', process.env.BENCH_STDERR ? 'inherit' : 'ignore'],
    env: { ...process.env, ...quiet },
  });
  let waiting;
  let ended;
  const finish = (reply) => {
    const resolve = waiting;
    waiting = undefined;
    resolve?.(reply);
  };
  const end = (why) => {
    ended ??= { failed: why };
    finish(ended);
  };
  child.on('error', (error) => end(error.message));
  child.on('exit', (code, signal) => end(`its process ended (${signal ?? code})`));
  child.stdin.on('error', () => undefined);
  createInterface({ input: child.stdout }).on('line', (line) => {
    if (line.startsWith('@')) finish(JSON.parse(line.slice(1)));
  });
  return {
    name,
    async ask(command, more = {}, seconds = 120) {
      if (ended) return ended;
      child.kill('SIGCONT');
      let timer;
      const reply = await new Promise((resolve) => {
        waiting = resolve;
        timer = setTimeout(() => {
          child.kill('SIGKILL');
          end(`no answer within ${seconds} s`);
        }, seconds * 1000);
        child.stdin.write(`${JSON.stringify({ command, ...more })}\n`);
      });
      clearTimeout(timer);
      if (!ended) child.kill('SIGSTOP');
      return reply;
    },
    stop() {
      child.kill('SIGKILL');
    },
  };
}

module.exports = { contenders, start };
