import type { Dataset } from '../../src/data/types';
import { random } from '../../src/core/random';

interface Spec {
  readonly data: Dataset;
  readonly batch: readonly number[];
  readonly steps: number;
  readonly learningRate: number;
  readonly seed: number;
  readonly signal?: AbortSignal;
}

/** Two-class examples in two features times `scale`; class 1 lies to the upper right, with a clear gap. */
export function twoClasses(n: number, scale = 1, seed = 1): Dataset {
  const stream = random(seed);
  const values = new Float32Array(2 * n);
  const labels = new Int32Array(n);
  for (let i = 0; i < n; i++) {
    labels[i] = i % 2;
    for (let j = 0; j < 2; j++) values[2 * i + j] = scale * ((labels[i] ? 1 : -1) + 0.2 * stream.normal());
  }
  return {
    kind: 'dataset',
    name: 'two classes',
    task: 'classification',
    n,
    features: { values, shape: [2] },
    labels,
    classes: ['a', 'b'],
    ids: Array.from({ length: n }, (_, i) => String(i)),
    metadata: { kind: 'table', n, names: [], columns: {}, warnings: [] },
  };
}

/** Logistic regression by plain gradient descent: the smallest model that can stand in for a network. */
export async function trainSteps(spec: object): Promise<{ losses: number[] }> {
  const { data, batch, steps, learningRate, seed, signal } = spec as Spec;
  const stream = random(seed);
  const w = [0.1 * stream.normal(), 0.1 * stream.normal(), 0];
  const losses: number[] = [];
  for (let step = 0; step < steps && !signal?.aborted; step++) {
    const gradient = [0, 0, 0];
    let loss = 0;
    for (const row of batch) {
      const x = [data.features.values[2 * row], data.features.values[2 * row + 1], 1];
      const sign = data.labels[row] ? 1 : -1;
      const margin = sign * (w[0] * x[0] + w[1] * x[1] + w[2]);
      loss += margin > 0 ? Math.log1p(Math.exp(-margin)) : -margin + Math.log1p(Math.exp(margin));
      const pull = -sign / (1 + Math.exp(margin));
      x.forEach((value, j) => (gradient[j] += (pull * value) / batch.length));
    }
    losses.push(loss / batch.length);
    gradient.forEach((g, j) => (w[j] -= learningRate * g));
  }
  return { losses };
}
