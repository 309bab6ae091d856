import type { LayersModel } from '@tensorflow/tfjs';

/** A layer, or the cell of one, as far as it draws random numbers. */
interface Random {
  readonly name: string;
  getClassName(): string;
  rate?: number;
  stddev?: number;
  dropout?: number;
  recurrentDropout?: number;
  widthLower?: number;
  widthUpper?: number;
  heightLower?: number;
  heightUpper?: number;
  /** What it holds: the layers of a model, the layer of a wrapper, the cells of a recurrent layer. */
  readonly layers?: readonly Random[];
  readonly layer?: Random;
  readonly forwardLayer?: Random;
  readonly backwardLayer?: Random;
  readonly cell?: Random;
  readonly cells?: readonly Random[];
}

const DROPPING = ['Dropout', 'SpatialDropout1D', 'GaussianDropout', 'AlphaDropout', 'GaussianNoise'];
const FIELDS = [
  'dropout',
  'recurrentDropout',
  'widthLower',
  'widthUpper',
  'heightLower',
  'heightUpper',
] as const;

/** Sets a layer's own draws to none; returns whether there were any. Those of recurrent layers are their cells'. */
function quieten(layer: Random): boolean {
  const fields: readonly (keyof Random)[] = DROPPING.includes(layer.getClassName())
    ? ['rate', 'stddev']
    : layer.cell || layer.forwardLayer
      ? []
      : FIELDS;
  const set = fields.filter((field) => typeof layer[field] === 'number' && layer[field] !== 0);
  for (const field of set) (layer as unknown as Record<string, number>)[field] = 0;
  return set.length > 0;
}

/**
 * Turns off all that is random in a model in training, for good: dropout, noise, the dropout of recurrent layers, random
 * heights and widths, in wrappers and nested models too. Layers of one's own are left as they are.
 *
 * @returns names of the layers that were changed
 */
export function withoutRandomness(model: LayersModel): readonly string[] {
  const changed: string[] = [];
  const visit = (layer: Random | undefined, name: string): void => {
    if (!layer) return;
    if (quieten(layer) && !changed.includes(name)) changed.push(name);
    const { layers = [], cells = [], forwardLayer, backwardLayer, cell } = layer;
    for (const inner of layers) visit(inner, inner.name);
    for (const inner of [layer.layer, forwardLayer, backwardLayer, cell, ...cells]) visit(inner, name);
  };
  visit(model as unknown as Random, model.name);
  return changed;
}
