import type { LayersModel } from '@tensorflow/tfjs';
import type { LayerSummary } from './types';

/** Returns the layers of a model and its number of weights. */
export function summarizeModel(model: LayersModel): { layers: readonly LayerSummary[]; parameters: number } {
  const layers = model.layers.map((layer): LayerSummary => {
    const config = layer.getConfig() as { activation?: unknown };
    const shape = Array.isArray(layer.outputShape[0]) ? layer.outputShape[0] : layer.outputShape;
    return {
      name: layer.name,
      type: layer.getClassName(),
      outputShape: shape as (number | null)[],
      parameters: layer.countParams(),
      ...(typeof config.activation === 'string' ? { activation: config.activation } : {}),
    };
  });
  return { layers, parameters: layers.reduce((sum, layer) => sum + layer.parameters, 0) };
}
