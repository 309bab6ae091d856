import type { backend_util } from '@tensorflow/tfjs';
import type { Heap } from './heap';

type Conv2DInfo = backend_util.Conv2DInfo;

/** Bytes of images that are given a border at a time: they should still lie in the second cache when they are read. */
const CHUNK = 1 << 19;

/** How far apart images, rows and pixels lie, in bytes, from `base`. */
export interface Strides {
  readonly base: number;
  readonly img: number;
  readonly row: number;
  readonly pix: number;
}

export const stridesOf = (base: number, height: number, width: number, channels: number): Strides => ({
  ...{ base, pix: channels * 4, row: width * channels * 4, img: height * width * channels * 4 },
});

/** The four words with which a kernel is told where images lie. */
export const place = ({ base, img, row, pix }: Strides): readonly number[] => [base, img, row, pix];

export const roundUp = (n: number, to: number): number => Math.ceil(n / to) * to;

/** Images as a kernel wants them: with a border of zeros, of a given size, pixels filled up to a number of floats. */
export interface Frame {
  readonly height: number;
  readonly width: number;
  readonly channels: number;
  /** Where the border ends and the image begins; below 0 if the image's first rows are not looked at. */
  readonly top: number;
  readonly left: number;
}

/** Some of the images: the strides to read them by, and how many. */
export interface Chunk {
  readonly first: number;
  readonly count: number;
}

/**
 * Goes through n images in chunks. `framed` of an image source gives strides of the chunk's images in their frame: the images
 * themselves where no border is asked for, else a copy. A frame may be smaller than the images.
 */
export function inChunks(
  heap: Heap,
  n: number,
  bytes: number,
  take: (bytes: number) => number,
  run: (
    chunk: Chunk,
    framed: (from: Strides, height: number, width: number, channels: number, frame: Frame) => Strides,
  ) => void,
): void {
  const size = Math.max(1, Math.min(n, Math.floor(CHUNK / Math.max(1, bytes))));
  const buffers = new Map<number, Strides>();
  for (let first = 0; first < n; first += size) {
    const chunk = { first, count: Math.min(size, n - first) };
    run(chunk, (from, height, width, channels, frame) => {
      const base = from.base + first * from.img;
      const { top, left } = frame;
      const plain = top <= 0 && left <= 0 && frame.channels === channels;
      if (plain && frame.height - top <= height && frame.width - left <= width) {
        return { ...from, base: base - top * from.row - left * from.pix };
      }
      let to = buffers.get(from.base);
      if (!to) {
        const { height: h, width: w, channels: c } = frame;
        const total = size * h * w * c * 4;
        buffers.set(from.base, (to = stridesOf(take(total), h, w, c)));
        heap.fill(to.base, total);
      }
      copyInto(heap, { ...from, base }, height, width, channels, to, frame, chunk.count);
      return to;
    });
  }
}

/** Copies images into their frame, as far as they are seen in it. */
function copyInto(
  heap: Heap,
  from: Strides,
  height: number,
  width: number,
  channels: number,
  to: Strides,
  frame: Frame,
  n: number,
): void {
  const [top, left] = [Math.max(0, frame.top), Math.max(0, frame.left)];
  const [y, x] = [Math.max(0, -frame.top), Math.max(0, -frame.left)];
  const rows = Math.min(height - y, frame.height - top);
  const columns = Math.min(width - x, frame.width - left);
  if (rows <= 0 || columns <= 0) return;
  const source = place({ ...from, base: from.base + y * from.row + x * from.pix });
  const target = place({ ...to, base: to.base + top * to.row + left * to.pix });
  // Where pixels stay side by side, a row is one long pixel.
  const whole = frame.channels === channels;
  const [pixels, floats] = whole ? [1, columns * channels] : [columns, channels];
  heap.call('tensorCopy', ...source, ...target, n, rows, pixels, floats, 0);
}

/** The frame in which a convolution looks at its input: every window lies within. */
export function inputFrame(info: Conv2DInfo, channels: number): Frame {
  const { outHeight, outWidth, strideHeight, strideWidth, effectiveFilterHeight, effectiveFilterWidth } =
    info;
  return {
    height: (outHeight - 1) * strideHeight + effectiveFilterHeight,
    width: (outWidth - 1) * strideWidth + effectiveFilterWidth,
    channels,
    top: info.padInfo.top,
    left: info.padInfo.left,
  };
}

/** The taps of one kind of input rows (or columns) in an input gradient: see `phasesOf`. */
export interface Phase {
  /** First input row, and how many of them, `stride` apart. */
  readonly first: number;
  readonly count: number;
  /** Filter rows that reach them, from the last to the first. */
  readonly taps: readonly number[];
  /** The output row that the first input row and the first of `taps` belong to; may be negative. */
  readonly from: number;
}

/**
 * The gradient of an input row y is the sum over filter rows k of gradients of output rows (y + pad − k·dilation) / stride, where
 * that is a whole number. So input rows fall into `stride` phases, each an ordinary convolution of its own: input row
 * first + i·stride takes output rows from + i, from + i + dilation, … through taps in falling order.
 */
export function phasesOf(
  size: number,
  filter: number,
  stride: number,
  dilation: number,
  pad: number,
): Phase[] {
  return Array.from({ length: Math.min(stride, size) }, (_, first) => {
    const taps = Array.from({ length: filter }, (_, k) => filter - 1 - k).filter(
      (k) => (first + pad - k * dilation) % stride === 0,
    );
    const from = taps.length > 0 ? (first + pad - taps[0] * dilation) / stride : 0;
    return { first, count: Math.ceil((size - first) / stride), taps, from };
  });
}

/** The border that phases need around `size` output rows: before them, and rows in all. `apart`: rows between two taps. */
export function phaseBorder(
  phases: readonly Phase[],
  size: number,
  apart: number,
): { before: number; length: number } {
  const used = phases.filter(({ taps }) => taps.length > 0);
  const before = Math.max(0, ...used.map(({ from }) => -from));
  const last = Math.max(
    size,
    ...used.map(({ from, count, taps }) => from + count + (taps.length - 1) * apart),
  );
  return { before, length: before + last };
}
