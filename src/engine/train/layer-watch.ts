import type { LayerNorms } from '../training-session';
import type { LayerFacts, LayerRecord } from './types';

interface Sums {
  ratio: number;
  gradient: number;
  weight: number;
  n: number;
}

/** Collects the norms of each layer over an epoch's sampled steps. */
export interface LayerWatch {
  add(norms: readonly LayerNorms[]): void;
  endEpoch(): void;
  records(): readonly LayerRecord[];
}

/** Returns a watch over layers with weights. */
export function layerWatch(layers: readonly LayerFacts[]): LayerWatch {
  const empty = (): Sums => ({ ratio: 0, gradient: 0, weight: 0, n: 0 });
  const now = new Map(layers.map((layer) => [layer.name, empty()]));
  const records = layers.map((layer) => ({
    ...layer,
    updateRatio: [] as number[],
    gradientNorm: [] as number[],
    weightNorm: [] as number[],
  }));
  return {
    add(norms) {
      for (const { layer, update, weight, gradient } of norms) {
        const sums = now.get(layer);
        if (!sums) continue;
        sums.ratio += weight > 0 ? update / weight : NaN;
        sums.gradient += gradient;
        sums.weight += weight;
        sums.n++;
      }
    },
    endEpoch() {
      for (const record of records) {
        const sums = now.get(record.name) ?? empty();
        record.updateRatio.push(sums.ratio / sums.n);
        record.gradientNorm.push(sums.gradient / sums.n);
        record.weightNorm.push(sums.weight / sums.n);
        now.set(record.name, empty());
      }
    },
    records: () =>
      records.map((r) => ({
        ...r,
        updateRatio: [...r.updateRatio],
        gradientNorm: [...r.gradientNorm],
        weightNorm: [...r.weightNorm],
      })),
  };
}
