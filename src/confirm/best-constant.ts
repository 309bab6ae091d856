import { countLabels, takeLabels } from '../data/label-rows';
import { mean } from '../stats/mean';
import type { BatchSetup } from './batch-arm';

type Batch = Pick<BatchSetup, 'data' | 'batch' | 'loss'>;

/** −p ln p, with 0 ln 0 = 0. */
const entropy = (share: number): number => (share > 0 ? -share * Math.log(share) : 0);

/** Least mean loss of one answer for all of some values. */
function ofValues(values: readonly number[], loss: unknown): number {
  if (loss === 'meanAbsoluteError') {
    const median = [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
    return mean(values.map((value) => Math.abs(value - median)));
  }
  const centre = mean(values);
  return mean(values.map((value) => (value - centre) ** 2));
}

/** Least mean loss of one answer for all, where these shares have each class or label. */
function ofShares(shares: readonly number[], loss: unknown): number {
  switch (loss) {
    case 'meanSquaredError':
      return mean(shares.map((share) => share * (1 - share)));
    case 'meanAbsoluteError':
      return mean(shares.map((share) => Math.min(share, 1 - share)));
    case 'binaryCrossentropy':
      return mean(shares.map((share) => entropy(share) + entropy(1 - share)));
    default:
      return shares.reduce((sum, share) => sum + entropy(share), 0);
  }
}

function bestConstant({ data, loss }: Batch, rows: readonly number[]): number {
  const labels = takeLabels(data, rows);
  if (data.task === 'regression') return ofValues(Array.from(labels), loss);
  const shares = countLabels({ ...data, labels }).map((count) => count / rows.length);
  return ofShares(shares, data.task === 'multi-label' ? (loss ?? 'binaryCrossentropy') : loss);
}

/** Loss of a predictor that knows the labels of the batch but not the inputs. */
export function guessOnBatch(setup: Batch): number {
  return bestConstant(setup, setup.batch);
}

/** The least loss that any model can reach on the batch, and how many examples keep it above zero. */
export interface BatchFloor {
  readonly loss: number;
  /** Examples whose inputs equal those of another one with a different label. */
  readonly conflicting: number;
}

/** Returns the floor of a batch: equal inputs can have only one answer, whatever their labels. */
export function floorOnBatch(setup: Batch): BatchFloor {
  const { data, batch } = setup;
  const { values, shape } = data.features;
  const size = shape.reduce((product, side) => product * side, 1);
  const groups = new Map<string, number[]>();
  for (const row of batch) {
    const key = values.slice(row * size, (row + 1) * size).join();
    groups.set(key, [...(groups.get(key) ?? []), row]);
  }
  let [sum, conflicting] = [0, 0];
  for (const rows of groups.values()) {
    const labels = new Set(rows.map((row) => takeLabels(data, [row]).join()));
    if (labels.size === 1) continue;
    conflicting += rows.length;
    sum += rows.length * bestConstant(setup, rows);
  }
  return { loss: sum / batch.length, conflicting };
}
