import type { LayersModel, Tensor } from '@tensorflow/tfjs';
import { join } from 'node:path';
import type { BuildModel } from '../../src/build/build-model';
import { evaluate } from '../../src/build/evaluate';
import { fit } from '../../src/build/fit';
import { runSweep, sweep } from '../../src/build/sweep';
import { planSweep } from '../../src/build/sweep-options';
import type { SweepOptions, SweepRun } from '../../src/build/sweep-types';
import type { ProgressEvent } from '../../src/core/progress';
import { takeExamples } from '../../src/data/take-examples';
import type { SweepJob } from '../../src/engine/sweep/sweep-job';
import { threadRunner } from '../../src/engine/sweep/thread-runner';
import { viewOf } from '../../src/notebook/display/view-of';
import { ensureBuilt } from '../ensure-built';
import { blobs, linear, plane, tensors, untimed, weightsOf, withDropout } from './helpers';

const train = blobs(90);
const validation = blobs(45, 3, 2);

/** Every layer has a name, as tfjs numbers those without in the order of their making. */
const named =
  (units: number): BuildModel =>
  ({ tf, inputShape, units: classes }) =>
    tf.sequential({
      layers: [
        tf.layers.dense({ inputShape, units, activation: 'relu', name: 'hidden' }),
        tf.layers.dense({ units: classes, activation: 'softmax', name: 'top' }),
      ],
    });

/** A model that no plan can express: a layer of one's own. */
const unplannable: BuildModel = ({ tf, inputShape, units }) => {
  class Doubling extends tf.layers.Layer {
    static className = 'Doubling';
    override call(inputs: Tensor | Tensor[]): Tensor {
      return (Array.isArray(inputs) ? inputs[0] : inputs).mul(2);
    }
  }
  return tf.sequential({
    layers: [
      tf.layers.dense({ inputShape, units: 4, name: 'first' }),
      new Doubling({ name: 'doubling' }),
      tf.layers.dense({ units, activation: 'softmax', name: 'top' }),
    ],
  });
};

beforeAll(() => ensureBuilt(), 150_000);

describe('a sweep', () => {
  const configurations = [
    { name: 'plain' },
    { name: 'small batches', batchSize: 7, learningRate: 0.05 },
    { name: 'sgd in order', optimizer: 'sgd', shuffle: false, build: named(5) },
    { name: 'own optimizer', optimizer: ({ tf }) => tf.train.adam(0.3) },
  ] satisfies SweepOptions['configurations'];

  it('gives the logs, weights and predictions of fit with the same seeds, on any number of workers', async () => {
    const shared = { validation, epochs: 3 };
    const one = await sweep(withDropout, train, { ...shared, seeds: [3, 8], configurations, workers: 1 });
    const three = await sweep(withDropout, train, { ...shared, seeds: [3, 8], configurations, workers: 3 });
    expect(one.runs.map(({ configuration, seed }) => [configuration, seed])).toEqual(
      configurations.flatMap(({ name }) => [3, 8].map((seed) => [name, seed])),
    );
    for (const [i, run] of one.runs.entries()) {
      const { name, build = withDropout, ...own } = { build: undefined, ...configurations[i >> 1] };
      const called = `${name}, seed ${run.seed}`;
      const alone = await fit(build, train, { ...shared, ...own, seed: run.seed, name: called, live: false });
      expect(untimed(run.log!)).toEqual(untimed(alone.log));
      expect(untimed(three.runs[i].log!)).toEqual(untimed(alone.log));
      const model = await run.model();
      expect(weightsOf(model)).toEqual(weightsOf(alone.model));
      const predictions = await evaluate(model, validation);
      expect(run.predictions!.predicted).toEqual(predictions.predicted);
      expect(run.predictions!.ids).toEqual(validation.ids);
      model.dispose();
      alone.dispose();
    }
    expect(one.warnings).toEqual([]);
    expect(one.runs.every(({ ranOn }) => ranOn === 'worker')).toBe(true);
  });

  it('summarizes each configuration over its seeds', async () => {
    const { summaries, ...rest } = await sweep(linear, train, {
      ...{ validation, epochs: 2, seeds: 4 },
      configurations: [
        { name: 'slow', learningRate: 1e-4 },
        { name: 'fast', learningRate: 0.1 },
      ],
    });
    expect(rest).toMatchObject({
      scored: 'validation',
      metric: 'accuracy',
      higherIsBetter: true,
      seeds: [0, 1, 2, 3],
    });
    const [slow, fast] = summaries;
    const values = rest.runs.slice(0, 4).map(({ log }) => log!.epochs[1].validation!.loss.value);
    const mean = values.reduce((a, b) => a + b) / 4;
    const sd = Math.sqrt(values.reduce((sum, x) => sum + (x - mean) ** 2, 0) / 3);
    expect(slow.loss.mean).toBeCloseTo(mean, 12);
    expect(slow.loss.sd).toBeCloseTo(sd, 12);
    // Student's t for 3 degrees of freedom, 97.5 %: 3.182.
    expect((slow.loss.interval[1] - mean) / (sd / 2)).toBeCloseTo(3.182, 3);
    expect(fast.loss.mean).toBeLessThan(slow.loss.mean);
    expect([slow.n, slow.begun, fast.metric.n]).toEqual([4, 4, 4]);
  });

  it('trains on subsets as fit does on those examples, others for each seed', async () => {
    const rows = (seed: number): number[] => Array.from({ length: 40 }, (_, i) => (i * 2 + seed) % 90);
    const result = await sweep(named(4), train, {
      ...{ validation, epochs: 2, seeds: [0, 1], subset: rows },
      configurations: [{ name: 'half' }, { name: 'few', subset: [5, 3, 1, 30, 31] }],
    });
    const expected = [rows(0), rows(1), [5, 3, 1, 30, 31], [5, 3, 1, 30, 31]];
    for (const [i, run] of result.runs.entries()) {
      const part = takeExamples(train, expected[i]);
      const name = `${run.configuration}, seed ${run.seed}`;
      const alone = await fit(named(4), part, { validation, epochs: 2, seed: run.seed, name, live: false });
      expect(untimed(run.log!)).toEqual(untimed(alone.log));
      alone.dispose();
    }
  });

  it('scores the training data where there are no others; regression too', async () => {
    const result = await sweep(linear, plane(50), { epochs: 2, seeds: 2 });
    expect(result).toMatchObject({ scored: 'train', metric: 'meanAbsoluteError', higherIsBetter: false });
    expect(result.runs[0].predictions).toBeNull();
    expect(result.summaries[0].metric.mean).toBeGreaterThan(0);
    expect(result.summaries[0].configuration).toBe('as given');
  });

  it('leaves no tensors behind', async () => {
    await sweep(linear, train, { epochs: 1, seeds: 1 });
    const before = await tensors();
    const result = await sweep(named(6), train, { validation, epochs: 1, seeds: 3 });
    expect(await tensors()).toBe(before);
    const model = await result.runs[0].model();
    expect(await tensors()).toBeGreaterThan(before); // the control
    model.dispose();
    expect(await tensors()).toBe(before);
  });

  it('tells how far it is', async () => {
    const events: ProgressEvent[] = [];
    await sweep(linear, train, { epochs: 50, seeds: 3, onProgress: (event) => events.push(event) });
    expect(events[0]).toMatchObject({ phase: 'start', total: 150, unit: 'epoch', label: 'training 3 runs' });
    expect(events.at(-1)).toMatchObject({ phase: 'end', done: 150 });
    const done = events.map((event) => event.done);
    expect(done).toEqual([...done].sort((a, b) => a - b));
  });

  it('survives JSON, and shows the best configuration first', async () => {
    const result = await sweep(linear, train, {
      ...{ validation, epochs: 4, seeds: 3 },
      configurations: [
        { name: 'slow', learningRate: 1e-5 },
        { name: 'fast', learningRate: 0.3 },
      ],
    });
    const read = JSON.parse(JSON.stringify(result)) as typeof result;
    expect(read.summaries[1].metric.mean).toBe(result.summaries[1].metric.mean);
    expect(read.runs[0].log!.epochs).toHaveLength(4);
    const view = viewOf(result)!;
    expect(view.answer).toMatch(
      /^"fast" is best: validation accuracy 0\.\d+ over 3 runs, (not clearly )?apart from "slow"/,
    );
    expect(view.tables![0].rows.map(([name]) => name)).toEqual(['slow', 'fast']);
    expect(view.tables![1].rows).toHaveLength(6);
    expect(viewOf(result.runs[0])!.figure).toBeDefined();
  });
});

describe('what goes wrong in a sweep', () => {
  it('trains what no plan can express here, as fit does, and says which layer and why', async () => {
    const events: ProgressEvent[] = [];
    const result = await sweep(named(4), train, {
      ...{ validation, epochs: 2, seeds: 2 },
      configurations: [{ name: 'own layer', build: unplannable }, { name: 'plain' }],
      onProgress: (event) => events.push(event),
    });
    expect(result.runs.map(({ ranOn }) => ranOn)).toEqual(['main', 'main', 'worker', 'worker']);
    expect(result.warnings).toEqual([
      {
        code: 'not-planned',
        count: 2,
        message: expect.stringMatching(/"own layer" trains on the main thread.*doubling: /),
      },
    ]);
    expect(events.at(-1)).toMatchObject({ phase: 'end', done: 8, total: 8 });
    const [run] = result.runs;
    const alone = await fit(unplannable, train, {
      ...{ validation, epochs: 2, seed: 0 },
      name: run.log!.name,
      live: false,
    });
    expect(untimed(run.log!)).toEqual(untimed(alone.log));
    const model = await run.model();
    expect(weightsOf(model)).toEqual(weightsOf(alone.model));
    expect(run.predictions!.n).toBe(45);
    model.dispose();
    alone.dispose();
  });

  it('tells a crashed worker with its configuration and finishes the rest', async () => {
    const workerFile = join(__dirname, '..', 'engine', 'sweep', 'crashing-worker.cjs');
    const inner = threadRunner({ workerFile });
    const planned = planSweep(named(4), train, {
      ...{ epochs: 2, seeds: 2, workers: 2 },
      configurations: [{ name: 'fine' }, { name: 'doomed' }],
    });
    // The third job ends its worker.
    async function* doomed(jobs: AsyncIterable<SweepJob> | Iterable<SweepJob>): AsyncGenerator<SweepJob> {
      for await (const job of jobs) yield job.id === '2' ? { ...job, id: 'exit' } : job;
    }
    const result = await runSweep(planned, train, {
      async run(jobs, options) {
        const results = await inner.run(doomed(jobs), options);
        return results.map((one) => (one.id === 'exit' ? { ...one, id: '2' } : one));
      },
    });
    const told = ({ configuration, seed, failure }: SweepRun): unknown => [configuration, seed, failure];
    expect(result.runs.map(told)).toEqual([
      ['fine', 0, null],
      ['fine', 1, null],
      ['doomed', 0, 'its worker ended: worker exited with code: 3'],
      ['doomed', 1, null],
    ]);
    expect(result.summaries[1]).toMatchObject({ n: 1, begun: 2 });
    expect(result.warnings).toMatchObject([{ code: 'run-failed', count: 1 }]);
    await expect(result.runs[2].model()).rejects.toThrow('"doomed", seed 0, failed');
  });

  it('tells a build function that throws with its configuration; throws when it always does', async () => {
    const broken = (): LayersModel => {
      throw new Error('a side of −3');
    };
    const before = await tensors();
    const result = await sweep(linear, train, {
      ...{ epochs: 1, seeds: 1 },
      configurations: [{ name: 'broken', build: broken }, { name: 'whole' }],
    });
    expect(result.runs.map(({ failure }) => failure)).toEqual(['a side of −3', null]);
    await expect(sweep(broken, train, { epochs: 1, seeds: 2 })).rejects.toThrow('a side of −3');
    expect(await tensors()).toBe(before);
  });

  it('keeps what is finished when it is aborted', async () => {
    const controller = new AbortController();
    const result = await sweep(linear, train, {
      ...{ epochs: 100_000, seeds: 6, workers: 2, signal: controller.signal },
      onProgress: ({ done }) => done > 20 && controller.abort(),
    });
    expect(result.stopped).toBe('aborted');
    expect(result.runs.length).toBeLessThan(6);
    expect(result.runs.every(({ log }) => log!.stopped === 'aborted')).toBe(true);
    expect(result.summaries[0].begun).toBe(result.runs.length);
  });

  it.each([
    [{ seeds: 0 }, 'sweep: "seeds" must be an integer ≥ 1; got 0.'],
    [{ seeds: [] }, 'sweep: "seeds" must hold at least one seed.'],
    [{ seeds: [1, -1] }, 'sweep: "seeds[1]" must be an integer ≥ 0; got -1.'],
    [{ workers: 0 }, 'sweep: "workers" must be an integer ≥ 1; got 0.'],
    [{ configurations: [] }, 'sweep: "configurations" must hold at least one configuration.'],
    [
      { configurations: [{ name: 'a' }, { name: 'a' }] },
      'sweep: "configurations" must have a name of their own each; got "a".',
    ],
    [
      { configurations: [{ name: 'a', epoch: 1 }] },
      /sweep: "epoch" must be one of its options: .*Did you mean "epochs"/,
    ],
    [{ seed: 1 }, /sweep: "seed" must be one of its options: .*Did you mean "seeds"/],
    [{ epochs: 0 }, 'sweep: "epochs" must be an integer ≥ 1; got 0.'],
    [{ subset: [90] }, 'sweep: "rows" must be row numbers from 0 to 89; got 90.'],
    [{ subset: [] }, 'sweep: "subset" must hold at least one row.'],
  ])('refuses %j', async (options, message) => {
    await expect(sweep(linear, train, options as SweepOptions)).rejects.toThrow(message);
  });

  it('refuses a model in place of a function', async () => {
    const { model, dispose } = await fit(linear, train, { epochs: 1, live: false });
    await expect(sweep(model as never, train)).rejects.toThrow(
      'sweep: "build" must be a function that returns',
    );
    dispose();
  });
});
