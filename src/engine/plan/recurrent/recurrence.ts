import { rowsOf, type PlanContext } from '../context';
import { padded, pixelLoop, viewArgs, type View } from '../layout';
import { emitProduct, onePixel } from '../product';
import { at, float, ref, type Arg, type Ref } from '../program';
import type { Value } from '../value';
import type { Cell } from './cell';
import { emitWeightGradients, type Weights } from './weights';

export interface RecurrenceOptions {
  readonly cell: Cell;
  /** W, U and b, planned already. */
  readonly weights: Weights;
  readonly x: Value;
  /** Reads the sequence from its end. */
  readonly backwards: boolean;
  /** Keeps what each step gives; otherwise what the last one gives. */
  readonly sequences: boolean;
  /** What each step gives lies in the order of time, not in that of the steps. */
  readonly inTime: boolean;
  /** States before the first step; zeros where none are given. */
  readonly initial: readonly Value[];
}

/** Gradients that have come to what a recurrence gives. */
export interface RecurrenceGradients {
  /** Of what each step gives. */
  readonly sequence?: View | undefined;
  /** Of what the last step gives, and of the states after it; each is added. */
  readonly last: readonly View[];
  readonly states: readonly View[];
}

export interface Recurrence {
  readonly needsGrad: boolean;
  /** What each step gives; undefined where it is not kept. */
  readonly sequence: View | undefined;
  /** What the last step gives, and the second state after it. */
  readonly last: View;
  readonly carry: View | undefined;
  backward(gradients: RecurrenceGradients): void;
}

/** Memory for something of each step and of the time before the first, and how to walk through it. */
interface Track {
  /** Before the first step. */
  readonly base: Ref;
  readonly img: number;
  /** To the next step; negative when steps run against time, 0 where only the latest is kept. */
  readonly pix: number;
}

/** Bytes between steps (or images) that keep them from falling on the same lines of the first cache: dU takes 12 % less. */
const APART = 64;

/** Emits a recurrence over a whole sequence. */
export function recurrence(context: PlanContext, options: RecurrenceOptions): Recurrence {
  const { cell, weights, x, backwards, sequences, inTime, initial } = options;
  const [, steps, features] = x.shape;
  const { units } = cell.source;
  const width = padded(units);
  const bytes = width * 4;
  const columns = cell.gates * width;
  const { w, u, bias } = weights;
  const trained = [w, u, bias].some((param) => param?.gradient);
  const needsGrad = context.training && (trained || x.needsGrad || initial.some((value) => value.needsGrad));
  const against = backwards && inTime;

  const gatesPix = columns * 4 + APART;
  const gatesImg = steps * gatesPix;
  const gates: View = {
    base: ref(context.buffer('gates', (n) => n * gatesImg)),
    img: gatesImg,
    row: gatesImg,
    pix: gatesPix,
  };
  const first = at(gates.base, backwards ? (steps - 1) * gates.pix : 0);
  const stride = backwards ? -gates.pix : gates.pix;

  const track = (label: string, kept: boolean): Track => {
    const img = kept ? (steps + 1) * bytes + APART : bytes;
    const buf = context.buffer(label, (n) => n * img);
    if (!kept) return { base: ref(buf), img, pix: 0 };
    return against
      ? { base: ref(buf, steps * bytes), img, pix: -bytes }
      : { base: ref(buf), img, pix: bytes };
  };
  const h = track('outputs', sequences || needsGrad);
  const c = cell.states > 0 ? track('carried states', needsGrad) : undefined;
  const side = cell.kind === 'simpleRnn' ? undefined : track('products of states', needsGrad);
  const afterLast = ({ base, img, pix }: Track): View => ({
    base: at(base, steps * pix),
    img,
    row: bytes,
    pix: bytes,
  });
  const firstOf = ({ base, img, pix }: Track): Arg[] => [at(base, pix), img, pix];
  const beforeFirst = ({ base, img, pix }: Track): Arg[] => [base, img, pix];

  const flops = 2 * steps * columns;
  emitProduct(context, {
    from: x.view,
    segments: onePixel(features),
    weights: w.place,
    ...(bias ? { bias: bias.place } : {}),
    to: gates,
    shape: [1, steps, columns],
    flops: flops * features,
  });

  const states = c ? [h, c] : [h];
  initial.forEach((value, i) =>
    copyVectors(context, context.even(value).view, { ...afterLast(states[i]), base: states[i].base }, width),
  );
  const given = initial.length > 0;
  const mask = x.mask;
  const common: Arg[] = [
    ...[first, gates.img, stride],
    ...beforeFirst(h),
    ...(mask ? [at(mask, backwards ? (steps - 1) * 4 : 0), steps * 4, backwards ? -4 : 4] : [0, 0, 0]),
    ...[rowsOf, steps, units, bytes, cell.activation, cell.recurrentActivation, given ? 1 : 0],
  ];
  const forwardArgs: Record<Cell['kind'], () => Arg[]> = {
    lstm: () => [u.place, ...beforeFirst(c!), ...firstOf(side!)],
    gru: () => [u.place, ...firstOf(side!)],
    simpleRnn: () => [u.place],
  };
  context.emit(cell.kind, [...common, ...forwardArgs[cell.kind]()], { flops: flops * units });

  const lastH = afterLast(h);
  const sequence: View | undefined = sequences
    ? { base: at(h.base, against ? -steps * bytes : bytes), img: h.img, row: h.img, pix: bytes }
    : undefined;

  function backward({ sequence: dy, last, states: dStates }: RecurrenceGradients): void {
    const vector = (label: string): View => ({
      base: ref(context.buffer(label, (n) => n * bytes)),
      img: bytes,
      row: bytes,
      pix: bytes,
    });
    const start = (label: string, parts: readonly View[]): View => {
      const made = vector(label);
      if (parts.length === 0) context.emit('zero', [made.base, ({ n }) => n * bytes]);
      parts.forEach((part, i) => copyVectors(context, part, made, width, i > 0 ? 1 : 0));
      return made;
    };
    const dh = start('gradient of the output', last);
    const dc = c ? start('gradient of the carried state', dStates) : undefined;
    const ofFirst: Arg[] = dy
      ? [at(dy.base, against ? (steps - 1) * dy.pix : 0), dy.img, against ? -dy.pix : dy.pix]
      : [0, 0, 0];
    const panels = (from: number, count: number): Ref =>
      context.turned(u, 1, units, count * width, from * width * units * 4);
    const backwardArgs: Record<Cell['kind'], () => Arg[]> = {
      lstm: () => [panels(0, 4), ...beforeFirst(c!), ...firstOf(side!), dc!.base],
      gru: () => [panels(0, 2), panels(2, 1), vector('gradient of the reset state').base],
      simpleRnn: () => [panels(0, 1)],
    };
    context.emit(`${cell.kind}Grad`, [...common, ...ofFirst, dh.base, ...backwardArgs[cell.kind]()], {
      flops: flops * units,
    });
    [dh, dc].forEach((grad, i) => {
      const value = initial[i];
      if (!grad || !value?.needsGrad) return;
      const { view, add } = context.gradFor(value);
      copyVectors(context, grad, view, width, add);
    });
    emitWeightGradients(context, weights, {
      cell,
      x,
      gates,
      flops,
      outputs: { base: h.base, img: h.img, row: h.img, pix: h.pix },
      products: side && { base: at(side.base, side.pix), img: side.img, row: side.img, pix: side.pix },
      steps: { base: first, img: gates.img, row: gates.img, pix: stride },
    });
    if (!x.needsGrad) return;
    const { view, add, cut } = context.gradFor(x, { cuts: true });
    emitProduct(context, {
      from: gates,
      segments: onePixel(columns),
      weights: context.turned(w, 1, features, columns),
      to: view,
      shape: x.shape,
      add,
      ...(cut ? { cut } : {}),
      flops: flops * features,
    });
  }

  return { needsGrad, sequence, last: lastH, carry: c && afterLast(c), backward };
}

/** Copies (or adds) a vector of each example. */
export function copyVectors(context: PlanContext, from: View, to: View, floats: number, add = 0): void {
  const { views, counts } = pixelLoop([from, to], [1, 1, floats], floats);
  context.emit('copy', [...views.flatMap(viewArgs), ...counts, float(1), add, 0]);
}
