import type { PlanContext } from '../context';
import { padded } from '../layout';
import type { Param } from '../param';
import type { Ref } from '../program';
import { isTrained, penaltyOf, weightOf, type TfLayer } from './rule';

const sizeOf = (shape: readonly (number | null)[]): number =>
  shape.reduce<number>((product, side) => product * side!, 1);

/** Names of regularizers that are not the field's with `Regularizer`. */
const REGULARIZERS: Readonly<Record<string, string>> = {
  depthwiseKernel: 'depthwiseRegularizer',
  pointwiseKernel: 'pointwiseRegularizer',
};

const regularizerOf = (field: string): string => REGULARIZERS[field] ?? `${field}Regularizer`;

/** The weight of a field as a matrix of `rows` rows in panels; undefined where the layer has none. */
export function panelsOf(
  context: PlanContext,
  layer: TfLayer,
  field: string,
  rows: number,
): Param | undefined {
  const weight = weightOf(layer, field);
  if (!weight) return undefined;
  const pack = { kind: 'panels', rows, columns: sizeOf(weight.shape) / rows } as const;
  return context.param(weight, pack, {
    trainable: isTrained(layer, weight),
    penalty: penaltyOf(layer, regularizerOf(field)),
  });
}

/** The weight of a field as lines, each a multiple of 8 floats long; undefined where the layer has none. */
export function linesOf(
  context: PlanContext,
  layer: TfLayer,
  field: string,
  rows: number,
): Param | undefined {
  const weight = weightOf(layer, field);
  if (!weight) return undefined;
  const columns = sizeOf(weight.shape) / rows;
  const pack = { kind: 'lines', rows, columns, stride: padded(columns) } as const;
  return context.param(weight, pack, {
    trainable: isTrained(layer, weight),
    penalty: penaltyOf(layer, regularizerOf(field)),
  });
}

/** Where a weight lies, or 0 for kernels that go without it. */
export const placeOf = (param: Param | undefined): Ref | 0 => param?.place ?? 0;
