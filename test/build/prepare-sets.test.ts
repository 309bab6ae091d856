import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BuildContext, BuildModel } from '../../src/build/build-model';
import { evaluate } from '../../src/build/evaluate';
import { fit } from '../../src/build/fit';
import { readRunLog } from '../../src/build/read-run-log';
import { recorder } from '../../src/build/recorder';
import { sweep } from '../../src/build/sweep';
import { writeRunLog } from '../../src/build/write-run-log';
import { overfitOneBatch } from '../../src/confirm/overfit-one-batch';
import { EXPERIMENTS } from '../../src/confirm/experiments';
import { random } from '../../src/core/random';
import { dataset } from '../../src/data/dataset';
import { prepare } from '../../src/data/prepare/prepare';
import { standardize } from '../../src/data/standardize';
import type { Dataset } from '../../src/data/types';
import { useEngine } from '../../src/engine/use-engine';
import { sliceByDifficulty } from '../../src/look/slice-by-difficulty';
import { blobs, linear } from './helpers';

/** Buys when young or from Ulm; columns with gaps. */
function people(n: number, seed = 1, shift = 0): Dataset {
  const stream = random(seed);
  const rows = Array.from({ length: n }, () => {
    const age = 20 + shift + 40 * stream.next();
    const town = ['Ulm', 'Bonn', 'Rom'][stream.integer(3)];
    const buys = age < 35 + shift || town === 'Ulm' ? 'yes' : 'no';
    return { age: stream.next() < 0.1 ? null : age, town, buys };
  });
  return dataset({ name: `people ${n}`, columns: rows, label: 'buys' });
}

const quick = { epochs: 3, live: false, learningRate: 0.05, seed: 1 } as const;
const [train, validation] = [people(120), people(60, 2)];

describe('fit on raw columns', () => {
  it('prepares on the training examples alone, tells the build function, and keeps it', async () => {
    let context: BuildContext | undefined;
    const build: BuildModel = (given) => linear((context = given));
    const run = await fit(build, train, { ...quick, validation });
    const own = prepare(train);
    expect(context).toMatchObject({ inputShape: [5], vocabulary: null, units: 2 });
    expect(run.log.preparation).toEqual(own);
    expect(run.train.features).toEqual(own.apply(train).features);
    expect(run.validation?.features).toEqual(own.apply(validation).features);
    const strange = await fit(linear, train, { ...quick, validation: people(60, 3, 1e5) });
    expect(strange.log.preparation?.fingerprint).toBe(own.fingerprint);
    expect(strange.model.getWeights().map((w) => Array.from(w.dataSync()))).toEqual(
      run.model.getWeights().map((w) => Array.from(w.dataSync())),
    );
    strange.dispose();
    run.dispose();
  });

  it('trains as on features that were prepared by hand', async () => {
    const own = prepare(train);
    const byHand = dataset({
      name: train.name,
      features: own.apply(train).features.values,
      shape: own.shape,
      labels: Array.from(train.labels),
      classes: train.classes,
    });
    const [raw, hand] = [await fit(linear, train, quick), await fit(linear, byHand, quick)];
    expect(raw.log.epochs).toEqual(hand.log.epochs);
    expect(hand.log.preparation).toBeUndefined();
    raw.dispose();
    hand.dispose();
  });

  it('evaluates raw examples by run and by model alike, with their columns beside them', async () => {
    const run = await fit(linear, train, { ...quick, validation });
    const other = people(40, 7);
    const [byRun, byModel] = [await evaluate(run, other), await evaluate(run.model, other)];
    expect(byModel).toEqual(byRun);
    const prepared = await evaluate(run.model, run.log.preparation!.apply(other));
    expect(prepared.probabilities).toEqual(byRun.probabilities);
    expect(byRun.metadata.names).toEqual(['age', 'town']);
    const slices = sliceByDifficulty(byRun, { by: { source: 'metadata', column: 'age' }, bins: 2 });
    expect(slices.slices[0].label).toMatch(/[2-5]\d/);
    const last = await evaluate(run, validation);
    expect(last.metrics.find(({ metric }) => metric === 'accuracy')?.value).toBeCloseTo(
      run.log.epochs.at(-1)!.validation!.metrics.accuracy.value,
      12,
    );
    run.dispose();
  });

  it('says what was never seen in training, in the log and beside predictions', async () => {
    const rows = [
      ...Array.from({ length: 8 }, (_, i) => ({ town: 'XY'[i % 2], buys: ['yes', 'no'][i % 2] })),
    ];
    const other = dataset({ columns: rows, label: 'buys' });
    const small = dataset({ columns: { town: ['Ulm', 'Bonn'], buys: ['yes', 'no'] }, label: 'buys' });
    const run = await fit(linear, small, { ...quick, validation: other });
    expect(run.log.warnings).toMatchObject([{ code: 'unseen-level', count: 8 }]);
    expect((await evaluate(run, other)).warnings).toMatchObject([{ code: 'unseen-level', count: 8 }]);
    run.dispose();
  });

  it('is told how: by options, by a preparation, or not at all for what has none', async () => {
    const grouped = await fit(linear, train, { ...quick, prepare: { maxLevels: 1 } });
    expect(grouped.train.features.names).toContain('town other');
    const own = prepare(people(90, 5));
    const given = await fit(linear, train, { ...quick, prepare: own });
    expect(given.log.preparation).toBe(own);
    const mine = await fit(linear, own.apply(train), { ...quick, validation });
    expect(mine.log.preparation).toBe(own);
    expect(mine.validation?.features).toEqual(own.apply(validation).features);
    for (const run of [grouped, given, mine]) run.dispose();
    await expect(fit(linear, train, { prepare: { maxLevel: 1 } as never })).rejects.toThrow('"maxLevels"');
    await expect(fit(linear, train, { prepare: { kind: 'preparation' } as never })).rejects.toThrow(
      'fit: "prepare" must be options of prepare(), or what prepare() returns',
    );
  });

  it('refuses data sets that do not go together, before anything is made', async () => {
    const dense = blobs(10, 2);
    await expect(fit(linear, train, { validation: dense })).rejects.toThrow('it has shape [2]');
    await expect(fit(linear, dense, { validation })).rejects.toThrow('it has raw columns');
    const { tf } = await useEngine();
    const model = tf.sequential({ layers: [tf.layers.dense({ inputShape: [5], units: 2 })] });
    await expect(evaluate(model, train)).rejects.toThrow(
      'evaluate: "dataset" must hold numbers; "people 120" holds raw columns. Make features of them first',
    );
    expect(() => recorder({ train })).toThrow('recorder: "train" must hold numbers');
    model.dispose();
  });
});

describe('fit on dense features', () => {
  it('leaves them as they are, prepares them if asked, and knows what standardize did', async () => {
    const [data, other] = [blobs(60), blobs(30, 3, 2)];
    const plain = await fit(linear, data, { ...quick, validation: other });
    expect(plain.log.preparation).toBeUndefined();
    expect(plain.train).toBe(data);
    const [scaled, scaledOther] = standardize(data, other);
    const asked = await fit(linear, data, { ...quick, validation: other, prepare: {} });
    const before = await fit(linear, scaled, { ...quick, validation: scaledOther });
    expect(before.log.epochs).toEqual(asked.log.epochs);
    expect(before.log.preparation).toEqual(asked.log.preparation);
    expect((await evaluate(asked.model, other)).loss).toEqual(
      (await evaluate(before.model, scaledOther)).loss,
    );
    expect((await evaluate(before.model, other)).loss).toEqual((await evaluate(asked, other)).loss);
    for (const run of [plain, asked, before]) run.dispose();
  });

  it('forgets a preparation when the same model is trained on as it is', async () => {
    const { tf } = await useEngine();
    const kernelInitializer = tf.initializers.glorotUniform({ seed: 1 });
    const model = tf.sequential({
      layers: [tf.layers.dense({ inputShape: [2], units: 3, kernelInitializer })],
    });
    const near = blobs(30);
    // far from the origin: without preparing, all examples look alike
    const features = near.features.values.map((value) => value + 1000);
    const data = dataset({ ...{ features, shape: [2] }, labels: near.labels, classes: near.classes });
    await fit(model, data, { ...quick, epochs: 10, prepare: {} });
    const scaled = await evaluate(model, data);
    await fit(model, data, { ...quick, epochs: 1, learningRate: 0 });
    expect(new Set(Array.from(scaled.predicted)).size).toBe(3);
    expect(new Set(Array.from((await evaluate(model, data)).predicted)).size).toBe(1);
    model.dispose();
  });
});

describe('token ids', () => {
  it('go to an embedding', async () => {
    const words = ['good', 'fine', 'bad', 'poor'];
    const stream = random(1);
    const rows = Array.from({ length: 80 }, () => {
      const word = stream.integer(4);
      return { text: `it was ${words[word]} and so on`, label: word < 2 ? 'up' : 'down' };
    });
    const data = dataset({ columns: rows, label: 'label', roles: { text: 'text' } });
    const build: BuildModel = ({ tf, inputShape, vocabulary, units }) =>
      tf.sequential({
        layers: [
          tf.layers.embedding({ inputShape, inputDim: vocabulary!, outputDim: 4 }),
          tf.layers.flatten(),
          tf.layers.dense({ units, activation: 'softmax' }),
        ],
      });
    const run = await fit(build, data, { ...quick, epochs: 20, prepare: { text: 'tokens' } });
    expect(run.train.features.shape).toEqual([6]);
    expect((await evaluate(run, data)).metrics.find((m) => m.metric === 'accuracy')?.value).toBe(1);
    run.dispose();
  });
});

describe('a preparation in the log', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'hunch-prepare-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  it('is read back from a file and makes the same features', async () => {
    const text = Array.from({ length: 40 }, (_, i) => `one of ${i % 7} words`);
    const on = text.map((_, i) => new Date(Date.UTC(2020, 0, 1 + 20 * i)));
    const flag = text.map((_, i) => (i % 5 === 0 ? null : i % 2 === 0));
    const x = text.map((_, i) => (i % 3) - 1);
    const columns = { text, on, flag, x, k: text.map((_, i) => ['NaN', null, 'b'][i % 3]) };
    const labels = text.map((_, i) => i % 7);
    const data = dataset({ columns, labels, roles: { text: 'text' } });
    const path = join(folder, 'run.json');
    for (const [given, options] of [
      [data, {}],
      [dataset({ columns: { text }, labels, roles: { text: 'text' } }), { prepare: { text: 'tokens' } }],
      [dataset({ features: labels.map((i) => [i, 0]), labels }), { prepare: {} }],
    ] as const) {
      const run = await fit(linear, given, { ...quick, epochs: 1, ...options });
      await writeRunLog(run, path);
      const log = await readRunLog(path);
      expect(log).toStrictEqual(run.log);
      expect(log.preparation?.apply(given).features).toEqual(run.train.features);
      run.dispose();
    }
  });

  it('is refused where it is not as it was written', async () => {
    const run = await fit(linear, train, { ...quick, epochs: 1 });
    const broken = JSON.parse(JSON.stringify(run.log)) as typeof run.log;
    (broken.preparation!.steps[0] as unknown as { mean: string }).mean = 'much';
    const path = join(folder, 'run.json');
    await writeRunLog(broken, path);
    await expect(readRunLog(path)).rejects.toThrow('preparation.steps[0].mean must be a number');
    run.dispose();
  });
});

describe('sweep on raw columns', () => {
  it('gives what fit gives, for each configuration its own preparation', async () => {
    const { epochs, learningRate } = quick;
    const result = await sweep(linear, train, {
      ...{ epochs, learningRate, validation, seeds: [1] },
      configurations: [{ name: 'all' }, { name: 'one', prepare: { maxLevels: 1 } }],
    });
    const run = await fit(linear, train, { ...quick, validation });
    const [all, one] = result.runs;
    expect(all.log?.epochs).toEqual(run.log.epochs);
    expect(all.log?.preparation).toEqual(run.log.preparation);
    expect(one.log?.preparation?.names).toContain('town other');
    expect(all.predictions?.metadata.names).toEqual(['age', 'town']);
    const model = await one.model();
    // a worker's plan and TensorFlow.js add in another order
    const again = await evaluate(model, validation);
    again.metrics.forEach(({ value }, i) => expect(value).toBeCloseTo(one.predictions!.metrics[i].value, 5));
    model.dispose();
    run.dispose();
  });

  it('prepares on all training examples, whatever the subset', async () => {
    const result = await sweep(linear, train, { seeds: 1, epochs: 1, subset: [0, 1, 2, 3] });
    expect(result.runs[0].log?.preparation?.fingerprint).toBe(prepare(train).fingerprint);
    expect(result.runs[0].log?.data.train?.n).toBe(4);
  });
});

describe('experiments on raw columns', () => {
  it('overfit one batch of them, and train anew on other splits', async () => {
    const one = await overfitOneBatch(linear, train, { steps: 10 });
    expect(one.arms[0].steps).toBe(10);
    const run = await fit(linear, train, { ...quick, validation, epochs: 1 });
    const finding = { check: 'c', code: 'c', message: 'm', causes: [], where: { column: 'town' } };
    for (const id of ['reshuffled-split', 'half-data', 'without-column', 'zero-input']) {
      const experiment = EXPERIMENTS.find((other) => other.id === id)!;
      expect([id, experiment.suits(run, finding, null)]).toEqual([id, null]);
      const setup = { run, finding, slices: null, seed: 0, onArm: () => undefined };
      expect((await experiment.run(setup)).arms.map((arm) => arm.id)).toEqual([id]);
    }
    run.dispose();
  });
});
