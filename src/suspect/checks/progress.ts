import { median } from '../../stats/median';
import { cannotTell, NOTHING_FOUND, suspect, type Check } from '../check';
import { courseOf } from '../course';
import { guessOf } from '../skill';

/** Fall over the last quarter, in units of its jitter, below which it may be none. */
const LEAST_FALL = 3;

interface ProgressMeasure extends Readonly<Record<string, unknown>> {
  readonly epochs: number;
  readonly steps: number;
  readonly stepsPerEpoch: number;
  readonly batchSize: number;
  readonly n: number;
  readonly firstLoss: number;
  readonly finalLoss: number;
  readonly priorLoss: number;
  /** Pace of the fall over the last quarter as a share of the mean pace: 1 falls as ever, 0 has levelled off. */
  readonly pace: number;
  readonly fallZ: number;
  /** Share of a guess' loss by which the loss fell in all, and that is left. */
  readonly fallen: number;
  readonly left: number;
  /** Median over the layers of ‖Δw‖ / ‖w‖ in a step of the last epoch. */
  readonly updateRatio: number;
  /** Whether a schedule made the last steps small. */
  readonly scheduled: boolean;
}

/** Was there still something to be learnt when training ended? */
export const progress: Check<ProgressMeasure> = {
  id: 'progress',
  title: 'Progress at the end',
  question: 'Had the loss levelled off when training ended?',
  needs: ['epochs', 'train-summary'],
  references: [{ author: 'Godbole et al.', title: 'Deep learning tuning playbook', year: 2023 }],
  symptoms: {
    'still-improving': { scale: 'size', least: 0.55 },
    'learns-too-slowly': { scale: 'size', least: 0.6 },
    'batch-too-large': { scale: 'size', least: 0.4 },
  },
  measure({ log }) {
    const { losses, pace, fallZ } = courseOf(log);
    const last = log.epochs[log.epochs.length - 1];
    const prior = guessOf(log).loss;
    const ratios = log.layers.flatMap(({ updateRatio, trainable }) =>
      trainable ? updateRatio.slice(-1) : [],
    );
    const final = losses[losses.length - 1];
    return {
      ...{ epochs: last.epoch, steps: last.step, stepsPerEpoch: log.config.stepsPerEpoch },
      ...{ batchSize: log.config.batchSize, n: log.data.train!.n },
      ...{ firstLoss: losses[0], finalLoss: final, priorLoss: prior, pace, fallZ },
      fallen: (losses[0] - final) / prior,
      left: final / prior,
      updateRatio: median(ratios),
      scheduled: log.config.schedule !== undefined,
    };
  },
  judge(m) {
    if (Number.isNaN(m.pace)) return cannotTell('One epoch shows no course.');
    if (!Number.isFinite(m.finalLoss)) {
      return cannotTell('The loss is not a number; the check for such values covers it.');
    }
    if (!Number.isFinite(m.left)) return cannotTell('What a guess would reach is not known for this loss.');
    if (!(m.fallZ > LEAST_FALL) || m.finalLoss >= m.firstLoss) return NOTHING_FOUND;
    // What is left to learn counts only while there is a good part of it: a loss may halve for ever.
    const score = m.pace * Math.min(1, m.left / 0.3);
    const slow = m.updateRatio < 1e-4;
    const few = m.stepsPerEpoch <= 3 && m.batchSize > 64;
    const where = { epoch: Math.max(1, Math.ceil(0.75 * m.epochs)), lastEpoch: m.epochs };
    const evidence = {
      firstLoss: m.firstLoss,
      finalLoss: m.finalLoss,
      priorLoss: m.priorLoss,
      pace: m.pace,
      steps: m.steps,
      epochs: m.epochs,
      updateRatio: m.updateRatio,
    };
    const causes = {
      'learning-rate-too-low': slow ? 0.7 : 0.3,
      'trained-too-short': slow ? 0.25 : 0.5,
      'batch-too-large': few ? 1.2 : 0.03,
    };
    return suspect(
      {
        code: 'still-improving',
        score,
        severity: 'warning',
        where,
        evidence,
        causes,
      },
      m.fallen < 0.3 && {
        code: 'learns-too-slowly',
        score: m.pace * Math.min(1, m.left),
        severity: 'warning',
        where: { ...where, epoch: 1 },
        evidence,
        causes,
      },
      few && {
        code: 'batch-too-large',
        score,
        severity: 'warning',
        where: { ...where, epoch: 1 },
        evidence: { ...evidence, batchSize: m.batchSize, n: m.n, stepsPerEpoch: m.stepsPerEpoch },
        causes: { 'batch-too-large': 0.7, 'trained-too-short': 0.2, 'learning-rate-too-low': 0.1 },
      },
    );
  },
};
