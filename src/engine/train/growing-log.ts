import { collectWarnings, type Warning, type Warnings } from '../../core/warning';
import { layerWatch, type LayerWatch } from './layer-watch';
import { thinned } from './thinned';
import type { ActivationRecord, EpochRecord, LayerFacts, LayerRecord, NonFinite, StopReason } from './types';

/** The parts of a log that are known only as the training goes on. */
export interface GrownParts {
  readonly steps: {
    readonly stride: number;
    readonly loss: readonly number[];
    readonly learningRate: readonly number[];
  };
  readonly epochs: readonly EpochRecord[];
  readonly layers: readonly LayerRecord[];
  readonly activations: readonly ActivationRecord[];
  readonly nonFinite: NonFinite | null;
  readonly stopped: StopReason;
  readonly timing: { readonly seconds: number; readonly secondsPerEpoch: readonly number[] };
  readonly warnings: readonly Warning[];
}

/** Collects what happens in a training. */
export interface GrowingLog {
  readonly layers: LayerWatch;
  readonly warnings: Warnings;
  /** Optimizer steps done. */
  readonly steps: number;
  readonly epochs: readonly EpochRecord[];
  readonly nonFinite: NonFinite | null;
  step(loss: number, learningRate: number): void;
  /** Notes that something is not a finite number; the first note stays. */
  fail(what: NonFinite['what'], epoch: number): void;
  beginEpoch(): void;
  endEpoch(record: EpochRecord): void;
  /** What there is so far; later changes do not reach it. */
  parts(stopped: StopReason): GrownParts;
}

/** Returns an empty log for the training of a model with these layers; its time begins now, or at `begun` (milliseconds). */
export function growingLog(facts: readonly LayerFacts[], begun = performance.now()): GrowingLog {
  const losses = thinned();
  const rates = thinned();
  const layers = layerWatch(facts);
  const warnings = collectWarnings();
  const epochs: EpochRecord[] = [];
  const secondsPerEpoch: number[] = [];
  let epochBegun = begun;
  let last = begun;
  let steps = 0;
  let nonFinite: NonFinite | null = null;
  return {
    layers,
    warnings,
    epochs,
    get steps() {
      return steps;
    },
    get nonFinite() {
      return nonFinite;
    },
    step(loss, learningRate) {
      steps++;
      last = performance.now();
      losses.push(loss);
      rates.push(learningRate);
    },
    fail(what, epoch) {
      nonFinite ??= { what, step: steps, epoch };
    },
    beginEpoch() {
      epochBegun = performance.now();
    },
    endEpoch(record) {
      epochs.push(record);
      last = performance.now();
      secondsPerEpoch.push((last - epochBegun) / 1000);
    },
    parts: (stopped) => ({
      steps: { stride: losses.stride, loss: losses.points(), learningRate: rates.points() },
      epochs: [...epochs],
      layers: layers.records(),
      activations: layers.activations(),
      nonFinite,
      stopped,
      timing: { seconds: (last - begun) / 1000, secondsPerEpoch: [...secondsPerEpoch] },
      warnings: warnings.list(),
    }),
  };
}
