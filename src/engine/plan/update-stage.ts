import type { StepDraft } from './draft';
import type { PlanOptimizer } from './optimizers';
import type { Param } from './param';
import { float, ref, type Buf, type Op, type Stage } from './program';

/** Adds the update of each trained weight, its turned copy after it, shared out among the slices by size. */
export function updateStage(
  draft: StepDraft,
  optimizer: PlanOptimizer,
  slices: number,
  states: readonly Buf[],
  rates: Buf,
  gradients: { readonly address: number; readonly stride: number },
): Stage {
  const stage: Stage = [];
  const loads = new Array<number>(slices).fill(0);
  const trained = draft.params.filter(({ gradient }) => gradient !== null);
  for (const param of [...trained].sort((a, b) => b.floats - a.floats)) {
    const slice = loads.indexOf(Math.min(...loads));
    loads[slice] += param.floats;
    const { offset } = param.place;
    const state = (i: number): number | ReturnType<typeof ref> => (states[i] ? ref(states[i], offset) : 0);
    const op: Op = {
      kernel: optimizer.kernel,
      args: [
        param.place,
        gradients.address + offset,
        gradients.stride,
        slices,
        state(0),
        state(1),
        param.floats,
        ref(rates),
        float(param.penalty.l1),
        float(param.penalty.l2),
        state(2),
      ],
      flops: 0,
      touches: [],
      slice,
    };
    stage.push(op);
    for (const turn of draft.turns) if (turn.param === param) stage.push({ ...turn.op, slice });
  }
  return stage;
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
