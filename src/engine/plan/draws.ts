import type { PlanContext } from './context';
import { padded, type Shape, type View } from './layout';
import { at, ref, type Arg, type Ref, type Slice } from './program';

/** Random numbers of a layer, one for each number of a value, or one for all pixels of an example's channel. */
export interface Draws {
  /** Where those of the slice's first example begin. */
  readonly base: (slice: Slice) => Ref;
  /** Strides as if each drawn number were a float, to be joined in loops with the value's own views. */
  readonly view: View;
}

export interface DrawOptions {
  readonly kernel: string;
  /** Numbers that the kernel draws together, and bytes that they take. */
  readonly group: number;
  readonly bytes: number;
  /** Arguments after the seed of the layer. */
  readonly rest: readonly Arg[];
  /** The layer's own seed. */
  readonly seed?: number | null;
  /** One number for all pixels of a channel. */
  readonly perChannel?: boolean;
}

/**
 * Emits the drawing of random numbers for a value of a shape. A number goes by its place in the batch, so that neither slices
 * nor threads change it.
 */
export function draw(context: PlanContext, [h, w, c]: Shape, options: DrawOptions): Draws {
  const { kernel, group, bytes, rest, seed, perChannel = false } = options;
  const wide = padded(c);
  const count = perChannel ? wide : h * w * wide;
  const buf = context.buffer('random numbers', (rows) => (Math.ceil((rows * count) / group) + 1) * bytes);
  const first = ({ start }: Slice): number => Math.floor((start * count) / group);
  const groups = (slice: Slice): number =>
    Math.ceil(((slice.start + slice.n) * count) / group) - first(slice);
  context.emit(kernel, [
    ref(buf),
    first,
    groups,
    context.cell('seed', 4),
    context.cell('step', 4),
    context.nextStream(),
    Math.trunc(seed ?? 0),
    ...rest,
  ]);
  return {
    base: (slice) => at(ref(buf), ((slice.start * count - first(slice) * group) * bytes) / group),
    view: {
      base: ref(buf),
      img: count * 4,
      row: perChannel ? 0 : w * wide * 4,
      pix: perChannel ? 0 : wide * 4,
    },
  };
}
