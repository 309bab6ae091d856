import type { LayersModel, Variable } from '@tensorflow/tfjs';
import type { LayerNorms } from './training-session';

/** A trainable variable and the layer it belongs to. */
export interface LayerVariable {
  readonly layer: string;
  readonly variable: Variable;
}

/** Returns the trainable variables of a model with the layer each belongs to, none twice. */
export function trainableOf(model: LayersModel): LayerVariable[] {
  const seen = new Set<Variable>();
  return model.layers.flatMap((layer) =>
    (layer.trainable ? layer.trainableWeights : []).flatMap((weight) => {
      const variable = weight.read() as Variable;
      if (seen.has(variable)) return [];
      seen.add(variable);
      return [{ layer: layer.name, variable }];
    }),
  );
}

/** Returns copies of the values of variables. */
export function valuesOf(variables: readonly LayerVariable[]): Float32Array[] {
  return variables.map(({ variable }) => variable.dataSync().slice() as Float32Array);
}

/** Returns whether every value of the variables is a finite number. */
export function allFinite(variables: readonly LayerVariable[]): boolean {
  return variables.every(({ variable }) => variable.dataSync().every((w) => Number.isFinite(w)));
}

const square = (values: ArrayLike<number>): number => {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i] * values[i];
  return sum;
};

const squareOfDifference = (a: ArrayLike<number>, b: ArrayLike<number>): number => {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] - b[i]) ** 2;
  return sum;
};

/**
 * Returns the norms of update, weight and gradient by layer, around one step that has just been made.
 *
 * @param before values of the variables before the step
 * @param gradients their gradients; without them the gradient norms are NaN
 */
export function layerNorms(
  variables: readonly LayerVariable[],
  before: readonly Float32Array[],
  gradients?: readonly Float32Array[],
): LayerNorms[] {
  const sums = new Map<string, [number, number, number]>();
  variables.forEach(({ layer, variable }, i) => {
    const [update, weight, gradient] = sums.get(layer) ?? [0, 0, 0];
    const after = variable.dataSync();
    sums.set(layer, [
      update + squareOfDifference(after, before[i]),
      weight + square(before[i]),
      gradient + (gradients ? square(gradients[i]) : NaN),
    ]);
  });
  return [...sums].map(([layer, [update, weight, gradient]]) => ({
    layer,
    update: Math.sqrt(update),
    weight: Math.sqrt(weight),
    gradient: Math.sqrt(gradient),
  }));
}
