import { random } from '../../../src/core/random';
import { LOSSES } from '../../../src/engine/losses';
import { planSession } from '../../../src/engine/plan-session';
import { startTraining, type Trained } from '../../../src/engine/train/train';
import type { EpochRecord, TrainingData } from '../../../src/engine/train/types';
import type { TensorFlow } from '../../../src/engine/tf';
import { useEngine } from '../../../src/engine/use-engine';

let tf: TensorFlow;
beforeAll(async () => {
  ({ tf } = await useEngine());
});

const N = 41;

function dataOf(units: number): TrainingData {
  const stream = random(7);
  const inputs = Float32Array.from({ length: N * 4 }, () => stream.normal());
  const labels = Int32Array.from({ length: N }, () => stream.integer(units));
  const targets = new Float32Array(N * units);
  labels.forEach((label, i) => (targets[i * units + label] = 1));
  return { n: N, inputs, labels, targets, task: 'classification' } as unknown as TrainingData;
}

/** Trains from the same seed; `own` lets the plan judge the examples. */
async function train(
  own: boolean,
  units: number,
  { initial, subset, epochs }: { initial: 'zeros' | 'huge'; subset: Int32Array | null; epochs: number },
): Promise<{ trained: Trained; records: EpochRecord[]; judges: boolean }> {
  const kernelInitializer =
    initial === 'zeros'
      ? tf.initializers.zeros()
      : tf.initializers.randomNormal({ mean: 0, stddev: 60, seed: 3 });
  const model = tf.sequential({
    layers: [tf.layers.dense({ inputShape: [4], units, activation: 'softmax', kernelInitializer })],
  });
  const stream = random(5);
  const { judge, ...session } = planSession({
    ...{ tf, model, optimizer: tf.train.adam(0.05), loss: LOSSES.categoricalCrossentropy },
    ...{ inputShape: [4], units, batch: 8, threads: 1, stream: stream.fork('dropout') },
  });
  try {
    const records: EpochRecord[] = [];
    const training = startTraining({
      ...{ session: own ? { ...session, judge } : session, train: dataOf(units), validation: null, subset },
      ...{
        loss: LOSSES.categoricalCrossentropy,
        units,
        layers: [],
        epochs,
        batchSize: 8,
        learningRate: 0.05,
      },
      ...{ shuffle: true, stream, begun: 0, aborted: () => false, breathe: () => undefined },
    });
    const trained = await training.run((record) => records.push(record));
    return { trained, records, judges: judge !== undefined };
  } finally {
    session.dispose();
    model.dispose();
  }
}

const some = Int32Array.from({ length: 17 }, (_, i) => (i * 5) % N);

describe('judging in the memory of a plan', () => {
  it.each([
    [2, 'zeros', null],
    [3, 'zeros', some],
    [10, 'zeros', null],
    [4, 'huge', null],
    [17, 'huge', some],
  ] as const)(
    '%i classes, first weights %s: the bits of judging in JavaScript',
    async (units, initial, subset) => {
      const options = { initial, subset, epochs: 12 };
      const [plan, plain] = [await train(true, units, options), await train(false, units, options)];
      expect(plan.judges).toBe(true);
      expect(plan.trained.examples).toEqual(plain.trained.examples);
      expect(plan.records.map(({ running }) => running)).toEqual(plain.records.map(({ running }) => running));
      expect((plan.trained.examples.seen as number[]).every((times) => times === 12)).toBe(true);
    },
  );

  it('keeps margins whose product leaves the range of numbers', async () => {
    const { trained } = await train(true, 3, { initial: 'huge', subset: null, epochs: 12 });
    const margins = trained.examples.marginSum as number[];
    // 1e200 is e to the 460.
    expect(Math.max(...margins.map(Math.abs))).toBeGreaterThan(460);
    expect(margins.every(Number.isFinite)).toBe(true);
  });
});
