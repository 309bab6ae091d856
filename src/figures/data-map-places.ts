import { permutation, random } from '../core/random';
import type { TrainingDynamics } from '../look/dynamics/types';
import { COLOURS } from './template';

/** Options of {@link dataMap}. */
export interface DataMapOptions {
  /** Points that are drawn at most, beside those that have a card; defaults to 2,000. */
  readonly limit?: number;
  /** Draws the points where there are more; defaults to 0. */
  readonly seed?: number;
}

/** Points that a map draws at most unless told otherwise. */
export const MAP_LIMIT = 2000;
const BINS = 25;

/** One group of points: its words, its looks, and which rows are in it. */
export interface MapGroup {
  readonly words: string;
  readonly symbol: string;
  readonly sign: string;
  readonly color: string;
  readonly rows: readonly number[];
  /** Those that are drawn, in the order of the trace's points. */
  readonly drawn: readonly number[];
}

const LOOKS = [
  { symbol: 'circle-open', sign: '○', color: COLOURS.train },
  { symbol: 'triangle-up', sign: '▲', color: '#56B4E9' },
  { symbol: 'square', sign: '■', color: COLOURS.validation },
  { symbol: 'x', sign: '✕', color: COLOURS.strange },
] as const;

/** What lies on the axes. */
export interface Axes {
  readonly x: ArrayLike<number>;
  readonly y: ArrayLike<number>;
  readonly xTitle: string;
  readonly yTitle: string;
  readonly log: boolean;
}

function axesOf({ confidence, variability, loss, lossSpread }: TrainingDynamics): Axes {
  if (confidence && variability) {
    return {
      ...{ x: variability, y: confidence },
      xTitle: 'variability: its standard deviation over the epochs',
      yTitle: 'confidence: mean probability of the label',
      log: false,
    };
  }
  const log = Array.from(loss).every((value, i) => !(value <= 0 || lossSpread[i] <= 0));
  return {
    ...{ x: lossSpread, y: loss, log },
    xTitle: `standard deviation of the loss over the epochs${log ? ' (log scale)' : ''}`,
    yTitle: `mean loss over the epochs${log ? ' (log scale)' : ''}`,
  };
}

function groupsOf(
  dynamics: TrainingDynamics,
  rows: readonly number[],
  drawn: ReadonlySet<number>,
): readonly MapGroup[] {
  const { correctness, presentations, regions } = dynamics;
  const group = (look: (typeof LOOKS)[number], words: string, holds: (row: number) => boolean): MapGroup => {
    const own = rows.filter(holds);
    return { ...look, words, rows: own, drawn: own.filter((row) => drawn.has(row)) };
  };
  if (!correctness) {
    const [easy, between, , hard] = LOOKS;
    return [
      group(easy, 'least loss', (row) => regions[row] === 'easy-to-learn'),
      group(between, 'between', (row) => regions[row] === 'between'),
      group(hard, 'most loss', (row) => regions[row] === 'hard-to-learn'),
    ];
  }
  const right = (row: number): number => correctness[row] / presentations[row];
  return [
    group(LOOKS[0], 'always right', (row) => right(row) === 1),
    group(LOOKS[1], 'right more than half of the time', (row) => right(row) > 0.5 && right(row) < 1),
    group(LOOKS[2], 'right up to half of the time', (row) => right(row) > 0 && right(row) <= 0.5),
    group(LOOKS[3], 'never right', (row) => right(row) === 0),
  ];
}

/** The examples by height, in bars of equal length on the axis. */
export interface MapBins {
  readonly counts: readonly number[];
  /** One more than counts. */
  readonly edges: readonly number[];
  readonly binOf: (row: number) => number;
}

function binsOf({ y, log }: Axes, rows: readonly number[]): MapBins {
  const height = (row: number): number => (log ? Math.log10(y[row]) : y[row]);
  const low = rows.reduce((a, row) => Math.min(a, height(row)), log ? Infinity : 0);
  const high = rows.reduce((a, row) => Math.max(a, height(row)), log ? -Infinity : 1e-9);
  const width = (high - low) / BINS || 1;
  const binOf = (row: number): number => Math.min(BINS - 1, Math.floor((height(row) - low) / width));
  const counts = new Array<number>(BINS).fill(0);
  for (const row of rows) counts[binOf(row)]++;
  const back = (at: number): number => (log ? 10 ** at : at);
  const edges = Array.from({ length: BINS + 1 }, (_, edge) => back(low + edge * width));
  return { counts, edges, binOf };
}

/** Where the examples of a training set stand on its map. */
export interface MapPlaces {
  readonly axes: Axes;
  /** Rows that were trained on. */
  readonly known: readonly number[];
  /** One trace each, in their order; the bars of `bins` are the trace after them. */
  readonly groups: readonly MapGroup[];
  readonly bins: MapBins;
  /** Words of what is drawn; empty where all are. */
  readonly sampled: string;
}

/** Returns where examples stand on the map: a sample of `limit` of them, and those that have a card. */
export function mapPlaces(
  dynamics: TrainingDynamics,
  { limit = MAP_LIMIT, seed = 0 }: DataMapOptions = {},
): MapPlaces {
  const axes = axesOf(dynamics);
  const known = Array.from({ length: dynamics.n }, (_, row) => row).filter(
    (row) => !Number.isNaN(axes.y[row]),
  );
  const size = Math.min(limit, known.length);
  const order = size < known.length ? permutation(known.length, random(seed).fork('data map')) : null;
  const drawn = new Set(order ? Array.from(order.subarray(0, size), (place) => known[place]) : known);
  const shown = [...(dynamics.cards ?? []).flatMap(({ cards }) => cards), ...(dynamics.otherCards ?? [])];
  for (const { index } of shown) drawn.add(index);
  const more = drawn.size - size;
  return {
    ...{ axes, known },
    groups: groupsOf(dynamics, known, drawn),
    bins: binsOf(axes, known),
    sampled:
      size === known.length
        ? ''
        : `a sample of ${size} is drawn${more > 0 ? ` and ${more} more that have a card` : ''}, the bars count all`,
  };
}
