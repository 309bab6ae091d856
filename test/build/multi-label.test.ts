import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { evaluate } from '../../src/build/evaluate';
import { fit } from '../../src/build/fit';
import type { FitOptions } from '../../src/build/fit-options';
import { readRunLog } from '../../src/build/read-run-log';
import { recorder } from '../../src/build/recorder';
import type { Run } from '../../src/build/run';
import { summarizeData } from '../../src/build/summarize-data';
import { sweep } from '../../src/build/sweep';
import type { RunLog } from '../../src/build/types';
import { writeRunLog } from '../../src/build/write-run-log';
import { overfitOneBatch } from '../../src/confirm/overfit-one-batch';
import { dataset } from '../../src/data/dataset';
import { splitDataset } from '../../src/data/split-dataset';
import type { Dataset } from '../../src/data/types';
import { useEngine } from '../../src/engine/use-engine';
import { labelConfusion } from '../../src/look/label-confusion';
import { topLosses } from '../../src/look/top-losses';
import type { Predictions } from '../../src/metrics/types';
import { diagnose } from '../../src/suspect/diagnose';
import { blobs, tensors, untimed } from './helpers';
import { sigmoids, weather } from './labels';

const { train, validation } = splitDataset(weather(), { validation: 0.25, seed: 1 });
const OPTIONS: FitOptions = { validation, epochs: 20, learningRate: 0.01, seed: 2, live: false };
const valueOf = (p: Predictions, metric: string): number => p.metrics.find((m) => m.metric === metric)!.value;

let run: Run;
beforeAll(async () => {
  run = await fit(sigmoids, train, OPTIONS);
});
afterAll(() => run.dispose());

describe('four labels from end to end', () => {
  it('are learnt, judged and looked at', async () => {
    const p = await evaluate(run, validation);
    expect([p.task, p.n, p.label.length, p.probabilities?.length]).toEqual(['multi-label', 100, 400, 400]);
    expect(valueOf(p, 'microF1')).toBeGreaterThan(0.85);
    const last = run.log.epochs.at(-1)!.validation!;
    expect(valueOf(p, 'logLoss')).toBeCloseTo(last.loss.value, 5);
    expect(valueOf(p, 'accuracy')).toBeCloseTo(last.metrics.accuracy.value, 12);
    expect(valueOf(p, 'hammingLoss')).toBeCloseTo(last.metrics.hammingLoss.value, 12);
    const [worst] = topLosses(p, { limit: 1 }).examples;
    expect(worst.loss).toBe(Math.max(...Array.from(p.loss!)));
    const rows = labelConfusion(p).labels;
    const wrong = rows.reduce((sum, row) => sum + row.missed + row.falseAlarms, 0);
    expect(wrong / 400).toBeCloseTo(valueOf(p, 'hammingLoss'), 12);
    const { findings, outcomes } = diagnose({ run, predictions: p });
    expect(findings).toEqual([]);
    const open = outcomes.filter(({ status }) => status !== 'nothing-found');
    expect(open.map(({ check, status }) => [check, status])).toEqual([
      ['class-counts', 'skipped'],
      ['easy-worse-than-hard', 'skipped'],
    ]);
  });

  it('are learnt the same by the workers of a sweep', async () => {
    const swept = await sweep(sigmoids, train, { ...sweepOptions(), seeds: [2, 3], workers: 2 });
    expect(swept).toMatchObject({ metric: 'accuracy', higherIsBetter: true, scored: 'validation' });
    const [same] = swept.runs;
    expect(same.ranOn).toBe('worker');
    expect(untimed({ ...same.log!, name: run.log.name })).toEqual(untimed({ ...run.log }));
    const p = await evaluate(run, validation);
    expect(Array.from(same.predictions!.predicted)).toEqual(Array.from(p.predicted));
    for (const { predictions } of swept.runs) expect(valueOf(predictions!, 'microF1')).toBeGreaterThan(0.85);
    const half = await sweep(sigmoids, train, { ...sweepOptions(), seeds: 1, epochs: 1, subset: [5, 4, 3] });
    expect(half.runs[0].log!.data.train).toMatchObject({ n: 3 });
    expect(half.runs[0].log!.examples!.ids).toEqual([5, 4, 3].map((row) => train.ids[row]));
  });

  it('are learnt from raw columns', async () => {
    const town = Array.from({ length: 60 }, (_, i) => ['Ulm', 'Bonn', null][i % 3]);
    const labels = town.map((name) => (name === 'Ulm' ? ['rain', 'wind'] : name === null ? [] : ['wind']));
    const raw = splitDataset(dataset({ columns: { town }, labels }), { validation: 0.3 });
    const options = { validation: raw.validation, epochs: 60, learningRate: 0.05, live: false };
    const fitted = await fit(sigmoids, raw.train, options);
    expect(valueOf(await evaluate(fitted, raw.validation), 'accuracy')).toBe(1);
    fitted.dispose();
  });

  it('can be learnt by heart, one batch of them', async () => {
    expect(await overfitOneBatch(run)).toMatchObject({ outcome: 'goes-to-zero', n: 16 });
  });
});

const sweepOptions = (): object => {
  const { live, seed, ...shared } = OPTIONS;
  expect([live, seed]).toEqual([false, 2]);
  return shared;
};

describe('the log of labels', () => {
  it('says task, units, loss, metrics and which way they are better', () => {
    const { log } = run;
    expect(log).toMatchObject({ task: 'multi-label', classes: ['rain', 'wind', 'fog', 'frost'] });
    expect(log.engine.steps).toBe('plan');
    expect(log.config).toMatchObject({
      loss: 'binaryCrossentropy',
      metrics: ['accuracy', 'hammingLoss'],
      higherIsBetter: { accuracy: true, hammingLoss: false },
    });
  });

  it('counts the examples with each label', () => {
    const d = dataset({ features: [[1], [2], [3]], labels: [['a', 'b'], ['b'], []] });
    const summary = summarizeData(d);
    expect([summary.n, summary.classCounts]).toEqual([3, [1, 2]]);
    expect(summary.targetMean).toBeNaN();
    const other = dataset({ features: [[1], [2], [3]], labels: [['a', 'b'], ['a'], []] });
    expect(summarizeData(other).fingerprint).not.toBe(summary.fingerprint);
  });

  it('has the scores and dynamics that a naive count of the outputs gives', async () => {
    // One epoch of one step: the running scores and the dynamics are those of the untrained model.
    const alone = await fit(sigmoids, train, { epochs: 1, batchSize: train.n, seed: 4, live: false });
    const rate = { epochs: 1, batchSize: train.n, seed: 4, learningRate: 0, live: false };
    const still = await fit(sigmoids, train, { ...rate, optimizer: 'sgd' });
    const p = await evaluate(still, train);
    const { examples, epochs } = alone.log;
    const share = (i: number): number[] =>
      [0, 1, 2, 3].map((k) => {
        const probability = p.probabilities![4 * i + k];
        return p.label[4 * i + k] === 1 ? probability : 1 - probability;
      });
    for (let i = 0; i < train.n; i++) {
      const right = share(i);
      expect(examples!.confidenceSum[i]).toBeCloseTo(right.reduce((a, b) => a + b) / 4, 5);
      expect(examples!.lossSum[i]).toBeCloseTo(-right.reduce((sum, q) => sum + Math.log(q), 0) / 4, 4);
      expect(examples!.correctSum[i]).toBe(Number(right.every((q) => q > 0.5)));
      expect(examples!.firstLearned[i]).toBe(examples!.correctSum[i]);
    }
    const { accuracy, hammingLoss } = epochs[0].running.metrics;
    const wrong = Array.from({ length: train.n }, (_, i) => share(i).filter((q) => q <= 0.5).length);
    expect(accuracy.value).toBeCloseTo(wrong.filter((count) => count === 0).length / train.n, 12);
    expect(hammingLoss.value).toBeCloseTo(wrong.reduce((a, b) => a + b) / (4 * train.n), 12);
    alone.dispose();
    still.dispose();
  });

  it('is that of autograd to single precision', async () => {
    process.env.HUNCH_PLAN = 'off';
    try {
      const before = await tensors();
      const plain = await fit(sigmoids, train, { ...OPTIONS, epochs: 3 });
      expect(plain.log.engine.steps).toBe('autograd');
      plain.log.epochs.forEach((epoch, e) => {
        const { loss, metrics } = run.log.epochs[e].validation!;
        expect(epoch.validation!.loss.value).toBeCloseTo(loss.value, 3);
        expect(epoch.validation!.metrics.hammingLoss.value).toBeCloseTo(metrics.hammingLoss.value, 2);
      });
      plain.dispose();
      expect(await tensors()).toBe(before);
    } finally {
      delete process.env.HUNCH_PLAN;
    }
  });

  it('is that of a recorder too', async () => {
    const { tf } = await useEngine();
    const model = tf.sequential({
      layers: [tf.layers.dense({ inputShape: [6], units: 4, activation: 'sigmoid' })],
    });
    model.compile({ optimizer: 'adam', loss: 'binaryCrossentropy', metrics: ['accuracy'] });
    const x = tf.tensor2d(train.features.values, [train.n, 6]);
    const y = tf.tensor2d(Float32Array.from(train.labels), [train.n, 4]);
    const rec = recorder({ train, validation, live: false });
    const blind = recorder({ live: false });
    await model.fit(x, y, { epochs: 2, callbacks: [rec, blind], verbose: 0 });
    expect(rec.log).toMatchObject({ task: 'multi-label', classes: train.classes });
    expect(rec.log.config.metrics).toEqual(['accuracy', 'hammingLoss', 'acc']);
    expect(rec.log.config.higherIsBetter).toEqual({ accuracy: true, hammingLoss: false, acc: true });
    const p = await evaluate(model, validation);
    const { metrics } = rec.log.epochs[1].validation!;
    expect(metrics.hammingLoss.value).toBeCloseTo(valueOf(p, 'hammingLoss'), 12);
    expect([blind.log.task, blind.log.classes]).toEqual(['multi-label', ['0', '1', '2', '3']]);
    [model, x, y].forEach((held) => held.dispose());
  });

  it('survives a file; one of old is told which way its metrics are better', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'labels-'));
    const path = join(folder, 'log.json');
    try {
      await writeRunLog(run, path);
      expect(await readRunLog(path)).toEqual(run.log);
      const { higherIsBetter, ...config } = run.log.config;
      expect(higherIsBetter).toBeDefined();
      const old = { ...run.log, config: { ...config, metrics: ['accuracy', 'bias'] } } as RunLog;
      await writeRunLog(old, path);
      expect((await readRunLog(path)).config.higherIsBetter).toEqual({ accuracy: true });
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});

describe('what does not fit labels', () => {
  it.each<[string, Dataset, FitOptions, string]>([
    ['validation of one label an example', train, { validation: blobs(9) }, 'shape, task and classes'],
    [
      'a label that is neither 0 nor 1',
      broken(),
      {},
      'be 0 or 1 for each label; that of example 3 is not; got 7',
    ],
    ['labels of another length', { ...train, labels: train.labels.slice(4) }, {}, 'labels has 299'],
  ])('%s', async (_what, data, options, message) => {
    await expect(fit(sigmoids, data, { ...options, live: false })).rejects.toThrow(message);
  });

  it('a model with other units', async () => {
    const one = fit(
      ({ tf, inputShape }) =>
        tf.sequential({ layers: [tf.layers.dense({ inputShape, units: 1, activation: 'sigmoid' })] }),
      train,
      { live: false },
    );
    await expect(one).rejects.toThrow('end in 4 units, one a label; it ends in 1');
  });
});

function broken(): Dataset {
  const labels = train.labels.slice();
  labels[9] = 7;
  return { ...train, labels };
}
