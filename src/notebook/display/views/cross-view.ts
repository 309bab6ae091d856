import { crossSlices as crossFigure, levelWords, outstanding } from '../../../figures/cross-slices';
import { METRIC_WORDS, pWords } from '../../../figures/error-words';
import { percent, threeDigits } from '../../../figures/template';
import type { CrossAxis, CrossCell, CrossSlices } from '../../../look/cross/types';
import { firstRows, type View, type ViewTable } from '../view';

/** What the test of the interaction says. */
function testNote({ interaction, a, b }: CrossSlices): string {
  if (!interaction) return `Whether the effect of ${a.title} depends on ${b.title} cannot be tested here.`;
  const { pValue, statistic, df, by, draws, n, cells } = interaction;
  const sure = pValue < 0.05;
  const way = by === 'simulation' ? `${draws} simulated tables, since counts are small` : `χ² = ${Number(statistic.toPrecision(3))}, ${df} degrees of freedom`; // prettier-ignore
  return `The effect of ${a.title} ${sure ? 'differs' : 'does not surely differ'} by ${b.title}: ${pWords(pValue)} (${way}; n = ${n} in ${cells} cells).`;
}

function marginTable(cross: CrossSlices, axis: CrossAxis): ViewTable {
  const share = cross.metric === 'error-rate';
  const { title, unit } = METRIC_WORDS[cross.metric];
  const between = `${Math.round(100 * cross.level)} % interval`;
  return {
    title: `${axis.title} alone`,
    head: [
      axis.title,
      'examples',
      `${title} (${share ? '%' : unit}), ${between}`,
      `share of ${share ? 'errors' : `the ${title}`} (%), ${between}`,
    ],
    rows: axis.levels.map((level) => [
      level.label,
      level.n,
      { value: level.error, interval: level.interval, share },
      { value: level.shareOfErrors, interval: level.shareOfErrorsInterval, share: true },
    ]),
    folded: true,
  };
}

/** Cells that are judged, the surely worst first. */
function cellTable(cross: CrossSlices): ViewTable {
  const share = cross.metric === 'error-rate';
  const { title, unit } = METRIC_WORDS[cross.metric];
  const between = `${Math.round(100 * cross.level)} % interval`;
  const judged = cross.cells.filter(({ tooFew }) => !tooFew);
  const sorted = [...judged].sort((x, y) => y.interval[0] - x.interval[0] || y.n - x.n);
  const { rows, more } = firstRows(sorted, 10);
  const [ofA, ofB] = [levelWords(cross.a), levelWords(cross.b)];
  const stands = (cell: CrossCell): string => {
    const given = share ? percent(cell.expected) : threeDigits(cell.expected);
    if (Number.isNaN(cell.adjusted)) return given;
    const arrow = outstanding(cell).trim();
    return arrow ? `${given}: ${arrow} ${pWords(cell.adjusted)}` : `${given}: as expected`;
  };
  return {
    title: 'Cells with enough examples, surely worst first',
    head: [
      cross.a.title,
      cross.b.title,
      'examples',
      `${title} (${share ? '%' : unit}), ${between}`,
      'row and column alone give',
      `share of ${share ? 'errors' : `the ${title}`} (%), ${between}`,
    ],
    rows: rows.map((cell) => [
      ofA[cell.a],
      ofB[cell.b],
      cell.n,
      { value: cell.error, interval: cell.interval, share },
      stands(cell),
      { value: cell.shareOfErrors, interval: cell.shareOfErrorsInterval, share: true },
    ]),
    more,
  };
}

/** What is shown of a cross table: the heat map, the cells that say enough, and each side alone. */
export function crossView(cross: CrossSlices): View {
  const figure = crossFigure(cross);
  const few = cross.cells.filter(({ tooFew, n }) => tooFew && n > 0);
  const inFew = few.reduce((sum, { n }) => sum + n, 0);
  return {
    answer: `${figure.title}.`,
    notes: [
      testNote(cross),
      ...(few.length > 0 ? [`${few.length} of ${cross.cells.length} cells, with ${inFew} examples in all, say too little: they are struck through and judged by nothing.`] : []), // prettier-ignore
    ],
    figure,
    tables: [cellTable(cross), marginTable(cross, cross.a), marginTable(cross, cross.b)],
    warnings: cross.warnings,
  };
}
