import type { ActivationRecord, LayerRecord, RunLog } from '../build/types';
import type { CurveGroup } from './curve-groups';

/** One layer's numbers over the epochs; of several seeds the median, with the lowest and the highest. */
export interface LayerSeries {
  readonly name: string;
  /** Its place from the first layer, 0, to the last, 1. */
  readonly depth: number;
  readonly epochs: readonly number[];
  /** NaN where unknown. */
  readonly values: readonly number[];
  readonly low?: readonly number[];
  readonly high?: readonly number[];
}

/** One quantity of all layers. */
export interface LayerPanel {
  readonly title: string;
  /** For what is left out: "saturated units". */
  readonly word: string;
  readonly scale: 'log' | 'share' | 'linear';
  readonly series: readonly LayerSeries[];
}

interface Quantity<R> extends Omit<LayerPanel, 'series'> {
  readonly of: (record: R) => readonly number[];
}

const OF_WEIGHTS: readonly Quantity<LayerRecord>[] = [
  { title: 'update ratio ‖Δw‖ / ‖w‖', word: 'update ratio', scale: 'log', of: (r) => r.updateRatio },
  { title: 'gradient norm', word: 'gradients', scale: 'log', of: (r) => r.gradientNorm },
];
const OF_OUTPUTS: readonly Quantity<ActivationRecord>[] = [
  { title: 'output: mean', word: 'output mean', scale: 'linear', of: (r) => r.mean },
  { title: 'output: standard deviation', word: 'output deviation', scale: 'linear', of: (r) => r.spread },
  { title: 'dead units (share)', word: 'dead units', scale: 'share', of: (r) => r.dead },
  { title: 'zeros in the output (share)', word: 'zeros', scale: 'share', of: (r) => r.zeros },
  { title: 'saturated outputs (share)', word: 'saturated outputs', scale: 'share', of: (r) => r.saturated },
];

const median = (sorted: readonly number[]): number => {
  const middle = (sorted.length - 1) / 2;
  return (sorted[Math.floor(middle)] + sorted[Math.ceil(middle)]) / 2;
};

/** The same layer of several seeds, epoch by epoch; layers are told by their places, for names may carry numbers. */
function ofSeeds(
  all: readonly (readonly number[])[],
  epochs: readonly number[],
): Omit<LayerSeries, 'name' | 'depth'> {
  if (all.length === 1) return { epochs, values: all[0] };
  const sorted = epochs.map((_, i) =>
    all
      .map((values) => values[i])
      .filter(Number.isFinite)
      .sort((a, b) => a - b),
  );
  const of = (pick: (values: readonly number[]) => number): number[] =>
    sorted.map((values) => (values.length > 0 ? pick(values) : NaN));
  return { epochs, values: of(median), low: of((v) => v[0]), high: of((v) => v[v.length - 1]) };
}

function panelOf<R extends { readonly name: string }>(
  logs: readonly RunLog[],
  recordsOf: (log: RunLog) => readonly R[],
  { of, ...quantity }: Quantity<R>,
): LayerPanel {
  const longest = logs.reduce((a, b) => (b.epochs.length > a.epochs.length ? b : a));
  const epochs = longest.epochs.map(({ epoch }) => epoch);
  const records = recordsOf(longest);
  const series = records.map(({ name }, place) => ({
    name,
    depth: records.length > 1 ? place / (records.length - 1) : 0,
    ...ofSeeds(
      logs.flatMap((log) => {
        const record = recordsOf(log)[place] as R | undefined;
        return record ? [of(record)] : [];
      }),
      epochs,
    ),
  }));
  return { ...quantity, series };
}

/** Layers in their order from input to output. */
function inOrder<R extends { readonly name: string }>(
  { model }: RunLog,
  records: readonly R[],
): readonly R[] {
  const place = new Map(model.layers.map(({ name }, i) => [name, i]));
  return [...records].sort((a, b) => (place.get(a.name) ?? Infinity) - (place.get(b.name) ?? Infinity) || 0);
}

/** Returns what is known of the layers of a group, quantity by quantity. */
export function layerPanels({ logs }: CurveGroup): readonly LayerPanel[] {
  const trained = (log: RunLog): readonly LayerRecord[] =>
    inOrder(log, log.layers).filter(({ trainable }) => trainable);
  return [
    ...OF_WEIGHTS.map((quantity) => panelOf(logs, trained, quantity)),
    ...OF_OUTPUTS.map((quantity) => panelOf(logs, (log) => inOrder(log, log.activations), quantity)),
  ];
}
