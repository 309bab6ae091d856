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
  'trained-too-short': [
    'Training ended before the model had learnt what it can.',
    'Train for more epochs, until validation stops getting better.',
  ],
  'batch-too-large': [
    'Batches are so large that an epoch has only a few steps.',
    'Use batches of 16 to 64 examples.',
  ],
  'not-shuffled': [
    'The examples come in the order of their labels, so that each batch teaches one class and unlearns the others.',
    'Shuffle the training examples: leave shuffle at true.',
  ],
  'input-constant': [
    'The inputs hardly differ from example to example, so there is nothing to learn from.',
    'Look at twenty inputs as the model gets them, and at the step before that loses them.',
  ],
  'missing-coded-as-number': [
    'A number far from all others stands for a missing value.',
    'Replace it by the median, with a column that says where it was.',
  ],
  'preprocessing-differs': [
    'Training and validation inputs are prepared in different ways.',
    'Measure scale and order of the columns on the training examples once, and apply the same to both.',
  ],
  'column-repeated': [
    'A column stands among the inputs more than once.',
    'Leave the copy out: it adds nothing and splits the weight of the first.',
  ],
  'validation-labels-wrong': [
    'The labels of the validation examples do not belong to their inputs.',
    'Check the join that brought validation inputs and labels together.',
  ],
  'class-codes-differ': [
    'Training and validation use different codes for the same classes.',
    'Make the codes from one list of class names, once, for both.',
  ],
  'class-not-in-training': [
    'A class has no training examples at all.',
    'Split so that each class stands on both sides, or leave the class out.',
  ],
  'output-does-not-fit-loss': [
    'The activation of the last layer does not give what the loss expects.',
    'End in softmax for classes, in sigmoid for one unit or several labels, in no activation for values.',
  ],
  'output-cannot-reach-target': [
    'The last layer cannot give values as large or as small as the targets.',
    'Leave the activation of the last layer out, or scale the target into its range.',
  ],
  'loss-does-not-fit-task': [
    'The loss is not made for labels of this kind.',
    'Use a cross-entropy for classes and labels, a squared or absolute error for values.',
  ],
  'batch-mixed': [
    'A layer mixes the examples of a batch, so that a prediction depends on its neighbours.',
    'Reduce and reshape over the axes of one example only, never over axis 0.',
  ],
  'no-non-linearity': [
    'Layers follow each other without an activation between them, which is one linear layer.',
    'Give the hidden layers an activation such as relu.',
  ],
  'layers-frozen': [
    'Layers whose weights were drawn at random are frozen.',
    'Set trainable to true, or load trained weights into them.',
  ],
  'weights-equal': [
    'The units of a layer start with equal weights, get equal gradients and stay equal.',
    'Use the default initialiser (Glorot or He).',
  ],
  'gradient-vanishes': [
    'The gradient shrinks from layer to layer until the first ones learn nothing.',
    'Use relu instead of sigmoid, fewer layers, batch normalisation or skip connections.',
  ],
  'units-dead': [
    'Units give zero for every example and get no gradient any more.',
    'Start biases at zero, lower the learning rate, or use leaky relu.',
  ],
  'units-saturated': [
    'Units stand at the ends of their activation, where it has no slope.',
    'Scale the inputs, start with smaller weights, or use relu.',
  ],
  'dropout-misplaced': [
    'Dropout stands behind the last layer and deletes answers.',
    'Put dropout between hidden layers only.',
  ],
  'norm-statistics-stale': [
    'Batch normalisation uses statistics in inference that are not those of training.',
    'Lower the momentum of batch normalisation, or train for more steps.',
  ],
  bottleneck: [
    'A layer is too narrow to carry what tells the classes apart.',
    'Widen the narrowest hidden layer.',
  ],
  'augmentation-too-strong': [
    'Augmentation changes training examples beyond what is met in use, or even beyond their labels.',
    'Look at twenty augmented examples with their labels, and augment less.',
  ],
  overconfident: [
    'The model grows too sure of its mistakes, while it makes fewer of them.',
    'Stop at the lowest validation loss, smooth the labels, or scale the probabilities afterwards.',
  ],
  'training-unstable': [
    'What is learnt depends on the initial weights and the order of the examples.',
    'Lower the learning rate, warm it up, or report the mean over several seeds.',
  ],
  'something-else': [
    'Something else than these: no change that was tried made the difference that it should.',
    'Look at twenty examples as the model gets them, and at what changed since it last worked.',
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
