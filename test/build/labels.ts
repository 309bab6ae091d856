import { random } from '../../src/core/random';
import { dataset } from '../../src/data/dataset';
import type { Dataset } from '../../src/data/types';
import type { BuildModel } from '../../src/build/build-model';

/** Examples with any of four labels, each of which lies on one side of a plane in six features. */
export function weather(n = 400, seed = 3): Dataset {
  const planes = random(17);
  const weights = Array.from({ length: 4 }, () => Array.from({ length: 6 }, () => planes.normal()));
  const stream = random(seed);
  const features = Array.from({ length: n }, () => Array.from({ length: 6 }, () => stream.normal()));
  const labels = features.map((x) =>
    weights.map((w, k) => {
      const height = w.reduce((sum, weight, d) => sum + weight * x[d], 0.3 * stream.normal());
      return Number(height > 0.8 * k - 0.5);
    }),
  );
  return dataset({ name: `weather ${n}`, features, labels, classes: ['rain', 'wind', 'fog', 'frost'] });
}

/** A hidden layer and a sigmoid for each label. */
export const sigmoids: BuildModel = ({ tf, inputShape, units }) =>
  tf.sequential({
    layers: [
      tf.layers.dense({ inputShape, units: 16, activation: 'relu', name: 'hidden' }),
      tf.layers.dense({ units, activation: 'sigmoid', name: 'out' }),
    ],
  });
