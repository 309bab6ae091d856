import { workerData } from 'node:worker_threads';
import { offerModule, type ModuleName } from '../plan/module';
import { controlBy } from './control';
import type { SweepJob, SweepResult } from './sweep-job';
import { trainJob } from './train-job';

/** What a worker is given when it starts. */
export interface WorkerGift {
  readonly modules: readonly (readonly [ModuleName, WebAssembly.Module])[];
}

/** What a worker is given for each job. */
export interface WorkerTask {
  readonly job: SweepJob;
  readonly control: Int32Array;
}

const gift = workerData as WorkerGift | null;
for (const [name, module] of gift?.modules ?? []) offerModule(name, module);

/** Runs one job of a sweep in a worker thread. An error that it throws is its result; only a crash ends the worker. */
export async function runTask({ job, control }: WorkerTask): Promise<SweepResult> {
  try {
    return await trainJob(job, controlBy(control));
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return { id: job.id, outcome: 'failed', crashed: false, message };
  }
}
