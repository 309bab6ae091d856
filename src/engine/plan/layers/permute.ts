import type { PlanContext } from '../context';
import { rowsOf } from '../context';
import { viewArgs, type Shape, type View } from '../layout';
import type { LayerRule } from './rule';

/** Bytes from one row, pixel, channel of a view to the next. */
const strides = ({ row, pix }: View): readonly number[] => [row, pix, 4];

/** Emits y = x, or y += x, where side i of y is side `from[i]` of x. */
function exchange(
  context: PlanContext,
  x: View,
  y: View,
  from: readonly number[],
  [h, w, c]: Shape,
  wide: number,
  add: number,
): void {
  const steps = from.map((side) => strides(x)[side]);
  context.emit('permute', [x.base, x.img, ...steps, ...viewArgs(y), rowsOf, h, w, c, wide, add]);
}

/** The sides of a sequence or image in another order. */
export const permute: LayerRule = {
  classes: ['Permute'],
  plan(context, layer, [x]) {
    const { dims } = layer as unknown as { dims: readonly number[] };
    const y = context.output(
      dims.map((side) => x.dims[side - 1]),
      { needsGrad: x.needsGrad },
    );
    const before = 3 - dims.length;
    const from = [0, 1, 2].map((side) => (side < before ? side : before + dims[side - before] - 1));
    exchange(context, x.view, y.view, from, y.shape, y.channels, 0);
    if (!y.needsGrad) return [y];
    context.backward(() => {
      const dy = context.gradOf(y);
      if (!dy) return;
      const back = [0, 1, 2].map((side) => from.indexOf(side));
      const { view, add } = context.gradFor(x);
      exchange(context, dy, view, back, x.shape, x.gradLayout.channels, add);
    });
    return [y];
  },
};
