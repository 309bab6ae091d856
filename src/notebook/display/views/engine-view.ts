import type { EngineExplanation } from '../../../build/explain-engine';
import { threeDigits } from '../../../figures/template';
import type { View } from '../view';

/** What is shown of an explanation of the engine: the choice, and the work of each layer. */
export function engineView(explanation: EngineExplanation): View {
  const { steps, reason, flops, slices, threads, vectors, bytes, batchSize, layers } = explanation;
  if (steps === 'autograd') return { answer: reason };
  const total = flops ?? 0;
  return {
    answer: `A step of ${batchSize} examples is compiled: ${threeDigits(total / 1e6)} million operations.`,
    notes: [
      reason,
      `The batch is cut into ${slices} part${slices === 1 ? '' : 's'} for up to ${Math.min(threads, slices ?? 1)} thread${Math.min(threads, slices ?? 1) === 1 ? '' : 's'} of this machine; ${threeDigits((bytes ?? 0) / 1e6)} MB of memory without data. Its vectors hold ${vectors} floats.`,
    ],
    tables: [
      {
        title: 'Work of a step',
        head: ['layer', 'kernels', 'operations (millions)', 'share (%)'],
        rows: layers.map(({ layer, kernels, flops: own }) => [
          layer,
          kernels,
          own / 1e6,
          { value: total > 0 ? own / total : 0, share: true },
        ]),
      },
    ],
  };
}
