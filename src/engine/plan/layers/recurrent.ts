import type { PlanContext } from '../context';
import { loopArgs, pixelLoop, type View } from '../layout';
import { float } from '../program';
import { cellOf, type TfCell } from '../recurrent/cell';
import { recurrence } from '../recurrent/recurrence';
import { planWeights } from '../recurrent/weights';
import { Unplannable } from '../unplannable';
import type { Value } from '../value';
import { isTrained, type LayerRule, type TfLayer } from './rule';

/** A recurrent layer of tfjs. */
export interface TfRecurrent extends TfLayer {
  readonly cell: TfCell;
  readonly returnSequences: boolean;
  readonly returnState: boolean;
  readonly goBackwards: boolean;
  readonly stateful: boolean;
}

/** Throws Unplannable for what no recurrent kernel does. */
export function checkRecurrent(layer: TfRecurrent, x: Value): void {
  if (layer.stateful) throw new Unplannable(layer.name, 'a state that outlives its batch has no kernel');
  if (x.shape[0] > 1) throw new Unplannable(layer.name, 'it has a kernel for sequences of vectors only');
}

/** The value of numbers that lie in place already, with a copy where a border is asked for. */
function valueAt(
  context: PlanContext,
  view: View,
  dims: readonly number[],
  options: { needsGrad: boolean; mask: Value['mask'] | null },
): Value {
  const value = context.output(dims, { ...options, lies: view });
  if (value.view !== view) {
    const loop = pixelLoop([view, value.view], value.shape, value.channels);
    context.emit('copy', [...loopArgs(loop), float(1), 0, 0]);
  }
  return value;
}

/** LSTM, GRU and simple recurrence over whole sequences, or a cell in a layer of class RNN. */
export const recurrent: LayerRule = {
  classes: ['LSTM', 'GRU', 'SimpleRNN', 'RNN'],
  masks: true,
  plan(context, tfLayer, [x, ...initial]) {
    const layer = tfLayer as TfRecurrent;
    checkRecurrent(layer, x);
    const cell = cellOf(layer.cell, layer.name);
    const { units } = cell.source;
    const steps = recurrence(context, {
      cell,
      weights: planWeights(context, cell, (weight) => isTrained(layer, weight)),
      x,
      backwards: layer.goBackwards,
      sequences: layer.returnSequences,
      inTime: false,
      initial,
    });
    const { needsGrad } = steps;
    const dims = layer.returnSequences ? [x.shape[1], units] : [units];
    const y = valueAt(context, steps.sequence ?? steps.last, dims, {
      needsGrad,
      mask: layer.returnSequences ? x.mask : null,
    });
    const after = layer.returnState ? [steps.last, ...(steps.carry ? [steps.carry] : [])] : [];
    const states = after.map((view) => valueAt(context, view, [units], { needsGrad, mask: null }));
    if (needsGrad) {
      context.backward(() => {
        const dy = context.gradOf(y);
        const [dState, dCarry] = states.map((state) => context.gradOf(state));
        if (!dy && !dState && !dCarry) return;
        const present = (...views: (View | undefined)[]): View[] =>
          views.filter((view) => view !== undefined);
        steps.backward({
          ...(layer.returnSequences && dy ? { sequence: dy } : {}),
          last: present(layer.returnSequences ? undefined : dy, dState),
          states: present(dCarry),
        });
      });
    }
    return [y, ...states];
  },
};
