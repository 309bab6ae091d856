import fc from 'fast-check';
import { LAYER_RULES } from '../../../src/engine/plan/layers';
import { Unplannable } from '../../../src/engine/plan/unplannable';
import { compareWithTf } from './parity';
import { MAKERS } from './random-layers';
import { genes, randomModel, type Genes } from './random-model';

/** More than these by hand: HUNCH_MODELS=5000 HUNCH_SEED=7 npx jest random-models. */
const RUNS = Number(process.env.HUNCH_MODELS ?? 30);
const SEED = Number(process.env.HUNCH_SEED ?? 20);

/** Kinds of layers that no random model holds, and why. */
const LEFT_OUT: Readonly<Record<string, string>> = {
  InputLayer: 'every model has some',
  ThresholdedReLU: 'TensorFlow.js has no gradient for it',
};

interface Far {
  readonly what: string;
  readonly apart: number;
}

/** Where a model's plan and TensorFlow.js differ by more than rounding; undefined where no plan can be made. */
async function differences(chosen: Genes): Promise<Far[] | undefined> {
  const { parity, adaptive } = randomModel(chosen);
  try {
    const result = await compareWithTf(parity);
    // Rounding grows through up to 12 layers, and a step of an adaptive optimizer may turn on the sign of a gradient of 1e-8.
    const [limit, after] = adaptive ? [1e-3, 0.1] : [1e-3, 1e-3];
    const far = [
      ...Object.entries(result.gradients).map(([name, apart]) => ({
        what: `gradient of ${name}`,
        apart,
        limit,
      })),
      ...Object.entries(result.weights).map(([name, apart]) => ({ what: name, apart, limit: after })),
      { what: 'losses', apart: result.losses, limit: after },
      { what: 'outputs', apart: result.outputs, limit: after },
      { what: 'two threads', apart: result.sameBitsOnTwoThreads === false ? Infinity : 0, limit: 0 },
    ];
    return far.filter(({ apart, limit: most }) => !(apart <= most));
  } catch (error) {
    if (error instanceof Unplannable) return undefined;
    throw error;
  }
}

describe('random models', () => {
  it('are made of all kinds of layers that have a rule', () => {
    const covered = new Set(MAKERS.flatMap(({ classes }) => classes));
    for (const name of LAYER_RULES.flatMap(({ classes }) => classes)) {
      expect([name, covered.has(name) !== name in LEFT_OUT]).toEqual([name, true]);
    }
  });

  it('agree with TensorFlow.js', async () => {
    let planned = 0;
    let refused = 0;
    await fc.assert(
      fc.asyncProperty(genes, async (chosen) => {
        const far = await differences(chosen).catch((error: unknown) => {
          throw new Error(`${(error as Error).message}\n${randomModel(chosen).code}`, { cause: error });
        });
        if (!far) return void refused++;
        planned++;
        if (far.length > 0) throw new Error(`${JSON.stringify(far)}\n${randomModel(chosen).code}`);
      }),
      { seed: SEED, numRuns: RUNS, interruptAfterTimeLimit: 600_000 },
    );
    expect(planned).toBeGreaterThan(3 * refused);
  }, 900_000);
});
