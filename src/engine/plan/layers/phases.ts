import type { PlanContext } from '../context';
import {
  padded,
  pixelLoop,
  shifted,
  viewArgs,
  type Border,
  type Layout,
  type Shape,
  type View,
} from '../layout';
import type { Param } from '../param';
import { emitProduct, segmentsOf } from '../product';
import type { Ref } from '../program';
import type { Side, Window } from './window';

/**
 * Pixels of the input that the window meets with the same taps: every `stride`-th one. Their gradient is a convolution of its own
 * over the output's gradient, with those taps turned round.
 */
export interface Phase {
  /** The first of these pixels, and how many they are. */
  readonly first: number;
  readonly count: number;
  /** The first of the taps, each `stride` after the one before. None where the stride leaves pixels out. */
  readonly tap: number;
  readonly taps: number;
  /** Where the turned taps begin in the output's gradient for the first pixel, and the way from one to the next. */
  readonly from: number;
  readonly step: number;
}

/** The phases of one side. */
export function phasesOf({ size, kernel, stride, dilation, before }: Side): Phase[] {
  if (stride === 1) {
    const from = before - (kernel - 1) * dilation;
    return [{ first: 0, count: size, tap: 0, taps: kernel, from, step: dilation }];
  }
  return Array.from({ length: stride }, (_, tap) => {
    const first = (((tap - before) % stride) + stride) % stride;
    const taps = Math.max(0, Math.ceil((kernel - tap) / stride));
    const last = (first + before - tap) / stride; // where the first pixel meets the first tap
    const count = Math.max(0, Math.ceil((size - first) / stride));
    return { first, count, tap, taps, from: last - Math.max(0, taps - 1), step: 1 };
  }).filter(({ count }) => count > 0);
}

function reachOf(side: Side): [before: number, after: number] {
  const phases = phasesOf(side);
  const end = ({ count, taps, from, step }: Phase): number => from + count - 1 + Math.max(0, taps - 1) * step;
  return [
    Math.max(0, ...phases.map(({ from }) => -from)),
    Math.max(0, ...phases.map((phase) => end(phase) - (side.out - 1))),
  ];
}

/** The zeros that the phases want around the output's gradient. */
export function phaseBorder({ y, x }: Window): Border {
  const [top, bottom] = reachOf(y);
  const [left, right] = reachOf(x);
  return { top, bottom, left, right };
}

export const phaseLayout = (window: Window, channels: number): Layout => ({
  channels: padded(channels),
  border: phaseBorder(window),
  stepY: 1,
  stepX: 1,
});

/** Where the turned window stands in the output's gradient for each pixel of the input; for windows that move by ones. */
export const turnedView = (dy: View, { y, x }: Window): View =>
  shifted(dy, phasesOf(y)[0].from, phasesOf(x)[0].from);

/** A phase of both sides. */
export interface PhasePair {
  readonly y: Phase;
  readonly x: Phase;
}

export const phasePairs = ({ y, x }: Window): PhasePair[] =>
  phasesOf(y).flatMap((down) => phasesOf(x).map((across) => ({ y: down, x: across })));

/** The pixels of a phase in a view of all. */
export function phasePixels(view: View, { y, x }: PhasePair, window: Window): View {
  const { base, img, row, pix } = shifted(view, y.first, x.first);
  return { base, img, row: row * window.y.stride, pix: pix * window.x.stride };
}

/** Emits zeros in the pixels of a phase. */
export function clearPhase(context: PlanContext, view: View, { y, x }: PhasePair, channels: number): void {
  const { views, counts } = pixelLoop([view], [y.count, x.count, channels], padded(channels));
  context.emit('clear', [...viewArgs(views[0]), ...counts]);
}

/** What is made of an output's gradient by the turned weights of a convolution. */
export interface InputProduct {
  readonly window: Window;
  readonly kernel: Param;
  readonly dy: View;
  /** Channels of the output. */
  readonly units: number;
  readonly to: View;
  /** Of the input, channels being the real ones. */
  readonly shape: Shape;
  readonly bias?: Ref;
  readonly relu?: boolean;
  readonly add?: number;
  readonly cut?: View;
}

/** Panels of a phase's taps, turned round; zeros for a phase without any. */
function turnedTaps(context: PlanContext, product: InputProduct, { y, x }: PhasePair): Ref {
  const { window, kernel, units, shape } = product;
  const [k, n] = [shape[2], units];
  const size = [window.y.kernel, window.x.kernel];
  const steps = [window.y.stride, window.x.stride];
  if (steps.every((step) => step === 1)) return context.turned(kernel, size[0] * size[1], k, n);
  const taps = [Math.max(1, y.taps), Math.max(1, x.taps)];
  const label = `turned weights from ${y.tap}, ${x.tap}`;
  return context.derived(kernel, label, padded(k) * taps[0] * taps[1] * n * 4, (place) => ({
    kernel: 'turnPart',
    args: [kernel.place, place, ...size, y.tap, x.tap, ...steps, ...taps, k, n],
  }));
}

/** Emits the input gradient of a convolution, phase by phase. */
export function emitInputProduct(context: PlanContext, product: InputProduct): void {
  const { window, dy, units, to, shape, bias, relu, add, cut } = product;
  for (const pair of phasePairs(window)) {
    const { y, x } = pair;
    const view = phasePixels(to, pair, window);
    if (y.taps * x.taps === 0 && !bias) {
      if (!add) clearPhase(context, view, pair, shape[2]);
      continue;
    }
    const from = shifted(dy, y.from, x.from);
    const taps = [Math.max(1, y.taps), Math.max(1, x.taps)] as const;
    emitProduct(context, {
      from,
      segments: segmentsOf(from, taps, [y.step, x.step], units),
      weights: turnedTaps(context, product, pair),
      to: view,
      shape: [y.count, x.count, shape[2]],
      flops: 2 * y.count * x.count * y.taps * x.taps * units * shape[2],
      ...(bias && { bias }),
      ...(relu && { relu }),
      ...(add && { add }),
      ...(cut && { cut: phasePixels(cut, pair, window) }),
    });
  }
}
