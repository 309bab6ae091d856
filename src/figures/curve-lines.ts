import type { Estimate, RunLog, Scores } from '../build/types';
import { thinExtremes } from './thin-extremes';

export type Side = 'train' | 'validation';

/** Values over epochs; epoch 0 is before training. */
export interface CurveLine {
  readonly epochs: readonly number[];
  readonly values: readonly number[];
  /** Standard errors, or deviations over seeds; 0 where unknown. */
  readonly errors: readonly number[];
}

/** Stretches of which a line keeps the lowest and highest value: 402 points at most. */
const STRETCHES = 200;

const NOTHING: Estimate = { value: NaN, standardError: NaN, n: 0 };

/** The loss, or a metric by its id; NaN where there is none. */
export const scoreOf = (scores: Scores | null, metric: string): Estimate =>
  (metric === 'loss' ? scores?.loss : scores?.metrics[metric]) ?? NOTHING;

/** Returns the line through fewer points that looks the same; where it has many. */
export function thinLine(line: CurveLine, stretches = STRETCHES): CurveLine {
  const places = thinExtremes(line.values, stretches);
  if (places.length === line.values.length) return line;
  const at = (values: readonly number[]): number[] => places.map((place) => values[place]);
  return { epochs: at(line.epochs), values: at(line.values), errors: at(line.errors) };
}

/** Returns a metric of a run over its epochs; values that are not finite are left out. */
export function lineOf(log: RunLog, metric: string, side: Side): CurveLine {
  const points = log.epochs.map((record) => ({ epoch: record.epoch, at: scoreOf(record[side], metric) }));
  if (side === 'train' && log.initial) points.unshift({ epoch: 0, at: scoreOf(log.initial, metric) });
  const known = points.filter(({ at }) => Number.isFinite(at.value));
  return {
    epochs: known.map((p) => p.epoch),
    values: known.map((p) => p.at.value),
    errors: known.map((p) => (Number.isFinite(p.at.standardError) ? p.at.standardError : 0)),
  };
}

/** The best point of a line, the first of equals; undefined for an empty one. */
export function bestOf(
  { epochs, values }: CurveLine,
  higher: boolean,
): { readonly epoch: number; readonly value: number } | undefined {
  let best = 0;
  values.forEach((value, i) => {
    if (higher ? value > values[best] : value < values[best]) best = i;
  });
  return values.length === 0 ? undefined : { epoch: epochs[best], value: values[best] };
}
