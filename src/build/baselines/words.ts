/** A number with three significant digits. */
export function threeDigits(value: number): string {
  if (!Number.isFinite(value)) return '—';
  if (Number.isInteger(value) && Math.abs(value) < 1e6) return String(value).replace('-', '−');
  return String(Number(value.toPrecision(3))).replace('-', '−');
}

const percent = (share: number): string => {
  const value = share * 100;
  return String(Number(value.toFixed(value > 0.99 && value < 99 ? 0 : 1))).replace('-', '−');
};

/** Percentage points: two significant digits below ten. */
const points = (share: number): string => {
  const value = share * 100;
  const shown = Math.abs(value) < 9.95 ? Number(value.toPrecision(2)) : Math.round(value);
  return String(shown).replace('-', '−');
};

/** How a score is said: shares in percent, other metrics as they are. */
export interface ScoreWords {
  /** "97 %". */
  score(value: number): string;
  /** "95–98 %". */
  range(interval: readonly [number, number]): string;
  /** "2.1 points", "0.31". */
  gap(value: number): string;
  /** "0.8 to 3.4". */
  gapRange(interval: readonly [number, number]): string;
}

const SHARE: ScoreWords = {
  score: (value) => `${percent(value)} %`,
  range: ([low, high]) => `${percent(low)}–${percent(high)} %`,
  gap: (value) => `${points(value)} ${points(value) === '1' ? 'point' : 'points'}`,
  gapRange: ([low, high]) => `${points(low)} to ${points(high)}`,
};

const VALUE: ScoreWords = {
  score: threeDigits,
  range: ([low, high]) => `${threeDigits(low)}–${threeDigits(high)}`,
  gap: threeDigits,
  gapRange: ([low, high]) => `${threeDigits(low)} to ${threeDigits(high)}`,
};

/** Returns how scores of a metric of this unit are said. */
export const scoreWords = (unit: string): ScoreWords => (unit === 'share' ? SHARE : VALUE);
