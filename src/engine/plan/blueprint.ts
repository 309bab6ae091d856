import type { FaultWords } from './context';
import type { ModuleName } from './module';
import type { OptimizerSettings } from './optimizers';
import type { Pack } from './param';

/** A variable of the model in the plan's memory; places are addresses. */
export interface PlanParam {
  readonly layer: string;
  readonly name: string;
  readonly shape: readonly number[];
  readonly trainable: boolean;
  readonly pack: Pack;
  /** Floats in memory, a multiple of 8. */
  readonly floats: number;
  readonly place: number;
  /** Its gradient in the first slice, where it is trained. */
  readonly gradient: number | null;
}

/** Programs of a step for one number of examples: for each stage, for each slice. */
export type StepWords = readonly (readonly Uint32Array[])[];

export interface StepFault extends FaultWords {
  readonly layer: string;
  readonly place: number;
}

/** A training or inference step: its programs and the addresses of what it takes and leaves. */
export interface StepBlueprint {
  /** Programs by the number of examples. A kernel is its place in `kernels` of the blueprint. */
  readonly words: ReadonlyMap<number, StepWords>;
  readonly rows: number;
  /** What kernels may find wrong in the data: see `Fault` of the context. */
  readonly faults: readonly StepFault[];
  /** Words with the addresses of the data. */
  readonly inputs: readonly number[];
  readonly targets: readonly number[];
  readonly outputs: readonly { readonly place: number; readonly floats: number }[];
  /** For each output that a loss reaches: losses of the examples, and their sum (f64) in each slice. */
  readonly losses: readonly number[];
  readonly sums: readonly number[];
}

/** Steps that a blueprint has programs for. */
export type StepKind = 'train' | 'watched' | 'infer';

/** Where a watched step leaves what it measured of a layer's output (see the kernel `activationStats`), by slice. */
export interface LayerStats {
  readonly layer: string;
  readonly sums: number;
  readonly peaks: number;
  readonly units: number;
  /** Numbers of one example. */
  readonly size: number;
}

/** Bytes of an example in each input and target. */
export interface ExampleBytes {
  readonly inputs: readonly number[];
  readonly targets: readonly number[];
}

/** A buffer: the layer that it is for, what it is, and its bytes. */
export interface NamedBytes {
  readonly label: string;
  readonly bytes: number;
}

/** A model's inference as plain data. */
export interface InferBlueprint {
  readonly step: StepBlueprint;
  /** Bytes of all buffers if none were used twice, and as they lie. */
  readonly laidOut: number;
  readonly bytes: number;
  readonly largest: NamedBytes;
  /** For each weight, in the order of `params`, the place of its copy; null where inference has no use for it. */
  readonly places: readonly (number | null)[];
}

/**
 * A model's training step as plain data: it can be cloned to another thread or another machine and run there with `runPlan`,
 * which needs neither the model nor TensorFlow.js.
 */
export interface TrainBlueprint {
  readonly module: ModuleName;
  /** Names of the kernels that the programs use. */
  readonly kernels: readonly string[];
  readonly batch: number;
  readonly inferBatch: number;
  readonly slices: number;
  /** Floating-point operations of a step of `batch` examples. */
  readonly flops: number;
  /** Bytes of all buffers if none were used twice, and as they lie. */
  readonly laidOut: number;
  readonly bytes: number;
  /** The buffer that takes most. */
  readonly largest: NamedBytes;
  readonly exampleBytes: ExampleBytes;
  readonly train: StepBlueprint;
  /** The training step with what looks at the numbers on the way. */
  readonly watched: StepBlueprint;
  readonly stats: readonly LayerStats[];
  /** Where a watched step leaves the norms of the examples' gradients; null where the last layer is not dense. */
  readonly norms: number | null;
  readonly params: readonly PlanParam[];
  /** Brings all turned weights up to date. */
  readonly turnWords: Uint32Array;
  readonly optimizer: { readonly name: string; readonly settings: OptimizerSettings };
  readonly states: readonly number[];
  /** Where all trained weights lie side by side, and how many floats they are; each state has as many. */
  readonly weights: number;
  readonly trainedFloats: number;
  readonly rates: number;
  /** Words that change from step to step, by name. */
  readonly cells: ReadonlyMap<string, number>;
  /** Sums (f64) of the weights' penalties. */
  readonly penalties: { readonly place: number; readonly count: number };
}

/** A model's steps as plain data. */
export interface Blueprint extends TrainBlueprint {
  /** It lies behind what the training step takes. */
  readonly infer: InferBlueprint;
}

/** Where the block of the threads lies in a plan's memory; below are the kernels' tables of constants. */
export const TEAM_AT = 1024;
