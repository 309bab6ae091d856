import * as tf from '@tensorflow/tfjs';
import fc from 'fast-check';
import { ruleOf } from '../../../src/engine/plan/layers';
import type { ParityCase } from './parity';
import {
  MAKERS,
  VOCABULARY,
  type Gene,
  type Made,
  type Maker,
  type Tensor,
  type Writer,
} from './random-layers';

/** What decides on a model: plain numbers. */
export interface Genes {
  readonly shapes: readonly (readonly number[])[];
  readonly tokens: number;
  readonly layers: readonly Gene[];
  readonly heads: readonly number[];
  readonly optimizer: number;
  readonly batch: number;
  readonly seed: number;
}

/** A random model as a parity case, and as code. */
export interface RandomModel {
  readonly code: string;
  readonly parity: ParityCase;
  /** Steps of its optimizer divide by roots of sums of squares, and make rounding larger. */
  readonly adaptive: boolean;
}

const LARGEST = 400;
const number = fc.nat({ max: 59 });
const side = fc.integer({ min: 1, max: 6 });
const gene = fc.record({ kind: number, from: number, other: number, a: number, b: number, c: number });

/** Genes of models with up to 12 layers. */
export const genes: fc.Arbitrary<Genes> = fc.record({
  shapes: fc.array(fc.array(side, { minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 3 }),
  tokens: fc.nat({ max: 5 }),
  layers: fc.array(gene, { minLength: 1, maxLength: 12, size: 'max' }),
  heads: fc.array(number, { minLength: 6, maxLength: 6 }),
  optimizer: number,
  batch: fc.integer({ min: 2, max: 24 }),
  seed: fc.nat({ max: 1000 }),
});

const OPTIMIZERS: readonly [code: string, make: () => tf.Optimizer, adaptive?: boolean][] = [
  ['tf.train.sgd(0.05)', () => tf.train.sgd(0.05)],
  ['tf.train.momentum(0.02, 0.9)', () => tf.train.momentum(0.02, 0.9)],
  ['tf.train.momentum(0.02, 0.8, true)', () => tf.train.momentum(0.02, 0.8, true)],
  ['tf.train.adagrad(0.02)', () => tf.train.adagrad(0.02), true],
  ['tf.train.adam(0.001)', () => tf.train.adam(0.001), true],
  ['tf.train.adamax(0.001)', () => tf.train.adamax(0.001), true],
  ['tf.train.rmsprop(0.001)', () => tf.train.rmsprop(0.001), true],
  ['tf.train.adadelta(0.05)', () => tf.train.adadelta(0.05), true],
];

/** Losses that can be put behind any value, with the last layer that suits them. */
const HEADS: readonly [loss: string | null, activation?: string][] = [
  ['meanSquaredError'],
  ['categoricalCrossentropy', 'softmax'],
  ['meanAbsoluteError', 'linear'],
  ['binaryCrossentropy', 'sigmoid'],
  ['sparseCategoricalCrossentropy', 'softmax'],
  ['logcosh'],
  ['meanSquaredError', 'tanh'],
  [null],
  ['kullbackLeiblerDivergence', 'softmax'],
  ['cosineProximity', 'linear'],
];

const usable: readonly Maker[] = MAKERS.filter(({ classes }) => classes.every((name) => ruleOf(name)));
const isMade = (value: unknown): value is Made =>
  typeof value === 'object' && value !== null && 'layer' in value && 'code' in value;
const opened = (value: unknown): unknown =>
  isMade(value) ? value.layer : Array.isArray(value) ? value.map(opened) : value;
const codeOf = (value: unknown): string =>
  isMade(value)
    ? value.code
    : Array.isArray(value)
      ? `[${value.map(codeOf).join(', ')}]`
      : JSON.stringify(value);
const sizeOf = (dims: readonly number[]): number => dims.reduce((a, b) => a * b, 1);

interface Written {
  readonly model: tf.LayersModel;
  readonly code: string;
  readonly losses: readonly (string | null)[];
  readonly tokens: readonly boolean[];
}

/** Builds the model that the genes decide on. */
function write({ shapes, tokens, layers, heads }: Genes): Written {
  const lines: string[] = [];
  const tensors: Tensor[] = [];
  const inputs: Tensor[] = [];
  const taken = new Set<Tensor>();
  let names = 0;

  function input(dims: readonly number[], isTokens: boolean): void {
    const name = `x${inputs.length}`;
    const made: Tensor = {
      ...{ name, dims, symbolic: tf.input({ shape: [...dims] }) },
      ...(isTokens ? { tokens: true } : {}),
    };
    lines.push(`const ${name} = tf.input({ shape: [${dims.join(', ')}] });${isTokens ? ' // tokens' : ''}`);
    inputs.push(made);
    tensors.push(made);
  }

  const state = { masks: false, readsMasks: false };
  const writer: Writer = {
    state,
    make(name, args) {
      const { trainable, ...rest } = args;
      const factory = (name === 'sequential' ? tf.sequential : tf.layers[name as 'dense']) as (
        args: unknown,
      ) => tf.layers.Layer;
      const given = name === 'sequential' ? rest : args;
      const plain = Object.fromEntries(Object.entries(given).map(([key, value]) => [key, opened(value)]));
      const layer = factory(plain);
      if (name === 'sequential' && trainable === false) layer.trainable = false;
      const inside = Object.entries(given).map(([key, value]) => `${key}: ${codeOf(value)}`);
      const path = name === 'sequential' ? 'tf.sequential' : `tf.layers.${name}`;
      return {
        layer,
        code: `${path}({ ${inside.join(', ')} })${trainable === false ? ' /* frozen */' : ''}`,
      };
    },
    apply({ layer, code }, from) {
      const all = ([from].flat() as Tensor[]).map((x, i, list) =>
        // Inference of TensorFlow.js disposes of a tensor too early that a layer takes twice.
        list.indexOf(x) === i ? x : copied(x),
      );
      const own = layer as tf.layers.Layer;
      const symbolic = own.apply(Array.isArray(from) ? all.map((x) => x.symbolic) : all[0].symbolic);
      const results = [symbolic].flat() as tf.SymbolicTensor[];
      const id = names++;
      const again = code.startsWith('layer');
      const masked = /maskZero: true|masking\(/.test(code);
      state.masks ||= masked;
      if (!again) lines.push(`const layer${id} = ${code};`);
      const layerName = again ? code : `layer${id}`;
      const argument = Array.isArray(from) ? `[${all.map((x) => x.name).join(', ')}]` : all[0].name;
      lines.push(`const t${id} = ${layerName}.apply(${argument}); // ${JSON.stringify(results[0].shape)}`);
      all.forEach((x) => taken.add(x));
      const by = Array.isArray(from) ? {} : { by: { layer, code, name: layerName, takes: all[0].dims } };
      tensors.push({
        ...{ name: `t${id}`, symbolic: results[0], dims: results[0].shape.slice(1) as number[] },
        ...by,
        ...(masked ? { masked } : {}),
      });
    },
  };

  function copied(x: Tensor): Tensor {
    writer.apply(writer.make('activation', { activation: 'linear' }), x);
    return tensors[tensors.length - 1];
  }

  for (const dims of shapes) input(dims, false);
  if (tokens > 0) input([tokens], true);
  for (const gene of layers) {
    const small = tensors.filter(({ dims }) => sizeOf(dims) <= LARGEST);
    const fitting = usable.filter((maker) => small.some((x) => maker.takes(x, state)));
    const maker = fitting[gene.kind % fitting.length];
    const candidates = small.filter((x) => maker.takes(x, state));
    const recent = candidates.slice(-4);
    maker.add(writer, gene, recent[recent.length - 1 - (gene.from % recent.length)], candidates);
  }

  const ends = tensors.filter((x) => !taken.has(x) && !inputs.includes(x)).slice(-heads.length);
  if (ends.length === 0) ends.push(tensors.find((x) => !x.tokens)!);
  const losses: (string | null)[] = [];
  const outputs = ends.map((x, i) => {
    const [loss, activation] = HEADS[heads[i] % HEADS.length];
    // Something is to be trained in every model, and a loss to reach it.
    const forced = i === 0 && (!activation || loss === null);
    losses.push(forced ? 'meanSquaredError' : loss);
    if (!forced && !activation) return x;
    const units = activation === 'softmax' ? 3 : 2;
    writer.apply(writer.make('dense', { units, activation: forced ? 'tanh' : activation }), x);
    return tensors[tensors.length - 1];
  });
  // Inputs that lead to an output.
  const reached = new Set<unknown>();
  const visit = (symbolic: tf.SymbolicTensor): void => {
    if (reached.has(symbolic)) return;
    reached.add(symbolic);
    symbolic.inputs.forEach(visit);
  };
  outputs.forEach(({ symbolic }) => visit(symbolic));
  const used = inputs.filter(({ symbolic }) => reached.has(symbolic));
  const listed = (all: readonly Tensor[]): string => `[${all.map(({ name }) => name).join(', ')}]`;
  lines.push(`const model = tf.model({ inputs: ${listed(used)}, outputs: ${listed(outputs)} });`);
  const model = tf.model({
    inputs: used.map(({ symbolic }) => symbolic),
    outputs: outputs.map(({ symbolic }) => symbolic),
  });
  return { model, code: lines.join('\n'), losses, tokens: used.map((x) => x.tokens === true) };
}

/** Returns the model that the genes decide on. */
export function randomModel(chosen: Genes): RandomModel {
  const { losses, tokens, code, model } = write(chosen);
  model.dispose();
  const { batch, seed, optimizer: which } = chosen;
  const [optimizer, make, adaptive = false] = OPTIMIZERS[which % OPTIMIZERS.length];
  return {
    code: `${code}\n// losses ${JSON.stringify(losses)}, ${optimizer}, batches of ${batch}, seed ${seed}`,
    adaptive,
    parity: {
      ...{ losses, batch, seed, optimizer: make, steps: 3 },
      least: 1e-2, // some gradients are nothing but what is left of numbers that cancel out
      build: () => write(chosen).model,
      input: (uniform, i) => (tokens[i] ? Math.floor(uniform() * VOCABULARY) : uniform() * 2 - 1),
    },
  };
}
