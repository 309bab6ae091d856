import { cannotTell, NOTHING_FOUND, suspect, type Check } from '../check';
import { isPerUnit, lossFamily, priorOf, type LossFamily } from '../../build/prior';

/**
 * Nats above ln K that a well-scaled untrained classifier may start at: logits of variance v add about v/2, and
 * default initialisers on standardised inputs keep v near or below 2.
 */
const SPARE_NATS = 1;

/** The same above ln 2 for a mean of binary cross-entropies, to which logits of variance v add about v/8. */
const SPARE_NATS_PER_UNIT = 0.25;

/** The same for a regression, in mean squares of the target: three times that of an answer of zero is the most. */
const SPARE_SQUARES = 2;

interface InitialLossMeasure extends Readonly<Record<string, unknown>> {
  readonly family: LossFamily;
  readonly given: boolean;
  readonly initialLoss: number;
  readonly standardError: number;
  /** Loss of a model that knows nothing: ln K, ln 2 for a mean of binary cross-entropies, or the target's mean square. */
  readonly expected: number;
  /** What an untrained model may start above it. */
  readonly spare: number;
  /** Loss of the prior predictor: class entropy, mean entropy of the labels, or the target's variance. */
  readonly priorLoss: number;
  /** Loss after the last epoch; NaN without one. */
  readonly finalLoss: number;
  readonly classes: number;
  readonly batchSize: number;
  readonly inputMean: number;
  readonly inputSd: number;
}

/** Does an untrained model start where one that knows nothing should? */
export const initialLoss: Check<InitialLossMeasure> = {
  id: 'initial-loss',
  title: 'Loss before training',
  question: 'Does the untrained model start at the loss of one that knows nothing?',
  needs: ['initial-scores', 'train-summary'],
  references: [{ author: 'Karpathy', title: 'A recipe for training neural networks', year: 2019 }],
  symptoms: {
    'starts-too-high': { scale: 'size', least: 1.5 },
    'starts-too-low': { scale: 'size', least: 0.5 },
  },
  measure({ log }) {
    const data = log.data.train!;
    const prior = priorOf(data, log.config.loss, log.task);
    const family = lossFamily(log.config.loss);
    const perUnit = isPerUnit(log.config.loss);
    const several = log.task === 'multi-label';
    const square = data.targetVariance + data.targetMean ** 2;
    const unknown = family === 'cross-entropy' ? several && !perUnit : family !== 'squared-error';
    const expected = family === 'cross-entropy' ? Math.log(perUnit ? 2 : data.classCounts.length) : square;
    const spare =
      family === 'cross-entropy' ? (perUnit ? SPARE_NATS_PER_UNIT : SPARE_NATS) : SPARE_SQUARES * square;
    return {
      family,
      given: log.config.initialWeights === 'given',
      initialLoss: log.initial!.loss.value,
      standardError: log.initial!.loss.standardError,
      expected: unknown || (log.task !== 'regression' && family !== 'cross-entropy') ? NaN : expected,
      spare,
      priorLoss: prior.loss,
      finalLoss: log.epochs[log.epochs.length - 1]?.train.loss.value ?? NaN,
      classes: data.classCounts.length,
      batchSize: log.config.batchSize,
      inputMean: data.features.mean,
      inputSd: data.features.sd,
    };
  },
  judge(m) {
    if (m.given) return cannotTell('The model came with weights of its own, so any first loss is possible.');
    if (Number.isNaN(m.expected))
      return cannotTell('What to expect of this loss before training is not known.');
    if (!Number.isFinite(m.initialLoss)) {
      return cannotTell('The first loss is not a number; the check for such values covers it.');
    }
    const luck = 2 * (m.standardError || 0);
    const evidence = {
      initialLoss: m.initialLoss,
      expected: m.expected,
      priorLoss: m.priorLoss,
      classes: m.classes,
      inputMean: m.inputMean,
      inputSd: m.inputSd,
    };
    const interval = [m.initialLoss - luck, m.initialLoss + luck] as const;
    const where = { step: 0 };
    if (m.initialLoss > m.expected) {
      const unscaled = Math.hypot(m.inputMean, m.inputSd) > 3;
      const summed = Math.abs(m.initialLoss / (m.expected * m.batchSize) - 1) < 0.25 && m.batchSize > 2;
      return suspect({
        code: 'starts-too-high',
        score: (m.initialLoss - luck - m.expected) / m.spare,
        severity: 'warning',
        where,
        evidence,
        interval,
        causes: {
          'inputs-not-scaled': unscaled ? 0.6 : 0.15,
          'weights-too-large': unscaled ? 0.2 : 0.5,
          'loss-summed': summed ? 0.8 : 0.1,
        },
      });
    }
    if (!(m.priorLoss > 0)) return NOTHING_FOUND;
    // Random weights may beat a guess by luck, where the classes lie well apart; they do not come near what is learnt later.
    const known = 1 - (m.initialLoss + luck) / m.priorLoss;
    const learnt = m.priorLoss - m.finalLoss;
    const share = learnt > 0 ? (m.priorLoss - m.initialLoss) / learnt : 1;
    return suspect({
      code: 'starts-too-low',
      score: share > 0.6 || Number.isNaN(m.finalLoss) ? known : 0,
      severity: 'warning',
      where,
      evidence,
      interval,
      causes: { 'already-trained': 0.5, 'label-in-features': 0.3, 'wiring-broken': 0.2 },
    });
  },
};
