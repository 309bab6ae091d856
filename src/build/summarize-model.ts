import type { LayersModel } from '@tensorflow/tfjs';
import { initialFacts, type InitialFacts } from './initial-facts';
import type { LayerSummary } from './types';

/** Names of the layers whose outputs a layer takes, in its first place in the graph. */
function inputsOf(layer: LayersModel['layers'][number]): readonly string[] {
  const nodes = layer.inboundNodes as readonly {
    readonly inboundLayers?: readonly { readonly name: string }[];
  }[];
  return (nodes[0]?.inboundLayers ?? []).map(({ name }) => name);
}

/** Returns the layers of a model and its number of weights; `drawn`: what its weights were like before the first step. */
export function summarizeModel(
  model: LayersModel,
  drawn: ReadonlyMap<string, InitialFacts> = initialFacts(model),
): { layers: readonly LayerSummary[]; parameters: number } {
  const layers = model.layers.map((layer): LayerSummary => {
    const config = layer.getConfig() as { activation?: unknown; rate?: unknown; momentum?: unknown };
    const shape = Array.isArray(layer.outputShape[0]) ? layer.outputShape[0] : layer.outputShape;
    return {
      name: layer.name,
      type: layer.getClassName(),
      outputShape: shape as (number | null)[],
      parameters: layer.countParams(),
      inputs: inputsOf(layer),
      trainable: layer.trainable,
      ...(typeof config.rate === 'number' ? { rate: config.rate } : {}),
      ...(typeof config.momentum === 'number' ? { momentum: config.momentum } : {}),
      ...drawn.get(layer.name),
      ...(typeof config.activation === 'string' ? { activation: config.activation } : {}),
    };
  });
  return { layers, parameters: layers.reduce((sum, layer) => sum + layer.parameters, 0) };
}
