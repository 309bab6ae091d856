import { counted, num, percent, type Wording } from './wording';

/** Words of the checks of the model as it was built. */
export const MODEL_WORDS: Readonly<Record<string, Wording>> = {
  'softmax-on-one-unit': {
    message: (_e, { layer }) =>
      `The last layer ${layer} has softmax on one unit, which is 1 whatever the input.`,
    why: 'Softmax shares out 1 among its units; a single one always gets all. Look up: sigmoid, binary cross-entropy.',
  },
  'softmax-twice': {
    message: (_e, { layer }) => `Softmax is taken twice after ${layer}.`,
    why: 'A second softmax squeezes probabilities together: of two classes none can get more than 73 %. Look up: logits, softmax.',
  },
  'output-does-not-fit-loss': {
    message: (e, { layer }) =>
      `The last layer ${layer} ends in ${e.activation === 'linear' ? 'no activation' : e.activation}; the loss ${e.loss} expects ${e.wanted === 'linear' ? 'none' : e.wanted}.`,
    why: 'A cross-entropy takes its input for probabilities, and what is none gives wrong gradients or none. Look up: logits, softmax.',
  },
  'loss-does-not-fit-task': {
    message: (e) => `The loss ${e.loss} is made for values, and the labels are classes.`,
    why: 'Squared errors of probabilities hardly push where the model is surely wrong. Look up: cross-entropy, proper scoring rules.',
  },
  'output-cannot-reach-target': {
    message: (e, { layer }) =>
      `The last layer ${layer} ends in ${e.activation}, from ${num(e.low)} to ${e.high === Infinity ? 'infinity' : num(e.high)}; the targets go from ${num(e.lowestTarget)} to ${num(e.highestTarget)}.`,
    why: 'What lies outside of an activation cannot be predicted, and the units that should are stuck at its end. Look up: output activation.',
  },
  'dropout-on-output': {
    message: (e, { layer }) => `${layer} deletes ${percent(e.rate)} of the answers behind the last layer.`,
    why: 'Behind the output dropout deletes predictions instead of features, and the loss answers to chance. Look up: dropout.',
  },
  'no-non-linearity': {
    message: (e, { layer }) =>
      `There is no activation between ${layer} and ${e.next}: together they are one linear layer.`,
    why: 'Linear maps one after another are a linear map; depth begins with what bends between them. Look up: activation function.',
  },
  bottleneck: {
    message: (e, { layer }) =>
      `All ${num(e.classes)} classes must pass through ${layer}, which has ${counted(e.width, 'unit')}.`,
    why: 'One number can put classes in a row, and no more; a unit that dies takes all with it. Look up: information bottleneck.',
  },
  'dropout-too-high': {
    message: (e, { layer }) => `${layer} deletes ${percent(e.rate)} of its inputs in each training step.`,
    why: 'What is left carries too little of the signal, and the noise of what is deleted drowns it. Look up: dropout.',
  },
  'frozen-layers': {
    message: (e, { layer }) =>
      `${layer}${e.layers === 1 ? ' is' : ` and ${num(Number(e.layers) - 1)} more are`} frozen with weights that were drawn at random.`,
    why: 'Frozen layers keep what they know; random weights know nothing. Look up: transfer learning, trainable.',
  },
  'equal-initial-weights': {
    message: (_e, { layer }) => `All units of ${layer} start with the same weights.`,
    why: 'Equal units get equal gradients and stay equal: the layer is as good as one unit. Look up: symmetry breaking.',
  },
  'initial-weights-scale': {
    message: (e, { layer }) =>
      `The weights of ${layer} start with standard deviation ${num(e.sd)}; usual for its shape is ${num(e.low)} to ${num(e.high)}.`,
    why: 'Weights keep signals and gradients at their size from layer to layer only near that scale. Look up: Glorot and He initialisation.',
  },
  'initial-bias': {
    message: (e, { layer }) =>
      `The biases of ${layer} start at ${num(e.bias)} on average, far from the sums they are added to.`,
    why: 'A bias beyond all weighted sums holds its unit at one end of the activation, where nothing is learnt. Look up: dying ReLU.',
  },
  'penalty-dominates': {
    message: (e) =>
      `Before training the penalties on the weights are ${num(e.penalty)}, the loss itself ${num(e.loss)}.`,
    why: 'The steps shrink the weights before they fit anything. Look up: weight decay, regularisation strength.',
  },
  'mixes-examples': {
    message: (e) =>
      `The prediction of an example moves by ${percent(e.mixing)} of their range with what else is in its batch.`,
    why: 'In use examples come one by one; a sum or reshape over the batch axis ties them together. Look up: batch axis.',
  },
};
