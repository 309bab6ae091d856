'use strict';
// Models as data, so that a fault can change one thing of them.

/** Words of the made-up texts, with 0 for none. */
const VOCABULARY = 64;

/** `hidden`: units of the dense layers; the rest is what tfjs-layers calls it. */
const PLAIN = { body: 'dense', hidden: [16], activation: 'relu' };

/** Healthy architectures: for thresholds, and for the report. */
const ARCHITECTURES = {
  table: {
    calibration: {
      linear: { hidden: [] },
      small: {},
      deep: { hidden: [32, 16] },
      wide: { hidden: [64] },
      tanh: { hidden: [24, 12], activation: 'tanh' },
      normed: { hidden: [32, 16], batchNorm: true },
      dropout: { hidden: [64, 32], dropout: 0.3 },
    },
    report: {
      elu: { hidden: [48], activation: 'elu' },
      selu: { hidden: [32, 32, 16], activation: 'selu' },
      decayed: { hidden: [40, 20], l2: 0.001 },
      swish: { hidden: [64, 32], activation: 'swish', dropout: 0.2 },
      normed: { hidden: [48], batchNorm: true, activation: 'tanh' },
    },
  },
  image: {
    calibration: {
      flat: { hidden: [48] },
      conv: { body: 'conv2d', hidden: [32] },
      normed: { body: 'conv2d', hidden: [32], batchNorm: true },
      dropout: { body: 'conv2d', hidden: [48], dropout: 0.4 },
    },
    report: {
      elu: { body: 'conv2d', hidden: [24], activation: 'elu' },
      flat: { hidden: [64, 32], dropout: 0.2 },
    },
  },
  series: {
    calibration: { conv: { body: 'conv1d' }, gru: { body: 'gru' }, wide: { body: 'conv1d', hidden: [32] } },
    report: {
      lstm: { body: 'lstm1d', hidden: [16] },
      elu: { body: 'conv1d', activation: 'elu', hidden: [24] },
    },
  },
  text: {
    calibration: { bag: { body: 'bag' }, lstm: { body: 'lstm' }, deeper: { body: 'bag', hidden: [24, 12] } },
    report: {
      wide: { body: 'bag', hidden: [48], dropout: 0.2 },
      tanh: { body: 'bag', hidden: [20], activation: 'tanh' },
    },
  },
};

const regularized = (tf, { l2 }) => (l2 ? { kernelRegularizer: tf.regularizers.l2({ l2 }) } : {});

function body(tf, spec, inputShape) {
  const { activation } = spec;
  const conv = (filters) => ({ filters, kernelSize: 3, activation, ...weights(tf, spec) });
  switch (spec.body) {
    case 'conv2d':
      return [
        tf.layers.conv2d({ inputShape, ...conv(8) }),
        ...(spec.batchNorm ? [tf.layers.batchNormalization({})] : []),
        tf.layers.maxPooling2d({ poolSize: 2 }),
        tf.layers.flatten(),
      ];
    case 'conv1d':
      return [
        tf.layers.conv1d({ inputShape, ...conv(12), kernelSize: 5 }),
        tf.layers.maxPooling1d({ poolSize: 2 }),
        tf.layers.conv1d(conv(16)),
        tf.layers.globalAveragePooling1d({}),
      ];
    case 'gru':
      return [tf.layers.gru({ inputShape, units: 16, recurrentInitializer: 'glorotUniform' })];
    case 'lstm1d':
      return [tf.layers.lstm({ inputShape, units: 16, recurrentInitializer: 'glorotUniform' })];
    case 'bag':
    case 'lstm':
      return [
        tf.layers.embedding({ inputShape, inputDim: VOCABULARY, outputDim: 12 }),
        spec.body === 'bag'
          ? tf.layers.globalAveragePooling1d({})
          : tf.layers.lstm({ units: 16, recurrentInitializer: 'glorotUniform' }),
      ];
    default:
      return [tf.layers.reshape({ inputShape, targetShape: [inputShape.reduce((a, b) => a * b, 1)] })];
  }
}

const weights = (tf, spec) => ({
  ...(spec.kernelInitializer ? { kernelInitializer: spec.kernelInitializer(tf) } : {}),
  ...(spec.biasInitializer ? { biasInitializer: spec.biasInitializer(tf) } : {}),
  ...regularized(tf, spec),
  ...(spec.frozen ? { trainable: false } : {}),
});

const OUTPUTS = { classification: 'softmax', 'multi-label': 'sigmoid', regression: 'linear' };

/** A function that builds the model of a specification for data of a task. */
const modelOf =
  (given, task) =>
  ({ tf, inputShape, units }) => {
    const spec = { ...PLAIN, ...given };
    const layers = [];
    if (spec.inputDropout) layers.push(tf.layers.dropout({ inputShape, rate: spec.inputDropout }));
    layers.push(...body(tf, spec, inputShape));
    for (const width of spec.hidden) {
      layers.push(tf.layers.dense({ units: width, activation: spec.activation, ...weights(tf, spec) }));
      if (spec.batchNorm) layers.push(tf.layers.batchNormalization(spec.normOptions ?? {}));
      if (spec.dropout) layers.push(tf.layers.dropout({ rate: spec.dropout }));
    }
    if (spec.before) layers.push(...spec.before(tf));
    if (spec.bottleneck)
      layers.push(tf.layers.dense({ units: spec.bottleneck, activation: spec.activation }));
    const last = spec.outputUnits ?? units;

    layers.push(
      tf.layers.dense({
        units: last,
        activation: spec.output ?? OUTPUTS[task],
        ...(spec.outputInitializer ? { kernelInitializer: spec.outputInitializer(tf) } : {}),
        ...(spec.outputBias ? { biasInitializer: spec.outputBias(tf) } : {}),
        ...(spec.allFrozen ? { trainable: false } : {}),
      }),
    );
    layers.push(...(spec.after?.(tf, last) ?? []));
    return tf.sequential({ layers });
  };

module.exports = { ARCHITECTURES, modelOf };
