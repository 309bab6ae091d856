import { sizeOf } from './backend';
import { real } from './heap';
import { heapKernel, isFloat } from './kernel';

interface Attrs {
  readonly axis?: number | readonly number[] | null;
  readonly keepDims?: boolean;
}

/** The axes that are summed over, in order; none given means all. */
function summed(rank: number, { axis }: Attrs): number[] {
  const all = Array.from({ length: rank }, (_, i) => i);
  if (axis === undefined || axis === null) return all;
  const given = (typeof axis === 'number' ? [axis] : axis).map((i) => (i < 0 ? i + rank : i));
  return all.filter((i) => given.includes(i));
}

const sides = (shape: readonly number[], axes: readonly number[]): boolean =>
  axes.every((axis, i) => i === 0 || shape.slice(axes[i - 1] + 1, axis).every((side) => side === 1));

const sums = (name: string, mean: boolean) =>
  heapKernel<Attrs>({
    name,
    /** Neighbouring axes are summed where they lie; others are left to the backend's own kernel, which turns them. */
    takes: ({ x }, attrs) =>
      isFloat(x) && sizeOf(x.shape) > 0 && sides(x.shape, summed(x.shape.length, attrs)),
    run({ heap, inputs: { x }, attrs }) {
      const axes = summed(x.shape.length, attrs);
      const [first, last] = axes.length > 0 ? [axes[0], axes[axes.length - 1]] : [0, -1];
      const [n, m, k] = [
        x.shape.slice(0, first),
        x.shape.slice(first, last + 1),
        x.shape.slice(last + 1),
      ].map(sizeOf);
      const shape = attrs.keepDims
        ? x.shape.map((side, i) => (axes.includes(i) ? 1 : side))
        : x.shape.filter((_, i) => !axes.includes(i));
      return heap.scratch((take) => {
        const out = heap.output(shape);
        heap.call('tensorSum', heap.at(x), heap.at(out), n, m, k, real(mean ? 1 / m : 1), take(k * 4));
        return out;
      });
    },
  });

/** Sums along neighbouring axes. */
export const sum = sums('Sum', false);

/** Means along neighbouring axes. */
export const mean = sums('Mean', true);
