import type { Tensor } from '@tensorflow/tfjs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BuildModel } from '../../src/build/build-model';
import { evaluate } from '../../src/build/evaluate';
import { fit } from '../../src/build/fit';
import { readRunLog } from '../../src/build/read-run-log';
import type { Runs } from '../../src/build/runs-types';
import { writeRunLog } from '../../src/build/write-run-log';
import { overfitOneBatch } from '../../src/confirm/overfit-one-batch';
import type { ProgressEvent } from '../../src/core/progress';
import { dataset } from '../../src/data/dataset';
import * as figures from '../../src/figures';
import type { SeededLogs } from '../../src/figures/curve-groups';
import { mostConfused } from '../../src/look/most-confused';
import { topLosses } from '../../src/look/top-losses';
import { viewOf } from '../../src/notebook/display/view-of';
import { diagnose } from '../../src/suspect/diagnose';
import { ensureBuilt } from '../ensure-built';
import { blobs, linear, plane, tensors, untimed, weightsOf, withDropout } from './helpers';

const train = blobs(60);
const validation = blobs(30, 3, 2);

/** A layer that no plan can express. */
const unplannable: BuildModel = ({ tf, inputShape, units }) => {
  class Halving extends tf.layers.Layer {
    static className = 'Halving';
    override call(inputs: Tensor | Tensor[]): Tensor {
      return (Array.isArray(inputs) ? inputs[0] : inputs).div(2);
    }
  }
  return tf.sequential({
    layers: [
      new Halving({ name: 'halving', inputShape }),
      tf.layers.dense({ units, activation: 'softmax', name: 'top' }),
    ],
  });
};

beforeAll(() => ensureBuilt(), 150_000);

describe('fit with seeds', () => {
  let runs: Runs;
  beforeAll(async () => {
    runs = await fit(withDropout, train, {
      validation,
      epochs: 3,
      seeds: [4, 1, 9],
      workers: 2,
      live: false,
    });
  });
  afterAll(() => runs.dispose());

  it('gives the log and the weights that each seed gives alone', async () => {
    expect(runs.seeds).toEqual([4, 1, 9]);
    for (const [i, seed] of runs.seeds.entries()) {
      const alone = await fit(withDropout, train, { validation, epochs: 3, seed, live: false });
      expect(untimed(runs.logs[i])).toEqual(untimed(alone.log));
      expect(runs.runs[i].log).toBe(runs.logs[i]);
      expect(weightsOf(runs.runs[i].model)).toEqual(weightsOf(alone.model));
      expect(runs.runs[i].options.seed).toBe(seed);
      alone.dispose();
    }
  });

  it('says mean and deviation over the seeds, at the end and for each epoch', () => {
    for (const at of [0, 1, 2]) {
      const values = runs.logs.map(({ epochs }) => epochs[at].validation!.metrics.accuracy.value);
      const mean = (values[0] + values[1] + values[2]) / 3;
      const sd = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / 2);
      const { epoch, validation: judged } = runs.epochs[at];
      expect(epoch).toBe(at + 1);
      expect(judged!.metrics.accuracy).toMatchObject({ n: 3, mean: expect.closeTo(mean, 12) });
      expect(judged!.metrics.accuracy.sd).toBeCloseTo(sd, 12);
    }
    expect(runs.summary.validation).toEqual(runs.epochs[2].validation);
    expect(runs.summary.train).toEqual(runs.epochs[2].train);
  });

  it('is data that survives JSON, and each log a file', async () => {
    const read = JSON.parse(JSON.stringify(runs)) as Runs;
    expect(Object.keys(read)).not.toContain('runs');
    expect(read.logs).toHaveLength(3);
    expect(figures.learningCurve(read)).toEqual(figures.learningCurve(runs));
    const path = join(tmpdir(), `hunch-seeds-${process.pid}.json`);
    await writeRunLog(runs.runs[1], path);
    expect(await readRunLog(path)).toEqual(runs.logs[1]);
  });

  it('shows the curve of all, the layers folded, the spread and each seed', () => {
    const view = viewOf(runs)!;
    expect(view.answer).toMatch(/^Mean over 3 seeds: validation loss /);
    expect(view.folded!.map(({ name }) => name)).toEqual(['Layers']);
    const [spread, seeds] = view.tables!;
    expect(spread.rows.map(([name]) => name)).toEqual([
      'training loss',
      'training accuracy',
      'validation loss',
      'validation accuracy',
    ]);
    expect(seeds.rows.map(([seed]) => seed)).toEqual([4, 1, 9]);
  });

  it('is taken by diagnose and overfitOneBatch', async () => {
    const report = diagnose(runs);
    expect(report.runs).toBe(3);
    expect(report.outcomes.every(({ measure }) => (measure.bySeed as unknown[]).length === 3)).toBe(true);
    const batch = await overfitOneBatch(runs, undefined, { steps: 20 });
    expect(batch.seed).toBe(4);
    const read = JSON.parse(JSON.stringify(runs)) as Runs;
    await expect(overfitOneBatch(read)).rejects.toThrow('must hold at least one live run');
  });

  it('is taken by evaluate: the rows of one seed, and the spread of all', async () => {
    const predictions = await evaluate(runs, validation);
    const alone = await Promise.all(runs.runs.map((run) => evaluate(run, validation)));
    expect(predictions.bySeed!.map(({ seed }) => seed)).toEqual([4, 1, 9]);
    expect(predictions.bySeed!.map(({ metrics }) => metrics)).toEqual(alone.map(({ metrics }) => metrics));
    const typical = runs.seeds.indexOf(predictions.seed!);
    expect(predictions.predicted).toEqual(alone[typical].predicted);
    const read = JSON.parse(JSON.stringify(runs)) as Runs;
    await expect(evaluate(read, validation)).rejects.toThrow('must hold at least one live run');
  });

  it('can be watched while it trains, on workers and on this thread', async () => {
    for (const [build, seeds, epochs] of [
      [linear, 2, 300],
      [unplannable, [7, 8], 3],
    ] as const) {
      const events: ProgressEvent[] = [];
      const seen: SeededLogs[] = [];
      const watched = await fit(build, train, {
        ...{ validation, epochs, seeds, live: false },
        onProgress(event) {
          events.push(event);
          const { snapshot } = event.detail as { readonly snapshot: () => SeededLogs };
          if (event.phase !== 'start') seen.push(snapshot());
        },
      });
      expect(events[0]).toMatchObject({
        label: 'training 2 seeds',
        total: 2 * epochs,
        detail: { live: false },
      });
      const last = seen[seen.length - 1];
      expect(last.logs.map(({ seed }) => seed)).toEqual(seeds === 2 ? [0, 1] : [7, 8]);
      expect(last.logs.map(({ epochs: all }) => all.at(-1)!.epoch)).toEqual([epochs, epochs]);
      expect(seen.length === 1 || seen[0].logs.length > 0).toBe(true);
      expect(figures.learningCurve(last).title).toMatch(/^Mean over 2 seeds/);
      expect(watched.logs.every((log) => log.epochs.at(-1)!.epoch === epochs)).toBe(true);
      watched.dispose();
    }
  });

  it('works for several labels an example and for values', async () => {
    const features = Array.from({ length: 24 }, (_, i) => [i % 2, (i >> 1) % 2]);
    const labels = features.map(([a, b]) => [a === 1 ? 'sun' : '', b === 1 ? 'rain' : ''].filter(Boolean));
    const skies = dataset({ name: 'skies', features, labels, task: 'multi-label', classes: ['sun', 'rain'] });
    const several: BuildModel = ({ tf, inputShape, units }) =>
      tf.sequential({ layers: [tf.layers.dense({ inputShape, units, activation: 'sigmoid' })] });
    for (const [build, data] of [
      [several, skies],
      [linear, plane(24)],
    ] as const) {
      const made = await fit(build, data, { validation: data, epochs: 2, seeds: 2, live: false });
      const predictions = await evaluate(made, data);
      expect(predictions.metrics.every(({ seeds }) => seeds!.n === 2)).toBe(true);
      expect(topLosses(predictions).examples[0].seeds!.n).toBe(2);
      expect(viewOf(made)!.tables![0].rows.length).toBeGreaterThanOrEqual(4);
      if (data === skies)
        expect(mostConfused(predictions).pairs.every(({ seeds }) => seeds!.n === 2)).toBe(true);
      made.dispose();
    }
  });

  it('frees all models, and leaves nothing behind', async () => {
    const before = await tensors();
    const made = await fit(linear, plane(20), { epochs: 1, seeds: 2, live: false });
    expect(made.summary.validation).toBeNull();
    expect((await tensors()) - before).toBe(4); // two kernels, two biases
    made.dispose();
    made.dispose();
    expect(await tensors()).toBe(before);
  });

  it('is empty when it was stopped before it began', async () => {
    const none = await fit(linear, train, { seeds: 3, signal: AbortSignal.abort(), live: false });
    expect([none.stopped, none.seeds, none.logs, none.epochs]).toEqual(['aborted', [], [], []]);
    expect(viewOf(none)!.answer).toBe('blobs 60: no seed was trained.');
    expect(() => figures.learningCurve(none)).toThrow('must hold at least one log');
    expect(() => diagnose(none)).toThrow('must be a run');
    none.dispose();
  });

  it.each([
    [{ seeds: 0 }, 'fit: "seeds" must be an integer ≥ 1; got 0.'],
    [{ seeds: [] }, 'fit: "seeds" must hold at least one seed'],
    [{ seeds: [1, -2] }, 'fit: "seeds[1]" must be an integer ≥ 0; got -2.'],
    [{ seeds: 2, seed: 1 }, 'fit: "seed" must be left out beside "seeds"'],
    [{ seeds: 2, workers: 0 }, 'fit: "workers" must be an integer ≥ 1'],
    [{ seeds: 2, epoch: 1 }, 'Did you mean "epochs"?'],
    [{ sedes: 2 }, 'Did you mean "seeds"?'],
    [{ workers: 2 }, 'fit: "workers" must be'],
  ])('refuses %j', async (options, message) => {
    await expect(fit(linear, train, options as never)).rejects.toThrow(message);
  });

  it('refuses a model that is there already, and a model that fits nothing', async () => {
    const [{ model }] = runs.runs;
    await expect(fit(model as never, train, { seeds: 2 })).rejects.toThrow(
      'fit: "build" must be a function that builds the model, for each seed anew',
    );
    const broken: BuildModel = () => {
      throw new TypeError('no such layer');
    };
    await expect(fit(broken, train, { seeds: 2, live: false })).rejects.toThrow('no such layer');
  });
});
