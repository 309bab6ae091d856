import type { ClusterSlice, ClusterSlices } from '../look/clusters/types';
import { checkKind } from './check-kind';
import { errorWords, METRIC_WORDS } from './error-words';
import { figure, type Figure } from './figure';
import { COLOURS, layoutOf, percent, plotlyText, shortText, wrapText } from './template';

const LETTERS = 28;

/** Share of the examples of a description that must be in a cluster to name it. */
const NAMING = 0.5;

/** Returns a cluster in words: what metadata say of it, or the example in its middle where these do not tell it apart. */
export function clusterName({ descriptions, nearest, component }: ClusterSlice): string {
  const [best] = descriptions;
  if (best && best.precision >= NAMING) return best.words;
  const like = nearest.length > 0 ? `like example ${nearest[0].id}` : `cluster ${component}`;
  return best ? `${like}, often ${best.words}` : like;
}

/** Returns the sentence that clusters show: the worst that holds up, or that none does. */
export function clustersTitle({ slices, rejected, metric, heldOut }: ClusterSlices): string {
  const word = errorWords(metric === 'error-rate');
  const what = METRIC_WORDS[metric].title;
  const [worst] = slices;
  if (worst) {
    const share = metric === 'error-rate' ? 'errors' : `the ${what}`;
    return `The ${what} is ${word(worst.heldOut.error)} in the cluster "${clusterName(worst)}" (n = ${worst.heldOut.n}), ${word(heldOut.error)} overall: ${percent(worst.heldOut.shareOfErrors)} of ${share}`;
  }
  const seemed =
    rejected.length === 0
      ? ''
      : `: ${rejected.length} that looked bad ${rejected.length === 1 ? 'does' : 'do'} not hold up`;
  return `No cluster is surely worse than the rest${seemed}`;
}

/**
 * Returns bars of the error in each cluster on the held-out half, with intervals, those that hold up first and in vermilion; a
 * mark shows the error on the half that was searched.
 *
 * @param clusters from `sliceClusters`
 * @returns a Plotly figure; its title is the sentence it shows
 * @throws InputError `invalid-type` for anything but clusters
 */
export function clusterSlices(clusters: ClusterSlices): Figure {
  checkKind('clusterSlices', 'clusters', clusters, 'cluster-slices');
  const { slices, rejected, heldOut, discovery, metric, level, n } = clusters;
  const share = metric === 'error-rate';
  const word = errorWords(share);
  const { title: what, unit } = METRIC_WORDS[metric];
  const bars = [...slices, ...rejected];
  const title = clustersTitle(clusters);
  const tick = (one: ClusterSlice): string => {
    const lines = wrapText(shortText(clusterName(one), 2 * LETTERS), LETTERS).map(plotlyText);
    const name = one.confirmed ? `<span style="color:${COLOURS.strange}"><b>▶ ${lines.join('<br>')}</b></span>` : lines.join('<br>'); // prettier-ignore
    const part = share ? `${percent(one.heldOut.shareOfErrors)} of errors, ` : '';
    return `${name}<br>${part}n = ${one.heldOut.n}${one.confirmed ? '' : '<br>not confirmed'}`;
  };
  const errorBars = {
    type: 'data',
    symmetric: false,
    array: bars.map(({ heldOut: { error, interval } }) => Math.max(0, interval[1] - error)),
    arrayminus: bars.map(({ heldOut: { error, interval } }) => Math.max(0, error - interval[0])),
    color: COLOURS.text,
  };
  return figure({
    title,
    data: [
      {
        type: 'bar',
        orientation: 'h',
        y: bars.map((_, i) => i),
        x: bars.map((one) => one.heldOut.error),
        width: 0.5,
        marker: { color: bars.map(({ confirmed }) => (confirmed ? COLOURS.strange : COLOURS.baseline)) },
        error_x: errorBars,
        hovertemplate: 'held out: %{x:.3g}<extra></extra>',
      },
      {
        type: 'scatter',
        mode: 'markers',
        y: bars.map((_, i) => i - 0.32),
        x: bars.map((one) => one.discovered.error),
        marker: { symbol: 'diamond-open', size: 8, color: COLOURS.text },
        hovertemplate: 'where it was searched: %{x:.3g}<extra></extra>',
      },
    ],
    layout: layoutOf({
      title,
      subtitle: `${n} examples: searched on ${discovery.n}, judged on ${heldOut.n} · ${Math.round(level * 100)} % intervals · bars: held-out half · ◇ half that was searched, too bad by the search`,
      xTitle: `${what} (${unit})`,
      yTitle: '',
      xaxis: { rangemode: 'tozero', ...(share ? { tickformat: '.0%' } : {}) },
      yaxis: {
        tickmode: 'array',
        tickvals: bars.map((_, i) => i),
        ticktext: bars.map(tick),
        range: [Math.max(0, bars.length - 1) + 0.6, -0.6],
        showgrid: false,
      },
      height: 90 + 64 * Math.max(1, bars.length),
      leftMargin: 232,
      rightMargin: 40,
      headRoom: 14,
      shapes: [
        {
          ...{ type: 'line', yref: 'paper', y0: 0, y1: 1, x0: heldOut.error, x1: heldOut.error },
          line: { color: COLOURS.baseline, dash: 'dash', width: 2 },
        },
      ],
      annotations: [
        {
          yref: 'paper',
          y: 1,
          yanchor: 'bottom',
          x: heldOut.error,
          showarrow: false,
          text: `overall ${word(heldOut.error)}`,
        },
      ],
    }),
  });
}
