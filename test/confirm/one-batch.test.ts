import type { BuildModel } from '../../src/build/build-model';
import { trainSteps } from '../../src/build/train-steps';
import { floorOnBatch, guessOnBatch } from '../../src/confirm/best-constant';
import { judgeLosses } from '../../src/confirm/judge-losses';
import { stillFalling, unscaledFeatures } from '../../src/confirm/one-batch-causes';
import { overfitOneBatch } from '../../src/confirm/overfit-one-batch';
import { dataset } from '../../src/data/dataset';
import { blobs, linear, plane, withDropout } from '../build/helpers';

/** Ten units, each part to be changed. */
const network =
  (hidden: object = {}, end: object = {}): BuildModel =>
  ({ tf, inputShape, units, classes }) =>
    tf.sequential({
      layers: [
        tf.layers.dense({ inputShape, units: 10, activation: 'relu', name: 'hidden', ...hidden }),
        tf.layers.dense({
          units,
          activation: classes.length > 0 ? 'softmax' : 'linear',
          name: 'end',
          ...end,
        }),
      ],
    });

const times = (factor: number, data = blobs(60)) => ({
  ...data,
  features: { ...data.features, values: data.features.values.map((value) => factor * value) },
});

describe('judgeLosses', () => {
  const line = (n: number, loss: (i: number) => number): number[] =>
    Array.from({ length: n }, (_, i) => loss(i));

  it('draws its lines where it says', () => {
    expect(
      judgeLosses(
        line(100, (i) => (i < 90 ? 1 : 0.1)),
        1,
      ),
    ).toBe('goes-to-zero');
    expect(
      judgeLosses(
        line(100, (i) => (i < 90 ? 1 : 0.11)),
        1,
      ),
    ).toBe('plateaus');
    expect(
      judgeLosses(
        line(100, (i) => (i < 90 ? 1 : 1.51)),
        1,
      ),
    ).toBe('rises');
    expect(
      judgeLosses(
        line(100, (i) => (i < 90 ? 1 : 1.49)),
        1,
      ),
    ).toBe('plateaus');
    expect(
      judgeLosses(
        line(100, (i) => (i < 90 ? 1 : 101)),
        1,
      ),
    ).toBe('explodes');
    expect(judgeLosses([1, NaN], 1)).toBe('explodes');
    // Swings of 0.6 of the guess, and of 0.4.
    expect(
      judgeLosses(
        line(100, (i) => 1 + 0.3 * (-1) ** i),
        1,
      ),
    ).toBe('oscillates');
    expect(
      judgeLosses(
        line(100, (i) => 1 + 0.2 * (-1) ** i),
        1,
      ),
    ).toBe('plateaus');
  });

  it('counts a floor as zero', () => {
    expect(
      judgeLosses(
        line(100, (i) => (i < 50 ? 1 : 0.5)),
        1,
      ),
    ).toBe('plateaus');
    expect(
      judgeLosses(
        line(100, (i) => (i < 50 ? 1 : 0.5)),
        1,
        0.48,
      ),
    ).toBe('goes-to-zero');
  });
});

describe('guess and floor of a batch', () => {
  const data = dataset({ features: [[1], [1], [2], [3]], labels: ['a', 'b', 'a', 'a'] });
  const batch = [0, 1, 2, 3];
  const entropy = (...shares: number[]): number => shares.reduce((sum, p) => sum - p * Math.log(p), 0);

  it('follow the loss', () => {
    expect(guessOnBatch({ data, batch })).toBeCloseTo(entropy(0.75, 0.25), 12);
    // Each of the two units: p (1 − p).
    expect(guessOnBatch({ data, batch, loss: 'meanSquaredError' })).toBeCloseTo(0.75 * 0.25, 12);
    expect(guessOnBatch({ data, batch, loss: 'meanAbsoluteError' })).toBeCloseTo(0.25, 12);
    expect(guessOnBatch({ data, batch, loss: 'binaryCrossentropy' })).toBeCloseTo(entropy(0.75, 0.25), 12);
    const values = dataset({ features: [[1], [2], [3]], labels: [0, 0, 3], task: 'regression' });
    // Mean 1: (1 + 1 + 4) / 3; median 0: 3 / 3.
    expect(guessOnBatch({ data: values, batch: [0, 1, 2] })).toBeCloseTo(2, 12);
    expect(guessOnBatch({ data: values, batch: [0, 1, 2], loss: 'meanAbsoluteError' })).toBeCloseTo(1, 12);
  });

  it('find equal inputs with different labels', () => {
    // Two of four are one half a, one half b: 2/4 · ln 2.
    expect(floorOnBatch({ data, batch })).toEqual({ loss: expect.closeTo(Math.LN2 / 2, 12), conflicting: 2 });
    expect(floorOnBatch({ data, batch: [0, 2, 3] })).toEqual({ loss: 0, conflicting: 0 });
    const same = dataset({ features: [[1], [1], [2]], labels: ['a', 'a', 'b'] });
    expect(floorOnBatch({ data: same, batch: [0, 1, 2] }).conflicting).toBe(0);
  });
});

describe('signs', () => {
  it('tell whether a loss still falls: by at least a hundredth from eighth to eighth', () => {
    const steps = (last: number): number[] => Array.from({ length: 80 }, (_, i) => (i < 70 ? 1 : last));
    expect([0.98, 0.995, 1.1].map((last) => stillFalling(steps(last)))).toEqual([true, false, false]);
  });

  it('tell whether features are far from 1 or from each other', () => {
    const batch = Array.from({ length: 60 }, (_, i) => i);
    expect([1, 10, 100, 0.1, 0.01].map((factor) => unscaledFeatures({ data: times(factor), batch }))).toEqual(
      [false, false, true, false, true],
    );
    const apart = dataset({ features: [[1, 0.001], [-1, -0.001]], labels: ['a', 'b'] }); // prettier-ignore
    expect(unscaledFeatures({ data: apart, batch: [0, 1] })).toBe(true);
  });
});

describe('trainSteps', () => {
  const spec = { data: blobs(40), batch: [0, 1, 2, 3, 4], steps: 20, learningRate: 0.05, seed: 0 };

  it('is one batch without draws: dropout makes no difference', async () => {
    const noisy: BuildModel = (context) => {
      const model = withDropout(context);
      (model.layers[1] as unknown as { rate: number }).rate = 0;
      return model;
    };
    const [dropped, plain] = [
      await trainSteps({ ...spec, build: withDropout }),
      await trainSteps({ ...spec, build: noisy }),
    ];
    expect(dropped.losses).toEqual(plain.losses);
    expect([dropped.turnedOff, plain.turnedOff]).toEqual([['drop'], []]);
  });

  it('leaves penalties out of the losses, and says what they are', async () => {
    const plain = await trainSteps({ ...spec, build: network() });
    const build: BuildModel = (context) =>
      network({ kernelRegularizer: context.tf.regularizers.l2({ l2: 0.5 }) })(context);
    const penalised = await trainSteps({ ...spec, build });
    expect(penalised.losses[0]).toBeCloseTo(plain.losses[0], 6);
    expect(penalised.losses[19]).toBeGreaterThan(plain.losses[19]);
    expect(plain.penalty).toBeLessThan(1e-6);
    expect(penalised.penalty).toBeGreaterThan(0.1);
  });

  it('tells which layers a gradient reaches, and goes on while it is asked to', async () => {
    const build: BuildModel = (context) => network({ trainable: false })(context);
    const lengths: number[] = [];
    const more = ({ length }: readonly number[]): boolean => lengths.push(length) < 3;
    const { layers, losses } = await trainSteps({ ...spec, build, more });
    expect(layers.map(({ name, trainable, firstGradient }) => [name, trainable, firstGradient > 0])).toEqual([
      ['hidden', false, false],
      ['end', true, true],
    ]);
    expect([losses.length, lengths]).toEqual([60, [20, 40, 60]]);
  });
});

describe('overfitOneBatch, planted faults and healthy twins', () => {
  const healthy = { optimizer: 'adam', learningRate: 0.02 };
  const classes = blobs(60);
  const constant =
    (value: number): BuildModel =>
    (context) =>
      network({ biasInitializer: context.tf.initializers.constant({ value }) })(context);
  const oneUnit: BuildModel = (context) => network({}, { units: 1 })(context);
  const wrongWay = { optimizer: ({ tf }: { tf: any }) => tf.train.sgd(-0.1) }; // eslint-disable-line @typescript-eslint/no-explicit-any

  it.each([
    ['healthy', network(), classes, healthy, 'goes-to-zero', undefined],
    ['healthy values', network(), plane(60), healthy, 'goes-to-zero', undefined],
    [
      'rate × 500',
      network(),
      classes,
      { optimizer: 'sgd', learningRate: 100 },
      /rises|oscillates|explodes/,
      'learning-rate-too-high',
    ],
    [
      'rate / 1000',
      network(),
      classes,
      { ...healthy, learningRate: 2e-6 },
      'plateaus',
      'learning-rate-too-low',
    ],
    ['wrong sign', network(), classes, wrongWay, 'rises', 'descends-the-wrong-way'],
    ['wrong sign, values', network(), plane(60), wrongWay, 'explodes', 'descends-the-wrong-way'],
    [
      'inputs × 0.001',
      network(),
      times(0.001),
      { optimizer: 'sgd', learningRate: 0.1 },
      'plateaus',
      'inputs-not-scaled',
    ],
    ['softmax on one unit', oneUnit, blobs(60, 2), healthy, 'plateaus', 'wiring-broken'],
    [
      'sigmoid on one unit',
      network({}, { units: 1, activation: 'sigmoid' }),
      blobs(60, 2),
      healthy,
      'goes-to-zero',
      undefined,
    ],
    ['dead units', constant(-100), classes, healthy, 'plateaus', 'wiring-broken'],
    [
      'all frozen',
      network({ trainable: false }, { trainable: false }),
      classes,
      healthy,
      'plateaus',
      'wiring-broken',
    ],
  ])('%s', async (_name, build, data, options, outcome, cause) => {
    const found = await overfitOneBatch(build, data, options);
    expect(found.outcome).toMatch(outcome);
    expect(found.causes[0]?.id).toBe(cause);
    if (cause) expect(found.causes.reduce((sum, { weight }) => sum + weight, 0)).toBeCloseTo(1, 12);
  });

  it('says which labels cannot both be learnt', async () => {
    const twin = (labels: string[]) => dataset({ features: [[0, 1], [0, 1], [1, 0], [-1, 0]], labels }); // prettier-ignore
    const found = await overfitOneBatch(network(), twin(['a', 'b', 'a', 'b']), { learningRate: 0.05 });
    expect(found.outcome).toBe('goes-to-zero');
    expect(found.floor).toEqual({ loss: expect.closeTo(Math.LN2 / 2, 12), conflicting: 2 });
    expect(found.message).toBe(
      'The model learns all of one batch that can be learnt, but not to zero: 2 of the examples equal another with a different label, so that it cannot be below 0.347.',
    );
    const same = await overfitOneBatch(network(), twin(['a', 'a', 'a', 'b']), { learningRate: 0.05 });
    expect(same.message).toContain('by heart');
  });

  it('goes on while the loss falls, names what no gradient reaches', async () => {
    const slow = await overfitOneBatch(network(), classes, {
      optimizer: 'adam',
      learningRate: 1e-3,
      steps: 50,
    });
    expect(slow.arms[0].steps).toBeGreaterThan(50);
    expect(slow.arms[0].steps).toBeLessThanOrEqual(500);
    const dead = await overfitOneBatch(constant(-100), classes, healthy);
    expect(dead.unreached).toEqual(['hidden']);
    expect(dead.signs).toContain('cutOff');
    const still = await overfitOneBatch(
      network({ trainable: false }, { trainable: false }),
      classes,
      healthy,
    );
    expect(still.message).toBe('The loss on one batch does not move at all.');
    expect(still.unreached).toEqual(['hidden', 'end']);
  });

  it('can be stopped', async () => {
    const found = await overfitOneBatch(linear, classes, { signal: AbortSignal.abort() });
    expect(found).toMatchObject({ verdict: 'aborted', message: 'Stopped after 0 steps.', causes: [] });
  });
});
