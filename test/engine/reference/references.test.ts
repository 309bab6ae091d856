import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as tf from '@tensorflow/tfjs';
import { graphOf } from '../../../src/engine/plan/graph';
import { planLoss } from '../../../src/engine/plan/losses';
import { planOptimizer } from '../../../src/engine/plan/optimizers';
import { compilePlan, type Plan } from '../../../src/engine/plan/plan';
import { drawnTargets, drawnWeights, Numbers } from './numbers';

type Layer = readonly [kind: string, args: Readonly<Record<string, unknown>>];

/** A case of make_references.py with what PyTorch found in float64. */
interface Reference {
  readonly name: string;
  readonly input: readonly number[];
  readonly layers: readonly Layer[];
  readonly loss: string;
  readonly batch: number;
  readonly value: number;
  /** For each layer, for each of its trained weights. */
  readonly gradients: readonly (readonly (readonly number[])[])[];
}
interface Family {
  readonly source: string;
  readonly family: string;
  readonly cases: readonly Reference[];
}

/** Largest difference of a gradient as a share of its largest number: some roundings of float32 (6e-8 each). */
const LIMIT = 1e-5;

const FAMILIES = readdirSync(__dirname)
  .filter((name) => name.endsWith('.json') && name !== 'checksums.json')
  .map((name) => JSON.parse(readFileSync(join(__dirname, name), 'utf8')) as Family);

type Maker = (args: object) => tf.layers.Layer;
const makers = tf.layers as unknown as Readonly<Record<string, Maker>>;

function layerOf([kind, args]: Layer, more: object = {}): tf.layers.Layer {
  const inner = args.layer as Layer | undefined;
  return makers[kind]({ ...args, ...(inner ? { layer: layerOf(inner) } : {}), ...more });
}

const sidesOf = (shape: readonly (number | null)[], batch: number): number[] =>
  shape.map((side) => side ?? batch);

/** Builds the model with the drawn weights, makes one step of a plan, and hands it over with the loss. */
function stepOf(
  family: string,
  { name, input, layers, loss, batch }: Reference,
  look: (plan: Plan, model: tf.Sequential, loss: number) => void,
): void {
  const model = tf.sequential({
    layers: layers.map((layer, i) => layerOf(layer, i === 0 ? { inputShape: input } : {})),
  });
  const numbers = new Numbers(`${family} ${name}`);
  const [first, args] = layers[0];
  const size = input.reduce((product, side) => product * side, batch);
  const inputs = Float32Array.from({ length: size }, () =>
    first === 'embedding' ? numbers.whole(args.inputDim as number) : numbers.centred(),
  );
  for (const layer of model.layers) {
    for (const weight of layer.trainableWeights) {
      const shape = sidesOf(weight.shape, batch);
      const values = tf.tensor(drawnWeights(numbers, shape), shape);
      weight.write(values);
      values.dispose();
    }
  }
  const targets = drawnTargets(loss, numbers, sidesOf(model.outputs[0].shape, batch));
  const plan = compilePlan({
    graph: graphOf(model),
    losses: [planLoss(loss)],
    optimizer: planOptimizer(tf.train.sgd(0.1)),
    batch,
    threads: 1,
  });
  try {
    plan.readWeights();
    const data = plan.load({ n: batch, inputs: [inputs], targets: [targets] });
    look(
      plan,
      model,
      plan.step(
        data,
        Array.from({ length: batch }, (_, i) => i),
      ),
    );
  } finally {
    plan.dispose();
    model.dispose();
  }
}

/** The largest difference as a share of the largest number, which is at least 1e-6. */
function apart(a: ArrayLike<number>, b: ArrayLike<number>): number {
  if (a.length !== b.length) return Infinity;
  let most = 0;
  let size = 1e-6;
  for (let i = 0; i < a.length; i++) {
    const difference = Math.abs(a[i] - b[i]);
    if (!(difference <= most)) most = Number.isNaN(difference) ? Infinity : difference;
    size = Math.max(size, Math.abs(b[i]));
  }
  return most / size;
}

describe.each(FAMILIES)('$family against $source', ({ family, cases }) => {
  beforeAll(() => tf.setBackend('cpu'));

  it.each(cases)('$name, $loss', (reference) => {
    stepOf(family, reference, (plan, model, loss) => {
      expect(Math.abs(loss - reference.value)).toBeLessThan(LIMIT * Math.max(1, Math.abs(reference.value)));
      const found = model.layers.flatMap((layer, i) =>
        layer.trainableWeights.map((weight, k) => {
          const param = plan.params.find(
            (one) => one.weight.id === (weight as unknown as { id: number }).id,
          )!;
          const own = apart(plan.gradient(param), reference.gradients[i][k]);
          return own <= LIMIT ? null : `${weight.name}: ${own.toExponential(1)}`;
        }),
      );
      expect(found.filter((far) => far !== null)).toEqual([]);
      expect(found.length).toBe(reference.gradients.flat().length);
    });
  });
});

test('a gradient that is a little off is seen', () => {
  expect(apart([1, 2, 3.0001], [1, 2, 3])).toBeGreaterThan(LIMIT);
  expect(apart([1, 2, 3.00001], [1, 2, 3])).toBeLessThan(LIMIT);
  expect(apart([NaN], [1])).toBe(Infinity);
});
