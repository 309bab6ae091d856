import type { LayersModel, Tensor } from '@tensorflow/tfjs';
import type { BuildModel } from '../../src/build/build-model';
import { evaluate } from '../../src/build/evaluate';
import { fit } from '../../src/build/fit';
import type { Estimate, RunLog } from '../../src/build/types';
import type { ProgressEvent } from '../../src/core/progress';
import { dataset } from '../../src/data/dataset';
import { datasets } from '../../src/data/datasets';
import { takeExamples } from '../../src/data/take-examples';
import type { Dataset } from '../../src/data/types';
import { useEngine } from '../../src/engine/use-engine';
import { deepFreeze } from '../data/freeze';
import { blobs, brokenInTraining, linear, plane, untimed, weightsOf, withDropout } from './helpers';

const QUIET = { live: false } as const;

/** Outputs N×U of a model by tfjs itself. */
async function outputsOf(model: LayersModel, data: Dataset): Promise<number[][]> {
  const { tf } = await useEngine();
  return tf.tidy(() => {
    const x = tf.tensor(data.features.values, [data.n, ...data.features.shape]);
    return (model.predict(x) as Tensor).arraySync() as number[][];
  });
}

/** Mean and standard error of a mean, by the textbook. */
function naiveEstimate(values: readonly number[]): Estimate {
  const n = values.length;
  const value = values.reduce((a, b) => a + b, 0) / n;
  const variance = values.reduce((sum, v) => sum + (v - value) ** 2, 0) / (n - 1);
  return { value, standardError: Math.sqrt(variance / n), n };
}

function expectClose(actual: Estimate, wanted: Estimate): void {
  expect(actual.n).toBe(wanted.n);
  expect(actual.value).toBeCloseTo(wanted.value, 5);
  expect(actual.standardError).toBeCloseTo(wanted.standardError, 5);
}

describe('fit repeats itself', () => {
  const options = { validation: blobs(30, 3, 2), epochs: 2, batchSize: 16, ...QUIET };

  it('gives the same log and weights for the same seed, dropout included, and others for another', async () => {
    const [a, b] = [
      await fit(withDropout, blobs(90), { ...options, seed: 7 }),
      await fit(withDropout, blobs(90), { ...options, seed: 7 }),
    ];
    const other = await fit(withDropout, blobs(90), { ...options, seed: 8 });
    expect(untimed(b.log)).toEqual(untimed(a.log));
    expect(weightsOf(b.model)).toEqual(weightsOf(a.model));
    expect(other.log.steps.loss).not.toEqual(a.log.steps.loss);
    expect(weightsOf(other.model)).not.toEqual(weightsOf(a.model));
    [a, b, other].forEach((run) => run.dispose());
  });

  it('leaves Math.random and frozen inputs as they were', async () => {
    const before = Math.random;
    const train = deepFreeze(blobs(30));
    const copy = Array.from(train.features.values);
    const run = await fit(linear, train, deepFreeze({ epochs: 2, validation: train, ...QUIET }));
    run.dispose();
    expect(Math.random).toBe(before);
    expect(Array.from(train.features.values)).toEqual(copy);
  });
});

describe('what fit measures', () => {
  it('takes scores with their standard errors in inference mode, as a naive recomputation does', async () => {
    const [train, validation] = [blobs(50), blobs(40, 3, 2)];
    const run = await fit(withDropout, train, { validation, epochs: 2, ...QUIET });
    const { train: onTrain, validation: onValidation } = run.log.epochs[1];
    for (const [scores, data] of [
      [onTrain, train],
      [onValidation!, validation],
    ] as const) {
      const outputs = await outputsOf(run.model, data);
      expectClose(scores.loss, naiveEstimate(outputs.map((p, i) => -Math.log(p[data.labels[i]]))));
      const right = outputs.map((p, i) => Number(p.indexOf(Math.max(...p)) === data.labels[i]));
      expectClose(scores.metrics.accuracy, naiveEstimate(right));
    }
    run.dispose();
  });

  it('starts at ln K with weights of zero', async () => {
    const zero: BuildModel = ({ tf, inputShape, units }) =>
      tf.sequential({
        layers: [tf.layers.dense({ inputShape, units, activation: 'softmax', kernelInitializer: 'zeros' })],
      });
    const run = await fit(zero, blobs(60), { epochs: 1, ...QUIET });
    expect(run.log.initial?.loss.value).toBeCloseTo(Math.log(3), 6);
    expect(run.log.initial?.loss.standardError).toBeCloseTo(0, 6);
    run.dispose();
  });

  it('reports running scores and sums of examples over the steps as they were, the partial batch included', async () => {
    const train = blobs(20);
    const batches: number[][] = [];
    const learningRate = 0.5;
    const options = {
      epochs: 3,
      batchSize: 8,
      shuffle: false,
      optimizer: 'sgd',
      learningRate,
      ...QUIET,
    } as const;
    const run = await fit(linear, train, options);
    // A second, naive training: softmax regression by plain gradient descent, from the same first weights.
    const first = await fit(linear, train, { ...options, learningRate: 0 });
    const w = weightsOf(first.model);
    const x = Array.from({ length: 20 }, (_, i) => [...train.features.values.slice(2 * i, 2 * i + 2), 1]);
    const losses: number[][] = [];
    const confidences: number[][] = [];
    for (let epoch = 0; epoch < 3; epoch++) {
      for (let start = 0; start < 20; start += 8) {
        const rows = Array.from({ length: Math.min(8, 20 - start) }, (_, i) => start + i);
        batches.push(rows);
        const gradient = w.map(() => 0);
        for (const row of rows) {
          const logits = [0, 1, 2].map((k) => x[row].reduce((sum, v, j) => sum + v * w[3 * j + k], 0));
          const total = logits.reduce((sum, z) => sum + Math.exp(z), 0);
          const p = logits.map((z) => Math.exp(z) / total);
          (losses[row] ??= []).push(-Math.log(p[train.labels[row]]));
          (confidences[row] ??= []).push(p[train.labels[row]]);
          p.forEach((q, k) => {
            const pull = (q - Number(k === train.labels[row])) / rows.length;
            x[row].forEach((v, j) => (gradient[3 * j + k] += pull * v));
          });
        }
        gradient.forEach((g, i) => (w[i] -= learningRate * g));
      }
    }
    expect(batches.map((rows) => rows.length)).toEqual([8, 8, 4, 8, 8, 4, 8, 8, 4]);
    expect(run.log.epochs.map(({ step }) => step)).toEqual([3, 6, 9]);
    weightsOf(run.model).forEach((value, i) => expect(value).toBeCloseTo(w[i], 5));
    expectClose(run.log.epochs[2].running.loss, naiveEstimate(losses.map((values) => values[2])));
    const meanOf = (rows: number[], epoch: number) =>
      rows.reduce((sum, row) => sum + losses[row][epoch], 0) / rows.length;
    run.log.steps.loss.forEach((loss, i) =>
      expect(loss).toBeCloseTo(meanOf(batches[i], Math.floor(i / 3)), 5),
    );
    const { examples } = run.log;
    expect(examples?.seen).toEqual(new Array(20).fill(3));
    expect(examples?.labels).toEqual(Array.from(train.labels));
    losses.forEach((values, row) => {
      expect(examples?.lossSum[row]).toBeCloseTo(
        values.reduce((a, b) => a + b),
        4,
      );
      const own = confidences[row];
      expect(examples?.confidenceSum[row]).toBeCloseTo(
        own.reduce((a, b) => a + b),
        4,
      );
      const mean = own.reduce((a, b) => a + b) / own.length;
      expect(examples?.confidenceSquares?.[row]).toBeCloseTo(
        own.reduce((sum, p) => sum + (p - mean) ** 2, 0),
        4,
      );
    });
    run.dispose();
    first.dispose();
  });

  it('measures how far a layer moves: plain descent on a known gradient', async () => {
    // y = w·x + b with w = 2, b = 1 on x = 1, y = 0: output 3, gradient 2·3 = 6 for both.
    // Rate 0.1: Δ = (−0.6, −0.6); ratio √0.72 / √5, gradient √72, weight √5.
    const data = dataset({ features: [[1]], labels: [0], task: 'regression' });
    const build: BuildModel = ({ tf, inputShape }) =>
      tf.sequential({
        layers: [
          tf.layers.dense({
            inputShape,
            units: 1,
            kernelInitializer: tf.initializers.constant({ value: 2 }),
            biasInitializer: tf.initializers.constant({ value: 1 }),
          }),
        ],
      });
    const run = await fit(build, data, { epochs: 1, optimizer: 'sgd', learningRate: 0.1, ...QUIET });
    const [layer] = run.log.layers;
    expect(layer.updateRatio[0]).toBeCloseTo(Math.sqrt(0.72 / 5), 5);
    expect(layer.gradientNorm[0]).toBeCloseTo(Math.sqrt(72), 4);
    expect(layer.weightNorm[0]).toBeCloseTo(Math.sqrt(5), 5);
    expect([layer.parameters, layer.trainable]).toEqual([2, true]);
    // (3 − 0)² before; 2.4·… after: w = 1.4, b = 0.4 → 1.8² = 3.24.
    expect(run.log.initial?.loss).toEqual({ value: 9, standardError: NaN, n: 1 });
    expect(run.log.epochs[0].train.loss.value).toBeCloseTo(3.24, 5);
    run.dispose();
  });

  it('tells what comes out of the layers, epoch by epoch', async () => {
    const build: BuildModel = ({ tf, inputShape, units }) =>
      tf.sequential({
        layers: [
          tf.layers.dense({ inputShape, units: 6, activation: 'relu', name: 'hidden' }),
          tf.layers.dense({ units, activation: 'softmax', name: 'out' }),
        ],
      });
    const run = await fit(build, datasets.iris(), { epochs: 3, seed: 2, ...QUIET });
    expect(run.log.engine.steps).toBe('plan');
    const [hidden, out] = run.log.activations;
    expect([hidden.name, out.name]).toEqual(['hidden', 'out']);
    for (const series of [hidden.mean, hidden.spread, hidden.zeros, hidden.saturated, hidden.dead]) {
      expect(series).toHaveLength(3);
    }
    // Three shares that sum to 1.
    out.mean.forEach((mean) => expect(mean).toBeCloseTo(1 / 3, 5));
    expect(hidden.zeros[0]).toBeGreaterThanOrEqual(hidden.dead[0]);
    run.dispose();
  });

  it('does not move a layer that is not trainable', async () => {
    const build: BuildModel = ({ tf, inputShape, units }) =>
      tf.sequential({
        layers: [
          tf.layers.dense({ inputShape, units: 4, trainable: false, name: 'fixed' }),
          tf.layers.dense({ units, activation: 'softmax' }),
        ],
      });
    const run = await fit(build, blobs(30), { epochs: 1, ...QUIET });
    expect(run.log.layers[0]).toMatchObject({ name: 'fixed', trainable: false, updateRatio: [NaN] });
    expect(run.log.layers[1].updateRatio[0]).toBeGreaterThan(0);
    run.dispose();
  });

  it('makes one step an epoch when the batch is larger than the data', async () => {
    const run = await fit(linear, blobs(10), { epochs: 4, batchSize: 64, ...QUIET });
    expect(run.log.config.stepsPerEpoch).toBe(1);
    expect(run.log.steps.loss).toHaveLength(4);
    expect(run.log.epochs[3].running.loss.n).toBe(10);
    run.dispose();
  });
});

describe('what fit trains', () => {
  it('a regression, up to its noise', async () => {
    const run = await fit(linear, plane(200), {
      epochs: 20,
      learningRate: 0.05,
      validation: plane(50, 2),
      ...QUIET,
    });
    const last = run.log.epochs[19].validation!;
    expect(run.log.config.loss).toBe('meanSquaredError');
    // The noise has a standard deviation of 0.1: mean square 0.01, mean size 0.1·√(2/π) = 0.08.
    expect(last.loss.value).toBeLessThan(0.016);
    expect(last.metrics.meanAbsoluteError.value).toBeCloseTo(0.08, 1);
    expect(run.log.examples?.confidenceSum[0]).toBe(0);
    const [w1, w2] = weightsOf(run.model);
    expect([w1, w2]).toEqual([expect.closeTo(2, 1), expect.closeTo(-1, 1)]);
    run.dispose();
  });

  it('two classes with one sigmoid unit', async () => {
    const build: BuildModel = ({ tf, inputShape }) =>
      tf.sequential({ layers: [tf.layers.dense({ inputShape, units: 1, activation: 'sigmoid' })] });
    const data = blobs(100, 2);
    const run = await fit(build, data, { epochs: 15, learningRate: 0.1, ...QUIET });
    const { train } = run.log.epochs[14];
    const outputs = (await outputsOf(run.model, data)).map(([p]) => p);
    expect(run.log.config.loss).toBe('binaryCrossentropy');
    expectClose(train.loss, naiveEstimate(outputs.map((p, i) => -Math.log(data.labels[i] ? p : 1 - p))));
    expect(train.metrics.accuracy.value).toBeGreaterThan(0.95);
    run.dispose();
  });

  it('images: convolutions, depthwise ones and pooling, on the engine that loads here', async () => {
    const build: BuildModel = ({ tf, inputShape, units }) =>
      tf.sequential({
        layers: [
          tf.layers.conv2d({ inputShape, filters: 4, kernelSize: 3, activation: 'relu' }),
          tf.layers.depthwiseConv2d({ kernelSize: 2 }),
          tf.layers.maxPooling2d({ poolSize: 2 }),
          tf.layers.flatten(),
          tf.layers.dense({ units, activation: 'softmax' }),
        ],
      });
    const part = takeExamples(
      datasets.digits(),
      Array.from({ length: 200 }, (_, i) => i),
    );
    const run = await fit(build, part, { epochs: 3, learningRate: 0.01, ...QUIET });
    expect(run.log.epochs[2].train.loss.value).toBeLessThan(0.8 * run.log.initial!.loss.value);
    expect(run.log.layers.map(({ updateRatio }) => updateRatio[0] > 0)).toEqual([true, true, true]);
    run.dispose();
  });

  it('a model that is given, on in place', async () => {
    const { tf } = await useEngine();
    const model = tf.sequential({
      layers: [tf.layers.dense({ inputShape: [2], units: 3, activation: 'softmax' })],
    });
    const before = weightsOf(model);
    const run = await fit(model, blobs(30), { epochs: 1, ...QUIET });
    expect(run.log.config.initialWeights).toBe('given');
    expect(run.model).toBe(model);
    run.dispose();
    expect(weightsOf(model)).not.toEqual(before);
    model.dispose();
  });
});

describe('fit that ends early', () => {
  it('keeps what was learnt when aborted in an epoch', async () => {
    const controller = new AbortController();
    const events: ProgressEvent[] = [];
    const first = await fit(linear, blobs(60), { epochs: 1, learningRate: 0, ...QUIET });
    const run = await fit(linear, blobs(60), {
      epochs: 50,
      signal: controller.signal,
      onProgress: (event) => {
        events.push(event);
        if (event.done === 2) controller.abort();
      },
      ...QUIET,
    });
    expect(run.log.stopped).toBe('aborted');
    expect(run.log.epochs).toHaveLength(2);
    expect(run.log.steps.loss).toHaveLength(4);
    expect(weightsOf(run.model)).not.toEqual(weightsOf(first.model));
    expect(events.map(({ phase }) => phase)).toEqual(['start', 'update', 'update', 'end']);
    run.dispose();
    first.dispose();
  });

  it('trains nothing when aborted before', async () => {
    const run = await fit(linear, blobs(30), { signal: AbortSignal.abort(), ...QUIET });
    expect([run.log.stopped, run.log.epochs.length, run.log.steps.loss.length]).toEqual(['aborted', 0, 0]);
    expect(run.log.examples?.seen).toEqual(new Array(30).fill(0));
    run.dispose();
  });

  it('stops at a loss that is not a number, and says where', async () => {
    const run = await fit(linear, plane(40), {
      optimizer: 'sgd',
      learningRate: 1e30,
      epochs: 5,
      batchSize: 20,
      ...QUIET,
    });
    const { nonFinite, stopped, epochs, steps } = run.log;
    expect(stopped).toBe('non-finite');
    // Step 1 throws the weights far out; the square of what step 2 gives is beyond 32-bit floats.
    expect(nonFinite).toEqual({ what: 'loss', step: 2, epoch: 1 });
    expect(epochs).toHaveLength(1);
    expect(Number.isFinite(steps.loss[0])).toBe(true);
    expect(Number.isFinite(steps.loss[1])).toBe(false);
    run.dispose();
  });

  it('stops at weights that are not numbers after a loss that is', async () => {
    // The rate is beyond 32-bit floats: the only step of the epoch makes all weights infinite or NaN.
    const run = await fit(linear, plane(10), { optimizer: 'sgd', learningRate: 1e39, epochs: 5, ...QUIET });
    expect(run.log.nonFinite).toEqual({ what: 'weight', step: 1, epoch: 1 });
    expect([run.log.stopped, run.log.epochs.length]).toEqual(['non-finite', 1]);
    expect(Number.isFinite(run.log.steps.loss[0])).toBe(true);
    run.dispose();
  });

  it('is not failed by a listener that throws', async () => {
    const onProgress = (): never => {
      throw new Error('a plot that fails');
    };
    const run = await fit(linear, blobs(30), { epochs: 2, onProgress, ...QUIET });
    expect(run.log.stopped).toBe('completed');
    run.dispose();
  });

  it('ends its progress when a layer throws', async () => {
    const phases: string[] = [];
    const build = await brokenInTraining();
    const training = fit(build, blobs(10), { onProgress: (e) => phases.push(e.phase), ...QUIET });
    await expect(training).rejects.toThrow('this layer is broken');
    expect(phases).toEqual(['start', 'end']);
  });
});

describe('what fit refuses', () => {
  const train = blobs(30);
  const labelled = (labels: ArrayLike<number>): Dataset => ({ ...train, labels: Int32Array.from(labels) });
  const withValues = (change: (values: Float32Array) => void): Dataset => {
    const values = train.features.values.slice();
    change(values);
    return { ...train, features: { ...train.features, values } };
  };
  const REFUSED: readonly (readonly [string, unknown, unknown, object, object, RegExp])[] = [
    ['a misspelt option', linear, train, { epoch: 3 }, { code: 'unknown-option' }, /Did you mean "epochs"\?/],
    [
      'no epochs',
      linear,
      train,
      { epochs: 0 },
      { code: 'out-of-range', param: 'epochs' },
      /integer ≥ 1; got 0/,
    ],
    ['half a batch', linear, train, { batchSize: 1.5 }, { code: 'out-of-range', param: 'batchSize' }, /1.5/],
    [
      'a negative rate',
      linear,
      train,
      { learningRate: -1 },
      { code: 'out-of-range', param: 'learningRate' },
      /≥ 0/,
    ],
    [
      'an unknown optimizer',
      linear,
      train,
      { optimizer: 'adma' },
      { code: 'unknown-name' },
      /Did you mean "adam"\?/,
    ],
    [
      'an optimizer that is none',
      linear,
      train,
      { optimizer: () => ({}) },
      { code: 'invalid-type', param: 'optimizer' },
      /return a tfjs optimizer/,
    ],
    [
      'an unknown loss',
      linear,
      train,
      { loss: 'meanSquareError' },
      { code: 'unknown-name', param: 'loss' },
      /Did you mean "meanSquaredError"\?/,
    ],
    [
      'a goal without value',
      linear,
      train,
      { goals: { human: {} } },
      { code: 'unknown-option' },
      /humanLevel/,
    ],
    [
      'a goal that is no number',
      linear,
      train,
      { goals: { baseline: { metric: 'loss', value: NaN, source: 'a guess' } } },
      { code: 'out-of-range', param: 'value' },
      /NaN/,
    ],
    [
      'an empty data set',
      linear,
      { ...train, n: 0 },
      {},
      { code: 'empty', param: 'train' },
      /at least one example/,
    ],
    ['no data set', linear, [[1, 2]], {}, { code: 'invalid-type', param: 'train' }, /object/],
    ['another record', linear, { n: 3 }, {}, { code: 'invalid-type' }, /Make one with dataset\(\)/],
    [
      'labels outside the classes',
      linear,
      labelled(Array.from({ length: 30 }, (_, i) => (i === 4 ? 3 : 0))),
      {},
      { code: 'out-of-range', param: 'train.labels' },
      /class codes from 0 to 2; that of example 5 is not; got 3/,
    ],
    [
      'NaN among the features',
      linear,
      withValues((values) => values.set([NaN], 3)),
      {},
      { code: 'non-finite' },
      /column 2 has 1/,
    ],
    [
      'validation of another shape',
      linear,
      train,
      { validation: plane(10) },
      { code: 'length-mismatch', param: 'validation' },
      /\(shape \[2\], classification, 3 classes\); it has shape \[2\], regression, 0 classes/,
    ],
    [
      'validation with its classes in another order',
      linear,
      train,
      { validation: { ...blobs(9), classes: ['a', 'c', 'b'] } },
      { code: 'length-mismatch', param: 'validation' },
      /class 1 is "b" there and "c" here/,
    ],
    ['no model', undefined, train, {}, { code: 'invalid-type', param: 'build' }, /got undefined/],
    [
      'a build function without a model',
      () => 3,
      train,
      {},
      { code: 'invalid-type', param: 'build' },
      /got 3/,
    ],
    [
      'an async build function',
      async (context: never) => linear(context),
      train,
      {},
      { code: 'invalid-type', param: 'build' },
      /not a promise/,
    ],
    [
      'wrong output units',
      (c: Parameters<BuildModel>[0]) => linear({ ...c, units: 5 }),
      train,
      {},
      { code: 'length-mismatch', param: 'model' },
      /3 units, one a class; it ends in 5/,
    ],
    [
      'a wrong input shape',
      (c: Parameters<BuildModel>[0]) => linear({ ...c, inputShape: [4] }),
      train,
      {},
      { code: 'length-mismatch', param: 'model' },
      /shape \[2\] as in "blobs 30"; it takes \[4\]/,
    ],
  ];

  it.each(REFUSED)('%s', async (_name, build, data, options, parts, words) => {
    const phases: string[] = [];
    const onProgress = (event: ProgressEvent): void => void phases.push(event.phase);
    const error = await fit(build as BuildModel, data as Dataset, { ...options, onProgress, ...QUIET }).catch(
      (e) => e,
    );
    expect(error).toMatchObject({ name: 'InputError', fn: 'fit', ...parts });
    expect(error.message).toMatch(words);
    expect(phases).toEqual([]);
  });

  it('a model with two outputs', async () => {
    const { tf } = await useEngine();
    const input = tf.input({ shape: [2] });
    const outputs = [1, 2].map((units) => tf.layers.dense({ units }).apply(input) as never);
    const model = tf.model({ inputs: input, outputs });
    await expect(fit(model, blobs(9))).rejects.toMatchObject({ code: 'unsupported', param: 'model' });
    model.dispose();
  });
});

describe('evaluate', () => {
  let log: RunLog;

  it('says what model.predict says, and scores it', async () => {
    const [train, validation] = [blobs(60), blobs(30, 3, 2)];
    const run = await fit(linear, train, { validation, epochs: 3, learningRate: 0.1, ...QUIET });
    log = run.log;
    const predictions = await evaluate(run, validation, { name: 'held out' });
    const outputs = await outputsOf(run.model, validation);
    expect(predictions.name).toBe('held out');
    expect(predictions.ids).toEqual(validation.ids);
    expect(Array.from(predictions.label)).toEqual(Array.from(validation.labels));
    expect(Array.from(predictions.predicted)).toEqual(outputs.map((p) => p.indexOf(Math.max(...p))));
    outputs.flat().forEach((p, i) => expect(predictions.probabilities?.[i]).toBeCloseTo(p, 6));
    const accuracy = predictions.metrics.find(({ metric }) => metric === 'accuracy');
    expect(accuracy?.value).toBeCloseTo(log.epochs[2].validation!.metrics.accuracy.value, 6);
    run.dispose();
  });

  it('refuses what it cannot use', async () => {
    const { tf } = await useEngine();
    const model = tf.sequential({ layers: [tf.layers.dense({ inputShape: [2], units: 5 })] });
    await expect(evaluate({} as never, blobs(9))).rejects.toMatchObject({
      code: 'invalid-type',
      param: 'model',
    });
    await expect(evaluate(model, { ...blobs(9), n: 0 })).rejects.toMatchObject({
      code: 'empty',
      param: 'dataset',
    });
    await expect(evaluate(model, undefined as never)).rejects.toMatchObject({ code: 'empty' });
    await expect(evaluate(model, blobs(9))).rejects.toMatchObject({
      code: 'length-mismatch',
      fn: 'evaluate',
    });
    await expect(evaluate(model, blobs(9), { nam: 'x' } as never)).rejects.toThrow(/Did you mean "name"\?/);
    model.dispose();
  });
});
