import { counted, known, num, percent, type Evidence, type Wording } from './wording';

const WHAT: Readonly<Record<string, string>> = {
  loss: 'The loss',
  gradient: 'A gradient',
  weight: 'A weight',
  'validation-loss': 'The validation loss',
  input: 'An input',
};

/** "loss 0.4 against 1.1" or "accuracy 60 % against 50 %". */
const againstGuess = (e: Evidence): string =>
  known(e.priorLoss)
    ? `loss ${num(e.finalLoss)} against ${num(e.priorLoss)}`
    : `${e.of === 'labels' ? 'labels right' : 'accuracy'} ${percent(e.accuracy)} against ${percent(e.priorAccuracy)}`;

/** Validation beside training, by what is known. */
const besideTraining = (e: Evidence): string =>
  known(e.validationAccuracy)
    ? `${percent(e.validationAccuracy)} of validation ${e.of} right against ${percent(e.accuracy)} of training`
    : `validation loss ${num(e.validationLoss)} against ${num(e.loss)} on training`;

const guessing = (e: Evidence): string =>
  known(e.validationAccuracy)
    ? `${percent(e.validationAccuracy)}, where ${e.of === 'labels' ? 'the commoner answer to each label' : 'the largest class'} alone gives ${percent(e.priorAccuracy)}`
    : `loss ${num(e.validationLoss)}, where the mean alone gives ${num(e.priorLoss)}`;

/** Words of the checks of what happened in training. */
export const RUN_WORDS: Readonly<Record<string, Wording>> = {
  'non-finite-value': {
    message: (e, where) =>
      `${WHAT[String(e.what)] ?? 'A value'} stopped being a number at step ${num(e.step)}${where.layer ? ` in layer ${where.layer}` : ''}${known(e.largestLoss) ? `; the largest loss before was ${num(e.largestLoss)}` : ''}.`,
    why: 'Once one weight is not a number, every later prediction is not one either. Look up: exploding gradients, numerical overflow.',
  },
  'non-finite-input': {
    message: (e) => `An input at step ${num(e.step)} is not a number.`,
    why: 'One missing value in a batch turns its loss, and with it every weight, into NaN. Look up: missing value imputation.',
  },
  'starts-too-high': {
    message: (e) =>
      `Before training the loss is ${num(e.initialLoss)}; a model that knows nothing reaches ${num(e.expected)}.`,
    why: 'An untrained model should be undecided; a higher loss means that it starts out confidently wrong. Look up: loss at initialisation, ln K.',
  },
  'starts-too-low': {
    message: (e) =>
      `Before training the loss is ${num(e.initialLoss)}, already below the ${num(e.priorLoss)} of a guess.`,
    why: 'A fresh model cannot know more than the label frequencies; if it does, something told it. Look up: loss at initialisation, target leakage.',
  },
  'unchanged-weights': {
    message: (e, { layer }) => `The weights of ${layer} did not change in ${counted(e.epochs, 'epoch')}.`,
    why: 'Weights move where a gradient reaches them; where none does, the graph is cut or the units are dead. Look up: backpropagation.',
  },
  'updates-too-large': {
    message: (e, { epoch }) =>
      `A step changed the weights by ${percent(e.largest)} of their size in epoch ${num(epoch)}; near 0.1 % is usual.`,
    why: 'Steps of the size of the weights forget what earlier ones learnt. Look up: update-to-weight ratio, learning rate.',
  },
  'updates-too-small': {
    message: (e) => `A step changes the weights by ${percent(e.typical)} of their size; near 0.1 % is usual.`,
    why: 'At this pace the weights stay where they were drawn for thousands of steps. Look up: update-to-weight ratio, learning rate.',
  },
  'vanishing-gradient': {
    message: (e, { layer }) =>
      e.smallest === 0
        ? `No gradient reaches the weights of ${layer}.`
        : `The gradient by a weight of ${layer} is ${num(Number(e.largest) / Number(e.smallest))} times smaller than that of the layer which gets most.`,
    why: 'Each squashing or dead layer multiplies the gradient by a number below one. Look up: vanishing gradient.',
  },
  'exploding-gradient': {
    message: (e, { layer, epoch }) =>
      `The gradient of ${layer} reached a norm of ${num(e.highest)} in epoch ${num(epoch)}.`,
    why: 'A step along such a gradient leaves the region where it says anything. Look up: exploding gradients, gradient clipping.',
  },
  'dead-units': {
    message: (e, { layer }) =>
      `${percent(e.dead)} of the units of ${layer} are zero for every example of a batch.`,
    why: 'A rectified unit that is zero for all has no gradient, and stays so. Look up: dying ReLU.',
  },
  'saturated-units': {
    message: (e, { layer }) =>
      `${percent(e.saturated)} of the outputs of ${layer} stand at an end of the activation.`,
    why: 'At its ends an activation has no slope, so that nothing is learnt through it. Look up: saturation of sigmoid and tanh.',
  },
  'loss-oscillates': {
    message: (e) =>
      `From epoch to epoch the training loss swings by ${num(Number(e.swing) * Number(e.priorLoss))}, ${percent(e.swing)} of a guess's loss.`,
    why: 'Steps that are too long for the curvature jump from side to side of a valley. Look up: learning rate, edge of stability.',
  },
  'loss-spikes': {
    message: (e, { step }) =>
      `At step ${num(step)} the loss jumped to ${num(e.peak)}, from a level of ${num(e.level)}.`,
    why: 'One step too long can undo many; where it happens again, the rate is at its limit. Look up: loss spikes, gradient clipping.',
  },
  'loss-below-possible': {
    message: (e) => `The loss reached ${num(e.lowest)}; a loss of this kind cannot be below zero.`,
    why: 'A negative cross-entropy takes the logarithm of what is no probability. Look up: proper scoring rules.',
  },
  'still-improving': {
    message: (e) =>
      `Training ended at loss ${num(e.finalLoss)} while the loss still fell at ${percent(e.pace)} of its mean pace.`,
    why: 'What a model could reach shows only once its loss has levelled off. Look up: training budget, convergence.',
  },
  'learns-too-slowly': {
    message: (e) =>
      `In ${num(e.steps)} steps the loss went from ${num(e.firstLoss)} to ${num(e.finalLoss)} only, in nearly equal steps.`,
    why: 'A loss that creeps along a line has not found its slope: it is the steps that are small, not the task that is hard. Look up: learning rate.',
  },
  'batch-too-large': {
    message: (e) =>
      `Batches of ${num(e.batchSize)} make ${counted(e.stepsPerEpoch, 'step')} of an epoch of ${num(e.n)} examples, and the loss still falls.`,
    why: 'An epoch learns by its steps, not by its examples. Look up: critical batch size, large-batch training.',
  },
  diverged: {
    message: (e) =>
      `Training made the model worse: the loss ended at ${num(e.finalLoss)}, where a guess reaches ${num(e.priorLoss)}.`,
    why: 'Steps that are too long for the curvature of the loss climb instead of descending. Look up: learning rate, divergence of gradient descent.',
  },
  'no-better-than-guessing': {
    message: (e) =>
      `After ${num(e.steps)} steps the model does not beat a guess${e.on === 'validation' ? ' on validation' : ''}: ${againstGuess(e)}.`,
    why: 'A model that knows only how frequent the labels are reaches this loss without looking at the input. Look up: prior predictor, majority class baseline.',
  },
  underfits: {
    message: (e, { column }) =>
      `The column ${column} still explains ${percent(e.share)} of what the model gets wrong on its training examples.`,
    why: 'Errors that follow an input hold something to be learnt, which this model cannot express or has not reached. Look up: bias, residual plots.',
  },
  'below-goal': {
    message: (e) =>
      `On its training examples the model reaches ${percent(e.accuracy)}, ${e.source} ${percent(e.goal)}.`,
    why: 'Where training falls short of what others reach, more data will not help: the model or its training will. Look up: avoidable bias.',
  },
  'constant-output': {
    message: (e) =>
      `The model answers nearly the same to all ${num(e.n)} examples: its outputs spread by ${num(e.spread)}, the targets by ${num(e.targetSpread)}.`,
    why: 'One answer for all is what is left when nothing of the input arrives. Look up: mode collapse, dead network.',
  },
  'class-never-predicted': {
    message: (e) =>
      `The class ${e.class} is never predicted, though ${num(e.count)} of ${num(e.n)} examples are of it.`,
    why: 'Where a class is rare or cannot be told apart, the safest answer is never to name it. Look up: class imbalance, recall.',
  },
  'train-and-inference-differ': {
    message: (e) =>
      `In use the loss on training examples is ${num(e.inference)}; the training steps themselves had ${num(e.running)}.`,
    why: 'A layer does something else in training than in use, such as normalising by the batch. Look up: batch normalisation, running statistics.',
  },
  'guesses-on-validation': {
    message: (e) =>
      `The model knows its training examples (${known(e.accuracy) ? `${percent(e.accuracy)} of ${e.of} right` : `loss ${num(e.loss)}`}) but guesses on validation: ${guessing(e)}.`,
    why: 'A network can memorise labels that have nothing to do with the input; nothing of that carries over. Look up: memorisation of random labels.',
  },
  'validation-far-below': {
    message: (e) => `Little carries over: ${besideTraining(e)}.`,
    why: 'What holds for the training examples alone was memorised, or the others are of another kind. Look up: generalisation gap.',
  },
  memorised: {
    message: (e) => `The training examples are known by heart (loss ${num(e.loss)}): ${besideTraining(e)}.`,
    why: 'A model that can store its examples need not find what they have in common. Look up: memorisation, capacity, regularisation.',
  },
  'validation-below-chance': {
    message: (e) =>
      `${percent(e.validationAccuracy)} of validation examples are right, fewer than by answering at random.`,
    why: 'To be wrong that often takes knowledge: it is the names of the classes that differ. Look up: label encoding.',
  },
  'labels-permuted': {
    message: (e) =>
      `Validation examples are told as one class for another in a ring, ${e.classes}: ${num(e.asOther)} so, ${num(e.asItself)} as themselves.`,
    why: 'Classes that swap places as a whole were given other codes, not misjudged. Look up: label encoding.',
  },
  'validation-rises': {
    message: (e) =>
      `Validation loss rose from ${num(e.bestLoss)} at epoch ${num(e.bestEpoch)} to ${num(e.endLoss)}, more than luck explains (${num(e.luck)}), while training loss fell.`,
    why: 'What the model still learns holds for the training examples only. Look up: overfitting, early stopping.',
  },
  'loss-and-metric-disagree': {
    message: (e) =>
      `Since epoch ${num(e.bestEpoch)} the validation loss rose to ${num(e.endLoss)} while accuracy went from ${percent(e.accuracyAtBest)} to ${percent(e.accuracyAtEnd)}.`,
    why: 'The model grows surer of its mistakes faster than it makes fewer of them. Look up: calibration.',
  },
  'validation-beats-train': {
    message: (e) =>
      `The model is better on validation than on its own training examples: loss ${num(e.validationLoss)} against ${num(e.trainLoss)}, both measured without dropout.`,
    why: 'Learning favours the examples that were learnt from; if the others come out better, the two were not drawn alike. Look up: data leakage, sampling bias.',
  },
  'validation-beats-people': {
    message: (e) =>
      `Validation accuracy ${percent(e.validationAccuracy)} is beyond the human level of ${percent(e.humanLevel)} by more than luck.`,
    why: 'On tasks that people are good at, a score beyond theirs is more often a leak than a feat. Look up: target leakage.',
  },
  'test-far-from-validation': {
    message: (e) =>
      `On the ${num(e.n)} predictions that were given the loss is ${num(e.loss)}; validation promised ${num(e.validationLoss)}.`,
    why: 'Validation foretells use only as far as the two are alike. Look up: distribution shift, overfitting to the validation set.',
  },
  'seed-dependent': {
    message: (e) =>
      `What is learnt depends on the seed: of ${num(e.runs)} runs the best (seed ${num(e.bestSeed)}) is ${percent(e.best)} of the way from a guess to all right, the worst (seed ${num(e.worstSeed)}) ${percent(e.worst)}.`,
    why: 'Where luck decides so much, one run says little of a change: it takes several of each. Look up: variance over seeds.',
  },
  'easier-is-worse': {
    message: (e) =>
      `Errors are more frequent on easier examples: ${num(e.easiestError)} on "${e.easiest}" against ${num(e.hardestError)} on the hardest (difficulty: ${e.difficulty}).`,
    why: 'What is easy for a person should be easy for a model with the same data; the reverse points at labels or coverage. Look up: Cochran–Armitage trend test.',
  },
};
