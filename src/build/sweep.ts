import { availableParallelism } from 'node:os';
import { anySignal } from '../core/any-signal';
import { currentHost } from '../core/host';
import { InputError } from '../core/input-error';
import { startProgress, type ProgressEvent } from '../core/progress';
import { asResult } from '../core/showable';
import { collectWarnings } from '../core/warning';
import { takeExamples } from '../data/take-examples';
import type { Dataset } from '../data/types';
import { Unplannable } from '../engine/plan/unplannable';
import type { SweepJob } from '../engine/sweep/sweep-job';
import type { SweepRunner } from '../engine/sweep/sweep-runner';
import { threadRunner } from '../engine/sweep/thread-runner';
import { metricOf } from '../engine/train/score';
import { useEngine, type Engine } from '../engine/use-engine';
import { METRICS } from '../metrics/metrics';
import type { BuildModel } from './build-model';
import type { FixedParts } from './fixed-parts';
import { fit } from './fit';
import { sweepData } from './sweep-data';
import type { PreparedRun } from './sweep-job-of';
import { planSweep, type PlannedRun, type PlannedSweep } from './sweep-options';
import { failedRun, runOfFit, runOfResult } from './sweep-run';
import { summarizeRuns } from './sweep-summary';
import type { Sweep, SweepOptions, SweepRun } from './sweep-types';
import type { EpochRecord, RunLog } from './types';

/** Looks on while runs train; they are told by their places. */
export interface SweepWatch {
  /** In the progress: "training". */
  readonly label: string;
  /** For those that listen to the progress. */
  readonly detail: unknown;
  /** A run is about to begin on a worker. */
  begins(place: number, fixed: FixedParts): void;
  /** Epochs of a run on a worker have ended. */
  records(place: number, records: readonly EpochRecord[]): void;
  /** A run on a worker has ended with a log. */
  ended(place: number, log: RunLog): void;
  /** A run trains on this thread; its log so far can be asked for. */
  runsHere(place: number, snapshot: () => RunLog): void;
}

/** What becomes of the runs, by their places. */
interface Outcome {
  readonly runs: readonly (SweepRun | undefined)[];
  /** Where a plan could not express the model: the place of the run, and why. */
  readonly unplanned: ReadonlyMap<number, Unplannable>;
}

/** Runs what can be planned, on workers. */
async function runOnWorkers(
  { runs, workers }: PlannedSweep,
  engine: Engine,
  runner: SweepRunner,
  signal: AbortSignal,
  onEpochs: (epochs: number) => void,
  watch: SweepWatch | undefined,
): Promise<Outcome> {
  const made: (SweepRun | undefined)[] = runs.map(() => undefined);
  const unplanned = new Map<number, Unplannable>();
  const prepared = new Map<string, { readonly place: number; readonly parts: Omit<PreparedRun, 'job'> }>();
  const data = sweepData();
  let firstError: unknown;

  const { sweepJobOf } = await import('./sweep-job-of');

  async function* jobs(): AsyncGenerator<SweepJob> {
    for (const [place, run] of runs.entries()) {
      try {
        const { job, ...parts } = sweepJobOf(String(place), run, engine, data);
        prepared.set(job.id, { place, parts });
        watch?.begins(place, parts.fixed);
        yield job;
      } catch (error) {
        if (error instanceof InputError) throw error;
        firstError ??= error;
        if (error instanceof Unplannable) unplanned.set(place, error);
        else made[place] = failedRun(run, 'worker', error);
      }
    }
  }

  const onRecords =
    watch && ((id: string, records: readonly EpochRecord[]) => watch.records(Number(id), records));
  for (const result of await runner.run(jobs(), { workers, signal, onEpochs, onRecords })) {
    const { place, parts } = prepared.get(result.id)!;
    const run = runOfResult(runs[place], parts, result);
    made[place] = run;
    if (run.log) watch?.ended(place, run.log);
  }
  if (prepared.size === 0 && unplanned.size === 0 && firstError) throw firstError;
  return { runs: made, unplanned };
}

/** Trains a run on the main thread. */
async function runHere(
  run: PlannedRun,
  signal: AbortSignal,
  onProgress: (event: ProgressEvent) => void,
): Promise<SweepRun> {
  const part = run.subset ? takeExamples(run.train, run.subset) : run.train;
  try {
    return await runOfFit(run, await fit(run.build, part, { ...run.options, signal, onProgress }));
  } catch (error) {
    if (error instanceof InputError) throw error;
    return failedRun(run, 'main', error);
  }
}

/**
 * Trains a model many times, with several seeds and configurations, on all cores, and returns the log of each run and how
 * the scores spread over the seeds. Each run gives the numbers that `fit` gives with the same seed and options, whatever the
 * number of workers. To compare two configurations, look whether their intervals over seeds keep apart; five seeds show
 * differences of about a standard deviation of the seeds, no smaller ones.
 *
 * The models are built in this thread, one after another; workers train their compiled steps and need none of your code. What
 * no plan can express is trained here by TensorFlow.js, one run after another, and `warnings` says which layer and why. A run
 * that fails, or whose worker ends, is told with its configuration in `runs`; the others go on.
 *
 * Raw columns are prepared once, by what is measured on all of the training examples, whatever the subset of a run.
 *
 * @param build a function that returns a new tfjs-layers model
 * @param train N examples, shared by the workers without copies
 * @returns runs by configuration, then by seed; when aborted, those that were begun
 * @throws InputError naming what cannot be used
 * @example
 * const result = await sweep(
 *   ({ tf, inputShape, units }) => tf.sequential({ layers: [tf.layers.dense({ inputShape, units, activation: 'softmax' })] }),
 *   datasets.iris(),
 *   { seeds: 3, epochs: 2, configurations: [{ name: 'slow', learningRate: 0.001 }, { name: 'fast', learningRate: 0.1 }] },
 * );
 * result.summaries.map(({ configuration, n }) => [configuration, n]) // => [['slow', 3], ['fast', 3]]
 */
export async function sweep(build: BuildModel, train: Dataset, options: SweepOptions = {}): Promise<Sweep> {
  const planned = planSweep(build, train, options);
  return runSweep(planned, train, threadRunner());
}

/** Runs a checked sweep by a runner. */
export async function runSweep(
  planned: PlannedSweep,
  train: Dataset,
  runner: SweepRunner,
  watch?: SweepWatch,
): Promise<Sweep> {
  const begun = performance.now();
  const engine = await useEngine();
  const workers = Math.min(planned.workers ?? availableParallelism(), planned.runs.length);
  const { signal, release } = anySignal([planned.signal, currentHost()?.interruptSignal()]);
  const total = planned.runs.reduce((sum, { options }) => sum + (options.epochs ?? 10), 0);
  const label = watch?.label ?? `training ${planned.runs.length} runs`;
  const work = { label, total, unit: 'epoch', detail: watch?.detail, quiet: planned.partOfMore };
  const progress = startProgress(work, planned.onProgress);
  const warnings = collectWarnings();
  let epochs = 0;
  try {
    const onEpochs = (done: number): void => progress.update((epochs = done));
    const { runs, unplanned } = await runOnWorkers(
      { ...planned, workers },
      engine,
      runner,
      signal,
      onEpochs,
      watch,
    );
    const all = [...runs];
    for (const [place, why] of unplanned) {
      const run = planned.runs[place];
      warnings.add(
        'not-planned',
        `"${run.configuration}" trains on the main thread, one run after another, by TensorFlow.js' autograd: ${why.message}.`,
      );
      if (signal.aborted) continue;
      const before = epochs;
      all[place] = await runHere(run, signal, ({ done, detail }) => {
        watch?.runsHere(place, (detail as { readonly snapshot: () => RunLog }).snapshot);
        progress.update((epochs = before + done));
      });
    }
    const finished = all.filter((run) => run !== undefined);
    const scored = planned.runs.every(({ options }) => options.validation) ? 'validation' : 'train';
    const metric = metricOf(train);
    const failed = finished.filter(({ failure }) => failure !== null);
    if (failed.length > 0) {
      const [{ configuration, seed, failure }] = failed;
      const message = `"${configuration}", seed ${seed}, failed: ${failure}`;
      warnings.add('run-failed', message, failed.length);
    }
    return asResult({
      kind: 'sweep' as const,
      name: train.name,
      metric,
      higherIsBetter: METRICS.find(({ id }) => id === metric)!.higherIsBetter,
      scored,
      seeds: planned.seeds,
      runs: finished,
      summaries: summarizeRuns(finished, planned.configurations, metric, scored),
      workers,
      stopped: signal.aborted ? ('aborted' as const) : ('completed' as const),
      seconds: (performance.now() - begun) / 1000,
      warnings: warnings.list(),
    });
  } finally {
    progress.end(epochs);
    release();
  }
}
