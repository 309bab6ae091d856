'use strict';
// The contenders of the engine bench: processes that are kept alive, prepare a row, and run so many steps when asked.
const { spawn } = require('node:child_process');
const { join } = require('node:path');
const { createInterface } = require('node:readline');

const NODE = Number(process.versions.node.split('.')[0]);
/** Relaxed SIMD is on by default from V8 11.4. */
const FAST_FLAGS = NODE < 22 ? ['--experimental-wasm-relaxed-simd'] : [];

const node = (name, { flags = [], env = {} } = {}) => ({
  name,
  command: process.execPath,
  args: [...flags, join(__dirname, 'node-contender.cjs'), name],
  env,
});
const python = (name, interpreter) => ({
  name,
  command: interpreter,
  args: ['-u', join(__dirname, 'python', 'contender.py'), name],
});

/** What each of ours is started with. The wide ones take part where vectors of eight floats can be had. */
const HUNCH = {
  'hunch, all cores': {},
  'hunch, 1 thread': {},
  'hunch, wide': { env: { HUNCH_WIDE: 'on' } },
  'hunch, fast': { flags: FAST_FLAGS },
  'hunch, fast and wide': { flags: FAST_FLAGS, env: { HUNCH_WIDE: 'on' } },
};
const TFJS = ['tfjs native', 'tfjs wasm, completed', 'tfjs wasm', 'tfjs cpu'];
const PYTHON = ['torch, all cores', 'torch, 1 thread', 'torch, compiled', 'keras', 'jax'];

/** Returns what takes part, Python only where an interpreter is named. */
const contenders = (interpreter) => [
  ...Object.entries(HUNCH).map(([name, more]) => node(name, more)),
  ...TFJS.map((name) => node(name)),
  ...(interpreter ? PYTHON.map((name) => python(name, interpreter)) : []),
];

/** What a framework is told through its environment. */
const QUIET = { TF_CPP_MIN_LOG_LEVEL: '3', KERAS_BACKEND: 'tensorflow' };

/** A process that answers one question after another; `ended` tells why it no longer does. */
function open({ command, args, env }) {
  const child = spawn(command, args, {
    stdio: ['pipe', 'pipe', process.env.BENCH_STDERR ? 'inherit' : 'ignore'],
    env: { ...process.env, ...QUIET, ...env },
  });
  let answer;
  const life = {
    ended: undefined,
    /** Resolves with the reply; a process that takes longer than `seconds` is killed. */
    async ask(message, seconds) {
      child.kill('SIGCONT');
      const reply = await new Promise((resolve) => {
        const timer = setTimeout(() => end(`no answer within ${seconds} s`), seconds * 1000);
        answer = (value) => {
          clearTimeout(timer);
          answer = undefined;
          resolve(value);
        };
        if (life.ended) answer({ failed: life.ended });
        else child.stdin.write(`${JSON.stringify(message)}\n`);
      });
      if (!life.ended) child.kill('SIGSTOP');
      return reply;
    },
    kill: () => child.kill('SIGKILL'),
  };
  function end(why) {
    life.ended ??= why;
    life.kill();
    answer?.({ failed: life.ended });
  }
  child.on('error', (error) => end(error.message));
  child.on('exit', (code, signal) => end(`its process ended (${signal ?? code})`));
  child.stdin.on('error', () => undefined);
  createInterface({ input: child.stdout }).on('line', (line) => {
    if (line.startsWith('@')) answer?.(JSON.parse(line.slice(1)));
  });
  return life;
}

/**
 * Starts a contender. Between its turns it is stopped, so that threads that wait by turning take nothing from the others. `ask`
 * resolves with its reply, `{ failed }` where it could not do what was asked; one whose process has ended starts anew with the
 * next row.
 */
function start(contender) {
  let life;
  const load = () => {
    life = open(contender);
    return life.ask({ command: 'load' }, 120);
  };
  return {
    name: contender.name,
    load,
    async ask(command, more = {}, seconds = 120) {
      if (command === 'prepare' && life.ended) await load();
      return life.ask({ command, ...more }, seconds);
    },
    stop: () => life?.kill(),
  };
}

module.exports = { contenders, start };
