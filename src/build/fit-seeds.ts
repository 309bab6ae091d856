import { check, fn, integer } from '../core/options';
import { InputError } from '../core/input-error';
import { asResult } from '../core/showable';
import { collectWarnings } from '../core/warning';
import type { Dataset } from '../data/types';
import { threadRunner } from '../engine/sweep/thread-runner';
import type { BuildModel } from './build-model';
import { checkFit, type FitOptions, type FitSeedsOptions } from './fit-options';
import { prepareSets, type PreparedSets } from './prepare-sets';
import { makeRun, type Run } from './run';
import { summarizeSeeds } from './runs-summary';
import type { Runs } from './runs-types';
import { seedsOf } from './seeds-of';
import { runSweep } from './sweep';
import type { PlannedSweep } from './sweep-options';
import type { SweepRun } from './sweep-types';
import { watchSeeds } from './watch-seeds';

const FN = 'fit';

function checkSeeds(build: BuildModel, options: FitSeedsOptions): void {
  if ((options as FitOptions).seed !== undefined) {
    throw new InputError({
      code: 'unsupported',
      fn: FN,
      param: 'seed',
      expected: 'be left out beside "seeds"',
      mend: 'List the seeds: { seeds: [3, 4, 5] }.',
    });
  }
  check(
    FN,
    'build',
    build,
    { ...fn, expected: 'be a function that builds the model, for each seed anew' },
    'Weights of its own would be the same for every seed.',
  );
  if (options.workers !== undefined) check(FN, 'workers', options.workers, integer(1));
}

/** Makes a live run of each trained one; when one cannot be made, the models of the others are freed. */
async function liveRuns(
  trained: readonly SweepRun[],
  parts: { readonly build: BuildModel; readonly sets: PreparedSets; readonly options: FitOptions },
): Promise<Run[]> {
  const { build, sets, options } = parts;
  const { train, validation = null } = sets;
  const runs: Run[] = [];
  try {
    for (const { log, seed, model } of trained) {
      const live = { model: await model(), train, validation, build };
      runs.push(makeRun(log!, { ...live, options: { ...options, seed } }, true));
    }
    return runs;
  } catch (error) {
    runs.forEach((run) => run.dispose());
    throw error;
  }
}

/** Trains a model once for each seed; see {@link fit}. */
export async function fitSeeds(build: BuildModel, train: Dataset, given: FitSeedsOptions): Promise<Runs> {
  const { seeds: wanted, workers, ...options } = given;
  checkSeeds(build, given);
  checkFit(build, train, options);
  const seeds = seedsOf(FN, wanted);
  const { name = train.name, signal, onProgress, live = true, prepare, ...training } = options;
  const sets = prepareSets(FN, train, options.validation, prepare);
  const runOptions: FitOptions = { ...training, name, validation: sets.validation, live: false };
  const planned: PlannedSweep = {
    seeds,
    configurations: [name],
    runs: seeds.map((seed) => ({
      ...{ configuration: name, seed, build, train: sets.train, subset: null },
      options: { ...runOptions, seed },
    })),
    ...{ workers, signal, onProgress },
  };
  const done = await runSweep(planned, sets.train, threadRunner(), watchSeeds(name, seeds.length, live));
  const trained = done.runs.filter(({ log }) => log !== null);
  const failed = done.runs.flatMap(({ seed, failure }) =>
    failure === null ? [] : [{ seed, message: failure }],
  );
  if (trained.length === 0 && failed.length > 0)
    throw new Error(`fit: no seed could be trained: ${failed[0].message}`);
  const warnings = collectWarnings();
  for (const { code, message, count } of done.warnings) warnings.add(code, message, count);
  const logs = trained.map(({ log }) => log!);
  const runs = await liveRuns(trained, { build, sets, options });
  return asResult(
    {
      kind: 'runs' as const,
      name,
      seeds: trained.map(({ seed }) => seed),
      logs,
      ...summarizeSeeds(logs),
      failed,
      workers: done.workers,
      stopped: done.stopped,
      seconds: done.seconds,
      warnings: warnings.list(),
    },
    { runs, dispose: () => runs.forEach((run) => run.dispose()) },
  );
}
