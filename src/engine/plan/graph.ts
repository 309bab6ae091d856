import type { LayersModel } from '@tensorflow/tfjs';
import type { TfLayer } from './layers/rule';
import { Unplannable } from './unplannable';

/** One application of a layer: the tensors it takes and gives, by number. */
export interface GraphNode {
  readonly layer: TfLayer;
  readonly inputs: readonly number[];
  readonly outputs: readonly number[];
}

/** A tensor between layers; sides without the batch. */
export interface GraphTensor {
  readonly id: number;
  readonly dims: readonly (number | null)[];
}

/** A model as applications of layers, each after those it depends on; nested models are laid open. */
export interface Graph {
  readonly nodes: readonly GraphNode[];
  readonly tensors: ReadonlyMap<number, GraphTensor>;
  readonly inputs: readonly number[];
  readonly outputs: readonly number[];
}

interface Symbolic {
  readonly id: number;
  readonly shape: readonly (number | null)[];
}
interface TfNode {
  readonly outboundLayer: TfLayer & Partial<Container>;
  readonly inputTensors: readonly Symbolic[];
  readonly outputTensors: readonly Symbolic[];
  readonly callArgs?: unknown;
}
interface Container {
  readonly nodesByDepth: Readonly<Record<string, readonly TfNode[]>>;
  readonly inputs: readonly Symbolic[];
  readonly outputs: readonly Symbolic[];
  readonly model?: Container;
  build?(): void;
}

/** A Sequential keeps its graph in a model of its own, made when it is first needed. */
function containerOf(layer: TfLayer & Partial<Container>): Container | undefined {
  if (layer.getClassName() === 'Sequential') {
    if (!layer.model) layer.build?.();
    return layer.model;
  }
  return layer.nodesByDepth ? (layer as unknown as Container) : undefined;
}

/** Returns the graph of a model. */
export function graphOf(model: LayersModel): Graph {
  const nodes: GraphNode[] = [];
  const tensors = new Map<number, GraphTensor>();
  let count = 0;

  const tensor = (symbolic: Symbolic): number => {
    const id = count++;
    tensors.set(id, { id, dims: symbolic.shape.slice(1) });
    return id;
  };

  /** Adds a container's nodes, its inputs being the given tensors; returns the tensors of its outputs. */
  function open(
    container: Container,
    given: readonly number[] | null,
  ): { inputs: number[]; outputs: number[] } {
    const known = new Map<number, number>();
    const inputs = container.inputs.map((symbolic, i) => {
      const id = given ? given[i] : tensor(symbolic);
      known.set(symbolic.id, id);
      return id;
    });
    const depths = Object.keys(container.nodesByDepth).map(Number);
    for (const depth of depths.sort((a, b) => b - a)) {
      for (const node of container.nodesByDepth[String(depth)]) {
        const layer = node.outboundLayer;
        if (layer.getClassName() === 'InputLayer') continue;
        const taken = node.inputTensors.map(({ id }) => {
          const found = known.get(id);
          if (found === undefined)
            throw new Unplannable(layer.name, 'its input comes from outside of the model');
          return found;
        });
        const inner = containerOf(layer);
        const made = inner
          ? open(inner, taken).outputs
          : node.outputTensors.map((symbolic) => tensor(symbolic));
        node.outputTensors.forEach(({ id }, i) => known.set(id, made[i]));
        if (!inner) nodes.push({ layer, inputs: taken, outputs: made });
      }
    }
    return { inputs, outputs: container.outputs.map(({ id }) => known.get(id)!) };
  }

  const container = containerOf(model as unknown as TfLayer & Partial<Container>);
  if (!container)
    throw new Unplannable(model.name, 'its layers are not known yet; give the first one an inputShape');
  const { inputs, outputs } = open(container, null);
  return { nodes, tensors, inputs, outputs };
}
