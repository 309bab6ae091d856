import type { LayerRule, TfLayer } from './rule';

/** The shape that tfjs gives to the layer's output, without the batch. */
export const computeShape = (layer: TfLayer, dims: readonly number[]): number[] =>
  (layer as unknown as { computeOutputShape(shape: (number | null)[]): (number | null)[] })
    .computeOutputShape([null, ...dims])
    .slice(1) as number[];

/** The same numbers under another shape. */
export const reshaping: LayerRule = {
  classes: ['Flatten', 'Reshape'],
  plan: (context, layer, [x]) => [context.reshaped(x, computeShape(layer, x.dims))],
};
