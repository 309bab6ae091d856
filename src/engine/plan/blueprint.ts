import { allocate } from './allocate';
import type { FaultWords } from './context';
import { draftStep, type StepDraft } from './draft';
import type { Graph } from './graph';
import type { PlanLoss } from './losses';
import type { ModuleName } from './module';
import { plainSettings, type OptimizerSettings, type PlanOptimizer } from './optimizers';
import type { LayerWeight, Pack } from './param';
import { programWords, ref, slicesOf, type Buf, type Op, type Slice, type Stage } from './program';
import { TEAM_BYTES } from './team';
import { penaltyStage, updateStages, type UpdateOptions } from './update-stage';

/** What a blueprint is drawn from. */
export interface BlueprintSpec extends UpdateOptions {
  readonly graph: Graph;
  /** One for each output, or null for an output that no loss reaches and that has no targets. */
  readonly losses: readonly (PlanLoss | null)[];
  readonly optimizer: PlanOptimizer;
  /** Most examples of a step. */
  readonly batch: number;
  readonly module?: ModuleName;
  /** Parts that a batch is cut into, at most 8; defaults to what the work of a step wants. Another number, other bits. */
  readonly slices?: number;
}

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
  /** Its copy for inference, where that has use for it. */
  readonly inferPlace: number | null;
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

/**
 * A model's step as plain data: it can be cloned to another thread or another machine and run there with `runPlan`, which
 * needs neither the model nor TensorFlow.js.
 */
export interface Blueprint {
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
  /** The buffer that takes most: its layer, what it is for, and its bytes. */
  readonly largest: { readonly label: string; readonly bytes: number };
  readonly exampleBytes: ExampleBytes;
  readonly train: StepBlueprint;
  /** The training step with what looks at the numbers on the way. */
  readonly watched: StepBlueprint;
  readonly stats: readonly LayerStats[];
  /** Where a watched step leaves the norms of the examples' gradients; null where the last layer is not dense. */
  readonly norms: number | null;
  readonly infer: StepBlueprint;
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

/** A blueprint whose programs are written as they are asked for, and the model's weights in the order of `params`. */
export interface Drawing {
  readonly blueprint: Blueprint;
  readonly weights: readonly LayerWeight[];
  /** The kernels of a training step but for the update, in the order in which a slice runs them. */
  readonly ops: readonly Op[];
  wordsFor(kind: StepKind, n: number): StepWords;
}

/** Where the block of the threads lies in a plan's memory; below are the kernels' tables of constants. */
export const TEAM_AT = 1024;

const up = (bytes: number): number => Math.ceil(bytes / 64) * 64;

/**
 * How many slices a batch is cut into. It goes by the work of a step alone, never by the machine: the gradients of the slices
 * are added in their order, so the same cut gives the same bits with any number of threads.
 */
export function slicesFor(flops: number, batch: number): number {
  const wanted = flops < 1e6 ? 1 : flops < 5e7 ? 2 : flops < 1e9 ? 4 : 8;
  return Math.max(1, Math.min(wanted, Math.floor(batch / 4)));
}

/** Work of a step on as many examples as a call of inference takes, and bytes of their values and gradients in it, at most. */
const INFER_FLOPS = 1e8;
const INFER_BYTES = 8e6;

/**
 * Examples of one call of inference: four batches, and up to 1,024 where an example is little work, so that threads seldom wait
 * for each other. An example's result does not depend on it.
 */
function inferBatchFor(batch: number, flops: number, bytes: number): number {
  const most = Math.min(1024, INFER_FLOPS / flops, INFER_BYTES / bytes);
  return Math.max(64, Math.min(512, batch * 4), 64 * Math.floor(most / 64));
}

/** Drafts a model's step and lays it out. Throws Unplannable for what has no kernel. */
export function draw(spec: BlueprintSpec): Drawing {
  const { graph, losses, optimizer, batch } = spec;
  const train = draftStep({ graph, batch, training: true, losses });
  const flops = train.stages.flat().reduce((sum, op) => sum + op.flops, 0);
  const slices = spec.slices ?? slicesFor(flops * batch, batch);

  const states = optimizer.states.map((_, i): Buf => ({
    id: 1_000_000 + i,
    bytes: () => train.trainedFloats * 4,
    scope: 'shared',
    pinned: true,
    label: 'optimizer state',
  }));
  const rates: Buf = { id: 1_000_100, bytes: () => 64, scope: 'shared', pinned: true, label: 'rates' };
  const zeroing: Op = {
    kernel: 'zero',
    args: [ref(train.gradients), train.partialFloats * 4],
    flops: 0,
    touches: [],
  };
  const draftStages: Stage[] = train.stages.map((stage, i) => (i === 0 ? [zeroing, ...stage] : [...stage]));
  const penalized = train.params.filter(({ penalty }) => penalty.l1 !== 0 || penalty.l2 !== 0);
  const penalties: Buf = { ...rates, id: 1_000_101, bytes: () => penalized.length * 8, label: 'penalties' };
  const squares: Buf = {
    ...rates,
    id: 1_000_102,
    bytes: () => train.params.length * 8,
    label: 'square sums',
  };
  draftStages[draftStages.length - 1].push(...penaltyStage(penalized, penalties));
  const allocation = allocate(draftStages, batch, slices, [
    ...train.kept,
    ...states,
    rates,
    penalties,
    squares,
  ]);
  const inferBatch = inferBatchFor(batch, flops, (allocation.slice * slices) / batch);
  const infer = draftStep({ graph, batch: inferBatch, training: false, losses: [] });
  const inferAllocation = allocate(infer.stages, inferBatch, slices, infer.kept);

  const trainAt = up(TEAM_AT + TEAM_BYTES);
  const sliceAt = trainAt + up(allocation.shared);
  const inferAt = sliceAt + slices * up(allocation.slice);
  const inferSliceAt = inferAt + up(inferAllocation.shared);
  const bytes = inferSliceAt + slices * up(inferAllocation.slice);

  const addresses =
    ({ offsets, slice: stride }: typeof allocation, shared: number, own: number) =>
    (buf: Buf, slice: Slice): number => {
      const offset = offsets.get(buf.id);
      if (offset === undefined) throw new Error(`${buf.label} was not placed`);
      return buf.scope === 'shared' ? shared + offset : own + slice.index * stride + offset;
    };
  const trainAddress = addresses(allocation, trainAt, sliceAt);
  const inferAddress = addresses(inferAllocation, inferAt, inferSliceAt);
  const whole: Slice = { n: batch, batch, start: 0, index: 0, count: 1 };

  const updates = updateStages({
    ...{ draft: train, optimizer, slices, states, rates, squares },
    gradientStride: allocation.slice,
    options: spec,
  });
  const trainStages = [...draftStages, ...updates];

  const kernels: string[] = [];
  const kernelNumber = (kernel: string): number => {
    const known = kernels.indexOf(kernel);
    return known >= 0 ? known : kernels.push(kernel) - 1;
  };
  const wordsOf = (
    ops: readonly Op[],
    slice: Slice,
    addressOf: typeof trainAddress,
    watched = false,
  ): Uint32Array =>
    Uint32Array.from(programWords(ops, slice, kernelNumber, addressOf, watched), (word) => word >>> 0);

  function stepBlueprint(draft: StepDraft, addressOf: typeof trainAddress): StepBlueprint {
    const place = (buf: Buf, offset = 0): number => addressOf(buf, whole) + offset;
    const { io } = draft;
    return {
      words: new Map(),
      rows: place(io.rows),
      faults: draft.faults.map((fault) => ({ ...fault, place: place(fault.place.buf) })),
      inputs: io.inputs.map(({ data }) => place(data.buf, data.offset)),
      targets: io.targets.map(({ data }) => place(data.buf, data.offset)),
      outputs: io.outputs.map(({ buf, floats }) => ({ place: place(buf), floats })),
      losses: io.losses.map((buf) => place(buf)),
      sums: io.sums.map((buf) => place(buf)),
    };
  }

  const inferParams = new Map(infer.params.map((param) => [param.weight.id, param]));
  const params = train.params.map((param): PlanParam => {
    const copy = inferParams.get(param.weight.id);
    return {
      layer: param.layer,
      name: param.weight.name,
      shape: param.weight.shape as readonly number[],
      trainable: param.trainable,
      pack: param.pack,
      floats: param.floats,
      place: trainAddress(param.place.buf, whole) + param.place.offset,
      gradient: param.gradient && trainAddress(param.gradient.buf, whole) + param.gradient.offset,
      inferPlace: copy ? inferAddress(copy.place.buf, whole) + copy.place.offset : null,
    };
  });

  const turnWords = wordsOf(
    train.turns.map(({ op }) => op),
    whole,
    trainAddress,
  );
  const blueprint: Blueprint = {
    module: spec.module ?? 'plan',
    kernels,
    batch,
    inferBatch,
    slices,
    flops: flops * batch,
    laidOut: allocation.laidOut + inferAllocation.laidOut,
    bytes,
    largest:
      inferAllocation.largest.bytes > allocation.largest.bytes ? inferAllocation.largest : allocation.largest,
    exampleBytes: {
      inputs: train.io.inputs.map((input) => input.bytes),
      targets: train.io.targets.map((target) => target.bytes),
    },
    train: stepBlueprint(train, trainAddress),
    watched: stepBlueprint(train, trainAddress),
    norms: train.stages.flat().some(({ kernel }) => kernel === 'exampleNorms')
      ? trainAddress(train.io.norms, whole)
      : null,
    stats: train.io.stats.map(({ sums, peaks, ...rest }) => ({
      ...rest,
      sums: trainAddress(sums, whole),
      peaks: trainAddress(peaks, whole),
    })),
    infer: stepBlueprint(infer, inferAddress),
    params,
    turnWords,
    optimizer: { name: optimizer.name, settings: plainSettings(optimizer.settings) },
    states: states.map((state) => trainAddress(state, whole)),
    weights: trainAddress(train.weights, whole),
    trainedFloats: train.trainedFloats,
    rates: trainAddress(rates, whole),
    cells: new Map(
      [...train.cells].map(([name, { buf, offset }]) => [name, trainAddress(buf, whole) + offset]),
    ),
    penalties: { place: trainAddress(penalties, whole), count: penalized.length },
  };
  return {
    blueprint,
    weights: train.params.map(({ weight }) => weight),
    ops: train.stages.flat(),
    wordsFor(kind, n) {
      const [stages, addressOf] =
        kind === 'infer' ? [infer.stages, inferAddress] : ([trainStages, trainAddress] as const);
      return stages.map((stage) =>
        slicesOf(n, slices).map((slice) => wordsOf(stage, slice, addressOf, kind === 'watched')),
      );
    },
  };
}

/** How many examples the steps will have. */
export interface StepSizes {
  readonly train: readonly number[];
  readonly infer: readonly number[];
}

/** Returns the blueprint with the programs for steps of the given sizes, to be run elsewhere. */
export function completed({ blueprint, wordsFor }: Drawing, sizes: StepSizes): Blueprint {
  const step = (kind: StepKind): StepBlueprint => ({
    ...blueprint[kind],
    words: new Map(
      [...new Set(sizes[kind === 'infer' ? 'infer' : 'train'])].map((n) => [n, wordsFor(kind, n)]),
    ),
  });
  return { ...blueprint, train: step('train'), watched: step('watched'), infer: step('infer') };
}

/** Returns a model's step as plain data, with programs for steps of the given sizes. Throws Unplannable. */
export function blueprintOf(spec: BlueprintSpec, sizes: StepSizes): Blueprint {
  return completed(draw(spec), sizes);
}
