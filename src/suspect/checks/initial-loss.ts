import { cannotTell, found, NOTHING_FOUND, type Check } from '../check';
import { normalQuantile } from '../../stats/normal-quantile';
import { isPerUnit, lossFamily, priorOf, type LossFamily } from '../prior';

/**
 * Nats above ln K that a well-scaled untrained classifier may start at: logits of variance v add about v/2, and
 * default initialisers on standardised inputs keep v near or below 2.
 */
const SPARE_NATS = 1;

/** The same above ln 2 for a mean of binary cross-entropies, to which logits of variance v add about v/8. */
const SPARE_NATS_PER_UNIT = 0.25;

/** Times the mean square of the target that an untrained regression may start at. */
const SPARE_FACTOR = 3;

interface InitialLossMeasure extends Readonly<Record<string, unknown>> {
  readonly family: LossFamily;
  readonly given: boolean;
  readonly initialLoss: number;
  readonly standardError: number;
  /** Loss of a model that knows nothing: ln K, ln 2 for a mean of binary cross-entropies, or the target's mean square. */
  readonly expected: number;
  /** Nats above it that are reasonable before training. */
  readonly spare: number;
  /** Loss of the prior predictor: class entropy, mean entropy of the labels, or the target's variance. */
  readonly priorLoss: number;
  readonly classes: number;
  readonly batchSize: number;
  readonly targetMean: number;
  readonly targetVariance: number;
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
  measure({ log }) {
    const data = log.data.train!;
    const prior = priorOf(data, log.config.loss, log.task);
    const family = lossFamily(log.config.loss);
    const perUnit = isPerUnit(log.config.loss);
    const several = log.task === 'multi-label';
    const square = data.targetVariance + data.targetMean ** 2;
    return {
      family,
      given: log.config.initialWeights === 'given',
      initialLoss: log.initial!.loss.value,
      standardError: log.initial!.loss.standardError,
      expected:
        family === 'cross-entropy'
          ? several && !perUnit
            ? NaN
            : Math.log(perUnit ? 2 : data.classCounts.length)
          : family === 'squared-error'
            ? square
            : NaN,
      spare: perUnit ? SPARE_NATS_PER_UNIT : SPARE_NATS,
      priorLoss: prior.loss,
      classes: data.classCounts.length,
      batchSize: log.config.batchSize,
      targetMean: data.targetMean,
      targetVariance: data.targetVariance,
      inputMean: data.features.mean,
      inputSd: data.features.sd,
    };
  },
  judge(m, { alpha }) {
    const z = -normalQuantile(alpha);
    if (m.given) return cannotTell('The model came with weights of its own, so any first loss is possible.');
    if (Number.isNaN(m.expected))
      return cannotTell('What to expect of this loss before training is not known.');
    if (!Number.isFinite(m.initialLoss)) {
      return cannotTell('The first loss is not a number; the check for such values covers it.');
    }
    const classification = m.family === 'cross-entropy';
    const luck = z * m.standardError;
    const ceiling = (classification ? m.expected + m.spare : SPARE_FACTOR * m.expected) + luck;
    const floor = 0.8 * m.priorLoss - luck;
    const evidence = {
      initialLoss: m.initialLoss,
      expected: m.expected,
      priorLoss: m.priorLoss,
      ceiling,
      floor,
      classes: m.classes,
      inputMean: m.inputMean,
      inputSd: m.inputSd,
    };
    const interval = [m.initialLoss - luck, m.initialLoss + luck] as const;
    if (m.initialLoss > ceiling) {
      const scale = Math.hypot(m.inputMean, m.inputSd);
      const unscaled = scale > 3;
      const summed = Math.abs(m.initialLoss / (m.expected * m.batchSize) - 1) < 0.25 && m.batchSize > 2;
      return found({
        code: 'starts-too-high',
        severity: 'warning',
        where: { step: 0 },
        evidence,
        interval,
        causes: {
          'inputs-not-scaled': unscaled ? 0.6 : 0.15,
          'weights-too-large': unscaled ? 0.2 : 0.5,
          'loss-summed': summed ? 0.8 : 0.1,
        },
      });
    }
    if (m.initialLoss < floor) {
      return found({
        code: 'starts-too-low',
        severity: 'warning',
        where: { step: 0 },
        evidence,
        interval,
        causes: { 'already-trained': 0.5, 'label-in-features': 0.3, 'wiring-broken': 0.2 },
      });
    }
    if (!classification && m.targetMean ** 2 > 25 * m.targetVariance) {
      return found({
        code: 'target-off-centre',
        severity: 'warning',
        where: { step: 0 },
        evidence: { ...evidence, targetMean: m.targetMean, targetSd: Math.sqrt(m.targetVariance) },
        interval,
        causes: { 'target-not-centred': 1 },
      });
    }
    return NOTHING_FOUND;
  },
};
