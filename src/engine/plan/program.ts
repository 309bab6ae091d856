/** A piece of memory that a plan asks for. Where it lies is decided when all is known. */
export interface Buf {
  readonly id: number;
  /** Bytes for a slice with `rows` examples. */
  readonly bytes: (rows: number) => number;
  /** One for each slice of the batch, or one for all. */
  readonly scope: 'slice' | 'shared';
  /** Zero at first and never used for anything else: images with a border. */
  readonly pinned: boolean;
  /** What it is for, in messages about memory. */
  readonly label: string;
}

/** A place in a buffer, in bytes from its beginning. */
export interface Ref {
  readonly buf: Buf;
  readonly offset: number;
  /** In the memory of this slice rather than of the one that runs. */
  readonly slice?: number;
}

/** The part of a batch that one program works on. */
export interface Slice {
  /** Examples of the slice, of the batch, and the place of the slice's first example in the batch. */
  readonly n: number;
  readonly batch: number;
  readonly start: number;
  /** Which slice of how many. */
  readonly index: number;
  readonly count: number;
}

/** No batch is cut into more slices. */
export const MOST_SLICES = 16;

/** A word of 32 bits: a whole number, a place, a float, or any of the first depending on the slice. */
export type Word = number | Ref | { readonly float: number | ((slice: Slice) => number) };
export type Arg = Word | ((slice: Slice) => number | Ref);

/** A kernel and its arguments. */
export interface Op {
  readonly kernel: string;
  /** The layer that it works for. */
  readonly layer?: string;
  readonly args: readonly Arg[];
  /** Floating-point operations for one example. */
  readonly flops: number;
  /** Runs in this slice alone, where given. */
  readonly slice?: number;
  /** Runs at watched steps alone. */
  readonly watch?: boolean;
  /** Uses buffers beyond those its arguments name. */
  readonly touches: readonly Buf[];
}

/** Ops between two meetings of the threads. */
export type Stage = Op[];

export const ref = (buf: Buf, offset = 0): Ref => ({ buf, offset });
export const at = (place: Ref, offset: number): Ref => ({ ...place, offset: place.offset + offset });
/** The same place in the memory of another slice; to be read after a meeting, and followed by one. */
export const inSlice = (place: Ref, slice: number): Ref => ({ ...place, slice });
export const float = (value: number | ((slice: Slice) => number)): Arg => ({ float: value });
export const isRef = (word: unknown): word is Ref =>
  typeof word === 'object' && word !== null && 'buf' in word;

/** Examples of a slice when a batch is cut into `slices` nearly equal parts. */
export function slicesOf(batch: number, slices: number): Slice[] {
  return Array.from({ length: slices }, (_, index) => {
    const start = Math.floor((index * batch) / slices);
    return { n: Math.floor(((index + 1) * batch) / slices) - start, batch, start, index, count: slices };
  });
}

/** Buffers that an op names. */
export function buffersOf(op: Op, slice: Slice): Buf[] {
  const named = op.args.map((arg) => (typeof arg === 'function' ? arg(slice) : arg)).filter(isRef);
  return [...named.map(({ buf }) => buf), ...op.touches];
}

const bits = new DataView(new ArrayBuffer(4));
function floatBits(value: number): number {
  bits.setFloat32(0, value);
  return bits.getUint32(0);
}

/** Returns the words of a program for one slice, with what looks at the numbers on the way if it is `watched`. */
export function programWords(
  ops: readonly Op[],
  slice: Slice,
  indexOf: (kernel: string) => number,
  addressOf: (buf: Buf, slice: Slice) => number,
  watched = false,
): number[] {
  const words: number[] = [];
  for (const op of ops) {
    if (op.watch && !watched) continue;
    if (op.slice !== undefined && op.slice !== slice.index) continue;
    words.push(indexOf(op.kernel), op.args.length);
    for (const arg of op.args) {
      const word = typeof arg === 'function' ? arg(slice) : arg;
      if (typeof word === 'number') words.push(word);
      else if (isRef(word)) {
        const holder = word.slice === undefined ? slice : { ...slice, index: word.slice };
        words.push(addressOf(word.buf, holder) + word.offset);
      } else words.push(floatBits(typeof word.float === 'function' ? word.float(slice) : word.float));
    }
  }
  return words;
}
