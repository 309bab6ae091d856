import { drawnSlices, errorName, slicesTitle, verdictOf } from '../../../figures/slice-words';
import { sliceBox, slices as slicesFigure } from '../../../figures/slices';
import { sliceTree } from '../../../figures/slice-tree';
import { treeRows, type TreeBar } from '../../../figures/tree-bars';
import { percent } from '../../../figures/template';
import type { ExampleCard } from '../../../look/cards/types';
import type { AnySlices, Slice, SliceData } from '../../../look/slices/types';
import { firstRows, type ExampleGroup, type FigureMark, type View, type ViewTable } from '../view';
import { whichShown } from './example-groups';

/** Examples of a slice that get a card. */
const EXAMPLES = 6;

/** Cards of a slice, while it is more than data that was read again. */
export function cardsOfSlice(slice: SliceData): readonly ExampleCard[] {
  const { examples } = slice as Partial<Slice>;
  return typeof examples === 'function' ? (examples.call(slice, { limit: EXAMPLES }).cards ?? []) : [];
}

/** The bar and the row of a slice in the tree, the first folded figure. */
function treeMarks(bars: readonly TreeBar[], own: SliceData): readonly FigureMark[] {
  return bars
    .filter(({ slice }) => slice === own)
    .flatMap(({ point, box }) =>
      [0, 1].map((trace) => ({ part: 'bar', figure: 1, trace, point, ...(trace === 0 && { box }) })),
    );
}

function groupsOf(found: AnySlices): readonly ExampleGroup[] {
  const { bars } = treeRows(found);
  return drawnSlices(found)
    .map((one, row) => ({ one, row, cards: cardsOfSlice(one.slice) }))
    .filter(({ cards }) => cards.length > 0)
    .map(({ one, row, cards }) => ({
      title: `${one.slice.description}: ${one.slice.n} examples, ${whichShown(cards, one.slice.n)}`,
      marks: [
        { part: 'bar', trace: 0, point: row, box: sliceBox(one, row) },
        // Its share of the errors, beside it.
        { part: 'bar', trace: 2, point: row },
        ...treeMarks(bars, one.slice),
      ],
      cards,
    }));
}

function slicesTable(
  title: string,
  slices: readonly SliceData[],
  found: AnySlices,
  confirmed: boolean,
): ViewTable {
  const share = found.metric === 'error-rate';
  const { rows, more } = firstRows(slices);
  const tested = found.rows.heldOut > 0;
  return {
    title,
    head: [
      'slice',
      'examples',
      `${errorName(found)}${share ? ' (%)' : ''}${tested ? ', held out' : ', searched'}`,
      ...(tested ? ['where it was searched'] : []),
      `share of all ${share ? 'errors' : 'loss'} (%)`,
      'gain if as good as the whole',
      ...(tested ? ['verdict'] : []),
    ],
    rows: rows.map((slice) => [
      slice.description,
      slice.n,
      { value: slice.error, interval: slice.interval, share },
      ...(tested ? [{ value: slice.discovery.error, interval: slice.discovery.interval, share }] : []),
      { value: slice.shareOfErrors, interval: slice.shareOfErrorsInterval, share: true },
      { value: slice.gainIfFixed, interval: slice.gainInterval, share },
      ...(tested ? [verdictOf({ slice, confirmed })] : []),
    ]),
    more,
    folded: !confirmed,
    brief: !confirmed,
  };
}

function notesOf({
  rows,
  tried,
  refined,
  smallestVisible,
  falseDiscoveryRate,
  minSupport,
}: AnySlices): string[] {
  const candidates = tried.reduce((sum, level) => sum + level.candidates, 0);
  const luck = `where at most ${percent(falseDiscoveryRate)} of what is confirmed is expected to be luck.`;
  const anew = rows.splits > 1 ? `, parted anew ${rows.splits} times` : '';
  const how = rows.bothWays
    ? `Two halves of ${rows.searched} and ${rows.heldOut} examples (seed ${rows.seed}${anew}): each was searched, and judged what the other showed, ${luck}`
    : rows.heldOut > 0
      ? `Searched on ${rows.searched} examples, judged on ${rows.heldOut} others (seed ${rows.seed}${anew}), ${luck}`
      : `Searched on all ${rows.searched} examples and judged on none: what was found is worse by luck too.`;
  const [small] = smallestVisible.filter(({ n }) => Number.isFinite(n));
  const seen = small
    ? ` A slice with ${Number(small.ratio.toPrecision(2))} times the error would have to hold ${small.n} examples (${percent(small.share)}) to be found four times in five.`
    : '';
  return [
    `${how} ${candidates} combinations of at least ${minSupport} examples were in question${refined > 0 ? `, and ${refined} variants of what was found` : ''}.${seen}`,
  ];
}

/** What is shown of found slices: bars, examples at a click, the tree, and tables of the confirmed and the others. */
export function foundSlicesView(found: AnySlices): View {
  const { slices, unconfirmed } = found;
  const several = slices.length + unconfirmed.length > 1;
  const any = slices.length + unconfirmed.length > 0;
  return {
    answer: `${slicesTitle(found)}.`,
    notes: notesOf(found),
    ...(any && { figure: slicesFigure(found) }),
    examples: groupsOf(found),
    folded: several ? [{ name: 'As a tree', figure: sliceTree(found) }] : [],
    tables: [
      ...(slices.length > 0 ? [slicesTable('Slices', slices, found, true)] : []),
      ...(unconfirmed.length > 0
        ? [slicesTable(`Looked worse and not confirmed: ${unconfirmed.length}`, unconfirmed, found, false)]
        : []),
    ],
    warnings: found.warnings,
  };
}
