import type { Border, Shape } from '../layout';
import type { PlanContext } from '../context';
import type { LayerWeight, Penalty } from '../param';
import type { Value } from '../value';

/** A tfjs layer as the rules see it. */
export interface TfLayer {
  readonly name: string;
  readonly trainable: boolean;
  readonly supportsMasking: boolean;
  readonly weights: readonly LayerWeight[];
  readonly trainableWeights: readonly LayerWeight[];
  getClassName(): string;
  getConfig(): Record<string, unknown>;
}

/** How one kind of layer is planned. */
export interface LayerRule {
  /** Class names of tfjs that it covers. */
  readonly classes: readonly string[];
  /** It knows what to do with the masks of several inputs. */
  readonly masks?: boolean;
  /** The border of zeros that it wants around each input; none by default. */
  borders?(layer: TfLayer, inputs: readonly Shape[]): readonly Border[];
  /** Whether the layer hands on its one input as it is: borders that its takers want are then asked of its input. */
  passes?(layer: TfLayer, training: boolean): boolean;
  /**
   * Emits the forward kernels, leaves the backward ones with `context.backward`, and returns the outputs. Throws Unplannable
   * for options that have no kernel.
   */
  plan(context: PlanContext, layer: TfLayer, inputs: readonly Value[]): readonly Value[];
}

interface Regularizer {
  readonly l1?: unknown;
  readonly l2?: unknown;
}

const numberOf = (x: unknown): number => {
  const value =
    typeof x === 'object' && x !== null && 'dataSync' in x
      ? (x as { dataSync(): ArrayLike<number> }).dataSync()[0]
      : x;
  return typeof value === 'number' ? value : 0;
};

/** The L1 and L2 of a layer's regularizer, e.g. of `kernelRegularizer`. */
export function penaltyOf(layer: TfLayer, name: string): Penalty {
  const regularizer = (layer as unknown as Record<string, Regularizer | undefined>)[name];
  return { l1: numberOf(regularizer?.l1), l2: numberOf(regularizer?.l2) };
}

/** The layer that a wrapper applies. */
export const wrappedLayer = (layer: TfLayer): TfLayer => (layer as unknown as { layer: TfLayer }).layer;

/** A weight of the layer by the end of its name ("kernel"), or undefined. */
export function weightOf(layer: TfLayer, field: string): LayerWeight | undefined {
  return (layer as unknown as Record<string, LayerWeight | null | undefined>)[field] ?? undefined;
}

/** Whether a weight of the layer is trained. */
export const isTrained = (layer: TfLayer, weight: LayerWeight): boolean =>
  layer.trainable && layer.trainableWeights.includes(weight);
