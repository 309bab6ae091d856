import type { LayersModel } from '@tensorflow/tfjs';
import { asResult } from '../core/showable';
import type { Dataset } from '../data/types';
import type { BuildModel } from './build-model';
import type { FitOptions } from './fit-options';
import type { RunLog } from './types';

/** A training that took place in this process: its log as data, and the live things beside it. */
export interface Run {
  readonly kind: 'run';
  readonly log: RunLog;
  readonly model: LayersModel;
  readonly train: Dataset;
  readonly validation: Dataset | null;
  /** The function that builds the model, or the model that was given. */
  readonly build: BuildModel | LayersModel;
  readonly options: FitOptions;
  /** Frees the model's memory, if `fit` built it. The log stays. */
  dispose(): void;
}

/** Returns a run that shows itself; JSON of it holds the log alone. */
export function makeRun(log: RunLog, live: Omit<Run, 'kind' | 'log' | 'dispose'>, built: boolean): Run {
  let disposed = false;
  const dispose = (): void => {
    if (built && !disposed) live.model.dispose();
    disposed = true;
  };
  const dispose2 = (Symbol as { dispose?: symbol }).dispose;
  const run = asResult({ kind: 'run' as const, log }, { ...live, dispose });
  if (dispose2 === undefined) return run;
  const withSymbol = Object.create(
    Object.getPrototypeOf(run) as object,
    Object.getOwnPropertyDescriptors(run),
  ) as Run;
  Object.defineProperty(withSymbol, dispose2, { value: dispose, enumerable: false });
  return Object.freeze(withSymbol);
}

/** The log of a run, or the log itself. */
export function runLogOf(subject: Run | RunLog): RunLog {
  return subject.kind === 'run' ? subject.log : subject;
}
