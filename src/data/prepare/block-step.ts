import { featureSize } from '../feature-size';
import type { FeatureBlock } from '../types';
import type { BlockStep } from './types';

/** Numbers that share one mean and deviation are `columns` apart. */
const columnsOf = (shape: readonly number[], per: BlockStep['per']): number =>
  per === 'all' ? 1 : per === 'channel' ? (shape.at(-1) ?? 1) : featureSize(shape);

/** Numbers of an example before the steps of zeros at its end. */
function unpadded(values: Float32Array, begin: number, size: number, channels: number): number {
  let end = size;
  while (end > 0 && values[begin + end - 1] === 0) end--;
  return Math.ceil(end / channels) * channels;
}

/** Calls `visit` with the place of each number that is not padding. */
function eachNumber({ values, shape }: FeatureBlock, padding: boolean, visit: (at: number) => void): void {
  const size = featureSize(shape);
  for (let begin = 0; begin < values.length; begin += size) {
    const end = begin + (padding ? unpadded(values, begin, size, shape.at(-1) ?? 1) : size);
    for (let at = begin; at < end; at++) visit(at);
  }
}

/**
 * Measures a dense block. A series of two channels and more may be padded: steps at its end in which all channels are 0.
 *
 * @param per defaults to "feature" for one axis, "channel" for two, "all" for three and more
 */
export function fitBlock(block: FeatureBlock, per?: BlockStep['per']): BlockStep {
  const { values, shape } = block;
  const chosen = per ?? (shape.length === 1 ? 'feature' : shape.length === 2 ? 'channel' : 'all');
  const padding = shape.length === 2 && shape[1] > 1;
  const columns = columnsOf(shape, chosen);
  const [sums, counts, squares] = [0, 1, 2].map(() => new Float64Array(columns));
  const least = new Float64Array(columns).fill(Infinity);
  const most = new Float64Array(columns).fill(-Infinity);
  eachNumber(block, padding, (at) => {
    const column = at % columns;
    sums[column] += values[at];
    counts[column]++;
    least[column] = Math.min(least[column], values[at]);
    most[column] = Math.max(most[column], values[at]);
  });
  const mean = sums.map((sum, column) => (counts[column] > 0 ? sum / counts[column] : 0));
  eachNumber(block, padding, (at) => {
    squares[at % columns] += (values[at] - mean[at % columns]) ** 2;
  });
  const sd = squares.map((sum, column) =>
    most[column] > least[column] ? Math.sqrt(sum / counts[column]) : 0,
  );
  return { step: 'standardize', per: chosen, mean: Array.from(mean), sd: Array.from(sd), padding };
}

/** Returns the numbers of a block as the step makes them; padding stays 0. */
export function standardizedBlock({ per, mean, sd, padding }: BlockStep, block: FeatureBlock): Float32Array {
  const columns = columnsOf(block.shape, per);
  const made = new Float32Array(block.values.length);
  eachNumber(block, padding, (at) => {
    const column = at % columns;
    if (sd[column] > 0) made[at] = (block.values[at] - mean[column]) / sd[column];
  });
  return made;
}
