import type { Tensor, Variable } from '@tensorflow/tfjs';
import type { Ref } from './program';

/** A weight of a tfjs layer (tfjs' LayerVariable). */
export interface LayerWeight {
  readonly id: number;
  readonly name: string;
  readonly shape: readonly (number | null)[];
  read(): Tensor | Variable;
  write(value: Tensor): unknown;
}

/** How the numbers of a variable lie in memory. */
export type Pack =
  /**
   * A matrix of `rows` × `columns` in panels [columns/8][rows][8]. The columns are `blocks` equal blocks (the gates of a
   * recurrent layer), 1 by default, each of which begins with a panel.
   */
  | {
      readonly kind: 'panels';
      readonly rows: number;
      readonly columns: number;
      readonly blocks?: number;
    }
  /** `rows` lines of `columns` numbers, each line `stride` floats long. */
  | { readonly kind: 'lines'; readonly rows: number; readonly columns: number; readonly stride: number };

/** Penalty on a variable in the loss: l1 Σ|w| + l2 Σw². */
export interface Penalty {
  readonly l1: number;
  readonly l2: number;
}

/** A variable of the model in the plan's memory. */
export interface Param {
  readonly layer: string;
  readonly weight: LayerWeight;
  readonly trainable: boolean;
  readonly pack: Pack;
  /** Floats in memory, a multiple of 8. */
  readonly floats: number;
  readonly penalty: Penalty;
  readonly place: Ref;
  /** Its gradient in the slice (or the whole one, see `summed`), where it is trained. */
  readonly gradient: Ref | null;
  /** The slices have one gradient together instead of one each that the update adds. */
  readonly summed: boolean;
}

/** Floats that a pack takes. */
export function packFloats(pack: Pack): number {
  if (pack.kind === 'panels') {
    const { rows, columns, blocks = 1 } = pack;
    return Math.ceil(columns / blocks / 8) * 8 * blocks * rows;
  }
  return Math.ceil((pack.rows * pack.stride) / 8) * 8;
}

/** Calls `visit` for each run of numbers that lie side by side both in memory, from `place`, and row-major, from `start`. */
function forRuns(pack: Pack, visit: (place: number, start: number, count: number) => void): void {
  const { rows, columns } = pack;
  if (pack.kind === 'lines') {
    if (pack.stride === columns) return visit(0, 0, rows * columns);
    for (let row = 0; row < rows; row++) visit(row * pack.stride, row * columns, columns);
    return;
  }
  const { blocks = 1 } = pack;
  const width = columns / blocks;
  const panels = Math.ceil(width / 8);
  for (let row = 0; row < rows; row++) {
    for (let block = 0; block < blocks; block++) {
      const start = row * columns + block * width;
      for (let done = 0, panel = block * panels; done < width; done += 8, panel++) {
        visit((panel * rows + row) * 8, start + done, Math.min(8, width - done));
      }
    }
  }
}

/** Returns the numbers in row-major order. */
export function unpack(pack: Pack, from: Float32Array): Float32Array {
  const to = new Float32Array(pack.rows * pack.columns);
  forRuns(pack, (place, start, count) => {
    for (let i = 0; i < count; i++) to[start + i] = from[place + i];
  });
  return to;
}
