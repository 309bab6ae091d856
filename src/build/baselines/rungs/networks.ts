import type { layers } from '@tensorflow/tfjs';
import type { Task } from '../../../data/types';
import type { BuildContext } from '../../build-model';
import type { Rung } from '../rung';
import { network, type BuildFor } from './network';

const HIDDEN = 64;
const FILTERS = [16, 32] as const;
const CHANNELS = 32;
/** Steps of a series that a filter sees. */
const WINDOW = 5;

const ACTIVATIONS = { classification: 'softmax', 'multi-label': 'sigmoid', regression: 'linear' } as const;

/** The last layer: probabilities of classes, of each label by itself, or a value. */
function outputLayer({ tf, units }: BuildContext, task: Task): layers.Layer {
  return tf.layers.dense({ units, activation: ACTIVATIONS[task], name: 'output' });
}

const buildMlp: BuildFor = (task) => (context) => {
  const { tf, inputShape } = context;
  const flat = inputShape.length > 1;
  return tf.sequential({
    layers: [
      ...(flat ? [tf.layers.flatten({ inputShape, name: 'flat' })] : []),
      tf.layers.dense({ ...(!flat && { inputShape }), units: HIDDEN, activation: 'relu', name: 'hidden' }),
      outputLayer(context, task),
    ],
  });
};

/** One hidden layer. */
export const smallMlp: Rung = network(
  { name: 'small MLP', what: `one hidden layer of ${HIDDEN} units`, weight: 2, fits: () => true },
  buildMlp,
  ({ d, units }) => HIDDEN * (d + units),
);

/** An image can be halved where both sides are at least so long. */
const LEAST_SIDE = 4;
const sidesAfter = ([height, width]: readonly number[], halvings: number): [number, number] =>
  Math.min(height, width) < LEAST_SIDE || halvings === 0
    ? [height, width]
    : sidesAfter([Math.floor(height / 2), Math.floor(width / 2)], halvings - 1);

const buildCnn: BuildFor = (task) => (context) => {
  const { tf, inputShape } = context;
  const chosen: layers.Layer[] = [];
  FILTERS.forEach((filters, i) => {
    const first = i === 0 ? { inputShape } : {};
    const activation = 'relu';
    const name = `convolution_${i + 1}`;
    chosen.push(tf.layers.conv2d({ ...first, filters, kernelSize: 3, padding: 'same', activation, name }));
    if (Math.min(...sidesAfter(inputShape, i)) >= LEAST_SIDE)
      chosen.push(tf.layers.maxPooling2d({ poolSize: 2, name: `pooling_${i + 1}` }));
  });
  chosen.push(tf.layers.flatten({ name: 'flat' }));
  chosen.push(tf.layers.dense({ units: HIDDEN, activation: 'relu', name: 'hidden' }));
  return tf.sequential({ layers: [...chosen, outputLayer(context, task)] });
};

/** Two convolutions and a hidden layer, for images. */
export const smallCnn: Rung = network(
  {
    name: 'small CNN',
    what: `two 3×3 convolutions of ${FILTERS.join(' and ')} filters, a hidden layer of ${HIDDEN} units`,
    weight: 3,
    fits: (_, inputs) => inputs === 'image',
  },
  buildCnn,
  ({ shape, units }) => {
    const area = (halvings: number): number => sidesAfter(shape, halvings).reduce((a, b) => a * b);
    const first = 9 * shape[2] * FILTERS[0] * area(0);
    const second = 9 * FILTERS[0] * FILTERS[1] * area(1);
    return first + second + HIDDEN * (FILTERS[1] * area(2) + units);
  },
);

const buildConvolution: BuildFor = (task) => (context) => {
  const { tf, inputShape } = context;
  const kernelSize = Math.min(WINDOW, inputShape[0]);
  const shared = { filters: CHANNELS, kernelSize, padding: 'same', activation: 'relu' } as const;
  return tf.sequential({
    layers: [
      tf.layers.conv1d({ ...shared, inputShape, name: 'convolution_1' }),
      tf.layers.conv1d({ ...shared, name: 'convolution_2' }),
      tf.layers.globalMaxPooling1d({ name: 'pooling' }),
      outputLayer(context, task),
    ],
  });
};

/** Two convolutions along the steps and their largest answers, for series. */
export const convolution1d: Rung = network(
  {
    name: '1-D convolution',
    what: `two convolutions of ${CHANNELS} filters over ${WINDOW} steps, the largest answers of each`,
    weight: 3,
    fits: (_, inputs) => inputs === 'series',
  },
  buildConvolution,
  ({ shape: [steps, channels], units }) =>
    WINDOW * CHANNELS * steps * (channels + CHANNELS) + CHANNELS * units,
);
