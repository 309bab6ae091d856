import type { ExampleDynamics, RunLog } from '../../build/types';
import type { DynamicsMeasure } from './types';

type Numbers = ArrayLike<number>;
type Measure = (row: number) => number;

/** Population standard deviation from a sum of squared distances, or of squares where an older log has those. */
function deviation(e: ExampleDynamics, sum: Numbers, squares?: Numbers, squareSum?: Numbers): Measure {
  return (row) => {
    const seen = e.seen[row];
    if (seen < 2) return NaN;
    if (squares) return Math.sqrt(squares[row] / seen);
    const mean = sum[row] / seen;
    return squareSum ? Math.sqrt(Math.max(0, squareSum[row] / seen - mean * mean)) : NaN;
  };
}

const meanOf =
  ({ seen }: ExampleDynamics, sum: Numbers): Measure =>
  (row) =>
    sum[row] / seen[row];

/**
 * The measures. Conventions: variability is the population standard deviation over the presentations, correctness a count
 * (Swayamdipta et al.); an example that was never right counts as forgotten at every presentation (Toneva et al.); the first
 * epoch of one never right is Infinity. Undefined where a log lacks what a measure needs.
 */
const MEASURES: Readonly<Record<DynamicsMeasure, (e: ExampleDynamics) => Measure | undefined>> = {
  loss: (e) => meanOf(e, e.lossSum),
  lossSpread: (e) => deviation(e, e.lossSum, e.lossSquares),
  confidence: (e) => meanOf(e, e.confidenceSum),
  variability: (e) => deviation(e, e.confidenceSum, e.confidenceSquares, e.confidenceSquareSum),
  correctness: (e) => (row) => e.correctSum[row],
  forgetting: (e) => (row) => (e.firstLearned[row] === 0 ? e.seen[row] : e.forgotten[row]),
  firstLearned: (e) => (row) => e.firstLearned[row] || Infinity,
  aum: (e) => e.marginSum && meanOf(e, e.marginSum),
  el2n: ({ errorNorm }) => errorNorm && ((row) => errorNorm[row]),
};

export const DYNAMICS_MEASURES = Object.keys(MEASURES) as readonly DynamicsMeasure[];

const OF_REGRESSION: readonly DynamicsMeasure[] = ['loss', 'lossSpread'];

/** Returns a measure of each example of a run, by its place in the training data; undefined where the log does not tell. */
export function measureOf({ examples, task }: RunLog, name: DynamicsMeasure): Float64Array | undefined {
  const measure =
    task === 'regression' && !OF_REGRESSION.includes(name) ? undefined : MEASURES[name](examples!);
  const { n, seen } = examples!;
  return measure && Float64Array.from({ length: n }, (_, row) => (seen[row] > 0 ? measure(row) : NaN));
}
