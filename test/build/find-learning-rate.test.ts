import type { LayersModel } from '@tensorflow/tfjs';
import type { BuildModel } from '../../src/build/build-model';
import { findLearningRate } from '../../src/build/find-learning-rate';
import { fit } from '../../src/build/fit';
import { judgeRange, smoothed, type RangeCurve } from '../../src/build/judge-range';
import { learningRate } from '../../src/figures/learning-rate';
import { viewOf } from '../../src/notebook/display/view-of';
import { datasets } from '../../src/data/datasets';
import { dataset } from '../../src/data/dataset';
import { standardize } from '../../src/data/standardize';
import { useEngine } from '../../src/engine/use-engine';
import { blobs, brokenInTraining, linear, plane, tensors, weightsOf, withDropout } from './helpers';

const QUICK = { steps: 60, repeats: 2 } as const;

describe('smoothed', () => {
  it('is a weighted mean of what came before', () => {
    // β 0.5: (0.25·8 + 0.5·4 + 2) / 1.75 = 6 / 1.75.
    expect(smoothed([8, 4, 2], 0.5)).toEqual([8, 16 / 3, 6 / 1.75]);
    expect(smoothed([3, 1], 0)).toEqual([3, 1]);
  });
});

describe('judgeRange', () => {
  const rates = Array.from({ length: 81 }, (_, i) => 10 ** (-7 + i / 10));
  /** A loss by the exponent of the rate, the same for each batch. */
  const curveOf = (loss: (exponent: number) => number, rest: Partial<RangeCurve> = {}): RangeCurve => {
    const losses = rates.map((rate) => loss(Math.log10(rate)));
    const before = losses.map(() => losses[0]);
    return { rates, losses, before, smooth: losses, ended: false, guess: NaN, ...rest };
  };

  it('reads the rates off a curve of straight lines', () => {
    // 2 up to 1e-4, then down to 1 at 1e-1, then up: a tenth of the way down at 10^−3.7.
    const curve = curveOf((x) => (x < -4 ? 2 : x < -1 ? 2 - (x + 4) / 3 : 1 + (x + 1)));
    const { suggestions, reason } = judgeRange(curve);
    expect(reason).toBeNull();
    expect(Math.log10(suggestions!.valley)).toBeCloseTo(-3.7 + (2 / 3) * 2.7, 1);
    expect(Math.log10(suggestions!['minimum/10'])).toBeCloseTo(-2, 9);
    expect(suggestions!.steepest).toBeGreaterThan(1e-4);
    expect(suggestions!.steepest).toBeLessThan(1e-1);
  });

  it('finds where a curve is steepest', () => {
    const curve = curveOf((x) => 1 / (1 + Math.exp(4 * (x + 2))) + (x > 0 ? 5 * x : 0));
    expect(Math.log10(judgeRange(curve).suggestions!.steepest)).toBeCloseTo(-2, 0);
  });

  it('says nothing where the curve says nothing', () => {
    const noise = (x: number): number => 2 + 0.3 * Math.sin(1000 * x);
    const flat = curveOf(noise);
    // Batches differ, but not from themselves.
    expect(judgeRange({ ...flat, before: flat.losses }).reason).toBe('never-falls');
    expect(judgeRange({ ...flat, before: flat.losses, guess: 20 }).reason).toBe('already-learnt');
    expect(judgeRange(curveOf((x) => (x < 0 ? 2 : 2 - x))).reason).toBe('falls-only-at-the-end');
    expect(judgeRange(curveOf((x) => 2 - 0.001 * (x + 7))).reason).toBe('never-falls');
    const soon = { losses: [2, 3, 9], before: [2, 2, 2], smooth: [2, 2.5, 5], ended: true };
    expect(judgeRange({ rates, ...soon, guess: 2 }).reason).toBe('diverges-at-once');
    expect(judgeRange({ rates, ...soon, losses: [], smooth: [], guess: 2 }).reason).toBe(
      'non-finite-at-start',
    );
  });

  it('takes a fall that ends flat within the range', () => {
    expect(judgeRange(curveOf((x) => (x < -4 ? 2 : Math.max(0.1, 2 - (x + 4))))).reason).toBeNull();
  });
});

describe('findLearningRate', () => {
  it('suggests a rate that a training does well with, for classes and for values', async () => {
    for (const data of [blobs(150), plane(150)]) {
      const { suggestion, suggestions, reason, curves } = await findLearningRate(linear, data, QUICK);
      expect(reason).toBeNull();
      expect(curves.map(({ seed }) => seed)).toEqual([0, 1]);
      const [low, high] = suggestions!.valley.range;
      expect(low <= suggestion! && suggestion! <= high).toBe(true);
      const lossAt = async (factor: number): Promise<number> => {
        const run = await fit(linear, data, { epochs: 6, learningRate: factor * suggestion!, live: false });
        run.dispose();
        return run.log.epochs[5].train.loss.value;
      };
      expect(await lossAt(1)).toBeLessThan(await lossAt(1 / 30));
    }
  });

  it('gives the same for the same seed, and other curves for another', async () => {
    const find = (seed: number) => findLearningRate(withDropout, blobs(90), { ...QUICK, repeats: 1, seed });
    const [a, b, c] = [await find(3), await find(3), await find(4)];
    expect(a.curves).toEqual(b.curves);
    expect(a.curves[0].losses).not.toEqual(c.curves[0].losses);
  });

  it('says that saturated inputs learn at no rate', async () => {
    const wine = datasets.wine();
    const raw = await findLearningRate(linear, wine, { repeats: 1 });
    expect(raw).toMatchObject({ suggestion: null, suggestions: null, reason: { code: 'never-falls' } });
    expect(viewOf(raw)?.answer).toContain('at no learning rate');
    const scaled = await findLearningRate(linear, standardize(wine)[0], { repeats: 1 });
    expect(scaled.suggestion).toBeGreaterThan(0.01);
  });

  it('says that a trained model has nothing to learn, and leaves its weights as they are', async () => {
    const data = blobs(60, 2);
    const run = await fit(linear, data, { epochs: 60, learningRate: 0.3, live: false });
    const before = weightsOf(run.model);
    const found = await findLearningRate(run.model, data, { ...QUICK, maximum: 1e-3, minimum: 1e-8 });
    expect(found.reason?.code).toBe('already-learnt');
    expect(weightsOf(run.model)).toEqual(before);
    run.dispose();
  });

  describe.each(['plan', 'off'])('weights and tensors (plan: %s)', (plan) => {
    let model: LayersModel;
    beforeAll(async () => {
      if (plan === 'off') process.env.HUNCH_PLAN = 'off';
      const { tf } = await useEngine();
      model = tf.sequential({
        layers: [
          tf.layers.dense({ inputShape: [2], units: 4 }),
          tf.layers.batchNormalization(),
          tf.layers.dense({ units: 3, activation: 'softmax' }),
        ],
      });
    });
    afterAll(() => {
      delete process.env.HUNCH_PLAN;
      model.dispose();
    });

    it('are as before: after success, when stopped, after an error', async () => {
      const data = blobs(60);
      await findLearningRate(model, data, { steps: 20, repeats: 1 });
      const [before, held] = [weightsOf(model), await tensors()];
      const found = await findLearningRate(model, data, { steps: 20, repeats: 1, optimizer: 'momentum' });
      expect(found.steps).toBe(plan === 'off' ? 'autograd' : 'plan');
      expect(weightsOf(model)).toEqual(before);
      const aborter = new AbortController();
      const onProgress = ({ done }: { done: number }): void => {
        if (done === 30) aborter.abort();
      };
      const half = await findLearningRate(model, data, {
        ...QUICK,
        steps: 20,
        signal: aborter.signal,
        onProgress,
      });
      expect(half.reason?.code).toBe('stopped');
      expect(half.curves).toMatchObject([{ stopped: 'aborted', suggestions: null }]);
      expect(half.curves[0].losses.length).toBeLessThan(20);
      const failing = findLearningRate(model, data, { optimizer: (() => ({})) as never });
      await expect(failing).rejects.toMatchObject({ code: 'invalid-type' });
      expect(weightsOf(model)).toEqual(before);
      expect(await tensors()).toBe(held);
    });
  });

  it('frees a model that breaks in training', async () => {
    const broken = await brokenInTraining();
    await findLearningRate(linear, plane(20), { steps: 20, repeats: 1 });
    const held = await tensors();
    await expect(findLearningRate(broken, plane(20), QUICK)).rejects.toThrow('this layer is broken');
    expect(await tensors()).toBe(held);
  });

  it('says that a loss which is no number cannot be searched', async () => {
    const infinite: BuildModel = ({ tf, inputShape, units }) =>
      tf.sequential({
        layers: [
          tf.layers.dense({
            inputShape,
            units,
            kernelInitializer: tf.initializers.constant({ value: 1e38 }),
          }),
        ],
      });
    const found = await findLearningRate(
      infinite,
      dataset({ features: [[1e3], [2e3]], labels: [1, 2] }),
      QUICK,
    );
    expect(found.reason?.code).toBe('non-finite-at-start');
    expect(viewOf(found)?.figure).toBeUndefined();
  });

  it('takes several labels an example', async () => {
    const { features, n } = blobs(80);
    const labels = Array.from({ length: n }, (_, i) =>
      [features.values[2 * i] > 0 ? 'right' : '', 'any'].filter(Boolean),
    );
    const data = dataset({
      features: Array.from({ length: n }, (_, i) => [...features.values.slice(2 * i, 2 * i + 2)]),
      labels,
    });
    const build: BuildModel = ({ tf, inputShape, units }) =>
      tf.sequential({ layers: [tf.layers.dense({ inputShape, units, activation: 'sigmoid' })] });
    const found = await findLearningRate(build, data, QUICK);
    expect(found.loss).toBe('binaryCrossentropy');
    expect(found.suggestion).toBeGreaterThan(1e-3);
  });

  it('takes raw columns and an optimizer of tfjs', async () => {
    const cars = datasets.cars();
    const found = await findLearningRate(linear, cars, {
      ...QUICK,
      repeats: 1,
      optimizer: ({ tf, learningRate: rate }) => tf.train.adamax(rate),
    });
    expect(found.optimizer).toBe('Adamax');
    expect(found.curves[0].losses.length).toBeGreaterThan(10);
  });

  it('refuses what it cannot use', async () => {
    const data = blobs(9);
    await expect(findLearningRate(linear, data, { maximum: 1e-7 })).rejects.toThrow(
      'at least ten times "minimum"',
    );
    await expect(findLearningRate(linear, data, { step: 3 } as never)).rejects.toThrow(
      'Did you mean "steps"?',
    );
    await expect(findLearningRate(linear, data, { method: 'walley' as never })).rejects.toThrow(
      'Did you mean "valley"?',
    );
    await expect(findLearningRate(null as never, data)).rejects.toMatchObject({ code: 'invalid-type' });
    const optimizer = () => ({ applyGradients() {}, getClassName: () => 'Own', dispose() {} }) as never;
    await expect(findLearningRate(linear, data, { optimizer })).rejects.toThrow('number "learningRate"');
  });
});

describe('the figure of a search', () => {
  it('marks the suggestion, shades the range, leaves out what explodes', async () => {
    const found = await findLearningRate(linear, blobs(150), QUICK);
    const figure = learningRate(found);
    expect(figure.title).toMatch(/^Try a learning rate of [\d.]+; the repeats say [\d.]+ to [\d.]+$/);
    const { shapes, yaxis } = figure.layout as {
      shapes: { type: string; x0: number }[];
      yaxis: { range: number[] };
    };
    expect(shapes.map(({ type }) => type)).toEqual(['rect', 'line']);
    expect(shapes[1].x0).toBe(found.suggestion);
    expect(yaxis.range[1]).toBeLessThan(3 * found.curves[0].smoothed[0]);
    expect(figure.data).toHaveLength(4);
    expect(viewOf(found)?.tables?.[0].rows).toHaveLength(3);
    expect(() => learningRate({} as never)).toThrow('be a result of kind "learning-rate-search"');
  });
});
