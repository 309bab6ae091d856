import { draw, sizesOf, type DrawSpec } from './draw';

/** What one layer takes of a step. */
export interface LayerCost {
  readonly layer: string;
  /** Kernels called in a step, forward and backward. */
  readonly kernels: number;
  /** Floating-point operations of a step: products alone. */
  readonly flops: number;
}

/** What a compiled step consists of. */
export interface PlanCost {
  readonly slices: number;
  readonly flops: number;
  /** Memory of the plan without data: as it lies, and if no buffer were used twice. */
  readonly bytes: number;
  readonly laidOut: number;
  readonly layers: readonly LayerCost[];
}

/** Returns what a compiled step would consist of; nothing is run. Throws Unplannable. */
export function explainPlan(spec: DrawSpec): PlanCost {
  const drawing = draw(spec);
  const { blueprint, ops } = drawing;
  const { slices, flops, batch } = blueprint;
  const { bytes, laidOut } = sizesOf(drawing);
  const costs = new Map<string, { kernels: number; flops: number }>();
  for (const op of ops) {
    if (op.watch || op.layer === undefined) continue;
    const cost = costs.get(op.layer) ?? { kernels: 0, flops: 0 };
    cost.kernels++;
    cost.flops += op.flops * batch;
    costs.set(op.layer, cost);
  }
  return { slices, flops, bytes, laidOut, layers: [...costs].map(([layer, cost]) => ({ layer, ...cost })) };
}
