import { workerData, type MessagePort } from 'node:worker_threads';
import { offerModule, type ModuleName } from '../plan/module';
import type { EpochRecord } from '../train/types';
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
  /** Where the records of ended epochs go; absent where nobody watches. */
  readonly records?: MessagePort;
}

/** Milliseconds between two messages on how a job fares. */
const TELL = 200;

/** Returns a function that sends records through a port, some at a time. */
function teller(port: MessagePort): (record: EpochRecord) => void {
  let waiting: EpochRecord[] = [];
  let last = -Infinity;
  return (record) => {
    waiting.push(record);
    const now = performance.now();
    if (now - last < TELL) return;
    port.postMessage(waiting);
    waiting = [];
    last = now;
  };
}

const gift = workerData as WorkerGift | null;
for (const [name, module] of gift?.modules ?? []) offerModule(name, module);

/** Runs one job of a sweep in a worker thread. An error that it throws is its result; only a crash ends the worker. */
export async function runTask({ job, control, records }: WorkerTask): Promise<SweepResult> {
  try {
    return await trainJob(job, controlBy(control), records && teller(records));
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return { id: job.id, outcome: 'failed', crashed: false, message };
  } finally {
    records?.close();
  }
}
