import { allocate, up } from './allocate';
import { TEAM_AT, type Blueprint, type PlanParam, type StepWords, type TrainBlueprint } from './blueprint';
import { draftStep } from './draft';
import { drawInfer, inferBatchFor, type InferDrawing } from './draw-infer';
import type { Graph } from './graph';
import type { PlanLoss } from './losses';
import type { ModuleName } from './module';
import { plainSettings, type PlanOptimizer } from './optimizers';
import type { LayerWeight } from './param';
import { ref, slicesOf, type Buf, type Op, type Slice, type Stage } from './program';
import { addressesFrom, bytesOf, placesOf, stepWriter } from './step-writer';
import { TEAM_BYTES } from './team';
import { penaltyStage, updateStages, type UpdateOptions } from './update-stage';

/** What a blueprint is drawn from. */
export interface DrawSpec extends UpdateOptions {
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

/** A blueprint whose programs are written as they are asked for, and the model's weights in the order of `params`. */
export interface Drawing {
  readonly blueprint: TrainBlueprint;
  readonly weights: readonly LayerWeight[];
  /** The kernels of a training step but for the update, in the order in which a slice runs them. */
  readonly ops: readonly Op[];
  wordsFor(kind: 'train' | 'watched', n: number): StepWords;
  /** Draws inference too, to lie from an address on: training can begin without it. */
  infer(from: number): InferDrawing;
}

/**
 * How many slices a batch is cut into. It goes by the work of a step alone, never by the machine: the gradients of the slices
 * are added in their order, so the same cut gives the same bits with any number of threads.
 */
export function slicesFor(flops: number, batch: number): number {
  const wanted = flops < 1e6 ? 1 : flops < 5e7 ? 2 : flops < 1e9 ? 4 : 8;
  return Math.max(1, Math.min(wanted, Math.floor(batch / 4)));
}

/** Drafts a model's step and lays it out. Throws Unplannable for what has no kernel. */
export function draw(spec: DrawSpec): Drawing {
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
  const trainAt = up(TEAM_AT + TEAM_BYTES);
  const addressOf = addressesFrom(allocation, trainAt);
  const whole: Slice = { n: batch, batch, start: 0, index: 0, count: 1 };

  const updates = updateStages({
    ...{ draft: train, optimizer, slices, states, rates, squares },
    gradientStride: allocation.slice,
    options: spec,
  });
  const trainStages = [...draftStages, ...updates];

  const writer = stepWriter();
  const params = train.params.map((param): PlanParam => ({
    layer: param.layer,
    name: param.weight.name,
    shape: param.weight.shape as readonly number[],
    trainable: param.trainable,
    pack: param.pack,
    floats: param.floats,
    place: addressOf(param.place.buf, whole) + param.place.offset,
    gradient: param.gradient && addressOf(param.gradient.buf, whole) + param.gradient.offset,
  }));

  const turnWords = writer.words(
    train.turns.map(({ op }) => op),
    whole,
    addressOf,
  );
  const weights = train.params.map(({ weight }) => weight);
  const step = placesOf(train, whole, addressOf);
  const blueprint: TrainBlueprint = {
    module: spec.module ?? 'plan',
    kernels: writer.kernels,
    batch,
    inferBatch,
    slices,
    flops: flops * batch,
    laidOut: allocation.laidOut,
    bytes: trainAt + bytesOf(allocation, slices),
    largest: allocation.largest,
    exampleBytes: {
      inputs: train.io.inputs.map((input) => input.bytes),
      targets: train.io.targets.map((target) => target.bytes),
    },
    train: step,
    watched: step,
    norms: train.stages.flat().some(({ kernel }) => kernel === 'exampleNorms')
      ? addressOf(train.io.norms, whole)
      : null,
    stats: train.io.stats.map(({ sums, peaks, ...rest }) => ({
      ...rest,
      sums: addressOf(sums, whole),
      peaks: addressOf(peaks, whole),
    })),
    params,
    turnWords,
    optimizer: { name: optimizer.name, settings: plainSettings(optimizer.settings) },
    states: states.map((state) => addressOf(state, whole)),
    weights: addressOf(train.weights, whole),
    trainedFloats: train.trainedFloats,
    rates: addressOf(rates, whole),
    cells: new Map([...train.cells].map(([name, { buf, offset }]) => [name, addressOf(buf, whole) + offset])),
    penalties: { place: addressOf(penalties, whole), count: penalized.length },
  };
  return {
    blueprint,
    weights,
    ops: train.stages.flat(),
    wordsFor: (kind, n) =>
      trainStages.map((stage) =>
        slicesOf(n, slices).map((slice) => writer.words(stage, slice, addressOf, kind === 'watched')),
      ),
    infer: (from) => drawInfer({ graph, batch: inferBatch, slices, weights, writer }, from),
  };
}

/** Returns what a plan takes with inference: bytes as it lies and if no buffer were used twice, and the buffer that takes most. */
export function sizesOf({
  blueprint,
  infer,
}: Drawing): Pick<TrainBlueprint, 'bytes' | 'laidOut' | 'largest'> {
  const inference = infer(blueprint.bytes).blueprint;
  return {
    bytes: blueprint.bytes + inference.bytes,
    laidOut: blueprint.laidOut + inference.laidOut,
    largest: inference.largest.bytes > blueprint.largest.bytes ? inference.largest : blueprint.largest,
  };
}

/** How many examples the steps will have. */
export interface StepSizes {
  readonly train: readonly number[];
  readonly infer: readonly number[];
}

/** Returns the blueprint with inference and with the programs for steps of the given sizes, to be run elsewhere. */
export function completed({ blueprint, wordsFor, infer }: Drawing, sizes: StepSizes): Blueprint {
  const inference = infer(blueprint.bytes);
  const each = (all: readonly number[], words: (n: number) => StepWords): Map<number, StepWords> =>
    new Map([...new Set(all)].map((n) => [n, words(n)]));
  return {
    ...blueprint,
    train: { ...blueprint.train, words: each(sizes.train, (n) => wordsFor('train', n)) },
    watched: { ...blueprint.watched, words: each(sizes.train, (n) => wordsFor('watched', n)) },
    infer: {
      ...inference.blueprint,
      step: { ...inference.blueprint.step, words: each(sizes.infer, inference.wordsFor) },
    },
  };
}

/** Returns a model's steps as plain data, with programs for steps of the given sizes. Throws Unplannable. */
export function blueprintOf(spec: DrawSpec, sizes: StepSizes): Blueprint {
  return completed(draw(spec), sizes);
}
