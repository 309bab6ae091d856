import { buffersOf, slicesOf, type Buf, type Stage } from './program';

/** Bytes up to the next multiple of 64, where a line of the cache begins. */
export const up = (bytes: number): number => Math.ceil(bytes / 64) * 64;
/** Kernels work on eight numbers at a time and may read beyond the end of a row. */
const SLACK = 64;

/** Where each buffer lies. */
export interface Allocation {
  /** Bytes of the shared part, and of the part of one slice. */
  readonly shared: number;
  readonly slice: number;
  /** From the beginning of the shared part or of a slice's part. */
  readonly offsets: ReadonlyMap<number, number>;
  /** Bytes if nothing were used twice. */
  readonly laidOut: number;
  /** The buffer that takes most, over all slices. */
  readonly largest: { readonly label: string; readonly bytes: number };
}

interface Span {
  readonly buf: Buf;
  readonly size: number;
  first: number;
  last: number;
}

/** The first and last op that uses each buffer, in the order in which a slice runs them. */
function spansOf(stages: readonly Stage[], batch: number, slices: number): Map<number, Span> {
  const all = slicesOf(batch, slices);
  const largest = all.reduce((a, b) => (b.n > a.n ? b : a));
  const spans = new Map<number, Span>();
  let place = 0;
  for (const op of stages.flat()) {
    for (const buf of buffersOf(op, op.slice === undefined ? largest : all[op.slice])) {
      const span = spans.get(buf.id);
      if (span) span.last = place;
      else spans.set(buf.id, { buf, size: up(buf.bytes(largest.n) + SLACK), first: place, last: place });
    }
    place++;
  }
  return spans;
}

/**
 * Places the buffers of a step: shared ones and those with a border for good, the others where nothing else that is alive at
 * the same time lies (largest first, lowest free place).
 */
export function allocate(
  stages: readonly Stage[],
  batch: number,
  slices: number,
  kept: readonly Buf[],
): Allocation {
  const spans = spansOf(stages, batch, slices);
  const offsets = new Map<number, number>();
  let shared = 0;
  let slice = 0;
  const rows = Math.max(...slicesOf(batch, slices).map(({ n }) => n));
  const fix = (buf: Buf): void => {
    const size = up(buf.bytes(rows) + SLACK);
    offsets.set(buf.id, buf.scope === 'shared' ? shared : slice);
    if (buf.scope === 'shared') shared += size;
    else slice += size;
  };
  for (const buf of kept) fix(buf);
  for (const { buf } of spans.values()) {
    if ((buf.pinned || buf.scope === 'shared') && !offsets.has(buf.id)) fix(buf);
  }
  const fixed = slice;
  const moving = [...spans.values()].filter(({ buf }) => !offsets.has(buf.id));
  moving.sort((a, b) => b.size - a.size || a.first - b.first);
  const placed: (Span & { readonly offset: number })[] = [];
  for (const span of moving) {
    const rivals = placed
      .filter((other) => other.first <= span.last && other.last >= span.first)
      .sort((a, b) => a.offset - b.offset);
    let offset = fixed;
    for (const rival of rivals) {
      if (offset + span.size <= rival.offset) break;
      offset = Math.max(offset, rival.offset + rival.size);
    }
    placed.push({ ...span, offset });
    offsets.set(span.buf.id, offset);
    slice = Math.max(slice, offset + span.size);
  }
  const laidOut = shared + slices * (fixed + moving.reduce((sum, { size }) => sum + size, 0));
  const sizes = [...kept, ...[...spans.values()].map(({ buf }) => buf)].map((buf) => ({
    label: buf.label,
    bytes: up(buf.bytes(rows) + SLACK) * (buf.scope === 'shared' ? 1 : slices),
  }));
  const largest = sizes.reduce((a, b) => (b.bytes > a.bytes ? b : a), { label: 'nothing', bytes: 0 });
  return { shared, slice, offsets, laidOut, largest };
}
