import { Worker } from 'node:worker_threads';
import { kernelModule, kernelNames, type Kernels, type ModuleName } from './module';
import { wideVectors } from './wide-vectors';

/** Threads that share the slices of a step. */
export interface Team {
  /** How many could work on a step now, with the calling one. */
  ready(): number;
  dispose(): void;
}

/** What a helping thread does: puts the kernels in the shared memory and joins. Kernels go in the table in the same order. */
const HELPER = `
const { workerData: { module, memory, wide, names, team, thread, seen, flags } } = require('node:worker_threads');
const env = {
  memory,
  wide,
  wait: (address, seen) => Atomics.wait(new Int32Array(memory.buffer), address >> 2, seen),
  now: () => performance.now(),
  abort() { throw new Error('a kernel was aborted'); },
};
const { exports } = new WebAssembly.Instance(module, { env });
const base = exports.table.grow(names.length);
names.forEach((name, i) => exports.table.set(base + i, exports[name]));
Atomics.add(flags, 0, 1);
exports.join(team, thread, seen);
`;

/** Bytes of a team's block in the memory of a plan. */
export const TEAM_BYTES = 64;
const ORDER = 2;

/**
 * Starts `helpers` threads that join the steps run in this memory. They take some 30 ms to come; until then the step is run
 * without them. They do not keep the process alive.
 */
export function startTeam(
  memory: WebAssembly.Memory,
  kernels: Kernels,
  address: number,
  helpers: number,
  name: ModuleName,
): Team {
  const module = kernelModule(name);
  const flags = new Int32Array(new SharedArrayBuffer(4));
  const words = new Int32Array(memory.buffer, address, TEAM_BYTES / 4);
  words.fill(0);
  let broken = false;
  const workers = Array.from({ length: helpers }, (_, i) => {
    const worker = new Worker(HELPER, {
      eval: true,
      workerData: {
        module,
        memory,
        wide: Number(wideVectors().used),
        names: kernelNames(module),
        team: address,
        thread: i + 1,
        seen: words[ORDER],
        flags,
      },
    });
    worker.unref();
    worker.on('error', () => (broken = true));
    return worker;
  });
  return {
    // All or none: a thread's number says which slices are its own.
    ready: () => (!broken && Atomics.load(flags, 0) === helpers ? helpers + 1 : 1),
    dispose() {
      kernels.exports.dismiss(address);
      for (const worker of workers) void worker.terminate();
    },
  };
}
