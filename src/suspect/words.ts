import type { FindingData } from './types';

type Evidence = FindingData['evidence'];

/** Three significant digits, as a person would write it. */
const num = (value: number | string | undefined): string =>
  typeof value === 'number'
    ? Number.isFinite(value)
      ? String(Number(value.toPrecision(3)))
      : 'not a number'
    : (value ?? '?');
const percent = (value: number | string): string =>
  typeof value === 'number' ? `${num(100 * value)} %` : value;
const known = (value: number | string): boolean => typeof value === 'string' || Number.isFinite(value);

interface Wording {
  readonly message: (e: Evidence, where: FindingData['where']) => string;
  readonly why: string;
}

const WHAT: Readonly<Record<string, string>> = {
  loss: 'The loss',
  gradient: 'A gradient',
  weight: 'A weight',
  'validation-loss': 'The validation loss',
  input: 'An input',
};

const WORDS: Readonly<Record<string, Wording>> = {
  'non-finite-value': {
    message: (e, where) =>
      `${WHAT[String(e.what)] ?? 'A value'} stopped being a number at step ${num(e.step)}${where.layer ? ` in layer ${where.layer}` : ''}${known(e.largestLoss) ? `; the largest loss before was ${num(e.largestLoss)}` : ''}.`,
    why: 'Once one weight is not a number, every later prediction is not one either. Look up: exploding gradients, numerical overflow.',
  },
  'non-finite-input': {
    message: (e) => `An input at step ${num(e.step)} is not a number.`,
    why: 'One missing value in a batch turns its loss, and with it every weight, into NaN. Look up: missing value imputation.',
  },
  diverged: {
    message: (e) =>
      `Training made the model worse: the loss ended at ${num(e.finalLoss)}, where a guess reaches ${num(e.priorLoss)}.`,
    why: 'Steps that are too long for the curvature of the loss climb instead of descending. Look up: learning rate, divergence of gradient descent.',
  },
  'no-better-than-guessing': {
    message: (e) =>
      `After ${num(e.steps)} steps the model does not beat a guess: ${
        known(e.priorLoss)
          ? `loss ${num(e.finalLoss)} against ${num(e.priorLoss)}`
          : `${e.of === 'labels' ? 'labels right' : 'accuracy'} ${percent(e.accuracy)} against ${percent(e.priorAccuracy)}`
      }.`,
    why: 'A model that knows only how frequent the labels are reaches this loss without looking at the input. Look up: prior predictor, majority class baseline.',
  },
  'guesses-on-validation': {
    message: (e) =>
      `The model knows its training examples (${percent(e.accuracy)} ${e.of === 'labels' ? 'of labels ' : ''}right) but guesses on validation: ${percent(e.validationAccuracy)}, where ${e.of === 'labels' ? 'the commoner answer to each label' : 'the largest class'} alone gives ${percent(e.priorAccuracy)}.`,
    why: 'A network can memorise labels that have nothing to do with the input; nothing of that carries over. Look up: memorisation of random labels.',
  },
  'validation-rises': {
    message: (e) =>
      `Validation loss rose from ${num(e.bestLoss)} at epoch ${num(e.bestEpoch)} to ${num(e.endLoss)}, more than luck explains (${num(e.luck)}), while training loss fell.`,
    why: 'What the model still learns holds for the training examples only. Look up: overfitting, early stopping.',
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
  'easier-is-worse': {
    message: (e) =>
      `Errors are more frequent on easier examples: ${num(e.easiestError)} on "${e.easiest}" against ${num(e.hardestError)} on the hardest (difficulty: ${e.difficulty}).`,
    why: 'What is easy for a person should be easy for a model with the same data; the reverse points at labels or coverage. Look up: Cochran–Armitage trend test.',
  },
};

/** Codes that have words. */
export const WORDED_CODES: readonly string[] = Object.keys(WORDS);

/** Returns the sentence of a finding and the theory behind it, from its code and numbers alone. */
export function wordsFor(
  finding: Pick<FindingData, 'code' | 'evidence' | 'where'>,
): Pick<FindingData, 'message' | 'why'> {
  const wording = WORDS[finding.code];
  return { message: wording.message(finding.evidence, finding.where), why: wording.why };
}

/** Returns the answer of a report in one sentence. */
export function summarise(
  name: string,
  messages: readonly string[],
  counts: Readonly<Record<'looked' | 'cannotTell' | 'skipped' | 'failed', number>>,
): string {
  const rest = [
    counts.cannotTell > 0 ? `${counts.cannotTell} cannot tell` : '',
    counts.skipped > 0 ? `${counts.skipped} skipped` : '',
    counts.failed > 0 ? `${counts.failed} failed` : '',
  ].filter(Boolean);
  const aside = rest.length > 0 ? ` (${rest.join(', ')})` : '';
  if (messages.length === 0) {
    const looked = `${counts.looked} check${counts.looked === 1 ? '' : 's'}`;
    return counts.looked === 0
      ? `${name}: no check could look at this run${aside}.`
      : `${name}: nothing looks strange to ${looked}${aside}.`;
  }
  const more = messages.length > 1 ? ` And ${messages.length - 1} more.` : '';
  return `${name}: ${messages[0]}${more}`;
}
