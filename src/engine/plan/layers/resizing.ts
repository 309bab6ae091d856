import type { PlanContext } from '../context';
import { loopArgs, loopOver, padded, pixelLoop, shifted, viewArgs, type Shape, type View } from '../layout';
import { float } from '../program';
import { Unplannable } from '../unplannable';
import { computeShape } from './reshaping';
import type { LayerRule, TfLayer } from './rule';

/** Copies the real channels of each pixel, or adds them to what is there; the rest of a pixel becomes zero. */
function copy(context: PlanContext, from: View, to: View, shape: Shape, add = 0): void {
  const channels = shape[2];
  const loop = loopOver([from, to], shape, channels, channels % 8 === 0);
  context.emit('copy', [...loopArgs(loop), float(1), add, channels % 8 === 0 ? 0 : padded(channels)]);
}

function clear(context: PlanContext, view: View, shape: Shape): void {
  const loop = pixelLoop([view], shape, padded(shape[2]));
  context.emit('clear', [...viewArgs(loop.views[0]), ...loop.counts]);
}

type Sides = readonly [readonly [number, number], readonly [number, number]];

function checkFormat(layer: TfLayer): void {
  if ((layer as unknown as { dataFormat: string }).dataFormat === 'channelsFirst')
    throw new Unplannable(layer.name, 'images with channels first have no kernel');
}

/** Zeros around images. */
export const zeroPadding: LayerRule = {
  classes: ['ZeroPadding2D'],
  plan(context, layer, [x]) {
    checkFormat(layer);
    const [[top], [left]] = (layer as unknown as { padding: Sides }).padding;
    const y = context.output(computeShape(layer, x.dims), { needsGrad: x.needsGrad, zeros: true });
    copy(context, x.view, shifted(y.view, top, left), x.shape);
    if (!y.needsGrad) return [y];
    context.backward(() => {
      const dy = context.gradOf(y);
      if (!dy) return;
      const { view, add } = context.gradFor(x);
      copy(context, shifted(dy, top, left), view, x.shape, add);
    });
    return [y];
  },
};

/** The inside of images. */
export const cropping: LayerRule = {
  classes: ['Cropping2D'],
  plan(context, layer, [x]) {
    checkFormat(layer);
    const [[top], [left]] = (layer as unknown as { cropping: Sides }).cropping;
    const y = context.output(computeShape(layer, x.dims), { needsGrad: x.needsGrad });
    copy(context, shifted(x.view, top, left), y.view, y.shape);
    if (!y.needsGrad) return [y];
    context.backward(() => {
      const dy = context.gradOf(y);
      if (!dy) return;
      const { view, add } = context.gradFor(x);
      if (!add) clear(context, view, x.shape);
      copy(context, dy, shifted(view, top, left), y.shape, add);
    });
    return [y];
  },
};

/** Whether TensorFlow.js, which divides in floating point, takes the pixel that a whole division gives. */
const isExact = (size: number, times: number): boolean =>
  Array.from({ length: size * times }, (_, i) => i).every(
    (i) => Math.floor(i * (size / (size * times))) === Math.floor(i / times),
  );

/**
 * Each pixel several times in each direction. The gradient is the right one, which TensorFlow.js 4.22 on its plain backend gives
 * for the first example of a batch alone.
 */
export const upSampling: LayerRule = {
  classes: ['UpSampling2D'],
  plan(context, layer, [x]) {
    checkFormat(layer);
    const { size, interpolation } = layer as unknown as {
      size: readonly [number, number];
      interpolation: string;
    };
    if (interpolation !== 'nearest')
      throw new Unplannable(layer.name, `interpolation "${interpolation}" has no kernel`);
    if (!size.every((times, i) => isExact(x.shape[i], times)))
      throw new Unplannable(layer.name, 'TensorFlow.js rounds the places of its pixels');
    const [down, across] = size;
    const y = context.output(computeShape(layer, x.dims), { needsGrad: x.needsGrad });
    /** For each pixel of x, the one at `i`, `j` of those made from it. */
    const part = (view: View, i: number, j: number): View => {
      const { base, img, row, pix } = shifted(view, i, j);
      return { base, img, row: row * down, pix: pix * across };
    };
    const each = (take: (i: number, j: number) => void): void => {
      for (let i = 0; i < down; i++) for (let j = 0; j < across; j++) take(i, j);
    };
    each((i, j) => copy(context, x.view, part(y.view, i, j), x.shape));
    if (!y.needsGrad) return [y];
    context.backward(() => {
      const dy = context.gradOf(y);
      if (!dy) return;
      const { view, add } = context.gradFor(x);
      each((i, j) => copy(context, part(dy, i, j), view, x.shape, i + j > 0 ? 1 : add));
    });
    return [y];
  },
};
