import type { RunLog } from '../build/types';
import type { FindingData } from '../suspect/types';
import { confusionMap } from './confusion-map';
import { figure, type Figure } from './figure';
import { strangeTick, titleOf } from './strange';
import { COLOURS, layoutOf, percent, plotlyText, shortText } from './template';

const MOST_CLASSES = 12;
const NAME_LETTERS = 22;

/** Evidence of a finding on how many examples a class has, and not on what is said of them. */
const OF_COUNTS = ['largest', 'trainShare', 'validation'];

/** The class itself, and where a ring of classes is told, all of it. */
function markedOf({ where, evidence }: FindingData): readonly string[] {
  const ring = typeof evidence.classes === 'string' ? evidence.classes.split(' → ') : [];
  return ring.includes(where.class!) ? ring : [where.class!];
}

function ofAnswers(finding: FindingData, log: RunLog): Figure | null {
  const counts = log.outcome?.validation?.confusion ?? null;
  if (!counts || counts.length !== log.classes.length) return null;
  const marked = new Set(markedOf(finding).map((name) => log.classes.indexOf(name)));
  const n = log.outcome!.validation!.n;
  return confusionMap(
    { name: log.name, n, classes: log.classes, counts },
    { title: titleOf(finding), examples: 'validation examples', marked },
  );
}

function ofCounts(finding: FindingData, log: RunLog): Figure | null {
  const sets = [
    { name: 'training', counts: log.data.train?.classCounts ?? [], colour: COLOURS.train },
    { name: 'validation', counts: log.data.validation?.classCounts ?? [], colour: COLOURS.validation },
  ].flatMap((set) => {
    const total = set.counts.reduce((sum, count) => sum + count, 0);
    return total > 0 && set.counts.length === log.classes.length ? [{ ...set, total }] : [];
  });
  const at = log.classes.indexOf(finding.where.class!);
  if (sets.length === 0 || at < 0) return null;
  const first = Math.max(0, Math.min(at - 5, log.classes.length - MOST_CLASSES));
  const places = [...log.classes.keys()].slice(first, first + MOST_CLASSES);
  const longest = Math.max(...places.map((k) => Math.min(NAME_LETTERS, [...log.classes[k]].length)));
  const side = (s: number): number => (sets.length > 1 ? (s - 0.5) * 0.4 : 0);
  const shares = sets.map(({ counts, total }) => places.map((k) => counts[k] / total));
  const layout = layoutOf({
    title: titleOf(finding),
    subtitle: [
      ...sets.map(({ name, total }) => `${name}: ${total} examples`),
      sets.length > 1 ? 'blue, above: training · orange, below: validation' : '',
      places.length < log.classes.length ? `${places.length} of ${log.classes.length} classes` : '',
    ]
      .filter(Boolean)
      .join(' · '),
    xTitle: 'share of the examples of a set',
    yTitle: '',
    xaxis: { range: [0, 1.02 * Math.max(...shares.flat())], tickformat: '.0%' },
    yaxis: {
      tickmode: 'array',
      tickvals: places.map((_, i) => i),
      ticktext: places.map((k) => {
        const name = shortText(log.classes[k], NAME_LETTERS);
        return k === at ? strangeTick(name) : plotlyText(name);
      }),
      range: [places.length - 0.4, -0.6],
      showgrid: false,
    },
    height: 70 + 46 * places.length,
    leftMargin: 46 + 8 * longest,
    rightMargin: 120,
    shapes: [
      {
        ...{ type: 'rect', layer: 'below', xref: 'paper', x0: 0, x1: 1 },
        ...{ y0: places.indexOf(at) - 0.5, y1: places.indexOf(at) + 0.5 },
        ...{ fillcolor: `${COLOURS.strange}2E`, line: { width: 0 } },
      },
    ],
    annotations: sets.flatMap(({ counts }, s) =>
      places.map((k, i) => ({
        ...{ x: shares[s][i], y: i + side(s), xanchor: 'left', xshift: 5, showarrow: false },
        text: `${counts[k]} (${percent(shares[s][i])})`,
      })),
    ),
  });
  const data = sets.map(({ name, colour }, s) => ({
    ...{ type: 'bar', orientation: 'h', name, width: 0.36 },
    y: places.map((_, i) => i + side(s)),
    x: shares[s],
    marker: { color: colour },
    hovertemplate: `${name} %{x:.1%}<extra></extra>`,
  }));
  return figure({ title: titleOf(finding), data, layout: { ...layout, barmode: 'overlay' } });
}

/**
 * Returns what a finding on a class rests on: how the validation examples of each class were told, with its rows marked, or
 * how many examples the classes have in both sets; null for other findings.
 */
export function findingClass(finding: FindingData, log: RunLog): Figure | null {
  if (finding.where.class === undefined) return null;
  const counted = OF_COUNTS.some((name) => name in finding.evidence);
  return (counted ? null : ofAnswers(finding, log)) ?? ofCounts(finding, log);
}
