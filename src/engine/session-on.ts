import type { PlanData } from './plan/plan-data';
import type { RunningPlan } from './plan/run-plan';
import type { LayerNorms, LoadedData, StepResult, TrainingSession } from './training-session';

/**
 * Returns the session of a running plan, without a model. Data sets of more than `mostCopied` bytes stay where they are, and
 * each step copies the examples it needs.
 */
export function sessionOn(
  plan: RunningPlan,
  units: number,
  mostCopied: number,
): Omit<TrainingSession, 'sync' | 'setRate'> {
  const handles = new Map<LoadedData, PlanData>();
  const dataOf = (data: LoadedData): PlanData => handles.get(data)!;
  return {
    id: 'plan',
    load({ n, inputs, targets, weights }) {
      const handle = { n };
      const blocks = { n, inputs: [inputs], targets: [targets], weights };
      const large = inputs.byteLength + targets.byteLength > mostCopied;
      handles.set(handle, large ? plan.attach(blocks) : plan.load(blocks));
      return handle;
    },
    step(data, rows, watch) {
      const told = (loss: number): StepResult => ({
        loss,
        outputs: plan.outputs(),
        losses: plan.exampleLosses(),
      });
      if (!watch) return told(plan.step(dataOf(data), rows));
      const { loss, norms, ...seen } = plan.watchedStep(dataOf(data), rows);
      watch({ norms: byLayer(norms), ...seen });
      return told(loss);
    },
    predict(data, rows) {
      const all = rows instanceof Int32Array ? rows : Int32Array.from(rows);
      const outputs = new Float32Array(rows.length * units);
      for (let start = 0; start < rows.length; start += plan.inferBatch) {
        plan.infer(dataOf(data), all.subarray(start, start + plan.inferBatch));
        outputs.set(plan.outputs(), start * units);
      }
      return outputs;
    },
    judge: (labels) => plan.judge(labels),
    hold: () => plan.hold(),
    finite: () => plan.finite(),
    dispose: () => plan.dispose(),
  };
}

/** Norms of a layer from the square sums of its weights. */
function byLayer(
  norms: readonly { layer: string; update: number; weight: number; gradient: number }[],
): LayerNorms[] {
  const sums = new Map<string, [number, number, number]>();
  for (const { layer, update, weight, gradient } of norms) {
    const [u, w, g] = sums.get(layer) ?? [0, 0, 0];
    sums.set(layer, [u + update, w + weight, g + gradient]);
  }
  return [...sums].map(([layer, [update, weight, gradient]]) => ({
    layer,
    update: Math.sqrt(update),
    weight: Math.sqrt(weight),
    gradient: Math.sqrt(gradient),
  }));
}
