import { anySignal } from '../core/any-signal';
import { currentHost } from '../core/host';
import { InputError } from '../core/input-error';
import { startProgress } from '../core/progress';
import { asResult } from '../core/showable';
import { collectWarnings, type Warnings } from '../core/warning';
import { sliceableColumns } from '../data/sliceable-columns';
import { foldRows } from '../data/fold-rows';
import { countLabels, labelWidth } from '../data/label-rows';
import { selectRows } from '../data/select-rows';
import { takeExamples } from '../data/take-examples';
import { takeLabels } from '../data/label-rows';
import type { Dataset } from '../data/types';
import { threadRunner } from '../engine/sweep/thread-runner';
import { breather } from '../engine/train/breathe';
import { completePredictions } from '../metrics/complete-predictions';
import type { Predictions } from '../metrics/types';
import { climb } from './baselines/climb';
import { makeInputs, sizesOf } from './baselines/inputs';
import { rungsFor } from './baselines/options';
import type { BuildModel } from './build-model';
import {
  FN,
  planFolds,
  type CrossValidateBaselineOptions,
  type CrossValidateOptions,
  type PlannedFolds,
} from './cross-validate-options';
import { runSweep } from './sweep';
import { planSweep } from './sweep-options';

/** What a fold is called, in logs and messages. */
const nameOf = (fold: number, folds: number): string => `fold ${fold + 1} of ${folds}`;

/** The rows that are held out and those that are not. */
interface Fold {
  readonly rows: readonly number[];
  readonly train: Dataset;
  readonly heldOut: Dataset;
}

function makeFolds(data: Dataset, { folds, seed, groupOf }: PlannedFolds): readonly Fold[] {
  const parts = foldRows(data, folds, seed, groupOf);
  const foldOf = new Int32Array(data.n);
  parts.forEach((rows, f) => rows.forEach((row) => (foldOf[row] = f)));
  return parts.map((rows, f) => {
    const others = Array.from(foldOf.keys()).filter((row) => foldOf[row] !== f);
    return { rows, train: takeExamples(data, others), heldOut: takeExamples(data, rows) };
  });
}

/** Says which classes are not in every part to learn from. */
function warnOfRare(data: Dataset, folds: number, warnings: Warnings): void {
  if (data.task === 'regression') return;
  const rare = data.classes.filter((_, k) => {
    const count = countLabels(data)[k];
    return count > 0 && count < folds;
  });
  if (rare.length === 0) return;
  const shown = rare.slice(0, 5).join(', ') + (rare.length > 5 ? ', …' : '');
  const message = `${rare.length} of ${data.classes.length} classes have fewer examples than there are folds (${shown}); the models hardly know them.`;
  warnings.add('rare-classes', message, rare.length);
}

/** What was said of the held-out rows of each fold, put together in the order of the data. */
function joined(
  data: Dataset,
  parts: readonly { readonly fold: Fold; readonly said: Predictions }[],
  name: string,
  warnings: Warnings,
): Predictions {
  const width = labelWidth(data);
  const k = data.classes.length;
  const place = new Int32Array(data.n).fill(-1);
  const done = parts.flatMap(({ fold }) => fold.rows).sort((a, b) => a - b);
  done.forEach((row, at) => (place[row] = at));
  const n = done.length;
  const values = data.task === 'regression';
  const predicted = values ? new Float64Array(n) : new Int32Array(n * width);
  const known = !values && parts.every(({ said }) => said.probabilities !== null);
  const probabilities = known ? new Float32Array(n * k) : null;
  for (const { fold, said } of parts) {
    for (const { code, message, count } of said.warnings) {
      // Metrics over all rows say this again where it holds.
      if (code !== 'absent-labels') warnings.add(code, message, count);
    }
    fold.rows.forEach((row, i) => {
      for (let j = 0; j < width; j++) predicted[place[row] * width + j] = said.predicted[i * width + j];
      if (probabilities)
        for (let j = 0; j < k; j++) probabilities[place[row] * k + j] = said.probabilities![i * k + j];
    });
  }
  const label = takeLabels(data, done);
  const ids = done.map((row) => data.ids[row]);
  const metadata = selectRows(sliceableColumns(data), done);
  const parted = {
    name,
    task: data.task,
    classes: data.classes,
    ids,
    label,
    predicted,
    probabilities,
    metadata,
  };
  return asResult({ ...completePredictions(parted, warnings), outOfSample: true });
}

/** Trains one model a fold, as a sweep. */
async function byModel(
  build: BuildModel,
  data: Dataset,
  folds: readonly Fold[],
  options: CrossValidateOptions,
  warnings: Warnings,
): Promise<{ fold: Fold; said: Predictions }[]> {
  const { seed = 0 } = options;
  const own = ['folds', 'seed', 'groupBy', 'name'];
  const training = Object.fromEntries(Object.entries(options).filter(([key]) => !own.includes(key)));
  const names = folds.map((_, f) => nameOf(f, folds.length));
  const planned = planSweep(build, data, {
    ...training,
    seeds: [seed],
    configurations: folds.map(({ train, heldOut }, f) => ({ name: names[f], train, validation: heldOut })),
  });
  const swept = await runSweep(planned, data, threadRunner());
  for (const { code, message, count } of swept.warnings) warnings.add(code, message, count);
  const done = swept.runs.filter(({ log }) => log === null || log.stopped !== 'aborted');
  const failed = done.find(({ failure }) => failure !== null);
  if (failed) throw new Error(`${FN}: ${failed.configuration} failed: ${failed.failure}`);
  return done.flatMap(({ configuration, predictions }) =>
    predictions ? [{ fold: folds[names.indexOf(configuration)], said: predictions }] : [],
  );
}

/** Trains one of the usual models on each fold. */
async function byBaseline(
  data: Dataset,
  folds: readonly Fold[],
  options: CrossValidateBaselineOptions,
  warnings: Warnings,
): Promise<{ fold: Fold; said: Predictions }[]> {
  const { seed = 0, prepare, live = true, onProgress } = options;
  const { model = data.task === 'regression' ? 'ridge regression' : 'logistic regression' } = options;
  const { signal, release } = anySignal([options.signal, currentHost()?.interruptSignal()]);
  const breathe = breather();
  const pause = async (): Promise<boolean> => {
    await breathe();
    return signal.aborted;
  };
  const label = `cross-validating by ${model}`;
  const progress = startProgress({ label, total: folds.length, unit: 'fold', quiet: !live }, onProgress);
  const parts: { fold: Fold; said: Predictions }[] = [];
  try {
    for (const fold of folds) {
      if (await pause()) break;
      const inputs = makeInputs(FN, fold.train, fold.heldOut, prepare);
      const [rung] = rungsFor(FN, data.task, inputs.kind, [model]);
      const job = { sizes: sizesOf(inputs, 1), seeds: [seed], seconds: Infinity, signal, pause };
      const climbed = await climb(FN, rung, inputs, fold.train.n, job);
      if (!climbed) break;
      if (climbed.warning) warnings.add(`degraded ${model}`, climbed.warning);
      parts.push({ fold, said: climbed.predictions });
      progress.update(parts.length);
    }
    return parts;
  } finally {
    progress.end(parts.length);
    release();
  }
}

/**
 * Returns predictions for every example of a data set by a model that has not seen it: the examples are dealt to folds, and for
 * each fold a model is trained on the others. What label errors are to be found with (`labelIssues`), difficulty measured, or a
 * small data set judged whole. The metrics are those of models trained on (folds − 1) / folds of the data.
 *
 * Folds keep the share of each class or label. Features are prepared for each fold from the examples that are not held out; data
 * that were prepared before keep what was measured on all of them. The models of the folds train on all cores. Epochs and other
 * settings are not chosen by the held-out examples.
 *
 * Without a model of one's own, `crossValidate(dataset)` takes one of the usual ones.
 *
 * @param build a function that returns a new tfjs-layers model; may be left out
 * @param dataset N examples
 * @returns predictions in the order of the data set, `outOfSample`; when stopped early those of the folds that were done
 * @throws InputError naming what cannot be used; Error where the training of a fold failed
 * @example
 * const said = await crossValidate(datasets.iris(), { folds: 3 });
 * [said.n, said.outOfSample] // => [150, true]
 * labelIssues(said).issues.length < 15 // => true
 */
export async function crossValidate(
  build: BuildModel,
  dataset: Dataset,
  options?: CrossValidateOptions,
): Promise<Predictions>;
export async function crossValidate(
  dataset: Dataset,
  options?: CrossValidateBaselineOptions,
): Promise<Predictions>;
export async function crossValidate(
  ...given:
    | [build: BuildModel, dataset: Dataset, options?: CrossValidateOptions]
    | [dataset: Dataset, options?: CrossValidateBaselineOptions]
): Promise<Predictions> {
  const own = typeof given[0] === 'function';
  const [build, data, options = {}] = own
    ? (given as [BuildModel, Dataset, CrossValidateOptions?])
    : [null, ...(given as [Dataset, CrossValidateBaselineOptions?])];
  const planned = planFolds(data, options, own);
  const warnings = collectWarnings();
  warnOfRare(data, planned.folds, warnings);
  const folds = makeFolds(data, planned);
  const parts = build
    ? await byModel(build, data, folds, options as CrossValidateOptions, warnings)
    : await byBaseline(data, folds, options as CrossValidateBaselineOptions, warnings);
  if (parts.length === 0) {
    throw new InputError({
      code: 'empty',
      fn: FN,
      param: 'signal',
      expected: 'leave time for one fold at least; none was done when it was stopped',
    });
  }
  if (parts.length < folds.length) {
    const message = `Stopped after ${parts.length} of ${folds.length} folds; the examples of the others are left out.`;
    warnings.add('stopped', message, folds.length - parts.length);
  }
  return joined(data, parts, options.name ?? data.name, warnings);
}
