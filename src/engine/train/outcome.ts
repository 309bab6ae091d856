import { predictedClass } from './judge-row';
import type { Outcome, ResidualByColumn, TrainingData } from './types';

/** Classes of a confusion matrix, and columns that errors are told by, at most. */
const MOST_CLASSES = 50;
const MOST_COLUMNS = 256;
/** Parts of equal size that a column is cut into. */
const PARTS = 10;
/** Fewer examples show no course over ten parts. */
const FEWEST = 50;

function confusionOf(
  { labels }: TrainingData,
  rows: Int32Array,
  outputs: Float32Array,
  units: number,
): readonly (readonly number[])[] | null {
  const classes = Math.max(2, units);
  if (classes > MOST_CLASSES) return null;
  const counts = Array.from({ length: classes }, () => new Array<number>(classes).fill(0));
  rows.forEach((row, i) => counts[labels[row]][predictedClass(outputs, i, units)]++);
  return counts;
}

/** Mean over the units of the standard deviation over the rows. */
function spreadOf(rows: number, units: number, at: (i: number, u: number) => number): number {
  let total = 0;
  for (let u = 0; u < units; u++) {
    let [sum, squares] = [0, 0];
    for (let i = 0; i < rows; i++) sum += at(i, u);
    for (let i = 0; i < rows; i++) squares += (at(i, u) - sum / rows) ** 2;
    total += Math.sqrt(squares / rows);
  }
  return total / units;
}

/** Part of each row by a column: tenths by rank, equal values in the part of the first of them. */
function partsBy(values: Float64Array): Uint8Array {
  const order = Int32Array.from(values.keys()).sort((a, b) => values[a] - values[b]);
  const parts = new Uint8Array(values.length);
  order.forEach((row, rank) => {
    const tied = rank > 0 && values[row] === values[order[rank - 1]];
    parts[row] = tied ? parts[order[rank - 1]] : Math.floor((rank * PARTS) / values.length);
  });
  return parts;
}

function residualOf(
  { inputs, targets, n }: TrainingData,
  rows: Int32Array,
  outputs: Float32Array,
  units: number,
): ResidualByColumn | null {
  const size = inputs.length / n;
  if (size > MOST_COLUMNS || rows.length < FEWEST) return null;
  const count = rows.length;
  const errors = Float64Array.from({ length: count * units }, (_, e) => {
    const i = Math.floor(e / units);
    return targets[rows[i] * units + (e % units)] - outputs[e];
  });
  let best: ResidualByColumn | null = null;
  for (let column = 0; column < size; column++) {
    const parts = partsBy(Float64Array.from(rows, (row) => inputs[row * size + column]));
    let [between, total, used] = [0, 0, 0];
    for (let u = 0; u < units; u++) {
      const [sums, counts] = [new Float64Array(PARTS), new Float64Array(PARTS)];
      let [all, squares] = [0, 0];
      for (let i = 0; i < count; i++) {
        const error = errors[i * units + u];
        sums[parts[i]] += error;
        counts[parts[i]]++;
        all += error;
        squares += error * error;
      }
      const own = squares - (all * all) / count;
      total += own;
      used = counts.reduce((sum, one) => sum + Number(one > 0), 0);
      let explained = -(all * all) / count;
      sums.forEach((sum, p) => (explained += counts[p] > 0 ? (sum * sum) / counts[p] : 0));
      // ω²: what as many parts of pure chance would explain is taken away.
      between += explained - ((used - 1) * (own - explained)) / Math.max(1, count - used);
    }
    const share = total > 0 ? between / total : 0;
    if (share > (best?.share ?? -Infinity)) best = { column, share };
  }
  return best;
}

/**
 * Returns what a model says of some rows.
 *
 * @param outputs flat, rows×U
 */
export function outcomeOf(
  data: TrainingData,
  rows: Int32Array,
  outputs: Float32Array,
  units: number,
): Outcome {
  let [min, max] = [Infinity, -Infinity];
  for (const value of outputs) {
    if (value < min) min = value;
    if (value > max) max = value;
  }
  return {
    n: rows.length,
    confusion: data.task === 'classification' ? confusionOf(data, rows, outputs, units) : null,
    spread: spreadOf(rows.length, units, (i, u) => outputs[i * units + u]),
    targetSpread: spreadOf(rows.length, units, (i, u) => data.targets[rows[i] * units + u]),
    range: [min, max],
    residual: data.table ? residualOf(data, rows, outputs, units) : null,
  };
}
