import type { StepDraft } from './draft';
import type { PlanOptimizer } from './optimizers';
import { constraintOps } from './constraints';
import type { Param, Penalty } from './param';
import { float, inSlice, ref, type Arg, type Buf, type Op, type Stage } from './program';

/** What happens to gradients and weights besides the optimizer's own step. */
export interface UpdateOptions {
  /** Each number of a gradient is kept within ± this. */
  readonly clipValue?: number;
  /** All gradients are scaled down together where their norm is above this (after `clipValue`). */
  readonly clipNorm?: number;
  /**
   * Whether the constraints of the weights hold after each step; defaults to false: `fit` of TensorFlow.js ignores them and
   * applies them only where weights are set.
   */
  readonly constraints?: boolean;
}

/** What the update works on. */
export interface UpdateParts {
  readonly draft: StepDraft;
  readonly optimizer: PlanOptimizer;
  readonly slices: number;
  readonly states: readonly Buf[];
  readonly rates: Buf;
  /** Bytes from the gradients of one slice to those of the next. */
  readonly gradientStride: number;
  /** Square sums (f64) of the gradients; used by `clipNorm`. */
  readonly squares: Buf;
  readonly options: UpdateOptions;
}

/** Stages that bring the gradients together, move each trained weight and its turned copy after it; shared out by size. */
export function updateStages(parts: UpdateParts): Stage[] {
  const { draft, optimizer, slices, states, rates, gradientStride, squares, options } = parts;
  const { clipValue, clipNorm, constraints } = options;
  const clips = clipValue !== undefined || clipNorm !== undefined;
  const joining: Stage = [];
  const moving: Stage = [];
  const loads = new Array<number>(slices).fill(0);
  const trained = draft.params.filter(({ gradient }) => gradient !== null);
  [...trained]
    .sort((a, b) => b.floats - a.floats)
    .forEach((param, i) => {
      const slice = loads.indexOf(Math.min(...loads));
      loads[slice] += param.floats;
      const { place, floats, penalty, summed } = param;
      const gradient = summed ? param.gradient! : inSlice(param.gradient!, 0);
      const partials = summed ? 1 : slices;
      const op = (kernel: string, args: readonly Arg[]): Op => ({
        kernel,
        args,
        flops: 0,
        touches: [],
        slice,
      });
      const state = (which: number): Arg => (states[which] ? ref(states[which], place.offset) : 0);
      const args = (count: number, { l1, l2 }: Penalty): Arg[] => [
        ...[place, gradient, gradientStride, count],
        ...[state(0), state(1), floats, ref(rates), float(l1), float(l2), state(2)],
      ];
      if (clips) {
        joining.push(op('joinGradient', args(partials, penalty)));
        if (clipValue !== undefined) joining.push(op('clip', [gradient, floats, float(clipValue)]));
      }
      if (clipNorm !== undefined) {
        joining.push(op('squareSum', [gradient, floats, ref(squares, i * 8)]));
        const scale = [gradient, floats, ref(squares), trained.length, float(clipNorm)];
        moving.push(op('clipNorm', scale));
      }
      moving.push(op(optimizer.kernel, clips ? args(1, { l1: 0, l2: 0 }) : args(partials, penalty)));
      if (constraints) moving.push(...constraintOps(param).map(({ kernel, args: all }) => op(kernel, all)));
      for (const turn of draft.turns) if (turn.param === param) moving.push({ ...turn.op, slice });
    });
  return clips ? [joining, moving] : [moving];
}

/** Adds the penalties of the weights before they move; the numbers (f64) stand one after another. */
export function penaltyStage(penalized: readonly Param[], sums: Buf): Stage {
  return penalized.map(({ place, floats, penalty }, i) => ({
    kernel: 'penalty',
    args: [place, floats, float(penalty.l1), float(penalty.l2), ref(sums, i * 8)],
    flops: 0,
    touches: [],
    slice: 0,
  }));
}
