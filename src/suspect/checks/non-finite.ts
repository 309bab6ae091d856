import { NOTHING_FOUND, suspect, type Check } from '../check';
import { largestInput } from '../largest-input';

interface NonFiniteMeasure extends Readonly<Record<string, unknown>> {
  /** What stopped being a number, or null. */
  readonly what: string | null;
  readonly step: number;
  readonly epoch: number;
  readonly layer: string | null;
  readonly firstLoss: number;
  /** Largest loss that was still a number. */
  readonly largestLoss: number;
  readonly learningRate: number;
  /** Largest absolute feature value; NaN when unknown. */
  readonly largestInput: number;
}

/** Did a loss, gradient or weight stop being a number? */
export const nonFinite: Check<NonFiniteMeasure> = {
  id: 'non-finite',
  title: 'Values that are not numbers',
  question: 'Did a loss, a gradient or a weight become NaN or infinite?',
  needs: ['steps'],
  references: [
    { author: 'Zhang et al.', title: 'AUTOTRAINER: an automatic DNN training problem detector', year: 2021 },
  ],
  symptoms: {
    'non-finite-value': { scale: 'fact', least: 1 },
    'non-finite-input': { scale: 'fact', least: 1 },
  },
  measure({ log }) {
    const at = log.steps.loss.findIndex((loss) => !Number.isFinite(loss));
    const epochAt = log.epochs.find(
      ({ train, validation }) =>
        !Number.isFinite(train.loss.value) ||
        (validation !== null && !Number.isFinite(validation.loss.value)),
    );
    const seen =
      log.nonFinite ??
      (at >= 0
        ? {
            what: 'loss',
            step: at * log.steps.stride + 1,
            epoch: Math.floor((at * log.steps.stride) / Math.max(1, log.config.stepsPerEpoch)) + 1,
          }
        : epochAt
          ? {
              what: Number.isFinite(epochAt.train.loss.value) ? 'validation-loss' : 'loss',
              step: epochAt.step,
              epoch: epochAt.epoch,
            }
          : null);
    const finite = log.steps.loss.filter((loss) => Number.isFinite(loss));
    return {
      what: seen?.what ?? null,
      step: seen?.step ?? NaN,
      epoch: seen?.epoch ?? NaN,
      layer: log.nonFinite?.layer ?? null,
      firstLoss: log.initial?.loss.value ?? finite[0] ?? NaN,
      largestLoss: finite.reduce((most, loss) => Math.max(most, loss), -Infinity),
      learningRate: log.config.learningRate,
      largestInput: largestInput(log),
    };
  },
  judge(measure) {
    if (measure.what === null) return NOTHING_FOUND;
    const input = measure.what === 'input';
    const wideInputs = measure.largestInput > 10;
    return suspect({
      code: input ? 'non-finite-input' : 'non-finite-value',
      score: 1,
      severity: 'error',
      where: {
        epoch: measure.epoch,
        step: measure.step,
        ...(measure.layer === null ? {} : { layer: measure.layer }),
      },
      evidence: {
        what: measure.what,
        step: measure.step,
        firstLoss: measure.firstLoss,
        largestLoss: measure.largestLoss,
        learningRate: measure.learningRate,
        largestInput: measure.largestInput,
      },
      causes: input
        ? { 'input-not-a-number': 1 }
        : {
            'learning-rate-too-high': wideInputs ? 0.35 : 0.6,
            'inputs-not-scaled': wideInputs ? 0.45 : 0.1,
            'loss-overflow': 0.2,
            'input-not-a-number': 0.1,
          },
    });
  },
};
