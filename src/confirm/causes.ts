import type { Cause } from './types';

/** Every explanation that a check may name: the sentence, and what to do about it. */
export const CAUSES = {
  'learning-rate-too-high': [
    'The learning rate is too high for this model and these inputs.',
    'Divide the learning rate by ten.',
  ],
  'learning-rate-too-low': [
    'The learning rate is too low to get anywhere in this many steps.',
    'Multiply the learning rate by ten.',
  ],
  'inputs-not-scaled': [
    'The inputs are not on a common scale near 1.',
    'Standardise the features with the mean and standard deviation of the training examples.',
  ],
  'input-not-a-number': [
    'The input itself contains values that are not numbers.',
    'Find and fill or drop the missing values before training.',
  ],
  'loss-overflow': [
    'The loss takes the logarithm of zero or overflows for some examples.',
    'Use a loss that works on logits, or clip probabilities away from 0 and 1.',
  ],
  'wiring-broken': [
    'No gradient reaches the weights: a layer is frozen, a unit is dead, or loss and labels do not fit together.',
    'Check that layers are trainable, that the last activation fits the loss, and that labels belong to their inputs.',
  ],
  'labels-without-signal': [
    'The labels do not follow from the inputs: shuffled, misaligned or random.',
    'Look at twenty examples with their labels, and check the join that brought them together.',
  ],
  'descends-the-wrong-way': [
    'The steps go up the loss instead of down: its sign, or that of the learning rate, is turned.',
    'Check the sign of the loss, and that the optimizer takes the learning rate away from the weights.',
  ],
  'model-too-small': [
    'The model is too small, or too narrow somewhere, to hold these examples.',
    'Add units to its narrowest layer, or a layer.',
  ],
  'regularised-too-much': [
    'Penalties on the weights keep them too small to fit even these examples.',
    'Divide the penalties by ten, and look at the loss without them.',
  ],
  'weights-too-large': [
    'The initial weights of the last layers are too large.',
    'Use the default initialiser (Glorot or He) for every layer.',
  ],
  'loss-summed': [
    'The loss is summed over the batch instead of averaged.',
    'Take the mean over the batch, or divide the learning rate by the batch size.',
  ],
  'target-not-centred': [
    'The target lies far from zero, where the untrained model predicts.',
    'Standardise the target, or set the bias of the last layer to its mean.',
  ],
  'label-in-features': [
    'A feature gives the label away.',
    'Look for a column that is only known once the label is known, and leave it out.',
  ],
  'already-trained': [
    'The weights had seen these examples before the run began.',
    'Build the model anew for every run.',
  ],
  'trained-too-long': [
    'Training went on after the model had learnt what carries over.',
    'Stop at the epoch with the lowest validation loss.',
  ],
  'too-few-examples': [
    'There are too few training examples for a model of this size.',
    'Get more examples, augment them, or use a smaller or more regularised model.',
  ],
  'validation-differs': [
    'The validation examples come from another distribution than the training examples.',
    'Compare where and when the two were collected, and draw the validation examples like those met in use.',
  ],
  'duplicates-across-split': [
    'Validation examples also stand among the training examples.',
    'Remove the duplicates, and split by group so that copies stay on one side.',
  ],
  'validation-easier': [
    'The validation examples are easier than the training examples.',
    'Draw both by one random split, stratified by class.',
  ],
  'labels-noisy': [
    'The labels of these examples are wrong more often than those of others.',
    'Read the examples with the highest loss and correct their labels.',
  ],
  'too-rare-in-training': [
    'Examples like these are too rare in training.',
    'Collect or weight up examples of this kind.',
  ],
  'difficulty-misjudged': [
    'The difficulty does not measure what is hard for this task.',
    'Take a difficulty from another source and slice again.',
  ],
} as const;

export type CauseId = keyof typeof CAUSES;

/** Weights by cause, in any unit; zero or less leaves a cause out. */
export type CauseWeights = Readonly<Partial<Record<CauseId, number>>>;

/**
 * Returns the causes named by `weights`, heaviest first, with weights that sum to 1.
 *
 * @example
 * rankCauses({ 'loss-summed': 1, 'weights-too-large': 3 })[0].weight // => 0.75
 */
export function rankCauses(weights: CauseWeights): readonly Cause[] {
  const entries = (Object.entries(weights) as [CauseId, number][]).filter(([, weight]) => weight > 0);
  const total = entries.reduce((sum, [, weight]) => sum + weight, 0);
  return entries
    .map(([id, weight]) => ({ id, title: CAUSES[id][0], weight: weight / total, fix: CAUSES[id][1] }))
    .sort((a, b) => b.weight - a.weight);
}
