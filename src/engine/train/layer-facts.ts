import type { LayersModel } from '@tensorflow/tfjs';
import type { LayerFacts } from './types';

/** Returns the layers of a model that have weights. */
export function layerFacts(model: LayersModel): LayerFacts[] {
  return model.layers
    .filter((layer) => layer.weights.length > 0)
    .map((layer) => ({
      name: layer.name,
      type: layer.getClassName(),
      parameters: layer.countParams(),
      trainable: layer.trainable && layer.trainableWeights.length > 0,
    }));
}
