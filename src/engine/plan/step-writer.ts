import { up, type Allocation } from './allocate';
import type { StepBlueprint } from './blueprint';
import type { StepDraft } from './draft';
import { programWords, type Buf, type Op, type Slice } from './program';

/** Where a buffer lies, as a slice sees it. */
export type AddressOf = (buf: Buf, slice: Slice) => number;

/** Bytes of the buffers of a step with so many slices. */
export const bytesOf = ({ shared, slice }: Allocation, slices: number): number =>
  up(shared) + slices * up(slice);

/** Returns the addresses of the buffers of a step that lies from `from` on: what is shared first, then what each slice has. */
export function addressesFrom({ offsets, shared, slice: stride }: Allocation, from: number): AddressOf {
  const own = from + up(shared);
  return (buf, slice) => {
    const offset = offsets.get(buf.id);
    if (offset === undefined) throw new Error(`${buf.label} was not placed`);
    return buf.scope === 'shared' ? from + offset : own + slice.index * stride + offset;
  };
}

/** Writes the programs of steps; a kernel is its place in `kernels`, which grows as programs need it. */
export interface StepWriter {
  readonly kernels: readonly string[];
  words(ops: readonly Op[], slice: Slice, addressOf: AddressOf, watched?: boolean): Uint32Array;
}

export function stepWriter(): StepWriter {
  const kernels: string[] = [];
  const numberOf = (kernel: string): number => {
    const known = kernels.indexOf(kernel);
    return known >= 0 ? known : kernels.push(kernel) - 1;
  };
  return {
    kernels,
    words: (ops, slice, addressOf, watched = false) =>
      Uint32Array.from(programWords(ops, slice, numberOf, addressOf, watched), (word) => word >>> 0),
  };
}

/** Returns where a step takes its data and leaves its results; it holds no programs yet. */
export function placesOf({ io, faults }: StepDraft, whole: Slice, addressOf: AddressOf): StepBlueprint {
  const place = (buf: Buf, offset = 0): number => addressOf(buf, whole) + offset;
  return {
    words: new Map(),
    rows: place(io.rows),
    faults: faults.map((fault) => ({ ...fault, place: place(fault.place.buf) })),
    inputs: io.inputs.map(({ data }) => place(data.buf, data.offset)),
    targets: io.targets.map(({ data }) => place(data.buf, data.offset)),
    outputs: io.outputs.map(({ buf, floats }) => ({ place: place(buf), floats })),
    losses: io.losses.map((buf) => place(buf)),
    sums: io.sums.map((buf) => place(buf)),
  };
}
