import { createHash } from 'node:crypto';
import * as tf from '@tensorflow/tfjs';
import { random } from '../../../src/core/random';
import { graphOf } from '../../../src/engine/plan/graph';
import { planLoss } from '../../../src/engine/plan/losses';
import { planOptimizer } from '../../../src/engine/plan/optimizers';
import { compilePlan, type Plan } from '../../../src/engine/plan/plan';
import { withSeededRandom } from '../../../src/engine/with-seeded-random';

/** A model whose plan is to agree with TensorFlow.js' own autograd on the plain JavaScript backend. */
export interface ParityCase {
  readonly build: () => tf.LayersModel;
  /**
   * Names of tfjs-layers, one for each output, null where no loss reaches it; defaults to meanSquaredError for all. Targets of
   * sparseCategoricalCrossentropy are class numbers.
   */
  readonly losses?: readonly (string | null)[];
  readonly optimizer?: () => tf.Optimizer;
  /** Examples a step (odd by default, so that slices differ), and all together. */
  readonly batch?: number;
  readonly n?: number;
  readonly steps?: number;
  /** Largest difference of a gradient or weight, as a share of the largest number in it. */
  readonly tolerance?: number;
  /** Gradients are compared as if their largest number were at least this; defaults to 1e-4. */
  readonly least?: number;
  /** One number of an input (`uniform` draws from [0, 1)); defaults to −1 … 1. */
  readonly input?: (uniform: () => number, input: number) => number;
  /** One example's target of an output; defaults to something that suits the loss. */
  readonly target?: (uniform: () => number, size: number, output: number) => number[];
  /** Examples count differently in the loss: alike for all outputs, or for each one by itself. */
  readonly weights?: 'all' | 'each';
  readonly seed?: number;
}

const sizeOf = (shape: readonly (number | null)[]): number =>
  shape.slice(1).reduce<number>((product, side) => product * side!, 1);

const CLASSES = /^categorical|Softmax/;

const SPARSE = 'sparseCategoricalCrossentropy';

function targetOf(loss: string, uniform: () => number, size: number, last: number): number[] {
  if (loss === SPARSE) return Array.from({ length: size / last }, () => Math.floor(uniform() * last));
  if (CLASSES.test(loss)) {
    return Array.from({ length: size / last }, () => Math.floor(uniform() * last)).flatMap((k) =>
      Array.from({ length: last }, (_, j) => Number(j === k)),
    );
  }
  if (/inge/.test(loss)) return Array.from({ length: size }, () => (uniform() < 0.5 ? -1 : 1));
  if (loss === 'binaryCrossentropy') return Array.from({ length: size }, () => Number(uniform() < 0.5));
  if (loss === 'kullbackLeiblerDivergence') return Array.from({ length: size }, () => uniform() + 0.1);
  return Array.from({ length: size }, () => uniform() * 2 - 0.5);
}

/** The largest difference, as a share of the largest number (at least `least`) of the reference. */
export function difference(a: ArrayLike<number>, b: ArrayLike<number>, least = 1e-4): number {
  if (a.length !== b.length) throw new Error(`lengths differ: ${a.length} and ${b.length}`);
  let most = 0;
  let size = least;
  for (let i = 0; i < a.length; i++) {
    const apart = Math.abs(a[i] - b[i]);
    if (!(apart <= most)) most = Number.isNaN(apart) ? Infinity : apart;
    size = Math.max(size, Math.abs(b[i]));
  }
  return most / size;
}

export interface ParityData {
  readonly n: number;
  readonly inputs: readonly Float32Array[];
  /** For the outputs that a loss reaches. */
  readonly targets: readonly Float32Array[];
  readonly weights?: Float32Array | readonly Float32Array[];
}

function dataFor(
  model: tf.LayersModel,
  spec: ParityCase,
  losses: readonly (string | null)[],
  n: number,
): ParityData {
  const stream = random(spec.seed ?? 7);
  const uniform = (): number => stream.next();
  const inputs = model.inputs.map(({ shape }, i) =>
    Float32Array.from({ length: n * sizeOf(shape) }, () =>
      spec.input ? spec.input(uniform, i) : uniform() * 2 - 1,
    ),
  );
  const targets = model.outputs.flatMap(({ shape }, i) => {
    const loss = losses[i];
    if (loss === null) return [];
    const size = sizeOf(shape);
    const rows = Array.from({ length: n }, () =>
      spec.target ? spec.target(uniform, size, i) : targetOf(loss, uniform, size, shape.at(-1)!),
    );
    return [Float32Array.from(rows.flat())];
  });
  if (!spec.weights) return { n, inputs, targets };
  const block = (): Float32Array => Float32Array.from({ length: n }, () => 2 * uniform());
  return { n, inputs, targets, weights: spec.weights === 'all' ? block() : targets.map(block) };
}

/** The loss of each example: the mean over its positions. */
const byExample = (loss: tf.Tensor): tf.Tensor =>
  loss.rank > 1 ? loss.mean(Array.from({ length: loss.rank - 1 }, (_, i) => i + 1)) : loss;

const hashOf = (plan: Plan): string => {
  const hash = createHash('sha256');
  for (const param of plan.params) hash.update(plan.values(param));
  return hash.digest('hex');
};

/** What a comparison measured; all differences are shares of the largest number of the reference. */
export interface ParityResult {
  readonly gradients: Readonly<Record<string, number>>;
  readonly losses: number;
  readonly weights: Readonly<Record<string, number>>;
  readonly outputs: number;
  /** Undefined where it was not looked at. */
  readonly sameBitsOnTwoThreads: boolean | undefined;
  readonly slices: number;
}

/** Parts that each batch is cut into; with batches of fewer examples some are empty. */
const SLICES = 3;
/** One comparison in so many runs on two threads too, the first of each file among them: starting threads takes its time. */
const THREADED = 3;
let calls = 0;

/** Trains both ways from the same weights on the same batches and tells how far they are apart. */
export async function compareWithTf(spec: ParityCase): Promise<ParityResult> {
  await tf.setBackend('cpu');
  const { batch = 13, steps = 10, seed = 7 } = spec;
  const n = spec.n ?? batch + 8;
  const stream = random(seed + 1);
  const model = withSeededRandom(random(seed), spec.build);
  const losses = spec.losses ?? model.outputs.map(() => 'meanSquaredError');
  // Biases and the like start at zero, where a mistake would not be seen.
  for (const weight of model.weights) {
    const old = weight.read();
    if (old.dataSync().every((x) => x === old.dataSync()[0])) {
      weight.write(
        tf.tensor(
          Float32Array.from(old.dataSync(), (x) => x + 0.1 * (stream.next() - (x === 0 ? 0.5 : 0))),
          old.shape,
        ),
      );
    }
  }
  const data = dataFor(model, spec, losses, n);
  const optimizer = spec.optimizer ?? (() => tf.train.sgd(0.05));
  const makePlan = (threads: number): Plan => {
    const plan = compilePlan({
      graph: graphOf(model),
      losses: losses.map((name) => (name === null ? null : planLoss(name, name === SPARSE))),
      optimizer: planOptimizer(optimizer()),
      batch,
      threads,
      seed,
      slices: SLICES, // the models are small; by their work they would not be cut
    });
    plan.readWeights();
    return plan;
  };
  const plan = makePlan(1);
  const second = calls++ % THREADED === 0 ? makePlan(2) : undefined;
  const planData = plan.load(data);
  const secondData = second?.load(data);
  model.compile({ optimizer: optimizer(), loss: losses.map((name) => name ?? 'meanSquaredError') });
  type LossFunction = (target: tf.Tensor, output: tf.Tensor) => tf.Tensor;
  const compiled = (model as unknown as { model?: tf.LayersModel }).model ?? model; // of a Sequential
  const functions = (compiled as unknown as { lossFunctions: LossFunction[] }).lossFunctions;
  const applied = optimizer();
  const trained = plan.params.filter(({ gradient }) => gradient !== null);
  const variables = trained.map(({ weight }) => weight.read() as tf.Variable);
  const pick = (
    values: Float32Array,
    shape: readonly (number | null)[],
    rows: readonly number[],
  ): tf.Tensor => {
    const size = sizeOf(shape);
    const taken = new Float32Array(rows.length * size);
    rows.forEach((row, i) => taken.set(values.subarray(row * size, (row + 1) * size), i * size));
    return tf.tensor(taken, [rows.length, ...(shape.slice(1) as number[])]);
  };
  const gradients: Record<string, number> = {};
  let lossApart = 0;
  try {
    for (let step = 0; step < steps; step++) {
      // Every third batch is shorter, as the last one of an epoch is.
      const size = step % 3 === 2 ? Math.max(1, batch - 4) : batch;
      const rows = Array.from({ length: size }, (_, i) => (i + step * 5) % n);
      const mine = plan.step(planData, rows);
      if (second) {
        // The helping thread comes after the first step.
        await new Promise((resolve) => setTimeout(resolve, step === 1 ? 60 : 0));
        second.step(secondData!, rows);
      }
      const theirs = tf.tidy(() => {
        const inputs = model.inputs.map(({ shape }, i) => pick(data.inputs[i], shape, rows));
        const reached = model.outputs.map((_, i) => i).filter((i) => losses[i] !== null);
        const targets = reached.map((output, i) => {
          const { shape } = model.outputs[output];
          return pick(data.targets[i], losses[output] === SPARSE ? [...shape.slice(0, -1), 1] : shape, rows);
        });
        const weightsOf = (i: number): tf.Tensor | undefined => {
          const block = data.weights instanceof Float32Array ? data.weights : data.weights?.[i];
          return block && pick(block, [null], rows);
        };
        const { value, grads } = tf.variableGrads(() => {
          const made = model.apply(inputs.length === 1 ? inputs[0] : inputs, { training: true });
          const outputs = Array.isArray(made) ? made : [made as tf.Tensor];
          const terms = reached.map((output, i) => {
            const loss = byExample(functions[output](targets[i], outputs[output] as tf.Tensor));
            const weights = weightsOf(i);
            return (weights ? loss.mul(weights) : loss).mean();
          });
          const all = [...terms, ...model.calculateLosses()];
          return all.reduce((a, b) => a.add(b)).asScalar();
        }, variables);
        if (step === 0) {
          trained.forEach((param, i) => {
            gradients[param.weight.name] = difference(
              plan.gradient(param),
              // No loss may reach a variable at all.
              grads[variables[i].name]?.dataSync() ?? new Float32Array(sizeOf([1, ...param.shape])),
              spec.least,
            );
          });
        }
        applied.applyGradients(grads);
        return value.dataSync()[0];
      });
      lossApart = Math.max(lossApart, Math.abs(mine - theirs) / Math.max(1e-3, Math.abs(theirs)));
    }
    const weights = Object.fromEntries(
      plan.params.map((param) => [
        param.weight.name,
        difference(plan.values(param), param.weight.read().dataSync() as Float32Array),
      ]),
    );
    const rows = Array.from({ length: Math.min(n, 11) }, (_, i) => i);
    plan.infer(planData, rows);
    const outputs = tf.tidy(() => {
      const inputs = model.inputs.map(({ shape }, i) => pick(data.inputs[i], shape, rows));
      const made = model.apply(inputs.length === 1 ? inputs[0] : inputs, { training: false });
      const all = (Array.isArray(made) ? made : [made]) as tf.Tensor[];
      return Math.max(...all.map((o, i) => difference(plan.outputs(i), o.dataSync())));
    });
    return {
      gradients,
      losses: lossApart,
      weights,
      outputs,
      sameBitsOnTwoThreads: second ? hashOf(plan) === hashOf(second) : undefined,
      slices: plan.slices,
    };
  } finally {
    plan.dispose();
    second?.dispose();
    model.dispose();
  }
}

/** Expects a plan to agree with TensorFlow.js: gradients, ten steps, inference, and one thread with two. */
export async function expectParity(spec: ParityCase): Promise<ParityResult> {
  const result = await compareWithTf(spec);
  const limit = spec.tolerance ?? 1e-4;
  const far = [
    ...Object.entries(result.gradients).map(([name, apart]) => [`gradient of ${name}`, apart] as const),
    ...Object.entries(result.weights).map(([name, apart]) => [`weight ${name}`, apart] as const),
    ['losses', result.losses] as const,
    ['outputs', result.outputs] as const,
  ].filter(([, apart]) => !(apart <= limit));
  expect(far).toEqual([]);
  expect(Object.keys(result.weights).length).toBeGreaterThan(0);
  expect(result.sameBitsOnTwoThreads).not.toBe(false);
  return result;
}
