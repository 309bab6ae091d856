import type { LayersModel } from '@tensorflow/tfjs';
import type { BuildModel } from '../../src/build/build-model';
import { evaluate } from '../../src/build/evaluate';
import { fit } from '../../src/build/fit';
import { OPTIMIZER_NAMES } from '../../src/build/optimizer-of';
import { recorder } from '../../src/build/recorder';
import { trainSteps } from '../../src/build/train-steps';
import { overfitOneBatch } from '../../src/confirm/overfit-one-batch';
import { useEngine } from '../../src/engine/use-engine';
import { diagnose } from '../../src/suspect/diagnose';
import { blobs, brokenInTraining, linear, tensors, withDropout } from './helpers';

const QUIET = { live: false } as const;
const failing = (): never => {
  throw new Error('a listener that fails');
};

/** Tensors that a piece of work leaves behind, whether it succeeds or throws. */
async function leftBy(work: () => Promise<unknown>): Promise<number> {
  const before = await tensors();
  await work().catch(() => undefined);
  return (await tensors()) - before;
}

describe('tensors in memory', () => {
  it('a control that leaks is seen to leak', async () => {
    const { tf } = await useEngine();
    const kept: { dispose(): void }[] = [];
    expect(
      await leftBy(async () => {
        kept.push(tf.tensor1d([1]), tf.tensor1d([2]));
        throw new Error('and throws');
      }),
    ).toBe(2);
    kept.forEach((tensor) => tensor.dispose());
  });

  it('fit leaves the weights of its model, and nothing once the run is disposed', async () => {
    const before = await tensors();
    const run = await fit(withDropout, blobs(40), { validation: blobs(10), epochs: 2, ...QUIET });
    // Two dense layers: kernel and bias each.
    expect((await tensors()) - before).toBe(4);
    run.dispose();
    run.dispose();
    expect(await tensors()).toBe(before);
  });

  it.each(OPTIMIZER_NAMES)('fit with %s leaves nothing', async (optimizer) => {
    expect(
      await leftBy(async () => (await fit(linear, blobs(20), { epochs: 1, optimizer, ...QUIET })).dispose()),
    ).toBe(0);
  });

  it('fit leaves nothing but its weights when aborted, and when a listener throws', async () => {
    for (const options of [{ signal: AbortSignal.abort() }, { onProgress: failing }]) {
      const left = await leftBy(async () => {
        const run = await fit(linear, blobs(40), { ...options, epochs: 3, ...QUIET });
        expect(await tensors()).toBeGreaterThan(0);
        run.dispose();
      });
      expect(left).toBe(0);
    }
  });

  const throwing: BuildModel = (context) => {
    linear(context);
    throw new Error('after the weights were made');
  };
  const wrong: BuildModel = (context) => linear({ ...context, units: 7 });
  const late = (async (context: Parameters<BuildModel>[0]) => {
    await Promise.resolve();
    return linear(context);
  }) as unknown as BuildModel;
  const atOnce = (async (context: Parameters<BuildModel>[0]) => linear(context)) as unknown as BuildModel;

  it.each([
    ['throws', throwing],
    ['gives a model that does not fit', wrong],
    ['promises a model made at once', atOnce],
    ['promises a model', late],
  ])('fit leaves nothing when the build function %s', async (_words, build) => {
    let thrown: unknown;
    const left = await leftBy(async () => {
      await fit(build, blobs(20), QUIET).catch((error) => (thrown = error));
      await new Promise((resolve) => setImmediate(resolve));
    });
    expect(thrown).toBeInstanceOf(Error);
    expect(left).toBe(0);
  });

  it('fit and trainSteps leave nothing when a layer throws in training or an option is refused late', async () => {
    const build = await brokenInTraining();
    const data = blobs(20);
    const steps = { build, data, batch: [0, 1], steps: 3, seed: 0 };
    for (const work of [
      () => fit(build, data, QUIET),
      () => fit(linear, data, { loss: 'mse' as never, ...QUIET }),
      () => fit(linear, data, { optimizer: () => ({}) as never, ...QUIET }),
      () => trainSteps(steps),
      () => trainSteps({ ...steps, build: linear, loss: 'mse' }),
    ]) {
      let thrown: unknown;
      expect(await leftBy(() => work().catch((error) => (thrown = error)))).toBe(0);
      expect(thrown).toBeInstanceOf(Error);
    }
  });

  it('evaluate leaves nothing, on success and on a throw', async () => {
    const run = await fit(linear, blobs(20), { epochs: 1, ...QUIET });
    expect(await leftBy(() => evaluate(run, blobs(700)))).toBe(0);
    expect(await leftBy(() => evaluate(run, blobs(20, 4)))).toBe(0);
    run.dispose();
  });

  it('experiments leave nothing: one batch, confirming, aborted and failing ones', async () => {
    const data = blobs(40);
    const run = await fit(withDropout, data, {
      epochs: 30,
      learningRate: 0,
      validation: blobs(20, 3, 2),
      ...QUIET,
    });
    const [finding] = diagnose(run).findings;
    expect(finding.code).toBe('no-better-than-guessing');
    expect(await leftBy(() => overfitOneBatch(run, undefined, { steps: 10 }))).toBe(0);
    expect(await leftBy(() => overfitOneBatch(throwing, data, { steps: 10 }))).toBe(0);
    expect(await leftBy(() => finding.confirm())).toBe(0);
    expect(await leftBy(() => finding.confirm({ signal: AbortSignal.abort() }))).toBe(0);
    run.dispose();
  });

  it('a training on copies of its validation data is confirmed without a leak', async () => {
    const data = blobs(60);
    const run = await fit(linear, data, { epochs: 3, validation: data, ...QUIET });
    const [finding] = diagnose(run, { checks: ['split'] }).findings;
    expect(finding.code).toBe('validation-in-train');
    expect(await leftBy(() => finding.confirm())).toBe(0);
    run.dispose();
  });
});

describe('tensors under a recorder', () => {
  /** Leftovers of a tfjs training of 20 examples with the callbacks that are made for it. */
  async function leftByTraining(callbacks: (model: LayersModel) => object[], epochs = 3): Promise<number> {
    const { tf } = await useEngine();
    const data = blobs(20);
    const model = tf.sequential({
      layers: [tf.layers.dense({ inputShape: [2], units: 3, activation: 'softmax' })],
    });
    model.compile({ optimizer: tf.train.sgd(0.1), loss: 'categoricalCrossentropy', metrics: ['accuracy'] });
    const [x, y] = [
      tf.tensor2d(data.features.values, [20, 2]),
      tf.tidy(() => tf.oneHot(tf.tensor1d(Array.from(data.labels), 'int32'), 3).toFloat()),
    ];
    const fitOptions = { epochs, batchSize: 10, validationData: [x, y] as [typeof x, typeof y], verbose: 0 };
    const left = await leftBy(() => model.fit(x, y, { ...fitOptions, callbacks: callbacks(model) as never }));
    tf.dispose([x, y]);
    model.optimizer.dispose();
    model.dispose();
    return left;
  }

  it('none are left, with data sets and without', async () => {
    expect(await leftByTraining(() => [recorder(QUIET)])).toBe(0);
    expect(await leftByTraining(() => [recorder({ train: blobs(20), validation: blobs(9), ...QUIET })])).toBe(
      0,
    );
    expect(await leftByTraining(() => [recorder({ onProgress: failing, ...QUIET })])).toBe(0);
    expect(
      await leftByTraining((model) => [{ onEpochEnd: () => undefined }, recorder({ model, ...QUIET })]),
    ).toBe(0);
  });

  it('none are left when another callback stops the training', async () => {
    const stop = (model: LayersModel) => ({ onBatchEnd: () => void (model.stopTraining = true) });
    expect(await leftByTraining((model) => [stop(model), recorder({ model, ...QUIET })])).toBe(0);
  });

  it('an error in a training leaves what tfjs itself leaves, no more', async () => {
    const fails = { onBatchEnd: failing };
    const plain = await leftByTraining(() => [fails]);
    const options = { train: blobs(20), validation: blobs(9), ...QUIET };
    expect(await leftByTraining((model) => [recorder({ model, ...options }), fails].reverse())).toBe(plain);
  });

  it('a recorder that refuses leaves nothing', async () => {
    expect(await leftByTraining(() => [recorder({ train: blobs(9, 4), ...QUIET })])).toBe(0);
  });
});
