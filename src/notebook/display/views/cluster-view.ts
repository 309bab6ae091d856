import { clusterName, clusterSlices as clustersFigure } from '../../../figures/cluster-slices';
import { METRIC_WORDS, pWords, withInterval } from '../../../figures/error-words';
import { percent } from '../../../figures/template';
import type { ClusterSlice, ClusterSlices } from '../../../look/clusters/types';
import type { View, ViewTable } from '../view';

const heads = (metric: ClusterSlice['metric'], level: number): readonly string[] => {
  const share = metric === 'error-rate';
  const { title, unit } = METRIC_WORDS[metric];
  const between = `${Math.round(100 * level)} % interval`;
  return [
    'cluster',
    'examples, searched half',
    `${title} there (${share ? '%' : unit}), ${between}`,
    'examples, held-out half',
    `${title} there (${share ? '%' : unit}), ${between}`,
    'adjusted p',
    `share of ${share ? 'errors' : `the ${title}`} (%), ${between}`,
    `gain if as good as the whole (${share ? '% of examples' : unit}), ${between}`,
  ];
};

function rowOf(one: ClusterSlice): ViewTable['rows'][number] {
  const share = one.metric === 'error-rate';
  const { discovered, heldOut } = one;
  return [
    clusterName(one),
    discovered.n,
    { value: discovered.error, interval: discovered.interval, share },
    heldOut.n,
    { value: heldOut.error, interval: heldOut.interval, share },
    pWords(one.adjusted),
    { value: heldOut.shareOfErrors, interval: heldOut.shareOfErrorsInterval, share: true },
    { value: heldOut.gainIfFixed, interval: heldOut.gainInterval, share },
  ];
}

/** What tells the members of each cluster apart. */
function describedTable(slices: readonly ClusterSlice[]): readonly ViewTable[] {
  const rows = slices.flatMap((one) =>
    one.descriptions.map((description) => [
      clusterName(one),
      description.words,
      description.n,
      { value: description.precision, interval: description.interval, share: true },
      { value: description.coverage, share: true },
      description.lift,
    ]),
  );
  if (rows.length === 0) return [];
  return [
    {
      title: 'What goes with being in a cluster',
      head: [
        'cluster',
        'examples with',
        'how many',
        'of these in the cluster (%), interval',
        'of the cluster (%)',
        'times the usual',
      ],
      rows,
    },
  ];
}

function nearestTable(slices: readonly ClusterSlice[]): ViewTable {
  return {
    title: 'Worth a look: examples in the middle of each cluster, nearest first',
    head: ['cluster', 'examples in it', 'ids'],
    rows: slices.map((one) => [clusterName(one), one.n, one.nearest.map(({ id }) => id).join(', ')]),
  };
}

/** What is shown of clusters: those that hold up, what they have in common, and examples to look at. */
export function clustersView(clusters: ClusterSlices): View {
  const figure = clustersFigure(clusters);
  const { slices, rejected, metric, level, smallest, components, dimensions, explained, fittedOn } = clusters;
  const judged = slices.length + rejected.length;
  return {
    answer: `${figure.title}.`,
    notes: [
      `A mixture of ${components} parts, made on ${fittedOn} examples in ${dimensions} dimensions (${percent(explained)} of the variance); its ${judged} worst parts of at least ${smallest} examples in each half were judged on the other half, adjusted for their number.`,
      ...(slices.length === 0
        ? [`A cluster of fewer than ${smallest} examples in either half could not have been seen.`]
        : []),
    ],
    ...(judged > 0 && { figure }),
    tables: [
      ...(slices.length > 0
        ? [{ title: 'Clusters that hold up', head: heads(metric, level), rows: slices.map(rowOf) }]
        : []),
      ...describedTable(slices),
      ...(slices.length > 0 ? [nearestTable(slices)] : []),
      ...(rejected.length > 0 ? [{ title: 'Clusters that looked bad and may be luck', head: heads(metric, level), rows: rejected.map(rowOf), folded: true }] : []), // prettier-ignore
    ],
    warnings: clusters.warnings,
  };
}

/** What is shown of one cluster. */
export function clusterView(slice: ClusterSlice): View {
  const share = slice.metric === 'error-rate';
  const { title } = METRIC_WORDS[slice.metric];
  const { heldOut, confirmed, level, overall } = slice;
  return {
    answer: `The ${title} in the cluster "${clusterName(slice)}" is ${withInterval(share, heldOut.error, heldOut.interval)} (n = ${heldOut.n} held out)${confirmed ? '' : ', which may be luck'}.`,
    notes: [
      `Of all held-out examples it is ${share ? percent(overall) : overall.toPrecision(3)}; ${pWords(slice.adjusted)}, adjusted.`,
    ],
    tables: [
      { head: heads(slice.metric, level), rows: [rowOf(slice)] },
      ...describedTable([slice]),
      nearestTable([slice]),
    ],
  };
}
