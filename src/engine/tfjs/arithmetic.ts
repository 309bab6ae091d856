import type { TensorInfo } from '@tensorflow/tfjs';
import { sizeOf } from './backend';
import { heapKernel, type Inputs } from './kernel';

/** An axis along which both sides move, or one of them stays at its one number. */
interface Axis {
  size: number;
  readonly a: boolean;
  readonly b: boolean;
}

/** The axes of a result; neighbours along which the same sides move are one. */
function axesOf(out: readonly number[], a: readonly number[], b: readonly number[]): Axis[] {
  const moves = (side: readonly number[], axis: number): boolean =>
    (side[axis - (out.length - side.length)] ?? 1) > 1;
  const axes: Axis[] = [];
  out.forEach((size, axis) => {
    if (size === 1) return;
    const next = { size, a: moves(a, axis), b: moves(b, axis) };
    const last = axes[axes.length - 1];
    if (last && last.a === next.a && last.b === next.b) last.size *= size;
    else axes.push(next);
  });
  return axes;
}

/** How many axes the kernel knows. */
const AXES = 3;

const shapeOf = (a: readonly number[], b: readonly number[]): number[] | undefined => {
  const rank = Math.max(a.length, b.length);
  const side = (shape: readonly number[], axis: number): number => shape[axis - (rank - shape.length)] ?? 1;
  const out = Array.from({ length: rank }, (_, axis) => {
    const [p, q] = [side(a, axis), side(b, axis)];
    return p === 1 ? q : q === 1 || p === q ? p : -1;
  });
  return out.includes(-1) ? undefined : out;
};

/** Floats whose shapes agree in few enough axes; the rest, and what is to be refused, is the backend's own. */
function takes({ a, b }: Inputs): boolean {
  if (a.dtype !== 'float32' || b.dtype !== 'float32') return false;
  const out = shapeOf(a.shape, b.shape);
  return out !== undefined && axesOf(out, a.shape, b.shape).length <= AXES;
}

/** Bytes from one number to the next along each axis of a side. */
function stridesOf(axes: readonly Axis[], side: 'a' | 'b'): number[] {
  let bytes = 4;
  return axes.reduceRight<number[]>((strides, axis) => {
    strides.unshift(axis[side] ? bytes : 0);
    if (axis[side]) bytes *= axis.size;
    return strides;
  }, []);
}

const arithmetic = (name: string, op: number) =>
  heapKernel({
    name,
    takes,
    run({ heap, inputs: { a, b } }): TensorInfo {
      const shape = shapeOf(a.shape, b.shape)!;
      const out = heap.output(shape);
      if (sizeOf(shape) === 0) return out;
      const axes = axesOf(shape, a.shape, b.shape);
      while (axes.length < AXES) axes.unshift({ size: 1, a: false, b: false });
      const [first, second] = [stridesOf(axes, 'a'), stridesOf(axes, 'b')];
      const sizes = axes.map(({ size }) => size);
      heap.call('tensorArithmetic', heap.at(a), ...first, heap.at(b), ...second, heap.at(out), ...sizes, op);
      return out;
    },
  });

/** Arithmetic with one side repeated where it has one number only: biases, masks, means. */
export const ARITHMETIC = ['Add', 'Sub', 'Multiply', 'RealDiv'].map(arithmetic);
