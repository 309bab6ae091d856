import type { PlanContext } from '../context';
import {
  imageBytes,
  loopArgs,
  loopOver,
  pixelLoop,
  plain,
  shifted,
  viewArgs,
  viewOf,
  type Shape,
  type View,
} from '../layout';
import { float } from '../program';
import { Unplannable } from '../unplannable';
import type { Value } from '../value';
import { present, runCell, valueAt, type TfRecurrent } from './recurrent';
import type { LayerRule, TfLayer } from './rule';

type MergeMode = 'concat' | 'sum' | 'mul' | 'ave' | null;

interface TfBidirectional extends TfLayer {
  readonly forwardLayer: TfRecurrent;
  readonly backwardLayer: TfRecurrent;
  readonly mergeMode: MergeMode;
  readonly returnSequences: boolean;
  readonly returnState: boolean;
}

/** Copies `channels` floats of each pixel of `shape`, scaled; fills up to `wide` with zeros. */
function copyScaled(
  context: PlanContext,
  from: View,
  to: View,
  { shape }: Value,
  channels: number,
  { scale = 1, add = 0, wide = channels } = {},
): void {
  const { views, counts } = pixelLoop([from, to], shape, channels);
  context.emit('copy', [...views.flatMap(viewArgs), ...counts, float(scale), add, wide]);
}

/** Emits y = a · b, number by number; the kind is that of src/engine/kernels/combine.ts. */
function multiply(
  context: PlanContext,
  views: readonly [View, View, View],
  { shape }: Value,
  channels: number,
): void {
  const MULTIPLY = 1;
  context.emit('combine', [MULTIPLY, ...loopArgs(loopOver(views, shape, channels)), 0]);
}

/** Emits y = both directions, merged. */
function merge(context: PlanContext, mode: MergeMode, both: readonly View[], y: Value, units: number): void {
  if (mode === 'mul') {
    multiply(context, [both[0], both[1], y.view], y, y.channels);
    return;
  }
  both.forEach((view, i) => {
    const place = mode === 'concat' ? shifted(y.view, 0, 0, i * units) : y.view;
    if (mode === 'concat')
      copyScaled(context, view, place, y, units, { wide: i === 0 ? units : y.channels - units });
    else copyScaled(context, view, place, y, y.channels, { scale: mode === 'ave' ? 0.5 : 1, add: i });
  });
}

/** The gradient of direction `i` from that of the merged value. */
function mergeGrad(
  context: PlanContext,
  mode: MergeMode,
  both: readonly View[],
  dy: View,
  y: Value,
  units: number,
  i: number,
): View {
  if (mode === 'sum') return dy;
  const layout = plain(units);
  const [h, w] = y.shape;
  const shape: Shape = [h, w, units];
  const made = viewOf(
    context.buffer('gradient of a direction', (n) => n * imageBytes(shape, layout)),
    shape,
    layout,
  );
  const wide = layout.channels;
  if (mode === 'mul') multiply(context, [dy, both[1 - i], made], y, wide);
  else if (mode === 'ave') copyScaled(context, dy, made, y, wide, { scale: 0.5 });
  else copyScaled(context, shifted(dy, 0, 0, i * units), made, y, units, { wide });
  return made;
}

/** A recurrent layer from the beginning and another one from the end, what they give in the order of time. */
export const bidirectional: LayerRule = {
  classes: ['Bidirectional'],
  masks: true,
  plan(context, tfLayer, [x, ...initial]) {
    const layer = tfLayer as TfBidirectional;
    const { mergeMode: mode, returnSequences: sequences } = layer;
    const directions = [layer.forwardLayer, layer.backwardLayer];
    if (layer.forwardLayer.goBackwards)
      throw new Unplannable(layer.name, 'a layer that goes backwards has no kernel in both directions');
    if (directions[0].cell.cells)
      throw new Unplannable(layer.name, 'a stack of cells has no kernel in both directions');
    const half = initial.length / 2;
    const runs = directions.map((direction, i) =>
      runCell(context, direction, direction.cell, x, {
        sequences,
        inTime: true,
        initial: initial.slice(i * half, (i + 1) * half),
      }),
    );
    const { units } = layer.forwardLayer.cell;
    const needsGrad = runs.some((run) => run.needsGrad);
    const mask = (sequences ? x.mask : null) ?? null;
    const both = runs.map((run) => run.sequence ?? run.last);
    const dims = (channels: number): number[] => (sequences ? [x.shape[1], channels] : [channels]);
    const outputs =
      mode === null
        ? both.map((view) => valueAt(context, view, dims(units), { needsGrad, mask }))
        : [context.output(dims(mode === 'concat' ? 2 * units : units), { needsGrad, mask })];
    if (mode !== null) merge(context, mode, both, outputs[0], units);
    const states = runs.map((run, i) =>
      (layer.returnState ? present(run.last, run.carry) : []).map((view) =>
        valueAt(context, view, [units], { needsGrad: runs[i].needsGrad, mask: null }),
      ),
    );
    if (needsGrad) {
      context.backward(() => {
        runs.forEach((run, i) => {
          const merged = context.gradOf(outputs[mode === null ? i : 0]);
          const dy =
            merged && mode !== null ? mergeGrad(context, mode, both, merged, outputs[0], units, i) : merged;
          const [dState, dCarry] = states[i].map((state) => context.gradOf(state));
          if (!run.needsGrad || (!dy && !dState && !dCarry)) return;
          run.backward({
            sequence: sequences ? dy : undefined,
            last: present(sequences ? undefined : dy, dState),
            states: present(dCarry),
          });
        });
      });
    }
    return [...outputs, ...states.flat()];
  },
};
