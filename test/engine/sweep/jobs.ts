import * as tf from '@tensorflow/tfjs';
import { random } from '../../../src/core/random';
import { completed, draw } from '../../../src/engine/plan/draw';
import { graphOf } from '../../../src/engine/plan/graph';
import { planLoss } from '../../../src/engine/plan/losses';
import { planOptimizer } from '../../../src/engine/plan/optimizers';
import { readAll } from '../../../src/engine/plan/plan';
import { shareData } from '../../../src/engine/sweep/share-data';
import { stepSizes } from '../../../src/engine/sweep/step-sizes';
import type { SweepJob } from '../../../src/engine/sweep/sweep-job';
import { layerFacts } from '../../../src/engine/train/layer-facts';
import type { TrainingData } from '../../../src/engine/train/types';
import { withSeededRandom } from '../../../src/engine/with-seeded-random';

const FEATURES = 6;
const CLASSES = 3;

/** Three noisy clouds. */
export function clouds(n: number, seed: number): TrainingData {
  const stream = random(seed);
  const labels = Int32Array.from({ length: n }, () => stream.integer(CLASSES));
  const inputs = new Float32Array(n * FEATURES);
  const targets = new Float32Array(n * CLASSES);
  labels.forEach((k, i) => {
    for (let f = 0; f < FEATURES; f++)
      inputs[i * FEATURES + f] = stream.normal() + (f % CLASSES === k ? 1.5 : 0);
    targets[i * CLASSES + k] = 1;
  });
  return shareData({ task: 'classification', n, inputs, targets, labels });
}

export const TRAIN = clouds(150, 1);
export const VALIDATION = clouds(70, 2);

/** A job that trains a small network with dropout; its model is built as `fit` would, from the seed. */
export function jobOf(seed: number, changes: Partial<SweepJob> = {}): SweepJob {
  const model = withSeededRandom(random(seed).fork('weights'), () =>
    tf.sequential({
      layers: [
        tf.layers.dense({ units: 9, activation: 'relu', inputShape: [FEATURES], name: 'hidden' }),
        tf.layers.dense({ units: CLASSES, activation: 'softmax', name: 'top' }),
      ],
    }),
  );
  const { subset = null, train = TRAIN, validation = VALIDATION, batchSize = 32 } = changes;
  const n = subset ? subset.length : train.n;
  const drawing = draw({
    graph: graphOf(model),
    losses: [planLoss('sparseCategoricalCrossentropy')],
    optimizer: planOptimizer(tf.train.adam(0.01)),
    batch: Math.min(batchSize, n),
  });
  const sizes = stepSizes(drawing.blueprint, n, batchSize, validation?.n ?? 0);
  const job: SweepJob = {
    id: `seed ${seed}`,
    blueprint: completed(drawing, sizes),
    initialWeights: readAll(drawing.weights).map((values) => values.slice()),
    ...{ train, validation, subset, batchSize, seed },
    loss: 'sparseCategoricalCrossentropy',
    units: CLASSES,
    layers: layerFacts(model),
    epochs: 3,
    learningRate: 0.01,
    shuffle: true,
    ...changes,
  };
  model.dispose();
  return job;
}
