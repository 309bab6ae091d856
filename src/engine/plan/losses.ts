import { Unplannable } from './unplannable';

/** A loss as the kernel `lossOf` knows it: its number, and the number that takes the last activation in. */
export interface PlanLoss {
  readonly name: string;
  readonly kind: number;
  /** The activation that may be fused with it, and the kind that then gives the gradient by its input. */
  readonly fused?: { readonly activation: string; readonly kind: number };
  /** Targets are one class number a position instead of a value for each unit. */
  readonly sparse: boolean;
}

/** The numbers are those of src/engine/kernels/loss.ts. */
const KINDS: Readonly<Record<string, number>> = {
  meanSquaredError: 0,
  meanAbsoluteError: 1,
  meanAbsolutePercentageError: 2,
  meanSquaredLogarithmicError: 3,
  hinge: 4,
  squaredHinge: 5,
  logcosh: 6,
  binaryCrossentropy: 7,
  poisson: 8,
  kullbackLeiblerDivergence: 9,
  categoricalCrossentropy: 10,
  sparseCategoricalCrossentropy: 10,
  categoricalHinge: 11,
  cosineProximity: 12,
};

const FUSED: Readonly<Record<number, PlanLoss['fused']>> = {
  10: { activation: 'softmax', kind: 13 },
  7: { activation: 'sigmoid', kind: 14 },
};

/** Names of the losses that a plan has kernels for. */
export const PLAN_LOSSES: readonly string[] = Object.keys(KINDS);

/** Returns the loss of a name; throws Unplannable for others. `sparse`: targets come as class numbers. */
export function planLoss(name: string, sparse = false): PlanLoss {
  const kind = KINDS[name];
  if (kind === undefined) throw new Unplannable(`loss "${name}"`, 'it has no kernel');
  return { name, kind, fused: FUSED[kind], sparse };
}
