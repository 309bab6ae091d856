import { counted, num, percent, type Wording } from './wording';

const LIKE_TRAINING = 'What was learnt holds for inputs like those of training.';

/** Words of the checks of the data. */
export const DATA_WORDS: Readonly<Record<string, Wording>> = {
  'missing-input': {
    message: (e, { column }) =>
      `${counted(e.missing, 'input value')} of the training examples ${e.missing === 1 ? 'is not a number' : 'are not numbers'}, most of them in ${column}.`,
    why: 'One missing value in a batch turns its loss, and with it every weight, into NaN. Look up: missing value imputation.',
  },
  'constant-input': {
    message: (e) => `All ${num(e.n)} training examples have the same inputs.`,
    why: 'Where inputs do not differ, no model can do better than one answer for all. Look up: constant features.',
  },
  'constant-column': {
    message: (e, { column }) =>
      `${counted(e.constant, 'column')} of ${num(e.columns)} ${e.constant === 1 ? 'is' : 'are'} the same for all training examples, such as ${column}.`,
    why: 'A column that never changes tells nothing, and surprises the model once it does. Look up: constant features.',
  },
  'input-scale': {
    message: (e, { column }) =>
      `The inputs in ${column} are of size ${num(e.scale)}${e.otherScale === e.scale ? '' : `, those in ${e.otherColumn} of size ${num(e.otherScale)}`}; default weights and rates are made for a size near 1.`,
    why: 'Large inputs make large gradients, so that no single learning rate suits all weights. Look up: feature standardisation.',
  },
  'sentinel-input': {
    message: (e, { column }) =>
      `${num(e.count)} of ${num(e.n)} training examples have exactly ${num(e.value)} in ${column}, ${num(e.gap)} standard deviations away from all others.`,
    why: 'A code for "missing" that is read as a number pulls every weighted sum with it. Look up: sentinel values, missing indicator.',
  },
  'duplicate-column': {
    message: (e, { column }) =>
      `The column ${column} holds the same as ${e.first}${e.pairs === 1 ? '' : `, and ${num(Number(e.pairs) - 1)} more repeat others`}.`,
    why: 'A copy adds nothing, and shares out the weight of the first in a way that luck decides. Look up: collinearity.',
  },
  'column-gives-label-away': {
    message: (e, { column }) =>
      `The column ${column} alone tells ${percent(e.skill)} of the labels; the next best, ${e.nextColumn}, tells ${percent(e.nextSkill)}.`,
    why: 'A column that knows the answer was often written down after it, and is not there when it is needed. Look up: target leakage.',
  },
  'order-of-labels': {
    message: (e) =>
      `The training examples are not shuffled, and come in the order of their labels (${num(e.order)} standard errors from a random order).`,
    why: 'A batch of one class teaches that class and unlearns the others. Look up: shuffling, catastrophic forgetting.',
  },
  'class-missing-in-training': {
    message: (e) =>
      `No training example is of the class ${e.class}${Number(e.validation) > 0 ? `; ${num(e.validation)} of validation are` : ''}.`,
    why: 'A model cannot learn what it never sees. Look up: stratified split.',
  },
  'class-shares-differ': {
    message: (e) =>
      `The class ${e.class} makes up ${percent(e.trainShare)} of training and ${percent(e.validationShare)} of validation.`,
    why: `${LIKE_TRAINING} A score on another mix of classes says little of either. Look up: label shift, stratified split.`,
  },
  imbalance: {
    message: (e) =>
      `The class ${e.class} has ${counted(e.count, 'training example')}, the largest ${num(e.largest)}.`,
    why: 'Accuracy hardly notices a rare class; errors on it want a look of their own. Look up: class imbalance, balanced accuracy.',
  },
  'target-off-centre': {
    message: (e) =>
      `The target has mean ${num(e.targetMean)} and standard deviation ${num(e.targetSd)}: the first steps only learn the mean.`,
    why: 'The untrained model predicts near zero, so the distance of the mean drowns what is to be learnt. Look up: target standardisation.',
  },
  'validation-in-train': {
    message: (e) =>
      `${num(e.copies)} of ${num(e.copiesOf)} validation examples also stand among the training examples.`,
    why: 'A score on examples that the model has seen says nothing of new ones. Look up: train-test contamination.',
  },
  'scale-differs': {
    message: (e, { column }) =>
      `In validation, ${column} is shifted by ${num(e.shift)} standard deviations at most, and ${num(e.ratio)} times as wide or narrow as in training.`,
    why: `${LIKE_TRAINING} A scale measured anew on validation makes other inputs of them. Look up: preprocessing leakage, covariate shift.`,
  },
  'distribution-differs': {
    message: (e, { column }) =>
      'correlation' in e
        ? `The columns ${column} go together otherwise in validation than in training (${num(e.z)} standard errors apart).`
        : `The values of ${column} are spread otherwise in validation than in training (${num(e.z)} standard errors apart).`,
    why: `${LIKE_TRAINING} Columns in another order or a sample from elsewhere are not like them. Look up: covariate shift.`,
  },
};
