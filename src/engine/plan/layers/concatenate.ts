import { pixelLoop, shifted, viewArgs, type View } from '../layout';
import { float } from '../program';
import { Unplannable } from '../unplannable';
import type { Value } from '../value';
import type { LayerRule } from './rule';

const CHANNELS = 2;

/** Values side by side along one side. */
export const concatenate: LayerRule = {
  classes: ['Concatenate'],
  plan(context, layer, inputs) {
    const { axis } = layer as unknown as { axis: number };
    const { dims } = inputs[0];
    // TensorFlow.js takes every negative side for the last one, whatever shape it promises.
    if (axis < -1) throw new Unplannable(layer.name, `side ${axis} is not counted from the front`);
    const side = axis < 0 ? dims.length + axis : axis - 1;
    if (side < 0) throw new Unplannable(layer.name, 'examples are not put side by side');
    const merged = dims.map((length, i) =>
      i === side ? inputs.reduce((sum, value) => sum + value.dims[i], 0) : length,
    );
    const y = context.output(merged, { needsGrad: inputs.some(({ needsGrad }) => needsGrad) });
    // Which of height, width and channels it is.
    const along = side + 3 - dims.length;
    const parts: { value: Value; moved: (view: View) => View; last: boolean; from: number }[] = [];
    let from = 0;
    for (const value of inputs) {
      const at = from;
      parts.push({
        value,
        from: at,
        last: value === inputs.at(-1) && parts.length === inputs.length - 1,
        moved: (view) =>
          along === CHANNELS
            ? shifted(view, 0, 0, at)
            : shifted(view, along === 0 ? at : 0, along === 1 ? at : 0),
      });
      from += value.shape[along];
    }
    /** Copies the numbers of one part; the pixel that is written is filled up to `wide` floats with zeros. */
    const copy = (a: View, b: View, { shape }: Value, add: number, wide: number): void => {
      const { views, counts } = pixelLoop([a, b], shape, shape[2]);
      context.emit('copy', [...views.flatMap(viewArgs), ...counts, float(1), add, wide]);
    };
    for (const { value, moved, last, from: at } of parts) {
      const wide = along === CHANNELS ? (last ? y.channels - at : 0) : y.channels;
      copy(value.view, moved(y.view), value, 0, wide);
    }
    if (!y.needsGrad) return [y];
    context.backward(() => {
      const dy = context.gradOf(y);
      if (!dy) return;
      for (const { value, moved } of parts) {
        if (!value.needsGrad) continue;
        const { view, add } = context.gradFor(value);
        copy(moved(dy), view, value, add, value.gradLayout.channels);
      }
    });
    return [y];
  },
};
