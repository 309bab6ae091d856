import { featureSize } from '../../data/feature-size';
import type { Dataset } from '../../data/types';

/** Returns what reads the features of a row as they were before they were standardised. */
export function rawValues({ features, preparation }: Dataset): (row: number) => Float64Array {
  const { values, shape } = features;
  const size = featureSize(shape);
  const read = (row: number): Float64Array =>
    Float64Array.from(values.subarray(row * size, (row + 1) * size));
  const step = preparation?.steps.find(({ step: kind }) => kind === 'standardize');
  if (step?.step !== 'standardize') return read;
  const { mean, sd, padding } = step;
  return (row) => {
    const own = read(row);
    let end = size;
    while (padding && end > 0 && own[end - 1] === 0) end--;
    for (let i = 0; i < end; i++) own[i] = own[i] * sd[i % sd.length] + mean[i % mean.length];
    return own;
  };
}
