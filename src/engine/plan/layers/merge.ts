import { rowsOf, type PlanContext } from '../context';
import { loopArgs, loopOver, pixelLoop, plain, viewArgs, viewOf, type Shape, type View } from '../layout';
import { float } from '../program';
import { shapeOf, type Value } from '../value';
import type { LayerRule } from './rule';

/** The numbers are those of src/engine/kernels/combine.ts. */
const COMBINE: Readonly<Record<string, number>> = {
  Add: 0,
  Average: 0,
  Multiply: 1,
  Maximum: 2,
  Minimum: 3,
};
const MULTIPLY = 1;
/** For which of two is picked, as `pickGrad` numbers it: that of the first one, that of the second. */
const PICKS: Readonly<Record<string, readonly [number, number]>> = { Maximum: [0, 1], Minimum: [2, 3] };

/** Sides from the right, ones before them, as TensorFlow.js' merge layers broadcast. */
function broadcastDims(inputs: readonly Value[]): number[] {
  const rank = Math.max(...inputs.map(({ dims }) => dims.length));
  const dims = new Array<number>(rank).fill(1);
  for (const value of inputs) {
    const from = rank - value.dims.length;
    value.dims.forEach((side, i) => (dims[from + i] = Math.max(dims[from + i], side)));
  }
  return dims;
}

const sameShape = (a: Shape, b: Shape): boolean => a.every((side, i) => side === b[i]);

/** The view with a stride of zero along each side that stands for all. */
const repeated = (view: View, from: Shape, to: Shape): View => ({
  ...view,
  row: from[0] < to[0] ? 0 : view.row,
  pix: from[1] < to[1] ? 0 : view.pix,
});

/** A view of a value as if it had the larger shape. */
function broadcast(context: PlanContext, value: Value, to: Shape): View {
  const view = repeated(value.view, value.shape, to);
  if (value.shape[2] === to[2]) return view;
  const layout = plain(to[2]);
  const buf = context.buffer('broadcast', (rows) => rows * to[0] * to[1] * layout.channels * 4);
  const wide = viewOf(buf, to, layout);
  const { views, counts } = pixelLoop([view, wide], to, layout.channels);
  context.emit('spread', [...views.flatMap(viewArgs), ...counts]);
  return wide;
}

/** Gives a value the gradient `dy` of the broadcast one, times `scale`. */
function giveSum(context: PlanContext, value: Value, dy: View, to: Shape, scale: number): void {
  const { view, add } = context.gradFor(value);
  const { channels } = value.gradLayout;
  if (sameShape(value.shape, to)) {
    const loop = loopOver([dy, view], to, channels);
    context.emit('copy', [...loopArgs(loop), float(scale), add, 0]);
    return;
  }
  const narrow = value.shape[2] < to[2];
  const wide = plain(to[2]).channels;
  const sides = [rowsOf, to[0], to[1], wide];
  const out = repeated(view, value.shape, to);
  const cleared = [value.shape[0], value.shape[1], channels];
  context.emit('sumInto', [
    ...[dy, out].flatMap(viewArgs),
    ...[...sides, narrow ? 1 : 0, float(scale), add, ...cleared],
  ]);
}

/** Sum, product, mean, largest or smallest of several values, number by number. */
export const merge: LayerRule = {
  classes: Object.keys(COMBINE),
  plan(context, layer, inputs) {
    const name = layer.getClassName();
    const values = inputs.map((value) => context.even(value));
    const dims = broadcastDims(values);
    const y = context.output(dims, { needsGrad: values.some(({ needsGrad }) => needsGrad) });
    const shape = shapeOf(dims)!;
    const sums = name === 'Add' || name === 'Average';
    const views = values.map((value) => broadcast(context, value, shape));
    const layout = plain(shape[2]);
    const scratch = (label: string): View => {
      const buf = context.buffer(label, (rows) => rows * shape[0] * shape[1] * layout.channels * 4);
      return viewOf(buf, shape, layout);
    };
    const emit = (kernel: string, kind: number, all: readonly View[], add: number): void => {
      const loop = loopOver(all, shape, layout.channels);
      context.emit(kernel, [kind, ...loopArgs(loop), add]);
    };
    // Each joins what those before it have made; steps[i] is what inputs 0 … i make together.
    const keep = y.needsGrad && !sums;
    const steps: View[] = [views[0]];
    for (let i = 1; i < views.length; i++) {
      const last = i === views.length - 1;
      const to = last || !keep ? y.view : scratch('part');
      emit('combine', COMBINE[name], [steps[i - 1], views[i], to], 0);
      steps.push(to);
    }
    const share = name === 'Average' ? 1 / values.length : 1;
    if (name === 'Average') {
      const loop = loopOver([y.view, y.view], shape, layout.channels);
      context.emit('copy', [...loopArgs(loop), float(share), 0, 0]);
    }
    if (!y.needsGrad) return [y];
    context.backward(() => {
      const dy = context.gradOf(y);
      if (!dy) return;
      if (sums) {
        for (const value of values) if (value.needsGrad) giveSum(context, value, dy, shape, share);
        return;
      }
      /** The gradient of one of two that made a step, where it is wanted. */
      const send = (i: number, kind: number, from: readonly View[], kernel: string): void => {
        const value = values[i];
        if (!value.needsGrad) return;
        if (sameShape(value.shape, shape)) {
          const { view, add } = context.gradFor(value);
          emit(kernel, kind, [...from, view], add);
          return;
        }
        const whole = scratch('gradient of the broadcast');
        emit(kernel, kind, [...from, whole], 0);
        giveSum(context, value, whole, shape, 1);
      };
      let g = dy;
      for (let i = views.length - 1; i >= 1; i--) {
        const [a, b] = [steps[i - 1], views[i]];
        const rest = values.slice(0, i).some(({ needsGrad }) => needsGrad);
        const next = rest && i > 1 ? scratch('gradient of the part') : undefined;
        if (name === 'Multiply') {
          send(i, MULTIPLY, [g, a], 'combine');
          if (next) emit('combine', MULTIPLY, [g, b, next], 0);
          else if (i === 1) send(0, MULTIPLY, [g, b], 'combine');
        } else {
          const [first, second] = PICKS[name];
          send(i, second, [a, b, g], 'pickGrad');
          if (next) emit('pickGrad', first, [a, b, g, next], 0);
          else if (i === 1) send(0, first, [a, b, g], 'pickGrad');
        }
        if (!next) break;
        g = next;
      }
    });
    return [y];
  },
};
