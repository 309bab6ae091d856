import { createHash } from 'node:crypto';
import { countLabels } from '../data/label-rows';
import { labelOrder } from '../data/profile/label-order';
import { profileColumns } from '../data/profile/profile-columns';
import type { Dataset } from '../data/types';
import type { DataSummary } from './types';

const bytes = (values: Float32Array | Dataset['labels']): Uint8Array =>
  new Uint8Array(values.buffer, values.byteOffset, values.byteLength);

function rangeOf(values: ArrayLike<number>): readonly [number, number] {
  let [min, max] = [Infinity, -Infinity];
  for (let i = 0; i < values.length; i++) {
    min = Math.min(min, values[i]);
    max = Math.max(max, values[i]);
  }
  return values.length > 0 ? [min, max] : [NaN, NaN];
}

/** Returns the facts about a data set that checks need after it is gone. */
export function summarizeData(data: Dataset): DataSummary {
  const { values, shape } = data.features;
  let [min, max, sum] = [Infinity, -Infinity, 0];
  for (const value of values) {
    if (value < min) min = value;
    if (value > max) max = value;
    sum += value;
  }
  const mean = sum / values.length;
  let squares = 0;
  for (const value of values) squares += (value - mean) ** 2;
  const isRegression = data.task === 'regression';
  const targetMean = isRegression ? Float64Array.from(data.labels).reduce((a, b) => a + b, 0) / data.n : NaN;
  const targetVariance = isRegression
    ? Float64Array.from(data.labels).reduce((a, b) => a + (b - targetMean) ** 2, 0) / data.n
    : NaN;
  const hash = createHash('sha256').update(bytes(values)).update(bytes(data.labels)).digest('hex');
  return {
    name: data.name,
    n: data.n,
    featureShape: shape,
    features: { min, max, mean, sd: Math.sqrt(squares / values.length) },
    classCounts: countLabels(data),
    targetMean,
    targetVariance,
    targetRange: rangeOf(isRegression ? data.labels : []),
    labelOrder: labelOrder(data),
    columns: profileColumns(data),
    fingerprint: hash.slice(0, 16),
  };
}
