import { dataMap } from '../../../figures/data-map';
import { mapPlaces } from '../../../figures/data-map-places';
import { percent } from '../../../figures/template';
import type { CountedShare, DynamicsRegion, TrainingDynamics } from '../../../look/dynamics/types';
import { firstRows, type Cell, type ExampleGroup, type FigureMark, type View, type ViewTable } from '../view';

const shareCell = ({ share, interval }: CountedShare): Cell => ({ value: share, interval, share: true });

function sharesTable({ neverLearned, forgotten, unforgettable }: TrainingDynamics): readonly ViewTable[] {
  if (!neverLearned || !forgotten || !unforgettable) return [];
  const rows = [
    ['never right', neverLearned],
    ['right and then wrong again', forgotten],
    ['learnt and never forgotten', unforgettable],
  ] as const;
  return [
    {
      head: ['examples that are', 'count', 'share (%), 95 % interval'],
      rows: rows.map(([words, counted]) => [words, counted.count, shareCell(counted)]),
    },
  ];
}

function classesTable({ classes }: TrainingDynamics): readonly ViewTable[] {
  if (!classes) return [];
  const sorted = [...classes].sort((a, b) => a.confidence - b.confidence);
  const { rows, more } = firstRows(sorted);
  return [
    {
      title: 'By class, least confidence first',
      head: [
        'class',
        'examples',
        'confidence, 95 % interval',
        'never right (%), 95 % interval',
        'hard to learn (%), 95 % interval',
      ],
      rows: rows.map((one) => [
        one.class,
        one.n,
        { value: one.confidence, interval: one.confidenceInterval },
        shareCell(one.neverLearned),
        shareCell(one.hardToLearn),
      ]),
      more,
    },
  ];
}

/** The examples that were learnt worst: by area under the margin, by confidence, or by loss. */
function hardestTable(dynamics: TrainingDynamics): ViewTable {
  const { aum, confidence, loss, ids, labels, n, regions } = dynamics;
  const ease = (row: number): number => (aum ?? confidence)?.[row] ?? -loss[row];
  const order = Array.from({ length: n }, (_, row) => row).filter((row) => !Number.isNaN(ease(row)));
  const { rows, more } = firstRows(
    order.sort((a, b) => ease(a) - ease(b) || a - b),
    10,
  );
  const by = aum ? 'area under the margin' : confidence ? 'confidence' : 'mean loss';
  const cells = (row: number): readonly Cell[] => {
    const shared: readonly Cell[] = [ids[row], labels?.[row] ?? '—', loss[row]];
    if (!confidence) return [...shared, regions[row]];
    return [...shared, confidence[row], aum?.[row] ?? NaN, dynamics.forgetting![row], regions[row]];
  };
  const head = ['example', 'label', 'mean loss'];
  const more2 = confidence ? ['confidence', 'area under the margin', 'forgetting events'] : [];
  return {
    title: `Learnt worst, by ${by}: worth reading`,
    head: [...head, ...more2, 'region'],
    rows: rows.map(cells),
    more,
  };
}

const MOST_SO: Readonly<Record<DynamicsRegion, string>> = {
  'hard-to-learn': 'Hard to learn, of most loss',
  ambiguous: 'Ambiguous, of most variability',
  'easy-to-learn': 'Easy to learn, of least loss',
  between: 'Between',
};

/** Returns the point of the map that an example is, and the bar that counts it. */
function marksOnMap(dynamics: TrainingDynamics): (row: number) => readonly FigureMark[] {
  const { groups, bins, axes } = mapPlaces(dynamics);
  const points = new Map<number, FigureMark>();
  groups.forEach(({ drawn }, trace) =>
    drawn.forEach((row, point) =>
      points.set(row, { part: 'point', trace, point, ring: [axes.x[row] || 0, axes.y[row]] }),
    ),
  );
  return (row) => {
    const point = points.get(row);
    return [...(point ? [point] : []), { part: 'bar', trace: groups.length, point: bins.binOf(row) }];
  };
}

/** Examples of the regions of the map, and a sample of the others. */
function mapGroups(dynamics: TrainingDynamics): readonly ExampleGroup[] {
  const { cards = [], otherCards = [] } = dynamics;
  const groups = [
    ...cards.map((own) => ({
      title: `${MOST_SO[own.region]}: ${own.cards.length} of ${own.n}`,
      cards: own.cards,
    })),
    { title: `Others, drawn at random: ${otherCards.length}`, cards: otherCards },
  ].filter((group) => group.cards.length > 0);
  if (groups.length === 0) return [];
  const marksOf = marksOnMap(dynamics);
  return groups.map((group) => ({ ...group, cardMarks: group.cards.map(({ index }) => marksOf(index)) }));
}

/** What is shown of the dynamics of a training: the map, what was never learnt, and the examples to read. */
export function dynamicsView(dynamics: TrainingDynamics): View {
  const figure = dataMap(dynamics);
  const { ambiguousAndHard, ambiguousAndEasy } = dynamics.overlaps;
  return {
    answer: `${figure.title}.`,
    notes: dynamics.confidence
      ? [
          `Ambiguous are the ${percent(dynamics.share)} of most variability: ${ambiguousAndHard} of them are also among the ${percent(dynamics.share)} of least confidence, ${ambiguousAndEasy} among those of most.`,
        ]
      : [],
    figure,
    examples: mapGroups(dynamics),
    tables: [...sharesTable(dynamics), ...classesTable(dynamics), hardestTable(dynamics)],
    warnings: dynamics.warnings,
  };
}
