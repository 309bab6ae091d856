import type { Arg, Buf, Ref, Slice } from './program';
import { at, ref } from './program';

/** Height, width, channels of one example. A vector is one pixel, a sequence one row. */
export type Shape = readonly [h: number, w: number, c: number];

/** Images in memory: the first pixel, and the bytes from one image, row, pixel to the next. */
export interface View {
  readonly base: Ref;
  readonly img: number;
  readonly row: number;
  readonly pix: number;
}

/** Rows of zeros around an image. */
export interface Border {
  readonly top: number;
  readonly bottom: number;
  readonly left: number;
  readonly right: number;
}

export const NO_BORDER: Border = { top: 0, bottom: 0, left: 0, right: 0 };
export const hasBorder = (b: Border): boolean => b.top + b.bottom + b.left + b.right > 0;
/** Whether border `a` is nowhere wider than `b`. */
export const within = (a: Border, b: Border): boolean =>
  a.top <= b.top && a.bottom <= b.bottom && a.left <= b.left && a.right <= b.right;
export const widest = (a: Border, b: Border): Border => ({
  top: Math.max(a.top, b.top),
  bottom: Math.max(a.bottom, b.bottom),
  left: Math.max(a.left, b.left),
  right: Math.max(a.right, b.right),
});

/** Floats that a pixel takes: a multiple of 8, so that no kernel has a tail. What fills up is never looked at. */
export const padded = (channels: number): number => Math.ceil(channels / 8) * 8;

/** How an image is laid out: floats of a pixel, a border, and pixels (rows) left free between two. */
export interface Layout {
  readonly channels: number;
  readonly border: Border;
  readonly stepY: number;
  readonly stepX: number;
}

export const plain = (c: number): Layout => ({
  channels: padded(c),
  border: NO_BORDER,
  stepY: 1,
  stepX: 1,
});

/** Bytes of one image of a layout, and the view of its inside. */
export function viewOf(buf: Buf, [h, w]: Shape, { channels, border, stepY, stepX }: Layout): View {
  const spot = channels * 4;
  const line = ((w - 1) * stepX + 1 + border.left + border.right) * spot;
  return {
    base: ref(buf, border.top * line + border.left * spot),
    img: ((h - 1) * stepY + 1 + border.top + border.bottom) * line,
    row: stepY * line,
    pix: stepX * spot,
  };
}

export function imageBytes([h, w]: Shape, { channels, border, stepY, stepX }: Layout): number {
  const width = (w - 1) * stepX + 1 + border.left + border.right;
  return ((h - 1) * stepY + 1 + border.top + border.bottom) * width * channels * 4;
}

/** The view as four arguments of a kernel. */
export const viewArgs = ({ base, img, row, pix }: View): Arg[] => [base, img, row, pix];

/** A view shifted by whole rows, pixels and channels. */
export const shifted = (view: View, y: number, x: number, c = 0): View => ({
  ...view,
  base: at(view.base, y * view.row + x * view.pix + c * 4),
});

/** Whether the numbers of one image, or of all, lie side by side. */
export function isCompact({ img, row, pix }: View, [h, w, c]: Shape): boolean {
  return pix === c * 4 && (w === 1 || row === w * pix || h === 1) && img === h * w * pix;
}

/** Loops over pixels: the views, and how many images, rows, pixels of how many floats. */
export interface Loop {
  readonly views: readonly View[];
  readonly counts: readonly [n: Arg, h: Arg, w: Arg, c: Arg];
}

/**
 * Returns the fewest and longest loops over all pixels of some views of one shape. Pixels that lie side by side in each view
 * become one long pixel, rows one long row, images likewise.
 *
 * @param channels floats of a pixel that are worked on; `whole` when a pixel may be joined with the next one
 */
export function loopOver(views: readonly View[], [h, w]: Shape, channels: number, whole = true): Loop {
  const all = (test: (view: View) => boolean): boolean => views.every(test);
  const spot = channels * 4;
  const joinsPixels = w === 1 || all(({ pix }) => pix === spot);
  const line = w * channels;
  if (!whole) return pixelLoop(views, [h, w, channels], channels);
  if (!joinsPixels) return { views, counts: [({ n }) => n, h, w, channels] };
  const joinsRows = h === 1 || all(({ row }) => row === line * 4);
  if (!joinsRows) return { views, counts: [({ n }) => n, h, 1, line] };
  const joinsImages = all(({ img }) => img === h * line * 4);
  return joinsImages
    ? { views, counts: [1, 1, 1, ({ n }) => n * h * line] }
    : { views, counts: [({ n }) => n, 1, 1, h * line] };
}

/** Loops that keep each pixel apart but make one long row of what lies regularly. */
export function pixelLoop(views: readonly View[], [h, w]: Shape, channels: number): Loop {
  const all = (test: (view: View) => boolean): boolean => views.every(test);
  const joinsRows = h === 1 || w === 1 || all(({ row, pix }) => row === w * pix);
  if (!joinsRows) return { views, counts: [({ n }) => n, h, w, channels] };
  const rowAsPixel = h > 1 && w === 1;
  const lines = rowAsPixel ? views.map((view) => ({ ...view, pix: view.row })) : views;
  const per = h * w;
  const joinsImages = lines.every(({ img, pix }) => per === 1 || img === per * pix);
  if (!joinsImages) return { views: lines, counts: [({ n }) => n, 1, per, channels] };
  const flat = per === 1 ? lines.map((view) => ({ ...view, pix: view.img })) : lines;
  return { views: flat, counts: [1, 1, ({ n }: Slice) => n * per, channels] };
}

/** Arguments of a loop in the usual order: the views, then the counts. */
export const loopArgs = ({ views, counts }: Loop): Arg[] => [...views.flatMap(viewArgs), ...counts];
