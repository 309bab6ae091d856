import { permutation, random } from '../core/random';
import { featureSize } from '../data/feature-size';
import { takeLabels } from '../data/label-rows';
import { columnsOf } from '../data/profile/columns-of';
import { sentinelOf } from '../data/profile/sentinels';
import type { Sentinel } from '../data/profile/types';
import type { Dataset, Labels } from '../data/types';
import { median } from '../stats/median';

/** Returns the data with other features, by value and place in the example. */
export function mapFeatures(data: Dataset, change: (value: number, at: number) => number): Dataset {
  const size = featureSize(data.features.shape);
  const values = data.features.values.map((value, i) => change(value, i % size));
  return { ...data, features: { ...data.features, values } };
}

/** Mean and standard deviation: of each column of a table, of all numbers of an image, a series or a text. */
export interface Scales {
  readonly means: Float64Array;
  readonly sds: Float64Array;
}

export function scalesOf({ features }: Dataset): Scales {
  const columns = features.shape.length === 1 ? features.shape[0] : 1;
  const { values } = features;
  const per = values.length / columns;
  const [means, sds] = [new Float64Array(columns), new Float64Array(columns)];
  values.forEach((value, i) => (means[i % columns] += value / per));
  values.forEach((value, i) => (sds[i % columns] += (value - means[i % columns]) ** 2 / per));
  return { means, sds: sds.map(Math.sqrt) };
}

/** Returns the data with scales `from` moved to scales `to`; constant columns become what is the middle there. */
export function rescaled(data: Dataset, from: Scales, to: Partial<Scales> = {}): Dataset {
  const columns = from.means.length;
  return mapFeatures(data, (value, at) => {
    const column = at % columns;
    const sd = from.sds[column];
    const unit = sd > 0 ? (value - from.means[column]) / sd : 0;
    return unit * (to.sds?.[column] ?? 1) + (to.means?.[column] ?? 0);
  });
}

/** Returns the data with the labels of other rows. */
export function withLabelsOf(data: Dataset, rows: ArrayLike<number>): Dataset {
  return { ...data, labels: takeLabels(data, rows) };
}

/** Returns the data with their labels in a random order. */
export function withLabelsShuffled(data: Dataset, seed: number, purpose: string): Dataset {
  return withLabelsOf(data, permutation(data.n, random(seed).fork(purpose)));
}

/** Returns the data with other labels or targets, by value. */
export function mapLabels(data: Dataset, change: (label: number) => number): Dataset {
  const labels = data.labels.map(change) as Labels;
  return { ...data, labels };
}

/** Returns the places of a column by its name; of a raw column those of all features that were made of it. */
export function placesOf(
  { features: { shape, names } }: Dataset,
  column: string | undefined,
): readonly number[] {
  if (column === undefined || shape.length !== 1) return [];
  const own = Array.from({ length: shape[0] }, (_, at) => names?.[at] ?? `column ${at + 1}`);
  const exact = own.flatMap((name, at) => (name === column ? [at] : []));
  if (exact.length > 0) return exact;
  return own.flatMap((name, at) => (name.startsWith(`${column} `) ? [at] : []));
}

/** Returns the values that may stand for missing ones, by the place of their column. */
export function sentinelsOf(data: Dataset): ReadonlyMap<number, Sentinel> {
  const { of, names, values } = columnsOf(data);
  const found = new Map<number, Sentinel>();
  if (of !== 'columns') return found;
  values.forEach((column, at) => {
    const one = sentinelOf(names[at], Float64Array.from(column).sort());
    if (one && one.gap > 3) found.set(at, one);
  });
  return found;
}

/** Returns the middle of a column, of the values that are not `without`. */
export function medianOf(data: Dataset, at: number, without: number): number {
  const size = featureSize(data.features.shape);
  const values: number[] = [];
  for (let row = 0; row < data.n; row++) {
    const value = data.features.values[row * size + at];
    if (value !== without) values.push(value);
  }
  return values.length > 0 ? median(values) : 0;
}
