import * as tf from '@tensorflow/tfjs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { freeCores } from '../../../src/engine/cores';
import { runPlan } from '../../../src/engine/plan/run-plan';
import { shareData } from '../../../src/engine/sweep/share-data';
import type { SweepJob, SweepResult, SweepTrained } from '../../../src/engine/sweep/sweep-job';
import { threadRunner } from '../../../src/engine/sweep/thread-runner';
import { trainJob } from '../../../src/engine/sweep/train-job';
import { permutation, random } from '../../../src/core/random';
import { ensureBuilt } from '../../ensure-built';
import { clouds, jobOf, TRAIN } from './jobs';

const CRASHING = join(__dirname, 'crashing-worker.cjs');
const idle = { aborted: () => false, epochDone: () => undefined };

/** What of a result does not hang on time. */
function timeless(result: SweepResult): unknown {
  if (result.outcome === 'failed') return result;
  const { timing, ...trained } = result.trained;
  expect(timing.seconds).toBeGreaterThan(0);
  return { ...result, trained };
}

const trainedOf = (results: readonly SweepResult[]): SweepTrained[] =>
  results.map((result) => {
    if (result.outcome === 'failed') throw new Error(result.message);
    return result;
  });

beforeAll(async () => {
  ensureBuilt();
  await tf.setBackend('cpu');
}, 150_000);

describe('jobs on worker threads', () => {
  test('give the bits of the main thread whatever the number of workers and the order', async () => {
    const jobs = [1, 2, 3, 4, 5].map((seed) => jobOf(seed));
    const here: unknown[] = [];
    for (const job of jobs) here.push(timeless(await trainJob(job, idle)));
    const one = await threadRunner().run(jobs, { workers: 1 });
    const three = await threadRunner().run([...jobs].reverse(), { workers: 3 });
    expect(one.map(timeless)).toEqual(here);
    expect(three.map(timeless).reverse()).toEqual(here);
    const weights = trainedOf(one).map((result) => result.weights);
    expect(weights[0]).not.toEqual(weights[1]);
    for (const { trained, initial } of trainedOf(one)) {
      expect(trained.epochs[2].train.loss.value).toBeLessThan(initial.loss.value - 0.1);
    }
  });

  test('train as a direct loop over the steps of the plan', async () => {
    const job = jobOf(7, { validation: null });
    const [result] = trainedOf(await threadRunner().run([job], { workers: 2 }));
    const plan = runPlan(job.blueprint);
    plan.setWeights(job.initialWeights);
    const { n, inputs, targets } = TRAIN;
    const data = plan.load({ n, inputs: [inputs], targets: [targets] });
    const order = random(7).fork('order');
    const losses: number[] = [];
    for (let epoch = 0; epoch < 3; epoch++) {
      const rows = permutation(n, order);
      for (let start = 0; start < n; start += 32)
        losses.push(plan.step(data, rows.subarray(start, start + 32)));
    }
    expect(result.weights).toEqual(plan.params.map((param) => plan.values(param)));
    expect(result.trained.steps).toEqual({ stride: 1, loss: losses, learningRate: losses.map(() => 0.01) });
    expect(result.outputs).toBeNull();
    plan.dispose();
  });

  test('take a subset of the rows, and settings of their own', async () => {
    const rows = Int32Array.from({ length: 60 }, (_, i) => 149 - 2 * i);
    const size = TRAIN.inputs.length / TRAIN.n;
    const part = <T extends Float32Array>(values: T, width: number): Float32Array =>
      Float32Array.from([...rows].flatMap((row) => [...values.subarray(row * width, (row + 1) * width)]));
    const copied = {
      ...TRAIN,
      n: 60,
      inputs: part(TRAIN.inputs, size),
      targets: part(TRAIN.targets, 3),
      labels: Int32Array.from(rows, (row) => TRAIN.labels[row]),
    };
    const [subset, copy, faster] = trainedOf(
      await threadRunner().run([
        jobOf(1, { subset: rows }),
        jobOf(1, { train: copied }),
        jobOf(1, { train: copied, settings: { learningRate: 0.1 } }),
      ]),
    );
    expect(timeless(subset)).toEqual(timeless(copy));
    expect(faster.weights).not.toEqual(copy.weights);
    expect(subset.trained.examples.n).toBe(60);
  });

  test('come from an iterator that is asked only when there is a place', async () => {
    let asked = 0;
    let most = 0;
    let done = 0;
    async function* jobs(): AsyncGenerator<SweepJob> {
      for (let seed = 0; seed < 8; seed++) {
        most = Math.max(most, ++asked - done);
        yield jobOf(seed, { epochs: 2 });
      }
    }
    const results = await threadRunner().run(jobs(), {
      workers: 2,
      onEpochs: (epochs) => (done = Math.floor(epochs / 2)),
    });
    expect(results.map(({ id }) => id)).toEqual([0, 1, 2, 3, 4, 5, 6, 7].map((seed) => `seed ${seed}`));
    expect(most).toBeLessThanOrEqual(5);
    expect(done).toBe(8);
  });

  test('leave no cores while they run, and give them back', async () => {
    const run = threadRunner().run([jobOf(1), jobOf(2)], { workers: 64 });
    expect(freeCores()).toBe(Math.max(1, availableParallelism() - 2));
    await run;
    expect(freeCores()).toBe(availableParallelism());
  });
});

describe('what goes wrong', () => {
  test.each([
    ['exit', /exited with code: 3/, undefined],
    ['out of memory', /memory limit/, { maxOldGenerationSizeMb: 40 }],
    ['throw late', /too late to be caught/, undefined],
  ])(
    'a worker that ends (%s) is told with its job, and the others are finished',
    async (id, message, resourceLimits) => {
      const jobs = [jobOf(1), jobOf(2, { id }), jobOf(3), jobOf(4), jobOf(5)];
      for (const workers of [1, 2]) {
        const results = await threadRunner({ workerFile: CRASHING, resourceLimits }).run(jobs, { workers });
        expect(results.map(({ id }) => id)).toEqual(jobs.map(({ id }) => id));
        expect(results[1]).toEqual({
          id,
          outcome: 'failed',
          crashed: true,
          message: expect.stringMatching(message),
        });
        const others = results.filter((_, i) => i !== 1);
        expect(trainedOf(others).map(({ trained }) => trained.stopped)).toEqual(
          others.map(() => 'completed'),
        );
      }
    },
  );

  test('an error in a job is its result, and the worker goes on', async () => {
    const broken = jobOf(2);
    const jobs = [jobOf(1), { ...broken, initialWeights: [] }, jobOf(3)];
    const results = await threadRunner().run(jobs, { workers: 1 });
    expect(results.map(({ outcome }) => outcome)).toEqual(['trained', 'failed', 'trained']);
    expect(results[1]).toMatchObject({ id: 'seed 2', crashed: false });
  });

  test('workers that cannot start fail the jobs, not the process', async () => {
    const results = await threadRunner({ workerFile: '/nowhere/worker.js' }).run(
      [jobOf(1), jobOf(2), jobOf(3)],
      {
        workers: 2,
      },
    );
    expect(results.map(({ outcome }) => outcome)).toEqual(['failed', 'failed', 'failed']);
  });

  test('an iterator that throws ends the run, with its error', async () => {
    function* jobs(): Generator<SweepJob> {
      yield jobOf(1, { epochs: 1e9 });
      throw new Error('no more');
    }
    await expect(threadRunner().run(jobs(), { workers: 2 })).rejects.toThrow('no more');
    expect(freeCores()).toBe(availableParallelism());
  });

  test('a number that is not finite ends the training', async () => {
    const [{ trained }] = trainedOf(
      await threadRunner().run([jobOf(1, { settings: { learningRate: 1e38 }, epochs: 9 })]),
    );
    expect(trained.stopped).toBe('non-finite');
    expect(trained.nonFinite?.epoch).toBe(1);
    expect(trained.epochs).toHaveLength(1);
  });
});

describe('an abort', () => {
  test('ends what runs after its step, keeps it and what is finished, and begins nothing more', async () => {
    const controller = new AbortController();
    let third = 0;
    const jobs = [
      jobOf(1),
      jobOf(2, { epochs: 1e6 }),
      jobOf(3, { epochs: 1e6 }),
      jobOf(4),
      jobOf(5),
      jobOf(6),
    ];
    const results = await threadRunner().run(jobs, {
      workers: 2,
      signal: controller.signal,
      // Of two workers seed 2 keeps one, so seed 3 trains where seed 1 has ended.
      onRecords: (id, records) => {
        if (id === 'seed 3') third += records.length;
        if (third > 20) controller.abort();
      },
    });
    const stopped = trainedOf(results).map(({ id, trained }) => [id, trained.stopped]);
    expect(stopped.slice(0, 3)).toEqual([
      ['seed 1', 'completed'],
      ['seed 2', 'aborted'],
      ['seed 3', 'aborted'],
    ]);
    expect(results.length).toBeLessThan(6);
    const kept = trainedOf(results).slice(1, 3);
    expect(kept.reduce((sum, { trained }) => sum + trained.epochs.length, 0)).toBeGreaterThan(20);
    const moved = kept.filter(({ trained }) => trained.epochs.length > 0);
    moved.forEach(({ weights, id }) =>
      expect(weights).not.toEqual(jobs.find((job) => job.id === id)!.initialWeights),
    );
  });

  test('before the start begins nothing', async () => {
    expect(await threadRunner().run([jobOf(1)], { signal: AbortSignal.abort() })).toEqual([]);
  });
});

describe('shared data', () => {
  test('are the same memory on every thread, and copied once at most', () => {
    const plain = { ...clouds(5, 1), inputs: new Float32Array(30).fill(2) };
    const once = shareData(plain);
    const twice = shareData(once);
    expect(once.inputs.buffer).toBeInstanceOf(SharedArrayBuffer);
    expect(once.inputs).toEqual(plain.inputs);
    expect(once.labels.buffer).toBe(plain.labels.buffer);
    expect(twice.inputs.buffer).toBe(once.inputs.buffer);
  });

  test('of 60 MB do not make the process grow with each of four workers', async () => {
    const inputs = new Float32Array(new SharedArrayBuffer(60e6)).fill(0.5);
    const n = inputs.length / 6;
    const train = {
      ...TRAIN,
      n,
      inputs,
      targets: new Float32Array(new SharedArrayBuffer(n * 12)),
      labels: new Int32Array(new SharedArrayBuffer(n * 4)),
    };
    const subset = Int32Array.from({ length: 2000 }, (_, i) => i * 1000);
    const jobs = [1, 2, 3, 4].map((seed) => jobOf(seed, { train, subset, validation: null, epochs: 2 }));
    const before = process.memoryUsage().rss;
    let most = 0;
    const timer = setInterval(() => (most = Math.max(most, process.memoryUsage().rss)), 5);
    const results = await threadRunner().run(jobs, { workers: 4 });
    clearInterval(timer);
    expect(trainedOf(results).map(({ trained }) => trained.examples.n)).toEqual([2000, 2000, 2000, 2000]);
    // A worker with Node's own memory takes some 15 to 25 MB; a copy of the data would add 90 MB each.
    expect((most - before) / 1e6).toBeLessThan(180);
  });
});

test('forty small runs: how much faster on two workers is printed', async () => {
  const jobs = Array.from({ length: 40 }, (_, seed) => jobOf(seed, { epochs: 20 }));
  const timed = async (work: () => Promise<unknown>): Promise<number> => {
    const begun = performance.now();
    await work();
    return performance.now() - begun;
  };
  const serial = await timed(async () => {
    for (const job of jobs) await trainJob(job, idle);
  });
  const two = await timed(() => threadRunner().run(jobs, { workers: 2 }));
  process.stdout.write(`40 runs: ${serial.toFixed(0)} ms serially, ${two.toFixed(0)} ms on two workers\n`);
  expect(two).toBeGreaterThan(0);
});
