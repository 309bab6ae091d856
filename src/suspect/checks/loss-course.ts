import type { RunLog, Scores } from '../../build/types';
import { median } from '../../stats/median';
import { cannotTell, suspect, type Check } from '../check';
import { largestInput, WIDE } from '../largest-input';
import { courseOf } from '../course';
import { guessOf } from '../skill';

/** Fewer epochs show no swinging. */
const FEWEST_EPOCHS = 4;

interface LossCourseMeasure extends Readonly<Record<string, unknown>> {
  readonly epochs: number;
  readonly priorLoss: number;
  /** Standard deviation of the training loss about its course from epoch to epoch, as a share of a guess' loss. */
  readonly swing: number;
  /** Share of the movement of the later half that goes up. */
  readonly upwards: number;
  /** Highest loss of a step after the first tenth, and the step; the running level before it. */
  readonly peak: number;
  readonly peakStep: number;
  readonly level: number;
  /** Standard deviation of the loss of a batch, by that of its examples. */
  readonly batchSpread: number;
  readonly stepsPerEpoch: number;
  readonly largestInput: number;
  readonly lowest: number;
}

/** The smaller of two losses; one that is not a number counts for nothing. */
const lesser = (a: number, b: number | undefined): number => (b !== undefined && b < a ? b : a);

/** Standard deviation of the mean loss of a batch, where its examples spread as widely as in any epoch that is known. */
function spreadOfBatch({ initial, epochs, config }: RunLog): number {
  const spreadOf = ({ loss }: Scores): number => loss.standardError * Math.sqrt(loss.n);
  const known = new Float64Array(epochs.length + 1);
  known[0] = initial ? spreadOf(initial) : NaN;
  epochs.forEach(({ train }, e) => (known[e + 1] = spreadOf(train)));
  return median(known.filter((spread) => spread < Infinity)) / Math.sqrt(config.batchSize);
}

/** Does the loss swing or jump? */
export const lossCourse: Check<LossCourseMeasure> = {
  id: 'loss-course',
  title: 'Course of the loss',
  question: 'Does the loss fall without swinging or jumping, and stay where a loss can be?',
  needs: ['steps', 'epochs', 'train-summary'],
  references: [
    { author: 'Zhang et al.', title: 'AUTOTRAINER: an automatic DNN training problem detector', year: 2021 },
    {
      author: 'Cohen et al.',
      title: 'Gradient descent on neural networks typically occurs at the edge of stability',
      year: 2021,
    },
  ],
  symptoms: {
    'loss-oscillates': { scale: 'size', least: 0.2 },
    'loss-spikes': { scale: 'size', least: 0.7 },
    'loss-below-possible': { scale: 'fact', least: 1 },
  },
  measure({ log }) {
    const losses = log.epochs.map(({ train }) => train.loss.value);
    const prior = guessOf(log).loss;
    const later = losses.slice(Math.floor(losses.length / 2));
    const moves = later.slice(1).map((loss, i) => loss - later[i]);
    const path = moves.reduce((sum, move) => sum + Math.abs(move), 0);
    const highest = log.steps.max ?? log.steps.loss;
    const from = Math.floor(highest.length / 10);
    let peak = from;
    for (let i = from; i < highest.length; i++) if (highest[i] > highest[peak]) peak = i;
    const before = log.steps.loss.slice(Math.max(0, peak - 20), peak);
    return {
      epochs: losses.length,
      priorLoss: prior,
      swing: courseOf(log).jitter / prior,
      upwards: path > 0 ? moves.reduce((sum, move) => sum + Math.max(0, move), 0) / path : 0,
      peak: highest[peak] ?? NaN,
      peakStep: peak * log.steps.stride + 1,
      level: median(before),
      batchSpread: spreadOfBatch(log),
      stepsPerEpoch: log.config.stepsPerEpoch,
      largestInput: largestInput(log),
      lowest: log.epochs.reduce(
        (least, { train, validation }) => lesser(lesser(least, train.loss.value), validation?.loss.value),
        Infinity,
      ),
    };
  },
  judge(m) {
    const negative = m.lowest < -1e-6;
    if (m.epochs < FEWEST_EPOCHS && !negative) {
      return cannotTell(`${m.epochs} epochs show no course; ${FEWEST_EPOCHS} or more would.`);
    }
    const wide = m.largestInput > WIDE;
    const causes = {
      'learning-rate-too-high': wide ? 0.4 : 0.8,
      'inputs-not-scaled': wide ? 0.5 : 0.05,
      'labels-noisy': 0.05,
      'not-shuffled': 0.05,
    };
    return suspect(
      m.upwards > 0.2 && {
        code: 'loss-oscillates',
        score: m.swing,
        severity: 'warning',
        where: { epoch: Math.ceil(m.epochs / 2), lastEpoch: m.epochs },
        evidence: { swing: m.swing, priorLoss: m.priorLoss, upwards: m.upwards },
        causes,
      },
      {
        code: 'loss-spikes',
        // A batch may hold a few hard examples: six standard deviations of its mean are no jump.
        score: Math.log10(m.peak / (Math.max(m.level, m.priorLoss) + 6 * (m.batchSpread || 0))),
        severity: 'warning',
        where: { step: m.peakStep, epoch: Math.ceil(m.peakStep / Math.max(1, m.stepsPerEpoch)) },
        evidence: { peak: m.peak, level: m.level, priorLoss: m.priorLoss },
        causes,
      },
      negative && {
        code: 'loss-below-possible',
        score: 1,
        severity: 'error',
        where: {},
        evidence: { lowest: m.lowest },
        causes: { 'output-does-not-fit-loss': 0.6, 'loss-does-not-fit-task': 0.4 },
      },
    );
  },
};
