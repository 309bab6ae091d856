import type { LayersModel, SymbolicTensor } from '@tensorflow/tfjs';
import type { TensorFlow } from '../engine/tf';
import type { BuildContext, BuildModel } from './build-model';

/** A layer as it is to be built: its class and what tfjs-layers calls its config. */
export interface LayerForm {
  /** Class name: "Dense". */
  readonly type: string;
  readonly config: Readonly<Record<string, unknown>>;
  /** Whether it has weights. */
  readonly weighted: boolean;
  /** Whether its weights are to be drawn anew, where they could have been kept. */
  readonly redraw?: boolean;
}

/** Returns what stands in the place of a layer: itself, another form of it, several, or none. */
export type ModelEdit = (layer: LayerForm, index: number, all: readonly LayerForm[]) => readonly LayerForm[];

type Layer = LayersModel['layers'][number];
type LayerClass = { fromConfig(of: LayerClass, config: object): Layer };

const classOf = (layer: Layer): LayerClass => layer.constructor as unknown as LayerClass;

/** Returns the layers of a model as they could be built again; nothing is built. */
export function formsOf(model: Pick<LayersModel, 'layers'>): readonly LayerForm[] {
  return model.layers.map((layer) => ({
    type: layer.getClassName(),
    config: layer.getConfig() as Record<string, unknown>,
    weighted: layer.weights.length > 0,
  }));
}

/** What a layer keeps for itself, as far as it can be compared; ids and names are given anew. */
function settingsOf(layer: Layer): string {
  const own = Object.entries(layer).filter(
    ([key, value]) =>
      !['id', 'name', '_id', '_built'].includes(key) &&
      ['number', 'string', 'boolean'].includes(typeof value),
  );
  return JSON.stringify(own.filter(([key]) => !/^_|^built$|^stateful$/.test(key)).sort());
}

const holdsFunctions = (layer: Layer): boolean =>
  Object.entries(layer).some(
    ([key, value]) => typeof value === 'function' && ['call', 'build', 'computeOutputShape'].includes(key),
  );

/** A new layer of the same class, without weights yet. */
const again = (layer: Layer, config: object): Layer => classOf(layer).fromConfig(classOf(layer), config);

/**
 * Returns why a model cannot be built again from the configs of its layers, as a sentence; null where it can. A layer of
 * one's own must say all that it was made with in `getConfig`.
 */
export function whyNotRebuilt(model: Pick<LayersModel, 'layers'>): string | null {
  for (const layer of model.layers) {
    const type = layer.getClassName();
    if (type === 'InputLayer') continue;
    const sentence = `The layer ${layer.name} (${type}) cannot be built again from its getConfig.`;
    try {
      const twin = again(layer, layer.getConfig());
      if (holdsFunctions(layer) || settingsOf(twin) !== settingsOf(layer)) return sentence;
    } catch {
      return sentence;
    }
  }
  return null;
}

/** What takes the place of a layer: new ones, and which of them goes on with the weights of the old. */
interface Replaced {
  readonly layers: readonly Layer[];
  readonly keeps: Layer | null;
}

function replaced(tf: TensorFlow, layer: Layer, forms: readonly LayerForm[]): Replaced {
  let keeps: Layer | null = null;
  const layers = forms.map((form) => {
    if (form.type !== layer.getClassName() || form.config.name !== layer.name) {
      return form.type === 'Dense'
        ? tf.layers.dense(form.config as never)
        : tf.layers.activation(form.config as never);
    }
    const made = again(layer, form.config);
    if (!form.redraw) keeps = made;
    return made;
  });
  return { layers, keeps };
}

/** Gives a new layer the weights of the old one, where all shapes are the same. */
function keepWeights(from: Layer, to: Layer | null): void {
  const [old, made] = [from.getWeights(), to?.getWeights() ?? []];
  if (made.length === 0 || old.length !== made.length) return;
  if (old.every(({ shape }, i) => shape.join() === made[i].shape.join())) to!.setWeights(old);
}

type Node = {
  readonly outboundLayer: Layer;
  readonly inputTensors: readonly SymbolicTensor[];
  readonly outputTensors: readonly SymbolicTensor[];
  readonly callArgs?: object;
};

/** The same graph of other layers; a layer that is gone hands on what it was given. */
function rebuiltGraph(tf: TensorFlow, model: LayersModel, parts: ReadonlyMap<Layer, Replaced>): LayersModel {
  const tensors = new Map<number, SymbolicTensor>();
  const inputs = model.inputs.map((input) => {
    const made = tf.input({ batchShape: input.shape, dtype: input.dtype, name: input.sourceLayer.name });
    tensors.set(input.id, made);
    return made;
  });
  const byDepth = (model as unknown as { readonly nodesByDepth: Record<string, readonly Node[]> })
    .nodesByDepth;
  const depths = Object.keys(byDepth)
    .map(Number)
    .sort((a, b) => b - a);
  for (const node of depths.flatMap((depth) => byDepth[depth])) {
    const { outboundLayer, inputTensors, outputTensors } = node;
    if (outboundLayer.getClassName() === 'InputLayer') continue;
    const given = inputTensors.map(({ id }) => tensors.get(id)!);
    let flow: SymbolicTensor | SymbolicTensor[] = given.length === 1 ? given[0] : given;
    for (const layer of parts.get(outboundLayer)!.layers) flow = layer.apply(flow) as SymbolicTensor;
    const out = Array.isArray(flow) ? flow : [flow];
    outputTensors.forEach(({ id }, i) => tensors.set(id, out[i]));
  }
  return tf.model({ inputs, outputs: model.outputs.map(({ id }) => tensors.get(id)!) });
}

function rebuiltChain(tf: TensorFlow, model: LayersModel, parts: ReadonlyMap<Layer, Replaced>): LayersModel {
  const made = tf.sequential();
  const { shape } = model.inputs[0];
  for (const layer of model.layers) {
    for (const next of parts.get(layer)?.layers ?? []) {
      // tfjs builds the first layer of a chain by the shape of its input; others must not have one.
      const own = next as unknown as { batchInputShape?: (number | null)[] };
      if (made.layers.length === 0) own.batchInputShape ??= shape;
      else delete own.batchInputShape;
      made.add(next);
    }
  }
  return made;
}

/**
 * Returns a function that builds the model and, in its place, one of edited layers. What an edit leaves alone has the weights
 * that it had; what it changes draws its own from the same seeded stream. The first model is freed.
 */
export function editedBuild(build: BuildModel, edit: ModelEdit): BuildModel {
  return (context: BuildContext) => {
    const { tf } = context;
    const model = build(context);
    const forms = formsOf(model);
    const parts = new Map<Layer, Replaced>();
    model.layers.forEach((layer, i) => {
      if (forms[i].type !== 'InputLayer') parts.set(layer, replaced(tf, layer, edit(forms[i], i, forms)));
    });
    const made =
      model.getClassName() === 'Sequential' ? rebuiltChain(tf, model, parts) : rebuiltGraph(tf, model, parts);
    for (const [layer, { keeps }] of parts) keepWeights(layer, keeps);
    model.dispose();
    return made;
  };
}
