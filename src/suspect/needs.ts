import type { CheckInput } from './check';
import type { Need } from './types';

const NEEDS: Readonly<Record<Need, { has: (input: CheckInput) => boolean; lack: string }>> = {
  steps: { has: ({ log }) => log.steps.loss.length > 0, lack: 'the log has no steps' },
  epochs: { has: ({ log }) => log.epochs.length > 0, lack: 'no epoch was finished' },
  'initial-scores': {
    has: ({ log }) => log.initial !== null,
    lack: 'the loss before training was not recorded',
  },
  validation: {
    has: ({ log }) => log.epochs.length > 0 && log.epochs.every(({ validation }) => validation !== null),
    lack: 'the run has no validation scores; pass validation data to fit',
  },
  'train-summary': {
    has: ({ log }) => log.data.train !== null,
    lack: 'nothing is known of the training data',
  },
  'validation-summary': {
    has: ({ log }) => log.data.validation !== null,
    lack: 'nothing is known of the validation data, so that the spread of its scores is not known',
  },
  columns: {
    has: ({ log }) => log.data.train?.columns !== undefined,
    lack: 'the log does not say what the columns of the training data are like',
  },
  split: {
    has: ({ log }) => Boolean(log.data.split),
    lack: 'the log does not compare training and validation data',
  },
  'model-layers': {
    has: ({ log }) => log.model.layers.some(({ trainable }) => trainable !== undefined),
    lack: 'the log does not describe the layers of the model',
  },
  layers: {
    has: ({ log }) => log.layers.some(({ weightNorm }) => weightNorm.length > 0),
    lack: 'the log has no norms of weights and updates',
  },
  gradients: {
    has: ({ log }) => log.layers.some(({ gradientNorm }) => gradientNorm.some((norm) => !Number.isNaN(norm))),
    lack: 'the log has no norms of gradients',
  },
  activations: {
    has: ({ log }) => log.activations.length > 0,
    lack: 'the steps do not tell what the outputs of the layers were like',
  },
  outcome: {
    has: ({ log }) => Boolean(log.outcome),
    lack: 'the log does not say what the model answers at the end',
  },
  classification: { has: ({ log }) => log.task === 'classification', lack: 'the task is not classification' },
  predictions: {
    has: ({ predictions }) => predictions !== null,
    lack: 'there are no predictions; pass { run, predictions }',
  },
  'difficulty-slices': {
    has: ({ slices }) => slices !== null,
    lack: 'there are no slices by difficulty; pass { run, slices }',
  },
};

/** Returns what `needs` lack in `input`, in words; empty when nothing does. */
export function lacking(needs: readonly Need[], input: CheckInput): string {
  return needs
    .filter((need) => !NEEDS[need].has(input))
    .map((need) => NEEDS[need].lack)
    .join('; ');
}
