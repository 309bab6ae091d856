import { collectWarnings, type Warning, type Warnings } from '../../core/warning';
import { epochStore } from './epoch-store';
import { layerWatch, type LayerWatch } from './layer-watch';
import { thinned } from './thinned';
import type { ActivationRecord, EpochRecord, LayerFacts, LayerRecord, NonFinite, StopReason } from './types';

/** The parts of a log that are known only as the training goes on. */
export interface GrownParts {
  readonly steps: {
    readonly stride: number;
    readonly loss: readonly number[];
    readonly min?: readonly number[];
    readonly max?: readonly number[];
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
  /** Epochs that have ended; their records may be fewer. */
  readonly ended: number;
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
  const epochs = epochStore(layers.keep);
  let epochBegun = begun;
  let last = begun;
  let steps = 0;
  let nonFinite: NonFinite | null = null;
  return {
    layers,
    warnings,
    get ended() {
      return epochs.ended;
    },
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
      last = performance.now();
      epochs.add(record, (last - epochBegun) / 1000);
      layers.endEpoch();
    },
    parts: (stopped) => ({
      steps: {
        stride: losses.stride,
        loss: losses.points(),
        ...(losses.stride > 1 ? losses.extremes() : {}),
        learningRate: rates.points(),
      },
      epochs: [...epochs.records],
      layers: layers.records(),
      activations: layers.activations(),
      nonFinite,
      stopped,
      timing: { seconds: (last - begun) / 1000, secondsPerEpoch: [...epochs.seconds] },
      warnings: warnings.list(),
    }),
  };
}
