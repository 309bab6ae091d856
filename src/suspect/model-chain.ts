import type { LayerSummary, RunLog } from '../build/types';

const PASSES =
  /^(Dropout|AlphaDropout|GaussianDropout|GaussianNoise|SpatialDropout1D|Flatten|Reshape|Permute|InputLayer|Cropping|ZeroPadding)/;
const LINEAR = /^(AveragePooling|GlobalAveragePooling|UpSampling|BatchNormalization)/;
const DROPS = /^(Dropout|AlphaDropout|GaussianDropout|SpatialDropout1D)/;
const PLAIN =
  /^(Dense|Conv1D|Conv2D|Conv3D|Conv2DTranspose|Conv3DTranspose|SeparableConv2D|DepthwiseConv2D)$/;

/** Whether a layer computes a weighted sum of its inputs before its activation. */
export const isWeightedSum = ({ type }: LayerSummary): boolean => PLAIN.test(type);
/** Whether a layer deletes a share of its inputs in training. */
export const dropsOut = ({ type }: LayerSummary): boolean => DROPS.test(type);
/** Whether a layer does nothing to the numbers, as in use, or nothing but a linear map without weights of its own. */
const isLinear = ({ type, activation }: LayerSummary): boolean =>
  PASSES.test(type) || LINEAR.test(type) || (type === 'Activation' && activation === 'linear');

/** The layer whose output no other layer takes, the last of them. */
export function outputLayer(layers: readonly LayerSummary[]): LayerSummary | undefined {
  const taken = new Set(layers.flatMap(({ inputs = [] }) => inputs));
  return [...layers].reverse().find(({ name }) => !taken.has(name));
}

/** The only layer before another one; undefined where there are several or none. */
function before(layers: readonly LayerSummary[], { inputs = [] }: LayerSummary): LayerSummary | undefined {
  return inputs.length === 1 ? layers.find(({ name }) => name === inputs[0]) : undefined;
}

/** Numbers of an example that a layer gives; its units. */
export const unitsOf = ({ outputShape }: LayerSummary): number => outputShape[outputShape.length - 1] ?? NaN;

/** How a model ends. */
export interface Ending {
  /** Activations from the output back to the last layer with weights, those that do nothing left out. */
  readonly activations: readonly string[];
  readonly units: number;
  /** The last layer with weights. */
  readonly layer: LayerSummary | null;
  /** Dropout behind it. */
  readonly dropout: LayerSummary | null;
}

/** The activation of a layer by its type, where it is a layer of its own. */
const OWN: Readonly<Record<string, string>> = {
  Softmax: 'softmax',
  ReLU: 'relu',
  LeakyReLU: 'leakyRelu',
  ELU: 'elu',
};

/** Returns how a model ends; null where its layers do not tell. */
export function endingOf(layers: readonly LayerSummary[]): Ending | null {
  let layer = outputLayer(layers);
  if (!layer) return null;
  const units = unitsOf(layer);
  const activations: string[] = [];
  let dropout: LayerSummary | null = null;
  while (layer) {
    const activation: string | undefined = OWN[layer.type] ?? layer.activation;
    if (activation !== undefined && activation !== 'linear') activations.push(activation);
    if (layer.parameters > 0 && !LINEAR.test(layer.type)) return { activations, units, layer, dropout };
    if (dropsOut(layer)) dropout = layer;
    layer = before(layers, layer);
  }
  return { activations, units, layer: null, dropout };
}

/** Pairs of layers of which the second takes the output of the first with nothing but linear maps between them. */
export function linearPairs(
  layers: readonly LayerSummary[],
): readonly { readonly first: LayerSummary; readonly second: LayerSummary }[] {
  return layers.filter(isWeightedSum).flatMap((second) => {
    let first = before(layers, second);
    while (first && !isWeightedSum(first)) first = isLinear(first) ? before(layers, first) : undefined;
    return first && (first.activation ?? 'linear') === 'linear' ? [{ first, second }] : [];
  });
}

/** Whether the inputs are tokens: numbers of words, of which size says nothing. */
export const takesTokens = ({ model, preparation }: Pick<RunLog, 'model' | 'preparation'>): boolean =>
  preparation?.vocabulary != null || model.layers.some(({ type }) => type === 'Embedding');

/** Whether what comes in is brought to a common scale by the first layer that has weights. */
export function normalisesFirst(layers: readonly LayerSummary[]): boolean {
  const first = layers.find(({ parameters }) => parameters > 0);
  return first !== undefined && /^(Batch|Layer)Normalization$/.test(first.type);
}
