import { fit } from '../../src/build/fit';
import type { FitOptions } from '../../src/build/fit-options';
import type { BuildModel } from '../../src/build/build-model';
import type { StepOptions } from '../../src/build/step-options';
import { sweep } from '../../src/build/sweep';
import { dataset } from '../../src/data/dataset';
import { datasets } from '../../src/data/datasets';
import { prepare } from '../../src/data/prepare/prepare';
import { rateOf } from '../../src/engine/train/schedule';

const raw = datasets.wine();
const wine = prepare(raw, {}).apply(raw);
const build: BuildModel = ({ tf, inputShape, units }) =>
  tf.sequential({
    layers: [
      tf.layers.dense({ inputShape, units: 6, activation: 'tanh' }),
      tf.layers.dense({ units, activation: 'softmax' }),
    ],
  });

/** All weights after a training by the plan, or by autograd. */
async function weightsAfter(options: FitOptions, plan = true): Promise<number[]> {
  if (!plan) process.env.HUNCH_PLAN = 'off';
  try {
    const run = await fit(build, wine, { epochs: 2, batchSize: 32, seed: 3, live: false, ...options });
    expect(run.log.engine.steps).toBe(plan ? 'plan' : 'autograd');
    const values = run.model.getWeights().flatMap((weight) => Array.from(weight.dataSync()));
    run.dispose();
    return values;
  } finally {
    delete process.env.HUNCH_PLAN;
  }
}

const largestGap = (a: readonly number[], b: readonly number[]): number =>
  a.reduce((most, value, i) => Math.max(most, Math.abs(value - b[i])), 0);

const OPTIONS: Record<string, FitOptions> = {
  schedule: { schedule: { kind: 'cosine', warmup: 0.25, end: 0.1 }, learningRate: 0.01 },
  'schedule of sgd': { schedule: 'linear', optimizer: 'sgd', learningRate: 0.1 },
  clipNorm: { clipNorm: 0.05, optimizer: 'sgd', learningRate: 0.5 },
  clipValue: { clipValue: 0.01, optimizer: 'sgd', learningRate: 0.5 },
  'both clips': { clipValue: 0.02, clipNorm: 0.05, optimizer: 'sgd', learningRate: 0.5 },
  adamw: { optimizer: 'adamw', weightDecay: 5, learningRate: 0.01 },
  classWeights: { classWeights: { 'class 0': 5 }, learningRate: 0.01 },
  exampleWeights: { exampleWeights: Array.from({ length: wine.n }, (_, i) => i % 3), learningRate: 0.01 },
};

describe('how steps are taken', () => {
  const named = { classWeights: { [wine.classes[0]]: 5 }, learningRate: 0.01 };
  it.each(Object.entries(OPTIONS))(
    '%s: the plan and autograd agree, and differ from steps without it',
    async (name, given) => {
      const options: FitOptions = name === 'classWeights' ? named : given;
      const planned = await weightsAfter(options);
      expect(largestGap(planned, await weightsAfter(options, false))).toBeLessThan(1e-4);
      const { learningRate, optimizer } = options;
      const plain = await weightsAfter({
        learningRate,
        optimizer: optimizer === 'adamw' ? 'adam' : optimizer,
      });
      expect(largestGap(planned, plain)).toBeGreaterThan(1e-3);
    },
  );

  it('a sweep gives the numbers of fit', async () => {
    const options: StepOptions & Pick<FitOptions, 'epochs' | 'optimizer'> = {
      ...{ epochs: 2, clipNorm: 0.5, optimizer: 'adamw' },
      ...{ classWeights: 'balanced', schedule: 'cosine' },
    };
    const { runs } = await sweep(build, wine, { ...options, seeds: [3] });
    const run = await fit(build, wine, { ...options, seed: 3, live: false });
    expect(runs[0].log!.epochs).toEqual(run.log.epochs);
    expect(runs[0].log!.config).toEqual(run.log.config);
    run.dispose();
  });

  it('the log says what was told, and the rate of each epoch', async () => {
    const run = await fit(build, wine, {
      ...{ epochs: 2, batchSize: 89, learningRate: 0.1, live: false },
      ...{ schedule: [1, 0.5], clipNorm: 2, optimizer: 'adamw', fast: true },
    });
    const { config, epochs, steps } = run.log;
    expect(config).toMatchObject({ schedule: [1, 0.5], clipNorm: 2, weightDecay: 0.01, optimizer: 'adamw' });
    expect(typeof config.fast).toBe('boolean');
    expect(epochs.map(({ learningRate }) => learningRate)).toEqual([0.1, 0.05]);
    // Two steps an epoch: 178 wines in batches of 89.
    expect(steps.learningRate).toEqual([0.1, 0.1, 0.05, 0.05]);
    run.dispose();
  });

  it('"balanced" weighs by N / (K · count)', async () => {
    const counts = wine.classes.map(
      (_, code) => Array.from(wine.labels).filter((label) => label === code).length,
    );
    const byHand = Object.fromEntries(wine.classes.map((name, code) => [name, wine.n / (3 * counts[code])]));
    const balanced = await weightsAfter({ classWeights: 'balanced' });
    expect(largestGap(balanced, await weightsAfter({ classWeights: byHand }))).toBeLessThan(1e-6);
  });

  it('a column of the metadata weighs like its numbers', async () => {
    const values = Float64Array.from({ length: wine.n }, (_, i) => 1 + (i % 2));
    const metadata = {
      ...{ kind: 'table' as const, n: wine.n, names: ['trust'], warnings: [] },
      columns: { trust: { type: 'number' as const, values, valid: null } },
    };
    const withTrust = { ...wine, metadata };
    const one = await fit(build, withTrust, { epochs: 1, exampleWeights: 'trust', live: false });
    const other = await fit(build, wine, { epochs: 1, exampleWeights: values, live: false });
    expect(one.log.epochs).toEqual(other.log.epochs);
    expect(one.log.config.exampleWeights).toBe('trust');
    expect(other.log.config.exampleWeights).toBe('numbers');
    one.dispose();
    other.dispose();
  });

  it.each<[string, FitOptions, RegExp]>([
    [
      'a kind that is none',
      { schedule: 'cosin' as never },
      /"schedule" must be one of .*Did you mean "cosine"/,
    ],
    ['a warm-up of all steps', { schedule: { kind: 'linear', warmup: 1 } }, /"warmup" must be a share/],
    ['factors below 0', { schedule: [1, -1] }, /"schedule" must hold a factor ≥ 0/],
    ['no factor', { schedule: [] }, /"schedule" must hold a factor/],
    ['a norm of 0', { clipNorm: 0 }, /"clipNorm" must be a number > 0; got 0/],
    ['decay without adamw', { weightDecay: 0.1 }, /"weightDecay" must come with the optimizer "adamw"/],
    ['a class that is none', { classWeights: { grape: 2 } }, /"classWeights" must name classes of/],
    ['a weight below 0', { classWeights: { [wine.classes[0]]: -1 } }, /must be a number ≥ 0; got -1/],
    ['a column that is none', { exampleWeights: 'trust' }, /"exampleWeights" must name a number column/],
    [
      'too few weights',
      { exampleWeights: [1, 2] },
      /one weight for each of the 178 training examples; it has 2/,
    ],
    [
      'weights that are no numbers',
      { exampleWeights: new Float64Array(178).fill(NaN) },
      /that of example 0 is NaN/,
    ],
  ])('refuses %s', async (_, options, message) => {
    await expect(fit(build, wine, options)).rejects.toThrow(message);
  });

  it('refuses class weights for values', async () => {
    const values = dataset({ features: [[0], [1]], labels: [0.5, 1.5], task: 'regression' });
    await expect(fit(build, values, { classWeights: 'balanced' })).rejects.toThrow(/has no single classes/);
  });

  it('refuses a schedule for an optimizer whose rate cannot be set', async () => {
    const options: FitOptions = {
      schedule: 'cosine',
      optimizer: ({ tf }) => {
        const adam = tf.train.adam(0.1);
        return {
          applyGradients: adam.applyGradients.bind(adam),
          getClassName: () => 'Own',
          dispose: () => adam.dispose(),
        } as never;
      },
    };
    await expect(fit(build, wine, options)).rejects.toThrow(/"learningRate" that can be changed/);
  });
});

describe('rateOf', () => {
  const length = { epochs: 3, stepsPerEpoch: 2 };

  it('is level, falls in steps, along a line, along a cosine', () => {
    const all = (schedule: Parameters<typeof rateOf>[0]): number[] =>
      [0, 1, 2, 3, 4, 5].map(rateOf(schedule, 2, length));
    expect(all(undefined)).toEqual([2, 2, 2, 2, 2, 2]);
    expect(all('constant')).toEqual([2, 2, 2, 2, 2, 2]);
    expect(all({ kind: 'steps', factor: 0.5, every: 1 })).toEqual([2, 2, 1, 1, 0.5, 0.5]);
    expect(all([1, 0.25])).toEqual([2, 2, 0.5, 0.5, 0.5, 0.5]);
    all('linear').forEach((rate, step) => expect(rate).toBeCloseTo(2 * (1 - step / 6), 12));
    all('cosine').forEach((rate, step) => expect(rate).toBeCloseTo(1 + Math.cos((Math.PI * step) / 6), 12));
  });

  it('climbs first: half of six steps, then the line from the top', () => {
    const rate = rateOf({ kind: 'linear', warmup: 0.5, end: 0.1 }, 1, length);
    expect([0, 1, 2].map(rate)).toEqual([1 / 3, 2 / 3, 1]);
    expect(rate(3)).toBe(1);
    // 0.1 + 0.9 · (1 − 2/3)
    expect(rate(5)).toBeCloseTo(0.4, 12);
  });
});
