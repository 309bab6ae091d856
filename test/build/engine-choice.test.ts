import type { LayersModel } from '@tensorflow/tfjs';
import type { BuildModel } from '../../src/build/build-model';
import { explainEngine } from '../../src/build/explain-engine';
import { fit } from '../../src/build/fit';
import { useEngine } from '../../src/engine/use-engine';
import { blobs, linear, untimed, weightsOf, withDropout } from './helpers';

const QUIET = { live: false, epochs: 2, seed: 3 } as const;

/** A layer of one's own, which no plan knows. */
async function ownLayer(): Promise<BuildModel> {
  const { tf } = await useEngine();
  class Halve extends tf.layers.Layer {
    static className = 'Halve';
    override computeOutputShape(shape: number[]): number[] {
      return shape;
    }
    override call(inputs: unknown): ReturnType<typeof tf.mul> {
      return tf.mul((Array.isArray(inputs) ? inputs[0] : inputs) as ReturnType<typeof tf.scalar>, 0.5);
    }
  }
  return ({ inputShape, units }) =>
    tf.sequential({
      layers: [
        tf.layers.dense({ inputShape, units: 4, activation: 'relu' }),
        new Halve({ name: 'own' }) as unknown as ReturnType<typeof tf.layers.dense>,
        tf.layers.dense({ units, activation: 'softmax' }),
      ],
    });
}

async function modelOf(build: BuildModel): Promise<LayersModel> {
  const run = await fit(build, blobs(12), { ...QUIET, epochs: 1 });
  return run.model;
}

describe('what runs the steps', () => {
  const before = { ...process.env };
  afterEach(() => {
    process.env = { ...before };
  });

  it('is the plan, and says so in the log', async () => {
    const run = await fit(linear, blobs(12), QUIET);
    expect(run.log.engine).toMatchObject({ name: 'wasm', steps: 'plan' });
    expect(run.log.warnings).toEqual([]);
    run.dispose();
  });

  it('is autograd where a layer cannot be planned, with one warning that names it', async () => {
    const run = await fit(await ownLayer(), blobs(12), QUIET);
    expect(run.log.engine.steps).toBe('autograd');
    expect(run.log.warnings).toEqual([
      expect.objectContaining({
        code: 'not-planned',
        message: expect.stringMatching(
          /autograd, which is slower: own: layers of class Halve have no rule\.$/,
        ),
      }),
    ]);
    run.dispose();
  });

  it('is autograd when HUNCH_PLAN is off, and then the weights agree with those of the plan', async () => {
    const planned = await fit(linear, blobs(40), { ...QUIET, optimizer: 'sgd' });
    process.env.HUNCH_PLAN = 'off';
    const run = await fit(linear, blobs(40), { ...QUIET, optimizer: 'sgd' });
    expect(run.log.engine.steps).toBe('autograd');
    expect(run.log.warnings).toEqual([]);
    weightsOf(run.model).forEach((w, i) => expect(w).toBeCloseTo(weightsOf(planned.model)[i], 5));
    expect(run.log.epochs.at(-1)!.train.loss.value).toBeCloseTo(
      planned.log.epochs.at(-1)!.train.loss.value,
      5,
    );
    run.dispose();
    planned.dispose();
  });

  it('gives the same log whatever the number of threads that came in time', async () => {
    const options = { ...QUIET, epochs: 4, batchSize: 64 } as const;
    const wide: BuildModel = ({ tf, inputShape, units }) =>
      tf.sequential({
        layers: [
          tf.layers.dense({ inputShape, units: 128, activation: 'relu', name: 'a' }),
          tf.layers.dense({ units: 128, activation: 'relu', name: 'b' }),
          tf.layers.dense({ units, activation: 'softmax', name: 'c' }),
        ],
      });
    const [one, two] = [await fit(wide, blobs(300), options), await fit(wide, blobs(300), options)];
    expect(untimed(one.log)).toEqual(untimed(two.log));
    expect(weightsOf(one.model)).toEqual(weightsOf(two.model));
    one.dispose();
    two.dispose();
  });
});

describe('explainEngine', () => {
  it('tells the work of each layer', async () => {
    const model = await modelOf(withDropout);
    const told = await explainEngine(model, { batchSize: 10 });
    // 2 → 8 → 3: forward 2·2·8 and 2·8·3, weight gradients the same, the input gradient of the last layer 2·8·3.
    const flops = 10 * (2 * 32 + 3 * 48);
    expect(told).toMatchObject({ steps: 'plan', slices: 1, vectors: 4, flops, batchSize: 10 });
    expect(told.layers.reduce((sum, layer) => sum + layer.flops, 0)).toBe(flops);
    expect(told.layers.find(({ layer }) => layer === 'hidden')).toMatchObject({ flops: 640 });
    expect(told.bytes).toBeGreaterThan(1000);
    model.dispose();
  });

  it('tells which layer a plan cannot express', async () => {
    const model = await modelOf(await ownLayer());
    expect(await explainEngine(model)).toMatchObject({
      steps: 'autograd',
      reason: expect.stringContaining('own: layers of class Halve have no rule'),
      layers: [],
    });
    model.dispose();
  });

  it('leaves no tensor behind, whatever the optimizer', async () => {
    const model = await modelOf(linear);
    const { tf } = await useEngine();
    const before = tf.memory().numTensors;
    for (const optimizer of ['momentum', 'adam', 'rmsprop'] as const) {
      await explainEngine(model, { optimizer });
      expect([optimizer, tf.memory().numTensors - before]).toEqual([optimizer, 0]);
    }
    model.dispose();
  });

  it('refuses what it cannot use', async () => {
    const model = await modelOf(linear);
    await expect(explainEngine({} as LayersModel)).rejects.toThrow('must be a tfjs-layers model');
    await expect(explainEngine(model, { batchSize: 0 })).rejects.toThrow('"batchSize"');
    await expect(explainEngine(model, { optimizer: 'adm' as 'adam' })).rejects.toThrow(
      'Did you mean "adam"?',
    );
    await expect(explainEngine(model, { optimiser: 'adam' } as never)).rejects.toThrow('optimizer');
    model.dispose();
  });
});
