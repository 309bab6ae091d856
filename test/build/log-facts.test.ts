import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Tensor } from '@tensorflow/tfjs';
import type { BuildModel } from '../../src/build/build-model';
import { evaluate } from '../../src/build/evaluate';
import { fit } from '../../src/build/fit';
import { readRunLog } from '../../src/build/read-run-log';
import type { Run } from '../../src/build/run';
import { sweep } from '../../src/build/sweep';
import type { RunLog } from '../../src/build/types';
import { writeRunLog } from '../../src/build/write-run-log';
import { dataset } from '../../src/data/dataset';
import { CHECKS } from '../../src/suspect/checks';
import { diagnose } from '../../src/suspect/diagnose';
import { ensureBuilt } from '../ensure-built';
import { DATA_PLANTS } from '../suspect/plants/data-plants';
import { MODEL_PLANTS } from '../suspect/plants/model-plants';
import { blobs, linear, plane } from './helpers';

const QUIET = { live: false } as const;

/** Layers whose first weights are known: 0.5 everywhere and biases of 0.25, a penalty, dropout, a frozen layer. */
const known: BuildModel = ({ tf, inputShape, units }) =>
  tf.sequential({
    layers: [
      tf.layers.dense({
        ...{ inputShape, units: 3, activation: 'relu', name: 'hidden' },
        kernelInitializer: tf.initializers.constant({ value: 0.5 }),
        biasInitializer: tf.initializers.constant({ value: 0.25 }),
        kernelRegularizer: tf.regularizers.l2({ l2: 0.1 }),
      }),
      tf.layers.dropout({ rate: 0.4, name: 'drop' }),
      tf.layers.batchNormalization({ momentum: 0.9, name: 'norm' }),
      tf.layers.dense({ units, activation: 'softmax', trainable: false, name: 'out' }),
    ],
  });

const train = blobs(90);
const validation = blobs(45, 3, 2);
let run: Run;
beforeAll(async () => {
  run = await fit(known, train, { ...QUIET, validation, epochs: 2 });
});
afterAll(() => run.dispose());

describe('the log of fit', () => {
  it('says what the weights were like before the first step', () => {
    const [hidden, drop, norm, out] = run.log.model.layers;
    expect(hidden).toEqual({
      ...{ name: 'hidden', type: 'Dense', outputShape: [null, 3], parameters: 9, activation: 'relu' },
      ...{ trainable: true, inputs: expect.any(Array) },
      // Six weights of 0.5: 0.1 · 6 · 0.25.
      penalty: expect.closeTo(0.15, 6),
      initial: {
        ...{ sd: 0.5, equalUnits: true, bias: 0.25 },
        // Glorot √(2 / (2 + 3)) is the smallest, He √(2 / 2) the largest.
        expected: [expect.closeTo(Math.sqrt(0.4), 12), 1],
      },
    });
    expect(drop).toMatchObject({ type: 'Dropout', rate: 0.4, inputs: ['hidden'] });
    expect(norm).toMatchObject({ type: 'BatchNormalization', momentum: 0.9, inputs: ['drop'] });
    expect(out).toMatchObject({
      trainable: false,
      inputs: ['norm'],
      initial: { equalUnits: false, bias: 0 },
    });
    expect(out.penalty).toBeUndefined();
    // They have moved since.
    expect(Array.from(run.model.layers[0].getWeights()[0].dataSync())).not.toContain(0.5);
  });

  it('says what the columns and the two sets are like', () => {
    const { train: a, split } = run.log.data;
    expect(a!.columns).toMatchObject({ of: 'columns', total: 2, missing: [0, 0], aloneN: 90 });
    const first = Array.from({ length: 90 }, (_, i) => train.features.values[2 * i]);
    const mean = first.reduce((sum, value) => sum + value, 0) / 90;
    expect(a!.columns!.mean[0]).toBeCloseTo(mean, 12);
    expect(a!.columns!.max[0]).toBe(Math.max(...first));
    // The classes come in turn: never the same twice, where 29/89 would be by chance.
    const p = 29 / 89;
    expect(a!.labelOrder).toBeCloseTo(-p / Math.sqrt((p * (1 - p)) / 89), 9);
    expect(split).toMatchObject({ copies: 0, copiesOf: 45, rateWithin: 0, classes: { effect: 0 } });
  });

  it('says what the model answers at the end, as evaluate does', async () => {
    const { confusion, range, n } = run.log.outcome!.validation!;
    const { label, predicted, probabilities } = await evaluate(run, validation);
    const counts = [0, 1, 2].map((k) =>
      [0, 1, 2].map((j) => Array.from(label).filter((l, i) => l === k && predicted[i] === j).length),
    );
    expect([n, confusion]).toEqual([45, counts]);
    const all = Array.from(probabilities!);
    expect(range[0]).toBeCloseTo(Math.min(...all), 5);
    expect(range[1]).toBeCloseTo(Math.max(...all), 5);
    expect(run.log.outcome!.train.n).toBe(90);
    expect(run.log.outcome!.train.residual!.column).toBeLessThan(2);
  });

  it('knows values, and has no answers of what came to nothing', async () => {
    const values = await fit(linear, plane(80), { ...QUIET, epochs: 1 });
    expect(values.log.data.train!.targetRange).toEqual([
      ...[Math.min(...plane(80).labels), Math.max(...plane(80).labels)],
    ]);
    expect(values.log.outcome).toMatchObject({ validation: null, train: { confusion: null } });
    expect(values.log.data.split ?? null).toBeNull();
    values.dispose();
    const broken = await fit(linear, plane(30), {
      ...QUIET,
      optimizer: 'sgd',
      learningRate: 1e30,
      epochs: 2,
    });
    expect([broken.log.stopped, broken.log.outcome]).toEqual(['non-finite', null]);
    broken.dispose();
  });

  it('tries whether examples mix where no plan runs the steps', async () => {
    const own =
      (mixes: boolean): BuildModel =>
      ({ tf, inputShape, units }) => {
        class Own extends tf.layers.Layer {
          static className = 'Own';
          override call(inputs: Tensor | Tensor[]): Tensor {
            const [x] = [inputs].flat();
            return mixes ? tf.tidy(() => x.sub(x.mean(0, true))) : x.mul(2);
          }
        }
        return tf.sequential({
          layers: [
            tf.layers.dense({ inputShape, units: 4, name: 'first' }),
            new Own({ name: 'own' }),
            tf.layers.dense({ units, activation: 'softmax', name: 'top' }),
          ],
        });
      };
    const mixing = async (build: BuildModel): Promise<number | undefined> => {
      const { log, dispose } = await fit(build, train, { ...QUIET, epochs: 1 });
      dispose();
      return log.mixing;
    };
    expect(await mixing(own(true))).toBeGreaterThan(0.01);
    expect(await mixing(own(false))).toBeLessThan(1e-6);
    expect(await mixing(linear)).toBeUndefined();
  });
});

describe('the same log', () => {
  beforeAll(() => ensureBuilt(), 150_000);

  it('comes from a sweep', async () => {
    const { runs } = await sweep(known, train, { validation, epochs: 2, seeds: [0], workers: 1, ...QUIET });
    const { data, model, outcome, initial } = runs[0].log!;
    expect({ data, model, outcome, initial }).toEqual({
      ...{ data: run.log.data, model: run.log.model, outcome: run.log.outcome, initial: run.log.initial },
    });
    expect(diagnose(runs[0].log!).outcomes).toEqual(diagnose(run).outcomes);
  });

  let folder: string;
  beforeAll(async () => void (folder = await mkdtemp(join(tmpdir(), 'hunch-log-facts-'))));
  afterAll(() => rm(folder, { recursive: true }));

  it('comes from a file: with the same report', async () => {
    const few = dataset({ features: [[1], [2], [3]], labels: ['a', 'b', 'a'] });
    const small = await fit(linear, few, { ...QUIET, epochs: 1, validation: few });
    const planted = [...DATA_PLANTS, ...MODEL_PLANTS].map(({ at }) => at(9) as RunLog);
    for (const log of [run.log, small.log, ...planted]) {
      const path = join(folder, 'log.json');
      await writeRunLog(log, path);
      const again = await readRunLog(path);
      expect(again).toEqual(log);
      expect(JSON.stringify(diagnose(again))).toBe(JSON.stringify(diagnose(log)));
    }
    small.dispose();
  });

  it('of old lacks what was not known then, and is judged by the other checks', async () => {
    const log = JSON.parse(JSON.stringify(run.log)) as RunLog;
    const old = {
      ...log,
      outcome: undefined,
      data: {
        train: { ...log.data.train, columns: undefined, targetRange: undefined, labelOrder: undefined },
        validation: { ...log.data.validation, columns: undefined },
      },
      model: {
        ...log.model,
        layers: log.model.layers.map(({ name, type, outputShape, parameters, activation }) => ({
          ...{ name, type, outputShape, parameters, activation },
        })),
      },
    };
    const path = join(folder, 'old.json');
    await writeFile(path, JSON.stringify(old));
    const { outcomes } = diagnose(await readRunLog(path));
    const lacking = ['columns', 'split', 'model-layers', 'outcome', 'predictions', 'difficulty-slices'];
    const those = CHECKS.filter(({ needs }) => needs.some((need) => lacking.includes(need)));
    const skipped = outcomes.filter(({ status }) => status === 'skipped');
    expect(skipped.map(({ check }) => check)).toEqual(those.map(({ id }) => id));
    expect(outcomes.filter(({ status }) => status === 'failed')).toEqual([]);
  });
});
