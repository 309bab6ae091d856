import { InputError } from '../../core/input-error';
import { anything, checkOptions, integer, numberIn, oneOf } from '../../core/options';
import { permutation, random } from '../../core/random';
import { asResult } from '../../core/showable';
import { collectWarnings } from '../../core/warning';
import { checkPredictions } from '../../metrics/check-predictions';
import type { Predictions } from '../../metrics/types';
import { benjaminiHochberg } from '../../stats/benjamini-hochberg';
import { fisherExact } from '../../stats/fisher-exact';
import { clusterSpace } from './cluster-space';
import { describeMembers } from './describe';
import { errorAwareMixture, partOfEach, type Mixture, type MixtureData } from './mixture';
import { alongAxes, principalAxes } from './principal-axes';
import type {
  ClusterFeatures,
  ClusterHalf,
  ClusterSlice,
  ClusterSlices,
  NearExample,
  SliceClustersOptions,
} from './types';
import { errorValues, type ErrorValues } from '../error-values';
import { errorDifference, sliceCost } from '../slice-cost';
import { sliceError, sumOf } from '../slice-errors';
import { warnUnknown } from '../warn-unknown';

const FN = 'sliceClusters';
/** Examples that the mixture is made from, and examples in the middle of a cluster that are named. */
const MOST_FITTED = 20_000;
const NEAREST = 8;

/** Quarters of the values, the worst last. */
function quarters(values: Float64Array, rows: readonly number[]): Int32Array {
  const sorted = Float64Array.from(rows, (row) => values[row]).sort();
  const cuts = [0.25, 0.5, 0.75].map((share) => sorted[Math.floor(share * sorted.length)]);
  return Int32Array.from(rows, (row) => cuts.filter((cut) => values[row] > cut).length);
}

/** What is put together: places, and label and prediction, or how wrong where there are no classes. */
function mixtureData(
  predictions: Predictions,
  errors: ErrorValues,
  rows: readonly number[],
  points: Float64Array,
  q: number,
): MixtureData {
  const { task, classes, label, predicted } = predictions;
  const own = new Float64Array(rows.length * q);
  rows.forEach((row, i) => own.set(points.subarray(row * q, (row + 1) * q), i * q));
  const band = errors.counted
    ? Int32Array.from(rows, (row) => errors.values[row])
    : quarters(errors.values, rows);
  const size = classes.length + 1;
  const codesOf = (codes: ArrayLike<number>): Int32Array =>
    Int32Array.from(rows, (row) => (codes[row] < 0 ? size - 1 : codes[row]));
  const categories =
    task === 'classification' && errors.counted
      ? [label, predicted].map((codes) => ({ codes: codesOf(codes), size }))
      : [{ codes: band, size: 4 }];
  const worst = errors.counted ? 1 : 3;
  return {
    points: own,
    n: rows.length,
    q,
    categories,
    bad: Uint8Array.from(band, (code) => Number(code === worst)),
  };
}

/** Members nearest to the mean, in standard deviations of the cluster. */
function nearestOf(
  { q, means, variances }: Mixture,
  component: number,
  points: Float64Array,
  rows: readonly number[],
  ids: readonly string[],
): readonly NearExample[] {
  const far = rows.map((row) => {
    let sum = 0;
    for (let j = 0, at = component * q; j < q; j++)
      sum += (points[row * q + j] - means[at + j]) ** 2 / variances[at + j];
    return { index: row, id: ids[row], distance: Math.sqrt(sum) };
  });
  return far.sort((x, y) => x.distance - y.distance || x.index - y.index).slice(0, NEAREST);
}

/** That the cluster is no worse than the rest: one-sided. */
function pValueOf(
  errors: ErrorValues,
  slice: readonly number[],
  rest: readonly number[],
  level: number,
): number {
  if (errors.counted) {
    const [hits, others] = [sumOf(errors.values, slice), sumOf(errors.values, rest)];
    return fisherExact(hits, slice.length, hits + others, slice.length + rest.length);
  }
  const { difference, pValue } = errorDifference(errors, slice, rest, level);
  return difference > 0 ? pValue / 2 : 1 - pValue / 2;
}

/** See `sliceClusters`. */
export function clustersOf(predictions: Predictions, options: SliceClustersOptions): ClusterSlices {
  checkPredictions(FN, predictions);
  const {
    slices: wanted = 5,
    components: parts = 25,
    dimensions = 128,
    weight = 10,
    smallest: least,
    measure = 'error',
    falseDiscoveries = 0.05,
    level = 0.95,
    seed = 0,
  } = checkOptions(FN, options, {
    features: anything,
    slices: integer(1, 100),
    components: integer(2, 500),
    dimensions: integer(1, 1000),
    weight: numberIn(0, 1000),
    smallest: integer(2),
    measure: oneOf(['error', 'loss']),
    falseDiscoveries: numberIn(0, 1, { open: true }),
    level: numberIn(0, 1, { open: true }),
    seed: integer(0),
  });
  const space = clusterSpace(FN, options.features, predictions);
  const errors = errorValues(FN, predictions, measure);
  const warnings = collectWarnings();
  const known = Array.from(errors.values.keys()).filter((i) => !Number.isNaN(errors.values[i]));
  warnUnknown(warnings, 'error', predictions.n - known.length, predictions.n);
  if (known.length < 40) {
    throw new InputError({
      code: 'empty',
      fn: FN,
      param: 'predictions',
      expected: `have at least 40 examples, to search on one half and judge on the other; these have ${known.length}`,
    });
  }
  const stream = random(seed);
  const order = permutation(known.length, stream.fork('halves'));
  const half = (from: number, to: number): number[] =>
    Array.from(order.slice(from, to).sort(), (place) => known[place]);
  const cut = Math.ceil(known.length / 2);
  const [discovery, heldOut] = [half(0, cut), half(cut, known.length)];
  const fitted = discovery.length <= MOST_FITTED ? discovery : Array.from(permutation(discovery.length, stream.fork('sample')).slice(0, MOST_FITTED).sort(), (place) => discovery[place]); // prettier-ignore
  if (fitted.length < discovery.length) {
    warnings.add(
      'sampled',
      `The mixture was made on a random ${fitted.length} of the ${discovery.length} examples of its half (seed ${seed}).`,
    );
  }
  const axes = principalAxes(space.values, space.d, fitted, dimensions, seed);
  const points = alongAxes(axes, space.values);
  const count = Math.min(parts, Math.max(2, Math.floor(fitted.length / 10)));
  const mixture = errorAwareMixture(
    mixtureData(predictions, errors, fitted, points, axes.q),
    count,
    weight,
    stream.fork('mixture'),
  );
  if (!mixture.converged) {
    warnings.add(
      'not-converged',
      `The mixture has not settled after ${mixture.iterations} iterations; another seed may cut the clusters otherwise.`,
    );
  }
  const partOf = partOfEach(mixture, points);
  const smallest = least ?? Math.max(20, Math.ceil(heldOut.length / 100));
  const halfOf = (rows: readonly number[]): ClusterHalf => ({
    n: rows.length,
    ...sliceError(errors, rows, level),
  });
  const whole = { discovery: halfOf(discovery), heldOut: halfOf(heldOut) };
  const inPart = (rows: readonly number[], component: number): number[] =>
    rows.filter((row) => partOf[row] === component);
  const candidates = Array.from({ length: count }, (_, component) => {
    const searched = inPart(discovery, component);
    const judged = inPart(heldOut, component);
    return { component, searched, judged, discovered: halfOf(searched) };
  })
    .filter(
      ({ searched, judged, discovered }) =>
        searched.length >= smallest && judged.length >= smallest && discovered.error > whole.discovery.error,
    )
    .sort((x, y) => y.discovered.interval[0] - x.discovered.interval[0] || x.component - y.component)
    .slice(0, wanted);
  const rest = candidates.map(({ component }) => heldOut.filter((row) => partOf[row] !== component));
  const p = candidates.map(({ judged }, c) => pValueOf(errors, judged, rest[c], level));
  const adjusted = benjaminiHochberg(p);
  const assign = (features: ClusterFeatures): Int32Array =>
    partOfEach(mixture, alongAxes(axes, space.of(features)));
  const all = candidates
    .map(({ component, judged, discovered }, c): ClusterSlice => {
      const indices = inPart(known, component);
      const member = Uint8Array.from(partOf, (part) => Number(part === component));
      return asResult(
        {
          kind: 'cluster-slice' as const,
          component,
          metric: errors.metric,
          n: indices.length,
          discovered,
          heldOut: { ...halfOf(judged), ...sliceCost(errors, judged, rest[c], level) },
          overall: whole.heldOut.error,
          level,
          pValue: p[c],
          adjusted: adjusted[c],
          confirmed: adjusted[c] <= falseDiscoveries,
          nearest: nearestOf(mixture, component, points, indices, predictions.ids),
          descriptions: describeMembers(predictions, member, level),
          indices,
        },
        {
          fit: (features: ClusterFeatures): readonly number[] => {
            const parts = assign(features);
            return Array.from(parts.keys()).filter((row) => parts[row] === component);
          },
        },
      );
    })
    .sort((x, y) => y.heldOut.interval[0] - x.heldOut.interval[0] || x.component - y.component);
  return asResult(
    {
      kind: 'cluster-slices' as const,
      name: predictions.name,
      metric: errors.metric,
      n: known.length,
      level,
      ...whole,
      slices: all.filter(({ confirmed }) => confirmed),
      rejected: all.filter(({ confirmed }) => !confirmed),
      falseDiscoveries,
      components: count,
      dimensions: axes.q,
      explained: axes.explained,
      weight,
      smallest,
      fittedOn: fitted.length,
      iterations: mixture.iterations,
      converged: mixture.converged,
      seed,
      warnings: warnings.list(),
    },
    { assign },
  );
}
