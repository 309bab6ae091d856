import { difficultySlices as slicesFigure } from '../../../figures/difficulty-slices';
import { sliceGroups } from './example-groups';
import { METRIC_WORDS, pWords, withInterval } from '../../../figures/error-words';
import type { Difficulty, DifficultySlices, DifficultyTrend } from '../../../look/types';
import type { Cell, View } from '../view';

/** A value of a difficulty as its scale is read. */
function valueCell({ unit, levels }: Difficulty, value: number): Cell {
  if (levels) return levels[Math.abs(value)] ?? '—';
  if (unit !== 'date') return value;
  const date = new Date(Math.abs(value));
  return Number.isNaN(date.getTime()) ? '—' : date.toISOString().slice(0, 10);
}

/** What is shown of a difficulty for each example. */
export function difficultyView(difficulty: Difficulty): View {
  const values = Array.from(difficulty.values)
    .filter(Number.isFinite)
    .sort((a, b) => a - b);
  const at = (share: number): Cell =>
    valueCell(difficulty, values[Math.floor(share * (values.length - 1))] ?? NaN);
  return {
    answer: `Difficulty of ${difficulty.n} examples by ${difficulty.title}; ${difficulty.missing} unknown.`,
    notes: difficulty.circular ? ['It comes from the model whose errors it would slice: circular.'] : [],
    tables: [
      {
        head: ['easiest', 'quarter', 'middle', 'three quarters', 'hardest'],
        rows: values.length > 0 ? [[0, 0.25, 0.5, 0.75, 1].map(at)] : [],
      },
    ],
    warnings: difficulty.warnings,
  };
}

const DIRECTIONS: Readonly<Record<DifficultyTrend['direction'], string>> = {
  'harder-is-worse': 'Errors grow with difficulty',
  'easier-is-worse': 'Errors fall with difficulty',
  none: 'No trend over the slices',
};

/** The test for a trend, and the two halves where the easier one is worse. */
function testNotes({ trend, inversion, metric, level }: DifficultySlices): readonly string[] {
  const share = metric === 'error-rate';
  const name = share ? 'Cochran–Armitage z' : 'robust t';
  const tested = Number.isNaN(trend.pValue)
    ? `A trend cannot be tested on these ${trend.n} examples.`
    : `${DIRECTIONS[trend.direction]}: ${name} = ${trend.z.toFixed(2).replace('-', '−')}, ${pWords(trend.pValue)}, n = ${trend.n}.`;
  if (!inversion) return [tested];
  const { easierHalf, harderHalf, difference, interval, pValue } = inversion;
  const half = (one: typeof easierHalf): string =>
    `${withInterval(share, one.error, one.interval)} of n = ${one.n}`;
  return [
    `Easier half ${half(easierHalf)}, harder half ${half(harderHalf)}: ${withInterval(share, difference, interval)} worse where it should be better (${Math.round(100 * level)} % intervals, ${pWords(pValue)}). That is seldom a limit and often a fault: labels, too few such examples in training, or a difficulty that is misjudged.`,
    tested,
  ];
}

/** What is shown of errors sliced by difficulty, the slice that costs most first. */
export function slicesView(slices: DifficultySlices): View {
  const figure = slicesFigure(slices);
  const share = slices.metric === 'error-rate';
  const { seeds } = slices.overall;
  const { title, unit } = METRIC_WORDS[slices.metric];
  const between = `${Math.round(100 * slices.level)} % interval`;
  const sorted = [...slices.slices].sort((a, b) => b.gainIfFixed - a.gainIfFixed);
  return {
    answer: `${figure.title}.`,
    examples: sliceGroups(slices),
    notes: testNotes(slices),
    figure,
    tables: [
      {
        head: [
          `${slices.difficulty.title} slice`,
          'examples',
          `${title} (${share ? '%' : unit}), ${between}`,
          ...(seeds ? ['sd over seeds'] : []),
          `share of ${share ? 'errors' : `the ${title}`} (%), ${between}`,
          `gain if as good as the whole (${share ? '% of examples' : unit}), ${between}`,
        ],
        rows: sorted.map((slice) => [
          slice.label,
          slice.n,
          { value: slice.error, interval: slice.interval, share },
          ...(seeds ? [{ value: slice.seeds?.sd ?? NaN, share }] : []),
          { value: slice.shareOfErrors, interval: slice.shareOfErrorsInterval, share: true },
          { value: slice.gainIfFixed, interval: slice.gainInterval, share },
        ]),
      },
    ],
    warnings: slices.warnings,
  };
}
