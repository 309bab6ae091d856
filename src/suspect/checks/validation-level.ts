import type { CauseWeights } from '../../confirm/causes';
import { cannotTell, NOTHING_FOUND, suspect, type Check } from '../check';
import { bestEpoch, guessOf, skillByAccuracy, skillByLoss } from '../skill';

/** Validation examples below which nothing is said. */
const FEWEST = 20;
/** Skill on training below which there is nothing to carry over. */
const LEAST_SKILL = 0.2;

interface ValidationLevelMeasure extends Readonly<Record<string, unknown>> {
  readonly epoch: number;
  readonly validationN: number;
  readonly accuracy: number;
  readonly validationAccuracy: number;
  readonly priorAccuracy: number;
  readonly loss: number;
  readonly validationLoss: number;
  readonly priorLoss: number;
  readonly of: 'examples' | 'labels';
  /** Skill on training at the end, at least; on validation, by loss at its best epoch and by accuracy at the end, at most. */
  readonly trainSkill: number;
  readonly validationSkill: number;
  /** Share of the skill on training that was there after a quarter of the epochs. */
  readonly early: number;
  /** Skill on validation after a quarter of the epochs as a share of that on training. */
  readonly carried: number;
  /** Loss on training as a share of a guess' loss; skill on validation at the end, at most. */
  readonly left: number;
  readonly endSkill: number;
  /** Standard errors by which training is better than validation at the end. */
  readonly gapZ: number;
  /** Standard errors by which validation accuracy is below that of any fixed answer. */
  readonly belowZ: number;
  /** Classes that are told as one another in turn: how often so, and how often right. */
  readonly cycle: readonly string[];
  readonly asOther: number;
  readonly asItself: number;
}

/** Classes whose examples are told, most of all, as another class that is told as a further one, and so back to the first. */
function cycleIn(confusion: readonly (readonly number[])[]): readonly number[] {
  const told = confusion.map((row, k) => row.reduce((most, count, j) => (count > row[most] ? j : most), k));
  for (let start = 0; start < told.length; start++) {
    if (confusion[start].every((count) => count === 0)) continue;
    const seen = [start];
    let at = told[start];
    while (!seen.includes(at)) {
      seen.push(at);
      at = told[at];
    }
    if (at === start && seen.length > 1) return seen;
  }
  return [];
}

/** Does what was learnt carry over to validation? */
export const validationLevel: Check<ValidationLevelMeasure> = {
  id: 'validation-level',
  title: 'What carries over to validation',
  question: 'Does a model that knows its training examples know anything of the validation examples?',
  needs: ['epochs', 'validation', 'train-summary'],
  references: [
    {
      author: 'Zhang et al.',
      title: 'Understanding deep learning requires rethinking generalization',
      year: 2017,
    },
  ],
  symptoms: {
    'guesses-on-validation': { scale: 'size', least: 0.8 },
    'validation-far-below': { scale: 'size', least: 0.28 },
    memorised: { scale: 'size', least: 0.18 },
    'validation-below-chance': { scale: 'z', least: 3 },
    'labels-permuted': { scale: 'z', least: 4 },
  },
  measure({ log }) {
    const guess = guessOf(log);
    const { epochs, best } = bestEpoch(log);
    const last = epochs[epochs.length - 1];
    const several = log.task === 'multi-label';
    const trainBy = [skillByLoss(last.train, guess), skillByAccuracy(last.train, guess)];
    const quarter = epochs[Math.max(0, Math.ceil(epochs.length / 4) - 1)];
    const earlyBy = [skillByLoss(quarter.train, guess), skillByAccuracy(quarter.train, guess)];
    const carriedBy = [skillByLoss(quarter.validation, guess), skillByAccuracy(quarter.validation, guess)];
    const atBest = skillByLoss(epochs[best].validation, guess);
    const atEnd = skillByAccuracy(last.validation, guess);
    const endSkill = Number.isNaN(atEnd.value) || several ? skillByLoss(last.validation, guess) : atEnd;
    const known = (values: readonly number[]): readonly number[] =>
      values.filter((value) => !Number.isNaN(value));
    const right = (scores: typeof last.train | null): number =>
      several ? 1 - (scores?.metrics.hammingLoss?.value ?? NaN) : (scores?.metrics.accuracy?.value ?? NaN);
    const accuracy = last.validation!.metrics.accuracy;
    const fixed = 1 / Math.max(1, log.classes.length);
    const confusion = log.outcome?.validation?.confusion ?? null;
    const cycle = confusion ? cycleIn(confusion) : [];
    const count = (to: (place: number) => number): number =>
      cycle.reduce((sum, k, place) => sum + confusion![k][to(place)], 0);
    const [a, b] = [last.train.loss, last.validation!.loss];
    return {
      epoch: last.epoch,
      validationN: last.validation!.loss.n,
      ...{
        accuracy: right(last.train),
        validationAccuracy: right(last.validation),
        priorAccuracy: guess.accuracy,
      },
      ...{ loss: a.value, validationLoss: b.value, priorLoss: guess.loss },
      of: several ? 'labels' : 'examples',
      trainSkill: Math.max(...known(trainBy.map(({ value, error }) => value - 2 * error)), -Infinity),
      validationSkill: Math.max(
        ...known([atBest.value + 2 * atBest.error, several ? NaN : atEnd.value + 2 * atEnd.error]),
        -Infinity,
      ),
      early: Math.max(...known(earlyBy.map(({ value }, i) => value / trainBy[i].value)), -Infinity),
      carried: Math.max(...known(carriedBy.map(({ value }, i) => value / earlyBy[i].value)), -Infinity),
      left: last.train.loss.value / guess.loss,
      endSkill: endSkill.value + 2 * endSkill.error,
      gapZ: Math.max(
        ...known([
          (b.value - a.value) / Math.hypot(a.standardError, b.standardError),
          several ? NaN : (trainBy[1].value - atEnd.value) / Math.hypot(trainBy[1].error, atEnd.error),
        ]),
        -Infinity,
      ),
      belowZ:
        log.task === 'classification' && accuracy
          ? (fixed - accuracy.value) / Math.sqrt((fixed * (1 - fixed)) / accuracy.n)
          : NaN,
      cycle: cycle.map((k) => log.classes[k]),
      asOther: count((place) => cycle[(place + 1) % cycle.length]),
      asItself: count((place) => cycle[place]),
    };
  },
  judge(m) {
    if (!(m.validationN >= FEWEST))
      return cannotTell(`Fewer than ${FEWEST} validation examples tell little.`);
    if (!Number.isFinite(m.trainSkill) || !Number.isFinite(m.validationSkill)) {
      return cannotTell('What a guess would reach is not known for this loss, and there is no accuracy.');
    }
    if (m.trainSkill < LEAST_SKILL) return NOTHING_FOUND;
    const where = { epoch: m.epoch };
    const evidence = {
      accuracy: m.accuracy,
      validationAccuracy: m.validationAccuracy,
      priorAccuracy: m.priorAccuracy,
      loss: m.loss,
      validationLoss: m.validationLoss,
      priorLoss: m.priorLoss,
      of: m.of,
      validationN: m.validationN,
    };
    const apart = m.gapZ > 4;
    // What follows from the inputs is learnt soon; labels without a reason are learnt by heart, one by one.
    const soon = m.early > 0.6;
    const none: CauseWeights = soon
      ? {
          'validation-differs': 0.35,
          'preprocessing-differs': 0.3,
          'validation-labels-wrong': 0.3,
          'labels-without-signal': 0.05,
        }
      : {
          'labels-without-signal': 0.5,
          'validation-differs': 0.1,
          'preprocessing-differs': 0.08,
          'validation-labels-wrong': 0.1,
        };
    return suspect(
      apart && {
        code: 'guesses-on-validation',
        score: 1 - m.validationSkill,
        severity: 'error',
        where,
        evidence,
        causes: { ...none, 'too-few-examples': 0.08 },
      },
      apart && {
        code: 'validation-far-below',
        // Few examples make a gap that opens with time; what is of another kind is told wrong from the beginning.
        score: (m.trainSkill - m.validationSkill) * (m.carried < 0.5 ? 1 : 0.6),
        severity: 'warning',
        where,
        evidence,
        causes: { 'too-few-examples': soon ? 0.15 : 0.35, 'trained-too-long': soon ? 0.1 : 0.2, ...none },
      },
      apart &&
        m.left < 0.05 && {
          code: 'memorised',
          score: m.trainSkill - m.endSkill,
          severity: 'warning',
          where,
          evidence,
          causes: {
            'too-few-examples': 0.45,
            'trained-too-long': 0.35,
            'validation-differs': 0.1,
            'labels-noisy': 0.1,
            'labels-without-signal': 0.05,
          },
        },
      m.cycle.length > 0 && {
        code: 'labels-permuted',
        score: (m.asOther - m.asItself) / Math.sqrt(Math.max(1, m.asOther + m.asItself)),
        severity: 'error',
        where: { ...where, class: m.cycle[0] },
        evidence: { ...evidence, classes: m.cycle.join(' → '), asOther: m.asOther, asItself: m.asItself },
        causes: { 'class-codes-differ': 0.9, 'validation-labels-wrong': 0.1 },
      },
      {
        code: 'validation-below-chance',
        score: m.belowZ,
        severity: 'error',
        where,
        evidence,
        causes: { 'class-codes-differ': 0.7, 'validation-differs': 0.2, 'validation-labels-wrong': 0.1 },
      },
    );
  },
};
