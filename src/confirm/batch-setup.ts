import { InputError } from '../core/input-error';
import { needsPreparing } from '../data/needs-preparing';
import { prepareFor } from '../data/prepare/prepare';
import type { Dataset } from '../data/types';
import { permutation, random } from '../core/random';
import type { BatchSetup } from './batch-arm';
import type { LiveRun } from './live-run';

/** What may differ from the run. */
export interface BatchOptions {
  /** Examples in the batch; defaults to 16, at most all of them. */
  readonly batchSize?: number;
  /** Optimizer steps; defaults to 200. */
  readonly steps?: number;
  /** Defaults to the run's own. */
  readonly learningRate?: number;
  /** Defaults to the run's own. */
  readonly seed?: number;
  readonly signal?: AbortSignal;
}

/** The same rows for the same seed. */
export function chooseBatch(n: number, size: number, seed: number): readonly number[] {
  return Array.from(permutation(n, random(seed).fork('one batch')).subarray(0, Math.min(n, size)));
}

/** Returns the features of raw columns as the run made them, or as its own numbers make them. */
const prepared = (fn: string, data: Dataset, run: LiveRun): Dataset =>
  needsPreparing(data) ? (run.log.preparation ?? prepareFor(fn, data, {})).apply(data) : data;

/**
 * Returns what training one batch of a run needs: its data, a seeded batch, its optimizer and loss.
 *
 * @param data examples to take the batch from; the run's training examples when undefined
 * @throws InputError `missing` when the run has no training data or no function that builds its model
 */
export function batchSetupOf(
  fn: string,
  run: LiveRun,
  data: Dataset | undefined,
  options: BatchOptions,
): BatchSetup {
  const { log, build, options: fitted } = run;
  const train = data ?? run.train;
  if (!train) {
    throw new InputError({
      code: 'missing',
      fn,
      param: 'run.train',
      expected: 'be the data the run was trained on',
    });
  }
  if (typeof build !== 'function') {
    throw new InputError({
      code: 'missing',
      fn,
      param: 'run.build',
      expected: 'be a function that builds the model anew, since the experiment starts from fresh weights',
      received: build,
      mend: 'Give fit the function instead of a finished model.',
    });
  }
  const seed = options.seed ?? log.seed ?? 0;
  const { optimizer, loss } = { ...log.config, ...(fitted as { optimizer?: unknown; loss?: unknown }) };
  return {
    build,
    data: prepared(fn, train, run),
    batch: chooseBatch(train.n, options.batchSize ?? 16, seed),
    steps: options.steps ?? 200,
    learningRate: options.learningRate ?? log.config.learningRate,
    optimizer,
    loss,
    seed,
    signal: options.signal,
  };
}
