import type { Estimate, RunLog, Scores } from '../build/types';
import { mean } from '../stats/mean';
import type { ExperimentArm } from './types';
import { digits } from './in-digits';

export type Side = 'train' | 'validation';

/** A score at the end of a run: the mean over its last tenth. */
export interface EndScore extends Estimate {
  readonly what: string;
  readonly higherIsBetter: boolean;
}

/** How a score of an arm lies to that of the run. */
export type Compared = 'better' | 'worse' | 'same';

/** Standard errors, and share of what could be gained, that a difference must have to count. */
const LUCK = 2;
const LEAST_GAIN = 0.1;
/** The share that is a large part of what was wrong. */
const MUCH = 0.5;

const sideOf = (side: Side, epoch: RunLog['epochs'][number]): Scores | null =>
  side === 'train' ? epoch.train : epoch.validation;

/** Name of the run's own metric. */
export const metricNameOf = (log: RunLog): string | undefined => log.config.metrics[0];

/** Returns the loss at the end, or a metric; null where the log has none. */
export function endScore(log: RunLog, side: Side, metric?: string): EndScore | null {
  const tail = log.epochs.slice(-Math.max(1, Math.floor(log.epochs.length / 10)));
  const scores = tail.map((epoch) => sideOf(side, epoch));
  const estimates = scores.map((one) => (metric === undefined ? one?.loss : one?.metrics[metric]));
  const last = estimates[estimates.length - 1];
  if (!last) return null;
  const value = log.stopped === 'non-finite' ? NaN : mean(estimates.map((one) => one?.value ?? NaN));
  const where = side === 'train' ? 'training' : 'validation';
  return {
    ...last,
    value,
    what: `${where} ${metric ?? 'loss'}`,
    higherIsBetter: metric !== undefined && (log.config.higherIsBetter?.[metric] ?? metric === 'accuracy'),
  };
}

/** The lowest loss of all epochs. */
export function bestScore(log: RunLog, side: Side): Estimate | null {
  const losses = log.epochs.flatMap((epoch) => sideOf(side, epoch)?.loss ?? []);
  const finite = losses.filter(({ value }) => Number.isFinite(value));
  if (finite.length === 0) return null;
  return finite.reduce((best, one) => (one.value < best.value ? one : best));
}

/** What is wrong with a score: the loss, the share of errors, or the size of an error. */
const wrongIn = ({ value, higherIsBetter }: EndScore): number => (higherIsBetter ? 1 - value : value);

/** Share of what was wrong that is gone; negative where it got worse, NaN where it cannot be told. */
export function gainOf(before: EndScore, after: EndScore): number {
  const [was, is] = [wrongIn(before), wrongIn(after)];
  if (!Number.isFinite(is)) return Number.isFinite(was) ? -Infinity : 0;
  if (!Number.isFinite(was)) return 1;
  return (was - is) / Math.max(Math.abs(was), 1e-12);
}

/** Returns which score is better by more than luck: two standard errors and a tenth of what was wrong. */
export function compareScores(before: EndScore | null, after: EndScore | null): Compared {
  if (!before || !after) return 'same';
  const gain = gainOf(before, after);
  const error = Math.hypot(before.standardError || 0, after.standardError || 0);
  const difference = wrongIn(before) - wrongIn(after);
  const certain = Number.isFinite(difference) ? Math.abs(difference) > LUCK * error : true;
  if (gain > LEAST_GAIN && certain) return 'better';
  // What is lost may be many times what there was.
  return gain < -LEAST_GAIN / (1 - LEAST_GAIN) && certain ? 'worse' : 'same';
}

/** How an arm went beside the run. */
export interface Reading {
  readonly compared: Compared;
  /** Whether half of what was wrong, or more, is gone. */
  readonly much: boolean;
  /** Whether what looked strange is gone; null where that cannot be told. */
  readonly gone: boolean | null;
  readonly before: EndScore;
  readonly after: EndScore;
}

const NOTHING: EndScore = { value: NaN, standardError: NaN, n: 0, what: 'loss', higherIsBetter: false };

/** Compares an arm with the run on one side. */
export function readSide(
  own: RunLog,
  arm: RunLog,
  side: Side,
  gone: boolean | null,
  metric?: string,
): Reading {
  const [before, after] = [endScore(own, side, metric), endScore(arm, side, metric)];
  return {
    compared: compareScores(before, after),
    much: before !== null && after !== null && gainOf(before, after) >= MUCH,
    gone,
    before: before ?? NOTHING,
    after: after ?? NOTHING,
  };
}

/**
 * Compares an arm with the run on the training examples and on those of validation: better where one side is and the other
 * is not worse. Told is the side that moved.
 */
export function readBoth(own: RunLog, arm: RunLog, gone: boolean | null, metric?: string): Reading {
  const train = readSide(own, arm, 'train', gone, metric);
  const validation = readSide(own, arm, 'validation', gone, metric);
  if (validation.before === NOTHING) return train;
  const sides = [train.compared, validation.compared];
  const told = train.compared !== 'same' || validation.compared === 'same' ? train : validation;
  if (sides.includes('better') && !sides.includes('worse')) return { ...told, compared: 'better' };
  if (sides.includes('worse') && !sides.includes('better')) return { ...told, compared: 'worse' };
  return { ...told, compared: 'same', much: false };
}

/** Whether a change took away what was wrong: the symptom is gone at no cost, or most of what was wrong is. */
export function helped({ compared, much, gone }: Reading): boolean {
  if (gone === null) return compared === 'better';
  return gone ? compared !== 'worse' : compared === 'better' && much;
}

/** "the validation loss ends at 0.21 instead of 1.9". */
export function inNumbers({ before, after }: Pick<Reading, 'before' | 'after'>): string {
  return `the ${before.what} ends at ${digits(after.value)} instead of ${digits(before.value)}`;
}

/** The same, and what became of what looked strange. */
export function inWords(reading: Reading): string {
  const numbers = inNumbers(reading);
  if (reading.gone === null) return reading.compared === 'same' ? `${numbers}, hardly a difference` : numbers;
  return `${numbers}, and what looked strange ${reading.gone ? 'is gone' : 'stays'}`;
}

/** An arm for the figure: its losses on validation, or on training where there is none. */
export function armOf(id: string, title: string, log: RunLog, outcome: string): ExperimentArm {
  const side = log.epochs.every(({ validation }) => validation !== null) ? 'validation' : 'train';
  const losses = log.epochs.map((epoch) => sideOf(side, epoch)!.loss.value);
  const shown =
    losses.length <= 200 ? losses : losses.filter((_, i) => i % Math.ceil(losses.length / 200) === 0);
  return {
    ...{ id, title, outcome },
    firstLoss: losses[0] ?? NaN,
    finalLoss: losses[losses.length - 1] ?? NaN,
    losses: shown,
    steps: log.epochs[log.epochs.length - 1]?.step ?? 0,
  };
}
