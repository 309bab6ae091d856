import type { PlanContext } from '../context';
import { loopArgs, NO_BORDER, pixelLoop, type View } from '../layout';
import { float } from '../program';
import { cellOf, type TfCell } from '../recurrent/cell';
import { recurrence, type Recurrence } from '../recurrent/recurrence';
import { planWeights } from '../recurrent/weights';
import { Unplannable } from '../unplannable';
import type { Value } from '../value';
import { dropped, drops, fateOf } from './dropout';
import { isTrained, type LayerRule, type TfLayer } from './rule';

/** A recurrent layer of tfjs. */
export interface TfRecurrent extends TfLayer {
  readonly cell: TfCell;
  readonly returnSequences: boolean;
  readonly returnState: boolean;
  readonly goBackwards: boolean;
  readonly stateful: boolean;
}

/** How the kernels go through the steps of a layer. */
export interface RecurrentSteps {
  readonly sequences: boolean;
  readonly inTime: boolean;
  readonly initial: readonly Value[];
}

/** Emits the recurrence of one cell of a layer. */
export function runCell(
  context: PlanContext,
  layer: TfRecurrent,
  source: TfCell,
  x: Value,
  steps: RecurrentSteps,
): Recurrence {
  if (layer.stateful) throw new Unplannable(layer.name, 'a state that outlives its batch has no kernel');
  if (x.shape[0] > 1) throw new Unplannable(layer.name, 'it has a kernel for sequences of vectors only');
  const cell = cellOf(source, layer.name);
  // One draw for all steps and gates, as TensorFlow.js has it.
  const rate = source.dropout;
  if (layer.getClassName() === 'RNN' && drops(rate))
    throw new Unplannable(layer.name, 'TensorFlow.js draws the dropout of bare cells but once');
  const kept =
    context.training && drops(rate)
      ? dropped(context, x, { rate, fate: fateOf('Dropout', rate), perChannel: true, inner: NO_BORDER })
      : x;
  const weights = planWeights(context, cell, (weight) => isTrained(layer, weight));
  return recurrence(context, { cell, weights, x: kept, backwards: layer.goBackwards, ...steps });
}

/** The value of numbers that lie in place already, with a copy where a border is asked for. */
export function valueAt(
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

/** The views that are there. */
export const present = (...views: (View | undefined)[]): View[] => views.filter((view) => view !== undefined);

/**
 * All cells of a stack but the last one: each gives a sequence to the next. A step of a stack that is masked leaves every
 * cell's state as it was, so a stack of cells is a stack of layers.
 */
function runInnerCells(context: PlanContext, layer: TfRecurrent, cells: readonly TfCell[], x: Value): Value {
  return cells.reduce((input, cell) => {
    const run = runCell(context, layer, cell, input, { sequences: true, inTime: true, initial: [] });
    const output = context.output([x.shape[1], cell.units], {
      needsGrad: run.needsGrad,
      mask: x.mask ?? null,
      lies: run.sequence!,
      inner: NO_BORDER,
    });
    context.backward(() => {
      const dy = context.gradOf(output);
      if (dy) run.backward({ sequence: dy, last: [], states: [] });
    });
    return output;
  }, x);
}

/** LSTM, GRU and simple recurrence over whole sequences; cells, or a stack of them, in a layer of class RNN. */
export const recurrent: LayerRule = {
  classes: ['LSTM', 'GRU', 'SimpleRNN', 'RNN'],
  masks: true,
  plan(context, tfLayer, [input, ...initial]) {
    const layer = tfLayer as TfRecurrent;
    const cells = layer.cell.cells ?? [layer.cell];
    if (cells.length > 1 && (layer.returnState || initial.length > 0))
      throw new Unplannable(layer.name, 'states of a stack of cells are not handed in or out');
    const last = cells[cells.length - 1];
    const x = runInnerCells(context, layer, cells.slice(0, -1), input);
    const sequences = layer.returnSequences;
    const run = runCell(context, layer, last, x, { sequences, inTime: false, initial });
    const { needsGrad } = run;
    const y = valueAt(
      context,
      run.sequence ?? run.last,
      sequences ? [x.shape[1], last.units] : [last.units],
      {
        needsGrad,
        mask: (sequences ? x.mask : null) ?? null,
      },
    );
    const states = (layer.returnState ? present(run.last, run.carry) : []).map((view) =>
      valueAt(context, view, [last.units], { needsGrad, mask: null }),
    );
    if (needsGrad) {
      context.backward(() => {
        const dy = context.gradOf(y);
        const [dState, dCarry] = states.map((state) => context.gradOf(state));
        if (!dy && !dState && !dCarry) return;
        run.backward({
          sequence: sequences ? dy : undefined,
          last: present(sequences ? undefined : dy, dState),
          states: present(dCarry),
        });
      });
    }
    return [y, ...states];
  },
};
