import { shifted, type Border, type Shape, type View } from '../layout';
import { Unplannable } from '../unplannable';
import type { TfLayer } from './rule';

/** How a window moves along one side of an image. */
export interface Side {
  readonly size: number;
  readonly kernel: number;
  readonly stride: number;
  readonly dilation: number;
  /** Zeros before the first and after the last pixel. */
  readonly before: number;
  readonly after: number;
  /** Places of the window. */
  readonly out: number;
}

/** A window over an image. */
export interface Window {
  readonly y: Side;
  readonly x: Side;
}

interface Settings {
  readonly kernelSize?: readonly number[];
  readonly poolSize?: readonly number[];
  readonly strides: readonly number[];
  readonly dilationRate?: readonly number[] | number;
  readonly padding: string;
  readonly dataFormat?: string;
}

/** One side as TensorFlow.js computes it. */
export function sideOf(
  size: number,
  kernel: number,
  stride: number,
  dilation: number,
  padding: string,
): Side {
  const reach = (kernel - 1) * dilation;
  if (padding === 'same') {
    const out = Math.ceil(size / stride);
    const zeros = Math.max(0, (out - 1) * stride + reach + 1 - size);
    const before = Math.floor(zeros / 2);
    return { size, kernel, stride, dilation, before, after: zeros - before, out };
  }
  const before = padding === 'causal' ? reach : 0;
  const out = Math.floor((size + before - reach - 1) / stride) + 1;
  return { size, kernel, stride, dilation, before, after: 0, out };
}

/** The window of a layer with a kernel or pool over images, or over sequences where it has one side. */
export function windowOf(layer: TfLayer, [h, w]: Shape, dilates = true): Window {
  const own = layer as unknown as Settings;
  const kernel = own.kernelSize ?? own.poolSize!;
  const lacks = (why: string): Unplannable => new Unplannable(layer.name, why);
  if (own.dataFormat === 'channelsFirst') throw lacks('images with channels first have no kernel');
  const dilation = dilates ? (own.dilationRate ?? 1) : 1;
  const side = (size: number, i: number): Side => {
    const rate = typeof dilation === 'number' ? dilation : (dilation[i] ?? dilation[0]);
    const made = sideOf(size, kernel[i], own.strides[i], rate, own.padding);
    if (made.out < 1) throw lacks('its window is larger than the image');
    if (made.stride > 1 && made.dilation > 1) throw lacks('a dilation with strides has no kernel');
    return made;
  };
  if (kernel.length === 1) return { y: sideOf(1, 1, 1, 1, 'valid'), x: side(w, 0) };
  if (kernel.length > 2) throw lacks('images with three sides have no kernel');
  if (own.padding === 'causal') throw lacks('padding "causal" is for sequences');
  return { y: side(h, 0), x: side(w, 1) };
}

export const borderOf = ({ y, x }: Window): Border => ({
  top: y.before,
  bottom: y.after,
  left: x.before,
  right: x.after,
});

export const tapsOf = ({ y, x }: Window): number => y.kernel * x.kernel;

/** Where the window stands for each pixel of the output. */
export function windowView(view: View, { y, x }: Window): View {
  const { base, img, row, pix } = shifted(view, -y.before, -x.before);
  return { base, img, row: row * y.stride, pix: pix * x.stride };
}
