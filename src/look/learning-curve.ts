import { availableParallelism } from 'node:os';
import type { BuildModel } from '../build/build-model';
import { describeTraining } from '../build/describe-training';
import { anySignal } from '../core/any-signal';
import { currentHost } from '../core/host';
import { InputError } from '../core/input-error';
import { startProgress } from '../core/progress';
import { permutation, random } from '../core/random';
import { collectWarnings } from '../core/warning';
import type { Dataset } from '../data/types';
import { curveFromJson, readCurve, writeCurve } from './size-curve/curve-file';
import { planCurve, trainingOptions } from './size-curve/curve-options';
import { curveParts, type CurvePart } from './size-curve/curve-parts';
import { curveResult } from './size-curve/curve-result';
import { epochsOfSize } from './size-curve/epochs-of-size';
import { runsOf } from './size-curve/known-runs';
import { ordersOf } from './size-curve/nested-order';
import { runPart } from './size-curve/run-part';
import type { LearningCurveOptions, SizeCurve } from './size-curve/types';

const FN = 'learningCurve';
/** Test examples whose errors are kept one by one. */
const MOST_ITEMS = 2000;

/** Rows of the test data whose errors are kept: the same for every call with as many. */
function keptItems(n: number): number[] {
  if (n <= MOST_ITEMS) return Array.from({ length: n }, (_, i) => i);
  return Array.from(permutation(n, random(0).fork('kept items')).subarray(0, MOST_ITEMS)).sort(
    (a, b) => a - b,
  );
}

/** The curve to go on from; refuses one of other data, model or settings. */
async function earlierCurve(
  { resume, file }: LearningCurveOptions,
  fingerprint: string,
): Promise<SizeCurve | undefined> {
  const inFile = file === undefined ? undefined : await readCurve(file);
  for (const [param, curve] of [
    ['resume', resume],
    ['file', inFile],
  ] as const) {
    if (curve === undefined || curve.fingerprint === fingerprint) continue;
    throw new InputError({
      code: 'unsupported',
      fn: FN,
      param,
      expected: 'be a curve of the same data, test data, model, metric and settings; it is of others',
      received: curve.fingerprint,
      mend: param === 'file' ? 'Name another file, or take this one away to begin anew.' : undefined,
    });
  }
  const given = resume && curveFromJson(resume);
  const count = (curve: SizeCurve | undefined): number =>
    curve?.points.reduce((sum, point) => sum + point.n, 0) ?? 0;
  return count(given) > count(inFile) ? given : inFile;
}

/**
 * Trains a model on growing parts of the data and returns its error against the number of training examples: would more
 * data help, and is the training error far below the test error (variance) or do the two meet high (bias)? `forecast` goes
 * on from it. Each seed has an order of the examples of its own, of whose beginnings, with the class shares of the whole,
 * the subsets are made, and weights of its own; the test data are the same throughout.
 *
 * By default every size takes as many optimizer steps as the full one: with equal epochs a tenth of the data gets a tenth of
 * the steps, and what looks like a lack of data is a lack of training. A model that overfits when trained long does worse at
 * small sizes then; give it the regularization it will be used with. Training to the full size's length costs about as much
 * as one run of the full size for each size and seed; runs go on all cores.
 *
 * It is not for time series or grouped examples unless `test` holds later times or other groups.
 *
 * @param build a function that returns a new tfjs-layers model
 * @param data N examples; a stratified share is set aside for testing unless `test` is a data set
 * @param options sizes; defaults to 8. repeats; defaults to 5. test; defaults to 0.25. epochs; defaults to 20
 * @returns points, smallest size first; when aborted, those of which a run has ended. Its runs are kept when it is given as
 *   `resume`, or read from `file`
 * @throws InputError naming what cannot be used; `unsupported` when `resume` or `file` is of other data or settings
 * @example
 * const linear = ({ tf, inputShape, units }) =>
 *   tf.sequential({ layers: [tf.layers.dense({ inputShape, units, activation: 'softmax' })] });
 * const curve = await learningCurve(linear, datasets.iris(), { sizes: [20, 110], repeats: 2, epochs: 2 });
 * curve.points.map(({ size, n }) => [size, n]) // => [[20, 2], [110, 2]]
 * @see Tom Viering & Marco Loog, "The shape of learning curves: a review", 2023
 */
export async function learningCurve(
  build: BuildModel,
  data: Dataset,
  options: LearningCurveOptions = {},
): Promise<SizeCurve> {
  const begun = performance.now();
  const plan = planCurve(build, data, options);
  const { train, test, sizes, seeds: asked, epochs, equal, metric } = plan;
  const described = await describeTraining(FN, build, train, test, trainingOptions(options));
  const { fingerprint: ofTraining, ...settings } = described;
  const fingerprint = `${ofTraining}-${metric.id}-${epochs}-${equal}`;
  const earlier = await earlierCurve(options, fingerprint);
  const known = runsOf(earlier);
  const items = keptItems(test.n);
  const warnings = collectWarnings();
  const facts = {
    ...{ name: data.name, plan, items, fingerprint },
    seeds: [...new Set([...(earlier?.seeds ?? []), ...asked])].sort((a, b) => a - b),
    config: { ...settings, epochs, equal, sizes, repeats: asked.length, seed: asked[0] },
  };
  const curveNow = (stopped: SizeCurve['stopped']): SizeCurve => {
    const seconds = (earlier?.seconds ?? 0) + (performance.now() - begun) / 1000;
    return curveResult(known, { ...facts, stopped, seconds, warnings: warnings.list() });
  };
  const { signal, release } = anySignal([options.signal, currentHost()?.interruptSignal()]);
  const { batchSize } = settings;
  const work = { build, plan, options, batchSize, orderOf: ordersOf(train), items, known, signal, warnings };

  const missing = (size: number): number[] => asked.filter((seed) => !known.get(size)?.bySeed.has(seed));
  const parts = curveParts(sizes, missing, options.workers ?? availableParallelism());
  const stepsOf = (part: CurvePart): number =>
    part.seeds.length *
    part.sizes.reduce(
      (sum, size) =>
        sum + epochsOfSize(size, train.n, { epochs, equal, batchSize }) * Math.ceil(size / batchSize),
      0,
    );
  const total = parts.reduce((sum, part) => sum + stepsOf(part), 0);
  const label = `training on ${sizes.length} sizes, ${asked.length} seeds each`;
  const progress = startProgress({ label, total, unit: 'step' }, options.onProgress);
  let done = 0;
  let whole = true;
  try {
    for (const part of parts) {
      if (signal.aborted) whole = false;
      if (!whole) break;
      const steps = stepsOf(part);
      whole = await runPart(part, work, (share) => progress.update(Math.round(done + share * steps)));
      if (whole) done += steps;
      if (options.file !== undefined) await writeCurve(options.file, curveNow('aborted'));
    }
    const curve = curveNow(whole ? 'completed' : 'aborted');
    if (options.file !== undefined) await writeCurve(options.file, curve);
    return curve;
  } finally {
    progress.end(done);
    release();
  }
}
