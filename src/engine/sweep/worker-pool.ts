import { join } from 'node:path';
import type { ResourceLimits } from 'node:worker_threads';
import type { Piscina } from 'piscina';
import { kernelModule } from '../plan/module';
import type { WorkerGift } from './worker';

export interface PoolOptions {
  /** Limits of a worker's JavaScript heap; the memory of plans and shared data does not count. */
  readonly resourceLimits?: ResourceLimits;
  /** Another worker than the package's own, for tests. */
  readonly workerFile?: string;
}

/** A pool in use. */
export interface LentPool {
  readonly pool: Piscina;
  /** Rejects when the pool cannot start workers at all. */
  readonly broken: Promise<never>;
  /** Gives the pool back; it waits a while for the next run, where it is of use to others. */
  giveBack(): Promise<void>;
}

/** Compiled, also when this file is run from its source. */
const WORKER = join(__dirname, '..', '..', '..', 'dist', 'engine', 'sweep', 'worker.js');
/** Milliseconds that idle workers wait for the next sweep: an afternoon of small experiments starts them once. */
const PATIENCE = 10_000;

let waiting: { readonly pool: Piscina; readonly workers: number; readonly timer: NodeJS.Timeout } | undefined;

function startPool(workers: number, options: PoolOptions): Piscina {
  const { Piscina: Pool } = require('piscina') as typeof import('piscina');
  const gift: WorkerGift = { modules: [['plan', kernelModule('plan')]] };
  const pool = new Pool({
    filename: options.workerFile ?? WORKER,
    name: 'runTask',
    minThreads: workers,
    maxThreads: workers,
    recordTiming: false,
    execArgv: [],
    resourceLimits: options.resourceLimits,
    workerData: gift,
  });
  // A worker that ends while it has nothing to do is replaced; nobody needs to know.
  return pool.on('error', () => undefined);
}

/** The pool that waits, if it has so many workers. */
function takeWaiting(workers: number): Piscina | undefined {
  if (waiting?.workers !== workers) return undefined;
  const { pool, timer } = waiting;
  clearTimeout(timer);
  waiting = undefined;
  return pool;
}

/** Returns a pool of so many workers: one that waits, or a new one. */
export function lendPool(workers: number, options: PoolOptions): LentPool {
  const usual = options.workerFile === undefined && options.resourceLimits === undefined;
  const pool = (usual && takeWaiting(workers)) || startPool(workers, options);
  let whole = true;
  let tell: (error: Error) => void = () => undefined;
  const broken = new Promise<never>((_, reject) => {
    tell = (error) => {
      whole = false;
      reject(error);
    };
  });
  broken.catch(() => undefined);
  pool.on('error', tell);
  return {
    pool,
    broken,
    async giveBack() {
      pool.off('error', tell);
      if (!usual || !whole || waiting) return await pool.destroy();
      const timer = setTimeout(() => {
        waiting = undefined;
        void pool.destroy();
      }, PATIENCE);
      timer.unref();
      waiting = { pool, workers, timer };
    },
  };
}
