import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import type { ResourceLimits } from 'node:worker_threads';
import type { Piscina } from 'piscina';
import { takeCores } from '../cores';
import { kernelModule } from '../plan/module';
import { controlBy, controlWords } from './control';
import type { SweepJob, SweepResult } from './sweep-job';
import type { SweepRunner, SweepRunOptions } from './sweep-runner';
import type { WorkerGift, WorkerTask } from './worker';

export interface ThreadRunnerOptions {
  /** Limits of a worker's JavaScript heap; the memory of plans and shared data does not count. */
  readonly resourceLimits?: ResourceLimits;
  /** Another worker than the package's own, for tests. */
  readonly workerFile?: string;
}

/** Compiled, also when this file is run from its source. */
const WORKER = join(__dirname, '..', '..', '..', 'dist', 'engine', 'sweep', 'worker.js');
/** Milliseconds between two looks at how far the jobs are. */
const LOOK = 100;

function startPool(workers: number, options: ThreadRunnerOptions): Piscina {
  const { Piscina: Pool } = require('piscina') as typeof import('piscina');
  const gift: WorkerGift = { modules: [['plan', kernelModule('plan')]] };
  return new Pool({
    filename: options.workerFile ?? WORKER,
    name: 'runTask',
    minThreads: workers,
    maxThreads: workers,
    recordTiming: false,
    execArgv: [],
    resourceLimits: options.resourceLimits,
    workerData: gift,
  });
}

/** Settles with the failure of a pool that cannot start workers at all. */
function brokenness(pool: Piscina): Promise<never> {
  const broken = new Promise<never>((_, reject) => pool.on('error', reject));
  broken.catch(() => undefined);
  return broken;
}

/** Returns a runner on worker threads of this process, each with kernels and memory of its own. They live for one `run`. */
export function threadRunner(options: ThreadRunnerOptions = {}): SweepRunner {
  return {
    async run(jobs, { workers = availableParallelism(), signal, onEpochs }: SweepRunOptions = {}) {
      const words = controlWords();
      const control = controlBy(words);
      const abort = (): void => control.abort();
      if (signal?.aborted) abort();
      signal?.addEventListener('abort', abort);
      const count = Array.isArray(jobs) ? Math.min(workers, jobs.length) : workers;
      const pool = startPool(Math.max(1, count), options);
      const broken = brokenness(pool);
      const giveBack = takeCores(count);
      let seen = 0;
      const look = (): void => {
        const epochs = control.epochs();
        if (epochs !== seen) onEpochs?.((seen = epochs));
      };
      const timer = setInterval(look, LOOK);

      const results: SweepResult[] = [];
      async function runOne(job: SweepJob, place: number): Promise<void> {
        const task: WorkerTask = { job, control: words };
        try {
          results[place] = await Promise.race([pool.run(task) as Promise<SweepResult>, broken]);
        } catch (error) {
          const message = error instanceof Error ? error.message : String(error);
          results[place] = { id: job.id, outcome: 'failed', crashed: true, message };
        }
        look();
      }

      const running = new Set<Promise<void>>();
      try {
        let place = 0;
        for await (const job of jobs) {
          if (control.aborted()) break;
          const one: Promise<void> = runOne(job, place++).finally(() => running.delete(one));
          running.add(one);
          // One more than there are workers, so that none waits for its next job to be made.
          if (running.size > count) await Promise.race(running);
          if (control.aborted()) break;
        }
        await Promise.all(running);
      } finally {
        control.abort();
        await Promise.all(running);
        clearInterval(timer);
        signal?.removeEventListener('abort', abort);
        await pool.destroy();
        giveBack();
      }
      return results;
    },
  };
}
