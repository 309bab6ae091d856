import type { DifficultyBin } from './difficulty-bins';
import { REVERSED } from './sources/column-difficulty';

const SHARES: Readonly<Record<number, string>> = {
  2: 'half',
  3: 'third',
  4: 'quarter',
  5: 'fifth',
  6: 'sixth',
  8: 'eighth',
  10: 'tenth',
};
const ORDINALS = [
  'first',
  'second',
  'third',
  'fourth',
  'fifth',
  'sixth',
  'seventh',
  'eighth',
  'ninth',
  'tenth',
];

/** "easiest fifth", "second fifth", "hardest fifth"; "group" where sizes differ by more than a quarter. */
function position(bins: readonly DifficultyBin[], b: number): string {
  const n = bins.reduce((sum, bin) => sum + bin.indices.length, 0);
  const even = bins.every((bin) => Math.abs((bin.indices.length * bins.length) / n - 1) <= 0.25);
  const share = even ? SHARES[bins.length] : undefined;
  if (bins.length === 1) return 'all';
  if (b === 0) return `easiest ${share ?? 'group'}`;
  if (b === bins.length - 1) return `hardest ${share ?? 'group'}`;
  if (share === 'third') return 'middle third';
  return share ? `${ORDINALS[b]} ${share}` : `group ${b + 1} of ${bins.length}`;
}

/** A number in `digits` significant digits, whole ones in full, without trailing zeros, with a true minus sign. */
function format(value: number, digits: number): string {
  const shown = Number.isInteger(value) && Math.abs(value) < 1e9 ? value : Number(value.toPrecision(digits));
  return (Object.is(shown, -0) ? '0' : String(shown)).replace('-', '−');
}

/** What a scale is read in, where it is no plain number. */
export interface SliceScale {
  /** "date" for milliseconds since 1970. */
  readonly unit?: string;
  /** Names of the levels 0, 1, … */
  readonly levels?: readonly string[];
}

const DAY = 86_400_000;

/** Dates as days, or to the minute where all of them lie within two days. */
function dateWords(bins: readonly DifficultyBin[], reversed: boolean): (value: number) => string {
  const ends = bins.flatMap(({ least, most }) => [least, most]).filter(Number.isFinite);
  const letters =
    Math.max(...ends) - Math.min(...ends) < 2 * DAY && ends.some((end) => end % DAY !== 0) ? 16 : 10;
  return (value) => {
    const date = new Date(reversed ? -value : value);
    return Number.isNaN(date.getTime())
      ? String(value)
      : date.toISOString().slice(0, letters).replace('T', ' ');
  };
}

/** Returns the words for a value of the scale. */
export function scaleWords(
  bins: readonly DifficultyBin[],
  reversed: boolean,
  { unit, levels }: SliceScale,
): (value: number) => string {
  const turned = (value: number): number => (reversed ? -value : value);
  if (levels) return (value) => levels[turned(value)] ?? String(turned(value));
  if (unit === 'date') return dateWords(bins, reversed);
  const digits = digitsFor(bins);
  return (value) => format(turned(value), digits);
}

/** Three digits, or four where these tell neighbouring bins apart; more only where a bin would have no width. */
function digitsFor(bins: readonly DifficultyBin[]): number {
  const filled = bins.filter((bin) => bin.indices.length > 0);
  const differ = (a: number, b: number, digits: number): boolean => format(a, digits) !== format(b, digits);
  const wide = (digits: number): boolean =>
    filled.every(({ least, most }) => least === most || differ(least, most, digits));
  const apart = (digits: number): boolean =>
    filled.every((bin, b) => b === 0 || differ(filled[b - 1].most, bin.least, digits));
  const tidy = [3, 4].find((digits) => wide(digits) && apart(digits));
  return tidy ?? [3, 4, 5, 6, 7, 8].find(wide) ?? 9;
}

/**
 * Returns a label for each bin, as a person would say it: "easiest fifth, ink ≤ 4.2", "second fifth, ink 4.5–6".
 * The numbers are the smallest and largest in the bin, in three significant digits, or four where these tell bins apart.
 * A title that begins with "−" stands for a column whose low values are hard, and is turned round: "ink ≥ 9".
 *
 * @param bins easiest first
 * @param title what is measured
 * @param scale what it is read in; defaults to plain numbers
 * @returns one label a bin
 */
export function sliceLabels(
  bins: readonly DifficultyBin[],
  title: string,
  scale: SliceScale = {},
): readonly string[] {
  const reversed = title.startsWith(REVERSED);
  const name = reversed ? title.slice(REVERSED.length) : title;
  const show = scaleWords(bins, reversed, scale);
  return bins.map((bin, b) => {
    const place = position(bins, b);
    if (bin.indices.length === 0) return `${place}, ${name} from ${show(bin.from)} to ${show(bin.to)}`;
    const one = bin.least === bin.most;
    if (bins.length > 1 && b === 0 && !one)
      return `${place}, ${name} ${reversed ? '≥' : '≤'} ${show(bin.most)}`;
    if (bins.length > 1 && b === bins.length - 1 && !one)
      return `${place}, ${name} ${reversed ? '≤' : '≥'} ${show(bin.least)}`;
    if (one) return `${place}, ${name} = ${show(bin.least)}`;
    const ends = reversed ? [bin.most, bin.least] : [bin.least, bin.most];
    return `${place}, ${name} ${show(ends[0])}–${show(ends[1])}`;
  });
}
