import { mean } from '../stats/mean';
import type { BatchSetup, JudgedArm } from './batch-arm';
import type { CauseId, CauseWeights } from './causes';
import type { BatchOutcome } from './judge-losses';

/** What was seen of the training of one batch, beside its outcome. */
export interface OneBatchSigns {
  /** The loss was still falling when the steps were over. */
  readonly stillFalling: boolean;
  /** The loss is the same in every step. */
  readonly constant: boolean;
  /** The loss fell in nearly every step, but not far. */
  readonly creeping: boolean;
  /** The loss rose in nearly every one of the first steps. */
  readonly climbing: boolean;
  /** It never fell to half of a guess, nor rose to three of them. */
  readonly nearGuess: boolean;
  /** It got well below a guess, and below where it began. */
  readonly partly: boolean;
  /** No layer has weights that are trained, or no gradient ever reached some layer. */
  readonly cutOff: boolean;
  /** Gradients that were there at first are gone at the end, while the loss is up. */
  readonly died: boolean;
  /** Features spread over scales far from 1, or far from each other. */
  readonly unscaled: boolean;
  /** The first loss is more than twice that of a guess. */
  readonly startsHigh: boolean;
  /** Penalties on the first weights are larger than the loss of a guess. */
  readonly penalised: boolean;
}

/** Usual causes of each outcome, with weights of judgement. */
const USUAL: Readonly<Record<BatchOutcome, CauseWeights>> = {
  'goes-to-zero': {},
  rises: { 'learning-rate-too-high': 0.5, 'descends-the-wrong-way': 0.3, 'inputs-not-scaled': 0.2 },
  explodes: {
    'learning-rate-too-high': 0.4,
    'inputs-not-scaled': 0.3,
    'loss-overflow': 0.15,
    'descends-the-wrong-way': 0.15,
  },
  oscillates: { 'learning-rate-too-high': 0.55, 'labels-without-signal': 0.25, 'inputs-not-scaled': 0.2 },
  plateaus: {
    'wiring-broken': 0.3,
    'learning-rate-too-low': 0.2,
    'learning-rate-too-high': 0.1,
    'inputs-not-scaled': 0.2,
    'labels-without-signal': 0.1,
    'model-too-small': 0.1,
  },
};

/** How a sign that was seen changes the weights: factors of judgement, not of measurement. */
const WHERE_SEEN: Readonly<Record<keyof OneBatchSigns, CauseWeights>> = {
  stillFalling: { 'learning-rate-too-low': 6, 'wiring-broken': 0.1, 'learning-rate-too-high': 0.2 },
  constant: {
    'wiring-broken': 8,
    'learning-rate-too-low': 0.5,
    'labels-without-signal': 0.1,
    'model-too-small': 0.1,
  },
  creeping: { 'learning-rate-too-low': 6, 'wiring-broken': 0.3, 'learning-rate-too-high': 0.1 },
  climbing: { 'descends-the-wrong-way': 8 },
  nearGuess: { 'labels-without-signal': 4, 'learning-rate-too-high': 0.5 },
  partly: { 'model-too-small': 6, 'wiring-broken': 0.3 },
  cutOff: { 'wiring-broken': 8, 'learning-rate-too-low': 0.1, 'inputs-not-scaled': 0.3 },
  died: {
    'learning-rate-too-high': 6,
    'inputs-not-scaled': 2,
    'learning-rate-too-low': 0.1,
    'wiring-broken': 0.5,
  },
  unscaled: { 'inputs-not-scaled': 12 },
  startsHigh: { 'inputs-not-scaled': 5, 'wiring-broken': 0.15 },
  penalised: {},
};

/** The same for a sign that was not seen. */
const WHERE_NOT: Readonly<Partial<Record<keyof OneBatchSigns, CauseWeights>>> = {
  climbing: { 'descends-the-wrong-way': 0.2 },
  unscaled: { 'inputs-not-scaled': 0.2 },
  cutOff: { 'wiring-broken': 0.5 },
  nearGuess: { 'labels-without-signal': 0.5 },
  partly: { 'model-too-small': 0.2 },
};

/** Returns the causes of an outcome with weights that follow what was seen. */
export function oneBatchCauses(outcome: BatchOutcome, signs: OneBatchSigns): CauseWeights {
  const weights: Partial<Record<CauseId, number>> = { ...USUAL[outcome] };
  if (outcome === 'plateaus' && signs.penalised) weights['regularised-too-much'] = 2;
  for (const [sign, seen] of Object.entries(signs) as [keyof OneBatchSigns, boolean][]) {
    const factors = (seen ? WHERE_SEEN[sign] : WHERE_NOT[sign]) ?? {};
    for (const [cause, factor] of Object.entries(factors) as [CauseId, number][]) {
      if (weights[cause] !== undefined) weights[cause] *= factor;
    }
  }
  return weights;
}

const shareUp = (losses: readonly number[]): number => {
  const moves = losses.slice(1).map((loss, i) => loss - losses[i]);
  return moves.filter((move) => move > 0).length / Math.max(1, moves.length);
};

const shareDown = (losses: readonly number[]): number => shareUp([...losses].reverse());

/** Whether features of the batch spread over scales far from 1 or from each other; constant ones are left out. */
export function unscaledFeatures({ data, batch }: Pick<BatchSetup, 'data' | 'batch'>): boolean {
  const { values, shape } = data.features;
  // Pixels of an image are of one scale; columns of a table each have their own.
  const size = shape.reduce((product, side) => product * side, 1);
  const columns = shape.length === 1 ? size : 1;
  const sizes: number[] = [];
  for (let column = 0; column < columns; column++) {
    let [sum, squares, n] = [0, 0, 0];
    for (const row of batch) {
      for (let at = row * size + column; at < (row + 1) * size; at += columns) {
        sum += values[at];
        squares += values[at] ** 2;
        n++;
      }
    }
    if (squares / n - (sum / n) ** 2 > 1e-12 * (squares / n)) sizes.push(Math.sqrt(squares / n));
  }
  if (sizes.length === 0) return false;
  const [low, high] = [Math.min(...sizes), Math.max(...sizes)];
  return high > 20 || high < 0.05 || high / low > 200;
}

/** Whether the loss still falls: the last eighth lies at least 1 % below the one before. */
export function stillFalling(losses: readonly number[]): boolean {
  const span = Math.max(1, Math.floor(losses.length / 8));
  return mean(losses.slice(-span)) < 0.99 * mean(losses.slice(-2 * span, -span));
}

/** Returns the signs of an arm that was trained on the whole batch. */
export function signsOf(judged: JudgedArm, setup: BatchSetup): OneBatchSigns {
  const { losses, guess, floor, layers, penalty } = judged;
  const tenth = losses.slice(-Math.max(1, Math.floor(losses.length / 10)));
  const end = tenth.reduce((sum, loss) => sum + loss, 0) / tenth.length;
  const scale = guess - floor.loss;
  const up = (loss: number): number => (loss - floor.loss) / scale;
  const [low, high] = [Math.min(...losses), Math.max(...losses)];
  const partly = up(end) < 0.8 * Math.min(1, up(losses[0]));
  const trained = layers.filter(({ trainable }) => trainable);
  return {
    stillFalling: stillFalling(losses) && end < losses[0],
    constant: Number.isFinite(high) && high - low <= 1e-6 * Math.abs(high),
    creeping: high > low && shareDown(losses) > 0.95 && !partly,
    climbing: shareUp(losses.slice(0, 10)) > 0.8 && losses.length > 7,
    nearGuess: up(low) > 0.5 && up(high) < 3,
    partly,
    cutOff: layers.length > 0 && (trained.length === 0 || trained.some(({ firstGradient: g }) => g === 0)),
    died:
      judged.arm.outcome === 'plateaus' &&
      trained.some(({ firstGradient, lastGradient }) => firstGradient > 0 && lastGradient === 0),
    unscaled: unscaledFeatures(setup),
    startsHigh: up(losses[0]) > 2,
    penalised: penalty > guess,
  };
}
