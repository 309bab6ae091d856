import { padded } from './layout';
import type { Pack, Param } from './param';
import { float, type Arg } from './program';
import { Unplannable } from './unplannable';

/** A constraint of TensorFlow.js, of whatever class. */
interface TfConstraint {
  getClassName(): string;
  readonly axis?: number | readonly number[];
  readonly minValue?: number;
  readonly maxValue?: number;
  readonly rate?: number;
  readonly defaultMaxValue?: number;
}

interface ConstraintOp {
  readonly kernel: string;
  readonly args: readonly Arg[];
}

/** The number of relu in src/engine/kernels/elementwise.ts. */
const RELU = 1;

/** Norms that a constraint allows, and how far a weight is moved towards them. */
function boundsOf(constraint: TfConstraint): readonly [low: number, high: number, rate: number] | undefined {
  const { minValue = 0, maxValue = 1, rate = 1 } = constraint;
  switch (constraint.getClassName()) {
    case 'MaxNorm':
      return [0, maxValue, 1];
    case 'UnitNorm':
      return [1, 1, 1];
    case 'MinMaxNorm':
      return [minValue, maxValue, rate];
    default:
      return undefined;
  }
}

const product = (sides: readonly number[]): number => sides.reduce((a, b) => a * b, 1);

/** Groups of weights over whose rows (and columns, where `whole`) a norm is taken. */
function groupsOf(
  shape: readonly number[],
  axis: number | readonly number[],
  columns: number,
): { outer: number; length: number; inner: number; whole: number } | undefined {
  const axes = [axis].flat().map((side) => (side < 0 ? shape.length + side : side));
  axes.sort((a, b) => a - b);
  const [first, last] = [axes[0], axes[axes.length - 1]];
  if (last - first !== axes.length - 1) return undefined;
  const outer = product(shape.slice(0, first));
  const length = product(shape.slice(first, last + 1));
  const inner = product(shape.slice(last + 1));
  if (inner % columns === 0) return { outer, length, inner: inner / columns, whole: 0 };
  return inner === 1 && length % columns === 0
    ? { outer, length: length / columns, inner: 1, whole: 1 }
    : undefined;
}

/** Bytes from row to row and from eight columns to the next eight, and how often there are eight. */
function stridesOf(pack: Pack): readonly [row: number, panel: number, panels: number] | undefined {
  if (pack.kind === 'panels') return [32, pack.rows * 32, padded(pack.columns) / 8];
  return pack.kind === 'lines' && pack.stride % 8 === 0 ? [pack.stride * 4, 32, pack.stride / 8] : undefined;
}

/** Returns what makes a weight's constraint hold after it has moved; nothing where it has none. */
export function constraintOps({ weight, pack, place, floats, layer }: Param): ConstraintOp[] {
  const { constraint } = weight as { constraint?: TfConstraint | null };
  if (!constraint) return [];
  if (constraint.getClassName() === 'NonNeg') {
    const all: Arg[] = [place, 0, 0, 0];
    return [{ kernel: 'activate', args: [RELU, ...all, ...all, 1, 1, 1, floats, float(0)] }];
  }
  const bounds = boundsOf(constraint);
  const strides = stridesOf(pack);
  const groups = groupsOf(weight.shape as readonly number[], constraint.axis ?? 0, pack.columns);
  if (!bounds || !strides || !groups)
    throw new Unplannable(
      layer,
      `the constraint ${constraint.getClassName()} of ${weight.name} has no kernel`,
    );
  const { outer, length, inner, whole } = groups;
  return [
    {
      kernel: 'constrainNorm',
      args: [place, ...strides, outer, length, inner, whole, ...bounds.map((bound) => float(bound))],
    },
  ];
}
