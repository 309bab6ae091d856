import type { Warning } from '../core/warning';
import type { Run } from './run';
import type { Spread } from './sweep-types';
import type { RunLog } from './types';

/** Loss and metrics over the seeds. */
export interface SpreadScores {
  readonly loss: Spread;
  readonly metrics: Readonly<Record<string, Spread>>;
}

/** How far the seeds have come, and how far apart, at one moment. */
export interface RunsMoment {
  /** From 1. */
  readonly epoch: number;
  readonly train: SpreadScores;
  /** Null without validation data. */
  readonly validation: SpreadScores | null;
}

/** A seed that gave no log. */
export interface FailedSeed {
  readonly seed: number;
  readonly message: string;
}

/** Trainings that differ in nothing but their seeds, and how their scores spread. */
export interface Runs {
  readonly kind: 'runs';
  readonly name: string;
  /** Of the logs, in their order. */
  readonly seeds: readonly number[];
  /** As `fit` writes it for each seed alone. */
  readonly logs: readonly RunLog[];
  /** Each seed at its own last epoch. */
  readonly summary: Omit<RunsMoment, 'epoch'>;
  /** Each epoch that at least half of the seeds have. */
  readonly epochs: readonly RunsMoment[];
  readonly failed: readonly FailedSeed[];
  readonly workers: number;
  readonly stopped: 'completed' | 'aborted';
  readonly seconds: number;
  readonly warnings: readonly Warning[];
  /** The live runs, model and data beside each log. Not part of the JSON. */
  readonly runs: readonly Run[];
  /** Frees the memory of all models. The logs stay. */
  dispose(): void;
}
