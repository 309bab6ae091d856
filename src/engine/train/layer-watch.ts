import type { StepWatch } from '../training-session';
import type { ActivationRecord, LayerFacts, LayerRecord } from './types';

/** Collects what is seen of the layers at an epoch's sampled steps. */
export interface LayerWatch {
  add(seen: StepWatch): void;
  endEpoch(): void;
  /** Leaves out all epochs but those at these places. */
  keep(places: readonly number[]): void;
  records(): readonly LayerRecord[];
  activations(): readonly ActivationRecord[];
}

/** Means of some numbers by name, epoch by epoch. */
interface EpochMeans<K extends string> {
  add(name: string, values: Readonly<Record<K, number>>): void;
  endEpoch(): void;
  keep(places: readonly number[]): void;
  /** One array an epoch for each number; NaN in epochs in which the name was not seen. */
  of(name: string): Readonly<Record<K, readonly number[]>>;
  names(): readonly string[];
}

function epochMeans<K extends string>(keys: readonly K[], known: readonly string[]): EpochMeans<K> {
  const fresh = <T>(value: () => T): Record<K, T> =>
    Object.fromEntries(keys.map((key) => [key, value()])) as Record<K, T>;
  const make = (): { n: number; sums: Record<K, number>; series: Record<K, number[]> } => ({
    n: 0,
    sums: fresh(() => 0),
    series: fresh(() => []),
  });
  const all = new Map(known.map((name) => [name, make()]));
  return {
    add(name, values) {
      let one = all.get(name);
      if (!one) all.set(name, (one = make()));
      one.n++;
      for (const key of keys) one.sums[key] += values[key];
    },
    endEpoch() {
      for (const one of all.values()) {
        for (const key of keys) {
          one.series[key].push(one.sums[key] / one.n);
          one.sums[key] = 0;
        }
        one.n = 0;
      }
    },
    keep(places) {
      for (const { series } of all.values()) {
        for (const key of keys) series[key] = places.map((place) => series[key][place]);
      }
    },
    of: (name) => {
      const { series } = all.get(name)!;
      return Object.fromEntries(keys.map((key) => [key, [...series[key]]])) as Record<K, number[]>;
    },
    names: () => [...all.keys()],
  };
}

/** Returns a watch over layers with weights, and over what comes out of all. */
export function layerWatch(layers: readonly LayerFacts[]): LayerWatch {
  const weights = epochMeans(
    ['updateRatio', 'gradientNorm', 'weightNorm'],
    layers.map(({ name }) => name),
  );
  const outputs = epochMeans(['mean', 'spread', 'zeros', 'saturated', 'dead'], []);
  const watched = new Set(layers.map(({ name }) => name));
  return {
    add({ norms, activations }) {
      for (const { layer, update, weight, gradient } of norms) {
        if (!watched.has(layer)) continue;
        const updateRatio = weight > 0 ? update / weight : NaN;
        weights.add(layer, { updateRatio, gradientNorm: gradient, weightNorm: weight });
      }
      for (const { layer, ...stats } of activations) outputs.add(layer, stats);
    },
    endEpoch() {
      weights.endEpoch();
      outputs.endEpoch();
    },
    keep(places) {
      weights.keep(places);
      outputs.keep(places);
    },
    records: () => layers.map((layer) => ({ ...layer, ...weights.of(layer.name) })),
    activations: () => outputs.names().map((name) => ({ name, ...outputs.of(name) })),
  };
}
