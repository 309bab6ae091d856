/* eslint-disable @typescript-eslint/explicit-module-boundary-types -- the type of MAKERS gives them */
import type { SymbolicTensor } from '@tensorflow/tfjs';

/** A tensor of a random model. */
export interface Tensor {
  readonly name: string;
  readonly symbolic: SymbolicTensor;
  /** Sides without the batch. */
  readonly dims: readonly number[];
  /** Whole numbers below VOCABULARY, which an embedding alone can take. */
  readonly tokens?: boolean;
  /** It carries a mask. */
  readonly masked?: boolean;
  /** The layer that made it (the text of its construction) where it may be used again. */
  readonly by?: Made & { readonly name: string; readonly takes: readonly number[] };
}

/** What decides on one layer: small whole numbers, so that a failing model can be made simpler. */
export interface Gene {
  readonly kind: number;
  readonly from: number;
  readonly other: number;
  readonly a: number;
  readonly b: number;
  readonly c: number;
}

/**
 * What has been put into the model so far. TensorFlow.js hands the last mask that it has seen to all layers that follow: where
 * there is a mask, no layer that reads masks may be without its own.
 */
export interface State {
  masks: boolean;
  readsMasks: boolean;
}

/** Writes a layer (a function of tf.layers and its arguments, or a wrapped one) and applies it. */
export interface Writer {
  readonly state: State;
  /** A layer by the name of its function; arguments may hold layers. */
  make(name: string, args: Record<string, unknown>): Made;
  apply(layer: Made, from: Tensor | readonly Tensor[]): void;
}

/** A layer and the code that makes it. */
export interface Made {
  readonly layer: unknown;
  readonly code: string;
}

/** One way to go on with a model. */
export interface Maker {
  /** Class names of the layers that it may make. */
  readonly classes: readonly string[];
  takes(x: Tensor, state: State): boolean;
  add(writer: Writer, gene: Gene, x: Tensor, others: readonly Tensor[]): void;
}

export const VOCABULARY = 11;
const of = <T>(list: readonly T[], n: number): T => list[n % list.length];
const rank =
  (...ranks: number[]) =>
  ({ dims, tokens }: Tensor): boolean =>
    !tokens && ranks.includes(dims.length);
const any = rank(1, 2, 3);
/** A sequence with its own mask where there are masks; TensorFlow.js cannot train a recurrence of one step. */
const sequence = (x: Tensor, { masks }: State): boolean =>
  rank(2)(x) && x.dims[0] > 1 && (!masks || x.masked === true);
const isInput = ({ name }: Tensor): boolean => name.startsWith('x');
const last = (x: Tensor): number => x.dims[x.dims.length - 1];

const ACTIVATIONS = [
  ...['linear', 'tanh', 'relu', 'sigmoid', 'softmax', 'selu', 'elu', 'softsign', 'softplus', 'swish', 'mish'],
  ...['gelu', 'gelu_new', 'hardSigmoid', 'relu6'],
];
const activation = (n: number): string => of(ACTIVATIONS, n);
const widthOf = (gene: Gene): number => of([3, 8, 1, 5, 9, 2], gene.a);
/** A kernel, stride and padding that suit the sides; TensorFlow.js has no gradient for dilated convolutions. */
const windowOf = (
  gene: Gene,
  sides: readonly number[],
): { size: number[]; strides: number[]; padding: string } => {
  const padding = of(['same', 'valid'], gene.b);
  const size = sides.map((side, i) => Math.min(side, of([3, 2, 1], gene.c + i)));
  return { size, strides: sides.map((_, i) => of([1, 2, 1], gene.b + gene.c + i)), padding };
};
const sameDims = (x: Tensor, others: readonly Tensor[], except = -1): Tensor[] =>
  others.filter(
    ({ dims, tokens }) =>
      !tokens && dims.length === x.dims.length && dims.every((side, i) => i === except || side === x.dims[i]),
  );
const fits = (x: Tensor, y: Tensor): boolean => {
  const length = Math.min(x.dims.length, y.dims.length);
  return [...x.dims.slice(-length)].every((side, i) => {
    const other = y.dims.slice(-length)[i];
    return side === other || side === 1 || other === 1;
  });
};

type Named = readonly [name: string, args: Record<string, unknown>];
const named = (name: string, args: Record<string, unknown>): Named => [name, args];

/** Parts that several makers share. */
const frozen = (gene: Gene): Record<string, unknown> => (gene.c % 7 === 6 ? { trainable: false } : {});
const bias = (gene: Gene): Record<string, unknown> => (gene.c % 5 === 4 ? { useBias: false } : {});
const penalty = (gene: Gene): Record<string, unknown> => ({
  ...(gene.b % 6 === 5 ? { kernelRegularizer: 'l1l2' } : {}),
  ...(gene.b % 7 === 5 ? { biasRegularizer: 'l1l2' } : {}),
});
const recurrent = (gene: Gene): Record<string, unknown> => ({
  units: widthOf(gene),
  returnSequences: gene.b % 2 === 0,
  ...penalty(gene),
  ...(gene.c % 3 === 2 ? { goBackwards: true } : {}),
});

/** Layers whose makers take care where they stand. */
const once = /upSampling|masking|softmax|rnn|lstm|gru|timeDistributed/i;

/** How to make each kind of layer; those that TensorFlow.js trains and whose numbers do not depend on chance. */
export const MAKERS: readonly Maker[] = [
  {
    classes: ['Dense'],
    takes: any,
    add: (writer, gene, x) => {
      const args = {
        units: widthOf(gene),
        activation: activation(gene.b),
        ...bias(gene),
        ...frozen(gene),
        ...penalty(gene),
      };
      writer.apply(writer.make('dense', args), x);
    },
  },
  {
    classes: ['Activation', 'ReLU', 'LeakyReLU', 'ELU', 'Softmax'],
    takes: any,
    add: (writer, gene, x) => {
      const [name, args] = of<Named>(
        [
          ['activation', { activation: activation(gene.b) }],
          ['reLU', of([{}, { maxValue: 0.5 }, { maxValue: 6 }], gene.b)],
          ['leakyReLU', of([{}, { alpha: 0.1 }], gene.b)],
          ['elu', {}],
          ...(writer.state.masks ? [] : [named('softmax', { axis: of([-1, x.dims.length], gene.b) })]),
        ],
        gene.a,
      );
      if (name === 'softmax') writer.state.readsMasks = true;
      writer.apply(writer.make(name, args), x);
    },
  },
  {
    classes: ['Rescaling'],
    takes: any,
    add(writer, gene, x) {
      writer.apply(
        writer.make('rescaling', { scale: of([0.5, -1, 2], gene.a), offset: of([0, 0.5], gene.b) }),
        x,
      );
    },
  },
  {
    classes: ['PReLU'],
    takes: any,
    add: (writer, gene, x) => {
      const shared = x.dims.map((_, i) => i + 1).filter((i) => (gene.a >> i) & 1);
      const args = { alphaInitializer: 'glorotUniform', ...(shared.length ? { sharedAxes: shared } : {}) };
      writer.apply(writer.make('prelu', args), x);
    },
  },
  {
    classes: ['Flatten'],
    takes: rank(2, 3),
    add: (writer, _, x) => writer.apply(writer.make('flatten', {}), x),
  },
  {
    classes: ['Reshape'],
    takes: any,
    add: (writer, gene, x) => {
      const total = x.dims.reduce((a, b) => a * b);
      const divisors = Array.from({ length: total }, (_, i) => i + 1).filter((d) => total % d === 0);
      const first = of(divisors, gene.a);
      const rest = divisors.filter((d) => (total / first) % d === 0);
      const second = of(rest, gene.b);
      const targetShape = of(
        [[first, total / first], [first, second, total / first / second], [total]],
        gene.c,
      );
      writer.apply(writer.make('reshape', { targetShape }), x);
    },
  },
  {
    classes: ['Permute'],
    takes: rank(2, 3),
    add: (writer, gene, x) => {
      const orders =
        x.dims.length === 2
          ? [
              [2, 1],
              [1, 2],
            ]
          : [
              [2, 1, 3],
              [3, 1, 2],
              [1, 3, 2],
              [3, 2, 1],
              [2, 3, 1],
            ];
      writer.apply(writer.make('permute', { dims: of(orders, gene.a) }), x);
    },
  },
  {
    classes: ['Add', 'Average', 'Multiply'],
    takes: any,
    add: (writer, gene, x, others) => {
      const fitting = others.filter((y) => any(y) && fits(x, y));
      const inputs = [x, of(fitting, gene.other)];
      // A third one of the shape of the first two together.
      if (gene.c % 3 === 0 && inputs[0].dims.join() === inputs[1].dims.join())
        inputs.push(of(sameDims(x, others), gene.b));
      writer.apply(writer.make(of(['add', 'average', 'multiply'], gene.a), {}), inputs);
    },
  },
  {
    // TensorFlow.js' gradient of these does not broadcast.
    classes: ['Maximum', 'Minimum'],
    takes: any,
    add: (writer, gene, x, others) => {
      const same = sameDims(x, others);
      const inputs = [x, of(same, gene.other), of(same, gene.b)].slice(0, 2 + (gene.c % 2));
      writer.apply(writer.make(of(['maximum', 'minimum'], gene.a), {}), inputs);
    },
  },
  {
    classes: ['Concatenate'],
    takes: any,
    add: (writer, gene, x, others) => {
      const side = gene.a % x.dims.length;
      const fitting = sameDims(x, others, side);
      const inputs = [x, of(fitting, gene.other), of(fitting, gene.b)].slice(0, 2 + (gene.c % 2));
      const axis = side === x.dims.length - 1 && gene.c % 3 === 0 ? -1 : side + 1;
      writer.apply(writer.make('concatenate', { axis }), inputs);
    },
  },
  {
    classes: ['Dot'],
    takes: rank(1),
    add: (writer, gene, x, others) => {
      const inputs = [x, of(sameDims(x, others), gene.other)];
      // The cosine of a vector with itself, or of numbers, is ±1, and its gradient nothing but rounding.
      const normalize = inputs[0] !== inputs[1] && x.dims[0] > 1 && gene.b % 2 === 0;
      writer.apply(writer.make('dot', { axes: of([-1, 1], gene.a), normalize }), inputs);
    },
  },
  {
    classes: ['Conv1D'],
    takes: rank(2),
    add: (writer, gene, x) => {
      const { size, strides, padding } = windowOf(gene, x.dims.slice(0, 1));
      writer.apply(
        writer.make('conv1d', {
          ...{ filters: widthOf(gene), kernelSize: size, padding, activation: activation(gene.b) },
          strides,
          ...bias(gene),
          ...penalty(gene),
        }),
        x,
      );
    },
  },
  {
    classes: ['Conv2D'],
    takes: rank(3),
    add: (writer, gene, x) => {
      const { size, strides, padding } = windowOf(gene, x.dims.slice(0, 2));
      writer.apply(
        writer.make('conv2d', {
          ...{ filters: widthOf(gene), kernelSize: size, padding, activation: activation(gene.b) },
          strides,
          ...bias(gene),
          ...frozen(gene),
          ...penalty(gene),
        }),
        x,
      );
    },
  },
  {
    classes: ['DepthwiseConv2D', 'SeparableConv2D'],
    takes: rank(3),
    add: (writer, gene, x) => {
      const { size, strides, padding } = windowOf(gene, x.dims.slice(0, 2));
      const square = [strides[0], strides[0]]; // TensorFlow.js has no kernel for two strides that differ
      const common = { kernelSize: size, strides: square, padding, depthMultiplier: of([1, 2], gene.other) };
      const separable = { filters: widthOf(gene), activation: activation(gene.b), ...bias(gene) };
      const made = of(
        [
          () => writer.make('separableConv2d', { ...common, ...separable }),
          () => writer.make('depthwiseConv2d', { ...common, activation: activation(gene.b) }),
        ],
        gene.c,
      );
      writer.apply(made(), x);
    },
  },
  {
    classes: ['Conv2DTranspose'],
    takes: rank(3),
    add: (writer, gene, x) => {
      const { size, strides, padding } = windowOf(gene, x.dims.slice(0, 2));
      const args = {
        filters: widthOf(gene),
        kernelSize: size,
        strides,
        padding,
        activation: activation(gene.b),
      };
      writer.apply(writer.make('conv2dTranspose', args), x);
    },
  },
  {
    classes: ['MaxPooling1D', 'AveragePooling1D'],
    takes: rank(2),
    add: (writer, gene, x) => {
      const { size, strides, padding } = windowOf(gene, x.dims.slice(0, 1));
      const name = of(['averagePooling1d', 'maxPooling1d'], gene.a);
      writer.apply(writer.make(name, { poolSize: size[0], strides: strides[0], padding }), x);
    },
  },
  {
    classes: ['MaxPooling2D', 'AveragePooling2D'],
    takes: rank(3),
    add: (writer, gene, x) => {
      const { size, strides, padding } = windowOf(gene, x.dims.slice(0, 2));
      const name = of(['averagePooling2d', 'maxPooling2d'], gene.a);
      writer.apply(writer.make(name, { poolSize: size, strides, padding }), x);
    },
  },
  {
    classes: ['GlobalMaxPooling1D', 'GlobalAveragePooling1D'],
    takes: rank(2),
    add: (writer, gene, x) => {
      writer.apply(writer.make(of(['globalAveragePooling1d', 'globalMaxPooling1d'], gene.a), {}), x);
    },
  },
  {
    classes: ['GlobalMaxPooling2D', 'GlobalAveragePooling2D'],
    takes: rank(3),
    add: (writer, gene, x) => {
      writer.apply(writer.make(of(['globalAveragePooling2d', 'globalMaxPooling2d'], gene.a), {}), x);
    },
  },
  {
    classes: ['BatchNormalization'],
    takes: any,
    add: (writer, gene, x) => {
      const args = { momentum: of([0.99, 0.5], gene.c) }; // TensorFlow.js throws without offset or scale
      writer.apply(writer.make('batchNormalization', args), x);
    },
  },
  {
    classes: ['LayerNormalization'],
    takes: any,
    add: (writer, gene, x) => {
      const args = { epsilon: of([1e-2, 0.1], gene.c) }; // TensorFlow.js throws without offset or scale
      writer.apply(writer.make('layerNormalization', args), x);
    },
  },
  {
    classes: ['ZeroPadding2D', 'Cropping2D', 'UpSampling2D'],
    takes: rank(3),
    add: (writer, gene, x) => {
      const sides = (n: number): number[][] => [
        [n % 2, (n + 1) % 2],
        [(n >> 1) % 2, (n >> 2) % 2],
      ];
      const large = x.dims[0] > 1 && x.dims[1] > 2;
      const [name, args] = of<Named>(
        [
          ['zeroPadding2d', { padding: sides(gene.b) }],
          // Its gradient is right in TensorFlow.js for the first example alone.
          ...(isInput(x) ? [named('upSampling2d', { size: [1 + (gene.b % 2), 1 + (gene.c % 2)] })] : []),
          ...(large ? [named('cropping2D', { cropping: sides(gene.b) })] : []),
        ],
        gene.a,
      );
      writer.apply(writer.make(name, args), x);
    },
  },
  {
    classes: ['LSTM', 'GRU', 'SimpleRNN'],
    takes: sequence,
    add: (writer, gene, x) => {
      writer.state.readsMasks = true;
      const name = of(['lstm', 'gru', 'simpleRNN'], gene.other);
      writer.apply(writer.make(name, recurrent(gene)), x);
    },
  },
  {
    classes: ['RNN'],
    takes: sequence,
    add: (writer, gene, x) => {
      writer.state.readsMasks = true;
      const names = [
        of(['lstmCell', 'gruCell', 'simpleRNNCell'], gene.other),
        of(['gruCell', 'lstmCell'], gene.b),
      ];
      const cell = names
        .map((name) => writer.make(name, { units: widthOf(gene) }))
        .slice(0, 1 + (gene.c % 2));
      writer.apply(writer.make('rnn', { cell, returnSequences: gene.b % 2 === 0 }), x);
    },
  },
  {
    classes: ['Bidirectional'],
    takes: sequence,
    add: (writer, gene, x) => {
      writer.state.readsMasks = true;
      const inner = { units: widthOf(gene), returnSequences: gene.b % 2 === 0, ...penalty(gene) };
      const layer = writer.make(of(['lstm', 'gru', 'simpleRNN'], gene.other), inner);
      const mergeMode = of(['concat', 'sum', 'ave', 'mul'], gene.c);
      writer.apply(writer.make('bidirectional', { layer, mergeMode }), x);
    },
  },
  {
    classes: ['TimeDistributed'],
    takes: sequence,
    add: (writer, gene, x) => {
      writer.state.readsMasks = true;
      const layer = writer.make('dense', {
        units: widthOf(gene),
        activation: activation(gene.b),
        ...penalty(gene),
      });
      writer.apply(writer.make('timeDistributed', { layer }), x);
    },
  },
  {
    classes: ['RepeatVector'],
    takes: rank(1),
    add: (writer, gene, x) => writer.apply(writer.make('repeatVector', { n: 1 + (gene.a % 4) }), x),
  },
  {
    classes: ['Embedding'],
    takes: ({ tokens }) => tokens === true,
    add: (writer, gene, x) => {
      const args = {
        inputDim: VOCABULARY,
        outputDim: widthOf(gene),
        maskZero: gene.b % 4 === 3 && !writer.state.readsMasks,
      };
      writer.apply(writer.make('embedding', args), x);
    },
  },
  {
    // TensorFlow.js has no gradient for it.
    classes: ['Masking'],
    takes: (x, { readsMasks }) => rank(2)(x) && isInput(x) && !readsMasks,
    add: (writer, _, x) => writer.apply(writer.make('masking', { maskValue: 0 }), x),
  },
  {
    // Without effect, so that they hand on what they are given.
    classes: ['Dropout', 'SpatialDropout1D', 'AlphaDropout', 'GaussianNoise', 'GaussianDropout'],
    takes: any,
    add: (writer, gene, x) => {
      const names = ['dropout', 'alphaDropout', 'gaussianDropout'];
      if (x.dims.length === 2) names.push('spatialDropout1d');
      if (gene.b % 5 === 4) writer.apply(writer.make('gaussianNoise', { stddev: 0 }), x);
      else writer.apply(writer.make(of(names, gene.a), { rate: 0 }), x);
    },
  },
  {
    // A layer that was used before.
    classes: [],
    takes: (x) => any(x),
    add: (writer, gene, x, others) => {
      const usable = others.flatMap(({ by }) =>
        by && !once.test(by.code) && by.takes.join() === x.dims.join() ? [by] : [],
      );
      if (usable.length === 0) return;
      const { layer, name } = of(usable, gene.a);
      writer.apply({ layer, code: name }, x);
    },
  },
  {
    // A model inside of the model.
    classes: [],
    takes: any,
    add: (writer, gene, x) => {
      const inner = [
        writer.make('dense', { units: widthOf(gene), activation: activation(gene.b), inputShape: x.dims }),
        writer.make('dense', { units: last(x), activation: 'tanh' }),
      ];
      writer.apply(
        writer.make('sequential', { layers: inner, ...(gene.c % 4 === 3 ? { trainable: false } : {}) }),
        x,
      );
    },
  },
];
