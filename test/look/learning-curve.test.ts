import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BuildModel } from '../../src/build/build-model';
import type { ProgressEvent } from '../../src/core/progress';
import { random } from '../../src/core/random';
import { dataset } from '../../src/data/dataset';
import { datasets } from '../../src/data/datasets';
import { learningCurve } from '../../src/look/learning-curve';
import { curveParts } from '../../src/look/size-curve/curve-parts';
import { curveSizes } from '../../src/look/size-curve/curve-sizes';
import { epochsOfSize } from '../../src/look/size-curve/epochs-of-size';
import { nestedOrder } from '../../src/look/size-curve/nested-order';
import type { SizeCurve } from '../../src/look/size-curve/types';
import { viewOf } from '../../src/notebook/display/view-of';
import { blobs, linear, plane, tensors } from '../build/helpers';
import { ensureBuilt } from '../ensure-built';

const folder = mkdtempSync(join(tmpdir(), 'hunch-curve-'));
beforeAll(() => ensureBuilt(), 150_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** What two curves of the same runs have in common. */
const scores = ({ points, seeds }: SizeCurve): unknown => ({ points, seeds });

describe('nested subsets', () => {
  it('have the class shares of the whole at every size, each within one example', () => {
    const labels = Int32Array.from({ length: 200 }, (_, i) => (i % 10 === 0 ? 1 : i % 2 === 0 ? 2 : 0));
    const counts = [0, 1, 2].map((k) => labels.filter((label) => label === k).length);
    for (const seed of [0, 1, 2]) {
      const order = nestedOrder({ n: 200, task: 'classification', labels, classes: ['a', 'b', 'c'] }, seed);
      expect([...order].sort((a, b) => a - b)).toEqual(Array.from({ length: 200 }, (_, i) => i));
      for (const size of [10, 37, 100]) {
        const rows = order.subarray(0, size);
        counts.forEach((count, k) => {
          const own = rows.filter((row) => labels[row] === k).length;
          expect(Math.abs(own - (size * count) / 200)).toBeLessThan(2);
        });
      }
    }
  });

  it('differ from seed to seed and are the same for one', () => {
    const data = plane(50);
    expect(nestedOrder(data, 3)).toEqual(nestedOrder(data, 3));
    expect(nestedOrder(data, 3)).not.toEqual(nestedOrder(data, 4));
  });
});

describe('sizes, epochs and parts', () => {
  it('go in geometric steps from a 64th, 10, or 2 a class', () => {
    // 1024 / 64 = 16; 16·2^k
    expect(curveSizes(7, 1024, 3)).toEqual([16, 32, 64, 128, 256, 512, 1024]);
    expect(curveSizes(2, 100, 3)).toEqual([10, 100]);
    expect(curveSizes(2, 100, 20)).toEqual([40, 100]);
    expect(curveSizes(8, 9, 2)).toEqual([9]);
    expect(curveSizes([30, 10, 30], 30, 2)).toEqual([10, 30]);
    expect(() => curveSizes([31], 30, 2)).toThrow('"sizes[0]" must be an integer from 1 to 30');
  });

  it('take as many steps, or as many epochs', () => {
    // 100 examples: 4 steps an epoch, 40 in all; 10 examples: 1 step an epoch.
    const length = { epochs: 10, batchSize: 32 };
    expect(epochsOfSize(10, 100, { ...length, equal: 'steps' })).toBe(40);
    expect(epochsOfSize(10, 100, { ...length, equal: 'epochs' })).toBe(10);
    expect(epochsOfSize(100, 100, { ...length, equal: 'steps' })).toBe(10);
  });

  it('are put together until each core has two runs', () => {
    const all = (): number[] => [0, 1, 2];
    expect(curveParts([1, 2, 4], all, 1).map(({ sizes }) => sizes)).toEqual([[1], [2], [4]]);
    expect(curveParts([1, 2, 4], all, 3).map(({ sizes }) => sizes)).toEqual([[1, 2], [4]]);
    expect(curveParts([1, 2, 4], (size) => (size === 2 ? [] : [7]), 1)).toEqual([
      { sizes: [1, 4], seeds: [7] },
    ]);
  });
});

describe('learningCurve', () => {
  it('has the test errors of scikit-learn on the same subsets', async () => {
    // sklearn.model_selection.learning_curve of scikit-learn 1.9.1, LinearRegression, the same orders and test rows.
    const reference = [
      [0.03567034974987186, 0.0388790151557251, 0.026497993796966397, 0.0293253515765121],
      [0.04376572134029083, 0.027247742938932683, 0.026630765840931936, 0.0293253515765121],
    ];
    const iris = datasets.iris();
    const rows = Array.from({ length: 150 }, (_, i) =>
      Array.from(iris.features.values.subarray(4 * i, 4 * i + 4)),
    );
    const data = dataset({
      name: 'petals',
      // Shifted and scaled, which changes no least-squares forecast but is quick to learn.
      features: rows.map(([a, b, c]) => [(a - 5.8) / 0.8, (b - 3.1) / 0.4, (c - 3.8) / 1.8]),
      labels: rows.map((row) => row[3]),
      task: 'regression',
    });
    const curve = await learningCurve(linear, data, {
      ...{ sizes: [12, 24, 48, 112], repeats: 2, epochs: 1500, batchSize: 128, learningRate: 0.03 },
    });
    expect(curve.metric).toBe('meanSquaredError');
    curve.points.forEach(({ test }, i) =>
      test.values.forEach((value, s) => expect(Math.abs(value / reference[s][i] - 1)).toBeLessThan(0.02)),
    );
  });

  it('gives points with intervals over seeds and examples, frees its tensors, and shows itself', async () => {
    const before = await tensors();
    const seen: ProgressEvent[] = [];
    const options = { sizes: [12, 60], repeats: 3, test: blobs(90, 3, 9), epochs: 8, learningRate: 0.05 };
    const curve = await learningCurve(linear, blobs(60), {
      ...options,
      onProgress: (event) => seen.push(event),
    });
    expect(await tensors()).toBe(before);
    expect(curve).toMatchObject({
      n: 60,
      testN: 90,
      metric: 'errorRate',
      stopped: 'completed',
      seeds: [0, 1, 2],
    });
    const [small, full] = curve.points;
    expect([small.size, small.epochs, small.steps, full.epochs, full.steps]).toEqual([12, 16, 16, 8, 16]);
    const { mean, interval, values } = full.test;
    expect(mean).toBeCloseTo(values.reduce((a, b) => a + b) / 3, 12);
    expect(interval[0]).toBeLessThan(mean);
    // Luck in 90 examples alone: √(p(1 − p)/90) is at most 0.053, and the seeds add to it.
    expect(interval[1] - interval[0]).toBeGreaterThan(0);
    expect(full.itemErrors.reduce((a, b) => a + b) / 90).toBeCloseTo(mean, 12);
    expect(full.train.mean).toBeGreaterThanOrEqual(0);
    const [last] = seen.slice(-1);
    // (16 + 16 steps) × 3 seeds
    expect([last.phase, last.done, last.total]).toEqual(['end', 96, 96]);
    expect(viewOf(curve)!.answer).toMatch(/^The error rate /);
    expect(viewOf(JSON.parse(JSON.stringify(curve)))!.tables![0].rows).toHaveLength(2);
    const epochs = await learningCurve(linear, blobs(60), { ...options, sizes: [60], equal: 'epochs' });
    expect(epochs.points[0].test.values).toEqual(full.test.values);
  });

  it('goes on from an earlier result or file, and refuses one of other data', async () => {
    const file = join(folder, 'curve.json');
    const options = { repeats: 2, test: blobs(60, 3, 9), epochs: 4 };
    const whole = await learningCurve(linear, blobs(60), { ...options, sizes: [12, 30, 60] });
    await learningCurve(linear, blobs(60), { ...options, sizes: [12, 30], repeats: 1, file });
    const resumed = await learningCurve(linear, blobs(60), { ...options, sizes: [12, 30, 60], file });
    expect(scores(resumed)).toEqual(scores(whole));
    expect(JSON.parse(readFileSync(file, 'utf8')).stopped).toBe('completed');
    const again = await learningCurve(linear, blobs(60), { ...options, sizes: [12], resume: whole });
    expect(scores(again)).toEqual(scores(whole));
    await expect(learningCurve(linear, blobs(61), { ...options, file })).rejects.toThrow('"file" must be a curve of the same data'); // prettier-ignore
    await expect(learningCurve(linear, blobs(60), { ...options, epochs: 5, resume: whole })).rejects.toThrow('"resume" must be a curve of the same data'); // prettier-ignore
    writeFileSync(file, '{"kind":"size-curve"');
    await expect(learningCurve(linear, blobs(60), { ...options, file })).rejects.toThrow('"file" must name a learning curve in JSON'); // prettier-ignore
    writeFileSync(file, '{"kind":"run-log"}');
    await expect(learningCurve(linear, blobs(60), { ...options, file })).rejects.toThrow('must name a file that learningCurve has written'); // prettier-ignore
  });

  it('returns what it has when aborted, and can be taken up again', async () => {
    const file = join(folder, 'aborted.json');
    const controller = new AbortController();
    const options = { sizes: [10, 20, 40], repeats: 2, test: blobs(30, 3, 9), epochs: 4, workers: 1 };
    const part = await learningCurve(linear, blobs(40), {
      ...options,
      file,
      signal: controller.signal,
      onProgress: ({ done }) => done > 0 && existsSync(file) && controller.abort(),
    });
    expect(part.stopped).toBe('aborted');
    expect(part.points.length).toBeGreaterThanOrEqual(1);
    expect(part.points.length).toBeLessThan(3);
    const rest = await learningCurve(linear, blobs(40), { ...options, file });
    expect(rest.stopped).toBe('completed');
    expect(scores(rest)).toEqual(scores(await learningCurve(linear, blobs(40), options)));
    controller.abort();
    const none = await learningCurve(linear, blobs(40), { ...options, signal: controller.signal });
    expect([none.points, viewOf(none)!.answer]).toEqual([[], 'No training has ended yet.']);
  });

  it('leaves out runs that do not stay finite and says so', async () => {
    const curve = await learningCurve(linear, plane(40), {
      ...{ sizes: [10, 30], repeats: 1, epochs: 40, optimizer: 'sgd', learningRate: 1e20 },
    });
    expect(curve.points.map(({ n, failed }) => [n, failed])).toEqual([[0, 1], [0, 1]]); // prettier-ignore
    expect(curve.warnings.map(({ code }) => code)).toEqual(
      expect.arrayContaining(['runs-left-out', 'few-seeds']),
    );
    expect(curve.points[0].test.mean).toBeNaN();
  });

  it('takes several labels an example and raw columns', async () => {
    const stream = random(1);
    const features = Array.from({ length: 80 }, () => [stream.normal(), stream.normal()]);
    const labels = features.map(([a, b]) => [Number(a > 0), Number(b > 0), Number(a > b)]);
    const many = dataset({ name: 'signs', features, labels, classes: ['a', 'b', 'c'], task: 'multi-label' });
    const sigmoid: BuildModel = ({ tf, inputShape, units }) =>
      tf.sequential({ layers: [tf.layers.dense({ inputShape, units, activation: 'sigmoid' })] });
    const options = { repeats: 2, epochs: 30, learningRate: 0.03 };
    const curve = await learningCurve(sigmoid, many, { ...options, sizes: [6, 60] });
    expect([curve.metric, curve.unit]).toEqual(['hammingLoss', 'share']);
    expect(curve.points[1].test.mean).toBeLessThan(0.15);
    expect(curve.points[1].train.mean).toBeLessThan(0.15);
    const cars = await learningCurve(linear, datasets.cars(), { ...options, epochs: 2, sizes: [40, 200] });
    expect(cars.metric).toBe('meanSquaredError');
    expect(cars.points.every(({ n, test }) => n === 2 && test.mean > 0)).toBe(true);
  });

  it('takes other metrics, and names what it cannot use', async () => {
    const data = blobs(60);
    const options = { sizes: [20], repeats: 1, epochs: 1 };
    const brier = await learningCurve(linear, data, { ...options, metric: 'brier' });
    expect([brier.unit, brier.points[0].train.mean]).toEqual(['none', NaN]);
    expect(brier.warnings.map(({ code }) => code)).toContain('no-train-curve');
    const loss = await learningCurve(linear, data, { ...options, metric: 'logLoss' });
    expect(loss.points[0].train.mean).toBeGreaterThan(0);
    const wrong: [object, string][] = [
      [{ metric: 'accuracy' }, 'Use "errorRate"'],
      [{ size: 3 }, 'Did you mean "sizes"?'],
      [{ test: 1.5 }, '"test" must be a number strictly between 0 and 1'],
      [{ test: plane(10) }, '"test" must be of the same shape'],
      [{ repeats: 0 }, '"repeats" must be an integer ≥ 1'],
      [{ optimizer: 'adamm' }, 'Did you mean "adam"?'],
    ];
    for (const [odd, message] of wrong)
      await expect(learningCurve(linear, data, { ...options, ...odd })).rejects.toThrow(message);
    const model = { layers: [] } as unknown as BuildModel;
    await expect(learningCurve(model, data)).rejects.toThrow('"build" must be a function');
  });
});
