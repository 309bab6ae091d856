import type { LayersModel, Sequential, Tensor } from '@tensorflow/tfjs';
import { fit } from '../../src/build/fit';
import { recorder, type Recorder } from '../../src/build/recorder';
import type { RecorderOptions } from '../../src/build/recorder-options';
import { metricId } from '../../src/build/tfjs-names';
import { setHost } from '../../src/core/host';
import type { ProgressEvent } from '../../src/core/progress';
import type { Dataset } from '../../src/data/types';
import type { TensorFlow } from '../../src/engine/tf';
import { useEngine } from '../../src/engine/use-engine';
import { learningCurve } from '../../src/figures/learning-curve';
import { installLiveView } from '../../src/notebook/live/live-view';
import { diagnose } from '../../src/suspect/diagnose';
import { blobs, plane, weightsOf } from './helpers';

const QUIET = { live: false } as const;

let tf: TensorFlow;
const held: { dispose(): void }[] = [];
beforeAll(async () => {
  ({ tf } = await useEngine());
});
afterEach(() => {
  setHost(undefined);
  held.splice(0).forEach((thing) => thing.dispose());
});

const hold = <T extends { dispose(): void }>(thing: T): T => {
  held.push(thing);
  return thing;
};

/** Inputs and one-hot targets of a data set. */
function tensorsOf(data: Dataset): [Tensor, Tensor] {
  const x = hold(tf.tensor2d(data.features.values, [data.n, 2]));
  const y = tf.tidy(() =>
    data.task === 'regression'
      ? tf.tensor2d(Array.from(data.labels), [data.n, 1])
      : tf.oneHot(tf.tensor1d(Array.from(data.labels), 'int32'), data.classes.length).toFloat(),
  );
  return [x, hold(y)];
}

/** A compiled model with fixed first weights. */
function softmaxModel(
  optimizer: Parameters<LayersModel['compile']>[0]['optimizer'] = tf.train.sgd(0.1),
): Sequential {
  const seeded = tf.initializers.glorotUniform({ seed: 5 });
  const model = hold(
    tf.sequential({
      name: 'softmax',
      layers: [
        tf.layers.dense({
          inputShape: [2],
          units: 3,
          activation: 'softmax',
          name: 'out',
          kernelInitializer: seeded,
        }),
      ],
    }),
  );
  model.compile({ optimizer, loss: 'categoricalCrossentropy', metrics: ['accuracy'] });
  return model;
}

interface Training {
  readonly rec: Recorder;
  readonly model: LayersModel;
  readonly history: Readonly<Record<string, number[]>>;
}

async function train(
  options: RecorderOptions = {},
  fitOptions: object = {},
  model: LayersModel = softmaxModel(),
): Promise<Training> {
  const rec = recorder({ ...QUIET, ...options });
  const [x, y] = tensorsOf(blobs(20));
  const done = await model.fit(x, y, { epochs: 3, batchSize: 8, callbacks: rec, verbose: 0, ...fitOptions });
  return { rec, model, history: done.history as Record<string, number[]> };
}

describe('recorder', () => {
  it('records what tfjs says: each step, each epoch, the validation, the configuration', async () => {
    const validationData = tensorsOf(blobs(9, 3, 2));
    const losses: number[] = [];
    const rec = recorder(QUIET);
    const [x, y] = tensorsOf(blobs(20));
    const model = softmaxModel();
    const watch = new (class extends tf.Callback {
      override async onBatchEnd(_batch: number, logs?: object): Promise<void> {
        losses.push(((logs as { loss: Tensor }).loss.dataSync() as Float32Array)[0]);
      }
    })();
    const { history } = await model.fit(x, y, {
      epochs: 3,
      batchSize: 8,
      validationData: validationData as never,
      callbacks: [watch, rec],
      verbose: 0,
    });
    const { log } = rec;
    expect(log.steps).toEqual({ stride: 1, loss: losses, learningRate: new Array(9).fill(0.1) });
    expect(log.epochs.map(({ epoch, step }) => [epoch, step])).toEqual([
      [1, 3],
      [2, 6],
      [3, 9],
    ]);
    log.epochs.forEach(({ running, train: onTrain, validation }, i) => {
      expect(running.loss.value).toBeCloseTo(history.loss[i] as number, 5);
      expect(running.metrics.accuracy.value).toBeCloseTo(history.acc[i] as number, 5);
      expect(running.loss).toMatchObject({ standardError: NaN, n: 20 });
      expect(onTrain).toEqual(running);
      expect(validation?.loss).toEqual({ value: history.val_loss[i], standardError: NaN, n: NaN });
      expect(validation?.metrics.accuracy.value).toBe(history.val_acc[i]);
    });
    expect(log).toMatchObject({
      kind: 'run-log',
      createdBy: 'recorder',
      name: 'softmax_model',
      task: 'classification',
      classes: ['0', '1', '2'],
      seed: null,
      initial: null,
      examples: null,
      nonFinite: null,
      stopped: 'completed',
      data: { train: null, validation: null },
      config: {
        epochs: 3,
        batchSize: 8,
        stepsPerEpoch: 3,
        optimizer: 'sgd',
        learningRate: 0.1,
        loss: 'categoricalCrossentropy',
        metrics: ['accuracy'],
        shuffle: null,
        initialWeights: 'given',
      },
      engine: { name: 'wasm', steps: 'tfjs-layers' },
      model: { parameters: 9 },
    });
    expect(log.warnings.map(({ code }) => code)).toEqual(['training-scores-running']);
    expect(rec.log).toBe(log);
  });

  it('changes nothing in the training', async () => {
    const options = { shuffle: false };
    const [with_, without] = [await train({ train: blobs(20) }, options), softmaxModel()];
    const [x, y] = tensorsOf(blobs(20));
    await without.fit(x, y, { epochs: 3, batchSize: 8, verbose: 0, ...options });
    expect(weightsOf(with_.model)).toEqual(weightsOf(without));
  });

  it('measures the data sets it is given as fit does', async () => {
    const [data, validation] = [blobs(20), blobs(12, 3, 2)];
    const { rec } = await train({ train: data, validation, seed: 4 }, { shuffle: false });
    const run = hold(
      await fit(() => softmaxModel(), data, {
        ...{ validation, epochs: 3, batchSize: 8, shuffle: false, seed: 4, ...QUIET },
        ...{ optimizer: 'sgd', learningRate: 0.1, loss: 'categoricalCrossentropy' },
      }),
    );
    // fit built that model, so it is disposed with the run.
    held.splice(held.indexOf(run.model), 1);
    const { log } = rec;
    expect([log.task, log.classes, log.seed, log.data]).toEqual([
      'classification',
      data.classes,
      4,
      run.log.data,
    ]);
    const [initial, own] = [log.initial!, run.log.initial!];
    expect(initial.loss.value).toBeCloseTo(own.loss.value, 6);
    expect(initial.loss.standardError).toBeCloseTo(own.loss.standardError, 6);
    expect(initial.metrics).toEqual(own.metrics);
    log.epochs.forEach((record, i) => {
      const own = run.log.epochs[i];
      for (const side of ['train', 'validation'] as const) {
        expect(record[side]?.loss.n).toBe(own[side]?.loss.n);
        expect(record[side]?.loss.value).toBeCloseTo(own[side]!.loss.value, 6);
        expect(record[side]?.loss.standardError).toBeCloseTo(own[side]!.loss.standardError, 6);
        expect(record[side]?.metrics.accuracy).toEqual(own[side]?.metrics.accuracy);
      }
      expect(record.running.loss.value).toBeCloseTo(own.running.loss.value, 6);
    });
    log.layers[0].updateRatio.forEach((ratio, i) => {
      expect(ratio).toBeCloseTo(run.log.layers[0].updateRatio[i], 6);
      expect(log.layers[0].weightNorm[i]).toBeCloseTo(run.log.layers[0].weightNorm[i], 6);
    });
    expect(log.layers[0].gradientNorm).toEqual([NaN, NaN, NaN]);
    log.steps.loss.forEach((loss, i) => expect(loss).toBeCloseTo(run.log.steps.loss[i], 6));
    expect(log.warnings).toEqual([]);
  });

  it('is diagnosed without nonsense: what it lacks is skipped, and says why', async () => {
    const [x, y] = tensorsOf(blobs(9, 3, 2));
    const bare = (await train({}, { validationData: [x, y], epochs: 6 })).rec.log;
    const { findings, outcomes } = diagnose(bare);
    expect(findings).toEqual([]);
    const skipped = new Map(
      outcomes.filter(({ status }) => status === 'skipped').map(({ check, reason }) => [check, reason]),
    );
    const looked = outcomes.filter(({ status }) => status === 'nothing-found').map(({ check }) => check);
    expect(looked).toEqual([...['output-layer', 'hidden-layers', 'frozen-weights', 'non-finite', 'updates']]);
    expect(skipped.get('initial-loss')).toBe(
      'The loss before training was not recorded; nothing is known of the training data.',
    );
    expect(skipped.get('not-learning')).toBe('Nothing is known of the training data.');
    expect(skipped.get('gradient-flow')).toBe('The log has no norms of gradients.');
    expect(skipped.get('overfitting')).toMatch('spread of its scores is not known');
    expect(skipped.get('easy-worse-than-hard')).toMatch('slices');
    const data = { train: blobs(20), validation: blobs(12, 3, 2) };
    const measured = diagnose((await train(data, { epochs: 6 })).rec.log).outcomes;
    // What tfjs does not tell a recorder: gradients, the outputs of layers, the answers at the end.
    expect(measured.filter(({ status }) => status === 'skipped').map(({ check }) => check)).toEqual([
      ...['gradient-flow', 'units', 'underfitting', 'answers', 'test-level', 'easy-worse-than-hard'],
    ]);
    expect(learningCurve(bare).title).toMatch(/^Validation loss/);
  });

  it('says that a training does not learn, as it does of fit', async () => {
    const data = { train: blobs(20), validation: blobs(12, 3, 2) };
    const { rec } = await train(data, { epochs: 40 }, softmaxModel(tf.train.sgd(0)));
    expect(diagnose(rec.log).findings.map(({ code }) => code)).toContain('no-better-than-guessing');
  });

  it('follows a learning rate that changes', async () => {
    const optimizer = tf.train.sgd(0.1);
    const slower = new (class extends tf.Callback {
      override async onEpochBegin(epoch: number): Promise<void> {
        optimizer.setLearningRate(0.1 / 2 ** epoch);
      }
    })();
    const rec = recorder(QUIET);
    await train({}, { callbacks: [slower, rec], batchSize: 20 }, softmaxModel(optimizer));
    expect(rec.log.steps.learningRate).toEqual([0.1, 0.05, 0.025]);
    expect(rec.log.epochs.map(({ learningRate }) => learningRate)).toEqual([0.1, 0.05, 0.025]);
  });

  it('records regressions, their metrics by our names and functions by theirs', async () => {
    const model = hold(tf.sequential({ layers: [tf.layers.dense({ inputShape: [2], units: 1 })] }));
    const bias = (_t: Tensor, p: Tensor): Tensor => p.mean();
    model.compile({ optimizer: 'adam', loss: 'meanSquaredError', metrics: ['mae', 'mse', bias] as never });
    const [x, y] = tensorsOf(plane(20));
    const rec = recorder({ train: plane(20), ...QUIET });
    const { history } = await model.fit(x, y, { epochs: 2, callbacks: rec, verbose: 0 });
    const { log } = rec;
    expect([log.task, log.classes, log.config.optimizer]).toEqual(['regression', [], 'adam']);
    expect(log.config.metrics).toEqual(['meanAbsoluteError', 'meanSquaredError', 'bias']);
    expect(log.epochs[1].running.metrics.meanAbsoluteError.value).toBeCloseTo(history.mae[1] as number, 5);
    expect(log.epochs[1].running.metrics.bias.value).toBeCloseTo(history.bias[1] as number, 5);
    expect(log.epochs[1].train.metrics.meanAbsoluteError.n).toBe(20);
  });

  it.each([
    ['acc', 'categoricalCrossentropy', 3, 'accuracy'],
    ['acc', 'binaryCrossentropy', 1, 'accuracy'],
    ['acc', 'binaryCrossentropy', 3, 'acc'],
    ['ce', 'categoricalCrossentropy', 3, 'logLoss'],
    ['MSE', 'meanSquaredError', 1, 'meanSquaredError'],
    ['precision', 'binaryCrossentropy', 1, 'precision'],
    ['constructor', 'meanSquaredError', 1, 'constructor'],
  ])('takes the metric %s of %s on %i units as %s', (name, loss, units, id) => {
    expect(metricId(name, loss, units)).toBe(id);
  });

  it('works with fitDataset, whose length nobody knows', async () => {
    const [x, y] = tensorsOf(blobs(20));
    const rec = recorder(QUIET);
    const model = softmaxModel();
    function* examples(): Generator<object> {
      for (const [start, size] of [
        [0, 8],
        [8, 8],
        [16, 4],
      ]) {
        yield { xs: x.slice(start, size), ys: y.slice(start, size) };
      }
    }
    const data = tf.data.generator(examples as never);
    const { history } = await model.fitDataset(data as never, {
      epochs: 2,
      callbacks: rec,
      validationData: data as never,
      verbose: 0,
    });
    const { log } = rec;
    expect([log.config.batchSize, log.config.stepsPerEpoch, log.steps.loss.length]).toEqual([8, 3, 6]);
    expect(log.epochs.map(({ running }) => running.loss.n)).toEqual([20, 20]);
    expect(log.epochs[1].running.loss.value).toBeCloseTo(history.loss[1] as number, 5);
    expect(log.epochs[1].validation?.loss.value).toBeCloseTo(history.val_loss[1] as number, 6);
    expect(log.layers[0].updateRatio[0]).toBeGreaterThan(0);
  });

  it('counts the epochs that it sees when a training is taken up again', async () => {
    const { rec } = await train({}, { initialEpoch: 4, epochs: 6 });
    expect(rec.log.config.epochs).toBe(2);
    expect(rec.log.epochs.map(({ epoch }) => epoch)).toEqual([1, 2]);
    expect(rec.log.stopped).toBe('completed');
  });

  it('works in front of and behind the early stopping of tfjs', async () => {
    for (const order of [1, -1]) {
      const rec = recorder(QUIET);
      const stopping = tf.callbacks.earlyStopping({ monitor: 'loss', patience: 1 });
      const callbacks = [rec, stopping].slice();
      await train(
        {},
        { callbacks: order > 0 ? callbacks : callbacks.reverse(), epochs: 9 },
        softmaxModel(tf.train.sgd(0)),
      );
      expect([rec.log.stopped, rec.log.epochs.length < 9]).toEqual(['aborted', true]);
      expect(rec.log.config.epochs).toBe(9);
    }
  });

  it('works beside plain objects of functions once it knows the model', async () => {
    const model = softmaxModel();
    const seen: number[] = [];
    const rec = recorder({ model, ...QUIET });
    const callbacks = [{ onEpochEnd: (epoch: number) => void seen.push(epoch) }, rec];
    await train({}, { callbacks }, model);
    expect(seen).toEqual([0, 1, 2]);
    expect(rec.log.config).toMatchObject({ epochs: 3, batchSize: 8, stepsPerEpoch: 3 });
    expect(rec.log.epochs[2].running.loss.n).toBe(20);
  });
});

describe('a training that ends early', () => {
  it('counts an epoch that was cut short only where its validation was measured', async () => {
    const cut = (model: LayersModel) =>
      new (class extends tf.Callback {
        seen = 0;
        override async onBatchEnd(): Promise<void> {
          if (++this.seen === 5) model.stopTraining = true;
        }
      })();
    const validationData = tensorsOf(blobs(9, 3, 2));
    for (const [validation, epochs] of [
      [undefined, 1],
      [blobs(9, 3, 2), 2],
    ] as const) {
      const model = softmaxModel();
      const rec = recorder({ validation, ...QUIET });
      await train({}, { callbacks: [cut(model), rec], validationData }, model);
      expect([rec.log.stopped, rec.log.epochs.length, rec.log.steps.loss.length]).toEqual([
        'aborted',
        epochs,
        5,
      ]);
      expect(diagnose(rec.log).outcomes.filter(({ status }) => status === 'failed')).toEqual([]);
    }
  });

  it('leaves a valid log when another callback throws', async () => {
    const fails = new (class extends tf.Callback {
      override async onEpochEnd(epoch: number): Promise<void> {
        if (epoch === 1) throw new Error('a disk that is full');
      }
    })();
    const rec = recorder(QUIET);
    await expect(train({}, { callbacks: [fails, rec] })).rejects.toThrow('a disk that is full');
    expect([rec.log.stopped, rec.log.epochs.length, rec.log.steps.loss.length]).toEqual(['aborted', 1, 6]);
    expect(rec.log.timing.seconds).toBe(rec.log.timing.seconds);
  });

  it('is stopped by the stop button of the notebook, and keeps what was learnt', async () => {
    const controller = new AbortController();
    setHost({ name: 'test', publish: () => undefined, interruptSignal: () => controller.signal });
    const onProgress = ({ done }: ProgressEvent): void => {
      if (done === 1) controller.abort();
    };
    const { rec } = await train({ onProgress }, { epochs: 50 });
    expect([rec.log.stopped, rec.log.epochs.length]).toEqual(['aborted', 1]);
  });

  it('records a loss that is not a number, and goes on as tfjs does', async () => {
    const model = hold(tf.sequential({ layers: [tf.layers.dense({ inputShape: [2], units: 1 })] }));
    model.compile({ optimizer: tf.train.sgd(1e30), loss: 'meanSquaredError' });
    const [x, y] = tensorsOf(plane(20));
    const rec = recorder({ train: plane(20), ...QUIET });
    await model.fit(x, y, { epochs: 2, batchSize: 10, callbacks: rec, verbose: 0 });
    expect(rec.log.nonFinite).toEqual({ what: 'loss', step: 2, epoch: 1 });
    expect([rec.log.stopped, rec.log.steps.loss.length]).toEqual(['completed', 4]);
    expect(diagnose(rec.log).findings[0].code).toBe('non-finite-value');
  });

  it('draws its curve in a notebook, unless told not to', async () => {
    const shown: string[] = [];
    const publish = (bundle: object): void => void shown.push(...Object.keys(bundle));
    setHost({ name: 'test', publish, interruptSignal: () => undefined });
    const remove = installLiveView();
    try {
      await train({ live: false });
      expect(shown).toEqual([]);
      await train({ live: true });
      expect(shown).toContain('application/vnd.plotly.v1+json');
    } finally {
      remove();
    }
  });

  it('reports its progress with the growing log, and no listener can fail it', async () => {
    const events: [string, number, number][] = [];
    const onProgress = (event: ProgressEvent): void => {
      const { snapshot } = event.detail as { snapshot: () => { epochs: readonly unknown[] } };
      if (!event.part) events.push([event.phase, event.done, snapshot().epochs.length]);
      throw new Error('a plot that fails');
    };
    await train({ onProgress }, { epochs: 2 });
    expect(events).toEqual([
      ['start', 0, 0],
      ['update', 1, 1],
      ['update', 2, 2],
      ['end', 2, 2],
    ]);
  });
});

describe('what a recorder refuses', () => {
  it('a second training, which then trains nothing', async () => {
    const { rec, model } = await train({ name: 'first' });
    const [before, log] = [weightsOf(model), rec.log];
    await expect(train({}, { callbacks: rec }, model)).rejects.toMatchObject({
      ...{ name: 'InputError', code: 'unsupported', fn: 'recorder' },
      message: expect.stringContaining('this one holds the log of "first"'),
    });
    expect(weightsOf(model)).toEqual(before);
    expect(rec.log).toBe(log);
    // The model can be trained again.
    await train({}, {}, model);
  });

  it('to be read before the training', () => {
    expect(() => recorder().log).toThrow(/nothing is recorded yet/);
  });

  it('plain objects of functions in front of it, without the model', async () => {
    const training = train({}, { callbacks: [{ onEpochEnd: () => undefined }, recorder(QUIET)] });
    await expect(training).rejects.toMatchObject({
      ...{ code: 'missing', param: 'model' },
      message: expect.stringContaining('recorder({ model })'),
    });
  });

  it.each([
    ['a misspelt option', { trian: blobs(9) }, /Did you mean "train"\?/],
    ['a tensor for data', { train: [[1, 2]] }, /"train" must be an object/],
    [
      'data sets that do not go together',
      { train: blobs(9), validation: plane(9) },
      /same shape, task and classes/,
    ],
    ['a model that is none', { model: {} }, /tfjs-layers model/],
    ['a wrong goal', { goals: { humanlevel: {} } }, /Did you mean "humanLevel"\?/],
  ])('%s', (_words, options, message) => {
    expect(() => recorder(options as never)).toThrow(message);
  });

  it('data that does not fit the model, before anything is trained', async () => {
    const model = softmaxModel();
    const before = weightsOf(model);
    await expect(train({ train: blobs(20, 4) }, {}, model)).rejects.toMatchObject({
      ...{ code: 'length-mismatch', fn: 'recorder', param: 'model' },
    });
    expect(weightsOf(model)).toEqual(before);
  });

  it('to measure a loss that only tfjs knows; without data it records it', async () => {
    const odd = (t: Tensor, p: Tensor): Tensor => t.sub(p).square().sum(-1);
    const compile = (): LayersModel => {
      const model = softmaxModel();
      model.compile({ optimizer: 'sgd', loss: odd as never });
      return model;
    };
    await expect(train({ train: blobs(20) }, {}, compile())).rejects.toThrow(
      /left out with the loss odd\(\), which Hunch cannot measure/,
    );
    const { rec, history } = await train({}, {}, compile());
    expect(rec.log.config.loss).toBe('odd()');
    expect(rec.log.epochs[2].running.loss.value).toBeCloseTo(history.loss[2], 5);
  });

  it('warns of other training data than that of model.fit', async () => {
    const { rec } = await train({ train: blobs(30) });
    expect(rec.log.warnings).toEqual([
      {
        code: 'other-training-data',
        count: 1,
        message: expect.stringContaining('20 examples, the recorder 30'),
      },
    ]);
  });
});
