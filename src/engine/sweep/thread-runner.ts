import { availableParallelism } from 'node:os';
import { MessageChannel } from 'node:worker_threads';
import { takeCores } from '../cores';
import type { EpochRecord } from '../train/types';
import { controlBy, controlWords } from './control';
import type { SweepJob, SweepResult } from './sweep-job';
import type { SweepRunner, SweepRunOptions } from './sweep-runner';
import type { WorkerTask } from './worker';
import { lendPool, type PoolOptions } from './worker-pool';

/** Milliseconds between two looks at how far the jobs are. */
const LOOK = 100;

/** Returns a runner on worker threads of this process, each with kernels and memory of its own. */
export function threadRunner(options: PoolOptions = {}): SweepRunner {
  return {
    async run(jobs, { workers = availableParallelism(), signal, onEpochs, onRecords }: SweepRunOptions = {}) {
      const words = controlWords();
      const control = controlBy(words);
      const abort = (): void => control.abort();
      if (signal?.aborted) abort();
      signal?.addEventListener('abort', abort);
      const count = Array.isArray(jobs) ? Math.min(workers, jobs.length) : workers;
      const { pool, broken, giveBack } = lendPool(Math.max(1, count), options);
      const giveCores = takeCores(count);
      let seen = 0;
      const look = (): void => {
        const epochs = control.epochs();
        if (epochs !== seen) onEpochs?.((seen = epochs));
      };
      const timer = setInterval(look, LOOK);

      const results: SweepResult[] = [];
      async function runOne(job: SweepJob, place: number): Promise<void> {
        const channel = onRecords && new MessageChannel();
        channel?.port1.on('message', (records: readonly EpochRecord[]) => onRecords!(job.id, records));
        const task: WorkerTask = { job, control: words, records: channel?.port2 };
        const transferList = channel ? [channel.port2] : [];
        try {
          const run = pool.run(task, { transferList }) as Promise<SweepResult>;
          results[place] = await Promise.race([run, broken]);
        } catch (error) {
          const message = error instanceof Error ? error.message : String(error);
          results[place] = { id: job.id, outcome: 'failed', crashed: true, message };
        }
        channel?.port1.close();
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
        giveCores();
        await giveBack();
      }
      return results;
    },
  };
}
