import type { LayersModel } from '@tensorflow/tfjs';
import type { LayerSummary } from './types';

/** What the weights of a layer are like before the first step. */
export type InitialFacts = Pick<LayerSummary, 'penalty' | 'initial'>;

/** Weights of a large kernel that are looked at, at most. */
const MOST_WEIGHTS = 20_000;

type Layer = LayersModel['layers'][number];

function penaltyOf(regularizer: unknown, read: (() => ArrayLike<number>) | undefined): number {
  const { l1, l2 } = (regularizer ?? {}) as { readonly l1?: unknown; readonly l2?: unknown };
  const [first, second] = [l1, l2].map((strength) => (typeof strength === 'number' ? strength : 0));
  if (!read || (first === 0 && second === 0)) return 0;
  const values = read();
  let [absolute, squares] = [0, 0];
  for (let i = 0; i < values.length; i++) {
    absolute += Math.abs(values[i]);
    squares += values[i] ** 2;
  }
  return first * absolute + second * squares;
}

/** Standard deviations by the usual rules: the last axis of a kernel are its units, those before the last two its window. */
function usualSd(shape: readonly number[]): readonly [number, number] {
  const window = shape.slice(0, -2).reduce((product, side) => product * side, 1);
  const [fanIn, fanOut] = [window * shape[shape.length - 2], window * shape[shape.length - 1]];
  return [Math.min(Math.sqrt(2 / (fanIn + fanOut)), Math.sqrt(1 / fanIn)), Math.sqrt(2 / fanIn)];
}

function factsOf(layer: Layer): InitialFacts {
  const weights = layer.weights.map((weight) => ({
    name: weight.originalName.split('/').pop() ?? '',
    shape: weight.shape as readonly number[],
    // Read where it is needed: a large embedding is not.
    read: () => weight.read().dataSync() as Float32Array,
  }));
  const kernel = weights.find(({ name, shape }) => /kernel$/.test(name) && shape.length >= 2);
  const bias = weights.find(({ name }) => name === 'bias')?.read;
  const embeddings = weights.find(({ name }) => name === 'embeddings');
  const regularizers = layer as unknown as Record<string, unknown>;
  const penalty =
    penaltyOf(regularizers.kernelRegularizer, kernel?.read) +
    penaltyOf(regularizers.biasRegularizer, bias) +
    penaltyOf(regularizers.embeddingsRegularizer, embeddings?.read);
  const told = penalty > 0 ? { penalty } : {};
  if (!kernel || /depthwise/i.test(layer.getClassName())) return told;
  const units = kernel.shape[kernel.shape.length - 1];
  const values = kernel.read();
  const biases = bias?.();
  const rows = Math.min(values.length / units, Math.max(1, Math.floor(MOST_WEIGHTS / units)));
  let [squares, equalUnits] = [0, units > 1];
  for (let row = 0; row < rows; row++) {
    const first = values[row * units];
    for (let u = 0; u < units; u++) {
      const value = values[row * units + u];
      squares += value * value;
      if (value !== first) equalUnits = false;
    }
  }
  return {
    ...told,
    initial: {
      sd: Math.sqrt(squares / (rows * units)),
      expected: usualSd(kernel.shape),
      equalUnits,
      bias: biases ? biases.reduce((sum, value) => sum + value, 0) / biases.length : NaN,
    },
  };
}

/** Returns, by layer name, what the weights of a model are like now. */
export function initialFacts(model: LayersModel): ReadonlyMap<string, InitialFacts> {
  return new Map(
    model.layers.filter(({ weights }) => weights.length > 0).map((layer) => [layer.name, factsOf(layer)]),
  );
}
