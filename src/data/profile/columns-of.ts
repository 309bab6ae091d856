import { featureSize } from '../feature-size';
import type { Dataset } from '../types';

/** Columns that are profiled, at most. */
const MOST_COLUMNS = 256;

/** Features as columns: those of a table, or mean and spread of each image, series or text. */
export interface FeatureColumns {
  readonly of: 'columns' | 'examples';
  readonly total: number;
  readonly names: readonly string[];
  /** Of all rows. */
  readonly values: readonly Float64Array[];
}

/**
 * Returns evenly spaced rows: at most `most`, and no more than make `values` numbers over so many columns, but for 200, so that
 * what sorts them takes a bounded time.
 */
export function someRows(n: number, columns: number, most = 2000, values = 200_000): Int32Array {
  const count = Math.min(n, most, Math.max(200, Math.floor(values / columns)));
  return Int32Array.from({ length: count }, (_, i) => Math.floor((i * n) / count));
}

function meanAndSpread(data: Dataset, size: number): readonly Float64Array[] {
  const { values } = data.features;
  const [means, spreads] = [new Float64Array(data.n), new Float64Array(data.n)];
  for (let row = 0; row < data.n; row++) {
    let [sum, squares] = [0, 0];
    for (let at = row * size; at < (row + 1) * size; at++) {
      sum += values[at];
      squares += values[at] * values[at];
    }
    means[row] = sum / size;
    spreads[row] = Math.sqrt(Math.max(0, squares / size - means[row] ** 2));
  }
  return [means, spreads];
}

/** Returns the features column by column. */
export function columnsOf(data: Dataset): FeatureColumns {
  const { values, shape, names } = data.features;
  const size = featureSize(shape);
  if (shape.length > 1) {
    return {
      ...{ of: 'examples', total: size, names: ['mean of an example', 'spread of an example'] },
      values: meanAndSpread(data, size),
    };
  }
  const count = Math.min(size, MOST_COLUMNS);
  const columns = Array.from({ length: count }, () => new Float64Array(data.n));
  for (let row = 0; row < data.n; row++)
    for (let c = 0; c < count; c++) columns[c][row] = values[row * size + c];
  return {
    ...{ of: 'columns', total: size, values: columns },
    names: columns.map((_, c) => names?.[c] ?? `column ${c + 1}`),
  };
}
