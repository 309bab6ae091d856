import { rowsOf, type PlanContext } from '../context';
import { padded, viewArgs, type View } from '../layout';
import type { LayerWeight, Param } from '../param';
import { emitGradient, onePixel } from '../product';
import { at, type Ref } from '../program';
import type { Value } from '../value';
import type { Cell } from './cell';

/** x · W + b, and h · U. Each gate's columns begin with a panel of their own. */
export interface Weights {
  readonly w: Param;
  readonly u: Param;
  readonly bias: Param | undefined;
}

/**
 * Plans the weights of a cell. A penalty on them is left out, as TensorFlow.js 4.22 does: a recurrent layer does not hand on
 * the losses of its cell.
 */
export function planWeights(
  context: PlanContext,
  { gates, source }: Cell,
  isTrained: (weight: LayerWeight) => boolean,
): Weights {
  const { units, kernel, recurrentKernel, bias } = source;
  const panels = (weight: LayerWeight): Param =>
    context.param(
      weight,
      { kind: 'panels', rows: weight.shape[0]!, columns: gates * units, blocks: gates },
      { trainable: isTrained(weight) },
    );
  return {
    w: panels(kernel),
    u: panels(recurrentKernel),
    bias: bias
      ? context.param(
          bias,
          { kind: 'lines', rows: gates, columns: units, stride: padded(units) },
          { trainable: isTrained(bias) },
        )
      : undefined,
  };
}

/** What the weights' gradients are made from, all of it step by step. */
export interface StepTracks {
  readonly cell: Cell;
  readonly x: Value;
  /** Gradients of the gates' inputs in the order of time, and from the first step on. */
  readonly gates: View;
  readonly steps: View;
  /** The state before each step; for a GRU also the reset gate × that state. */
  readonly outputs: View;
  readonly products: View | undefined;
  /** Of a product with one row of W, for one example. */
  readonly flops: number;
}

/** Emits the gradients of the weights, after the loop over time. */
export function emitWeightGradients(
  context: PlanContext,
  { w, u, bias }: Weights,
  { cell, x, gates, steps, outputs, products, flops }: StepTracks,
): void {
  const [, length, features] = x.shape;
  const { units } = cell.source;
  const width = padded(units);
  const columns = cell.gates * width;
  // Examples count as rows of one image, so that a tile of the gradient stays in registers over several of them.
  const byRows = (view: View): View => ({ ...view, row: view.img });
  const emit = (a: View, d: View, grad: Ref, count: number, floats: number): void =>
    emitGradient(
      context,
      [...viewArgs(byRows(a)), ...viewArgs(byRows(d)), grad, 1, rowsOf, length, count],
      onePixel(floats),
      (flops * floats * count) / columns,
    );
  if (w.gradient) emit(x.view, gates, w.gradient, columns, features);
  if (u.gradient && products && cell.kind === 'gru') {
    emit(outputs, steps, u.gradient, 2 * width, units);
    const candidate: View = { ...steps, base: at(steps.base, 2 * width * 4) };
    emit(products, candidate, at(u.gradient, 2 * width * units * 4), width, units);
  } else if (u.gradient) emit(outputs, steps, u.gradient, columns, units);
  if (bias?.gradient)
    context.emit('channelSum', [...viewArgs(gates), bias.gradient, rowsOf, 1, length, columns]);
}
