import { allocate } from './allocate';
import type { InferBlueprint, StepWords } from './blueprint';
import { draftStep } from './draft';
import type { Graph } from './graph';
import type { LayerWeight } from './param';
import { slicesOf } from './program';
import { addressesFrom, bytesOf, placesOf, type StepWriter } from './step-writer';

/** Inference of a model whose programs are written as they are asked for. */
export interface InferDrawing {
  readonly blueprint: InferBlueprint;
  wordsFor(n: number): StepWords;
}

export interface InferSpec {
  readonly graph: Graph;
  /** Most examples of a call. */
  readonly batch: number;
  readonly slices: number;
  /** The weights that have copies, in the order of the places. */
  readonly weights: readonly LayerWeight[];
  readonly writer: StepWriter;
}

/** Work of a step on as many examples as a call of inference takes, and bytes of their values and gradients in it, at most. */
const FLOPS = 1e8;
const BYTES = 8e6;

/**
 * Examples of one call of inference: four batches, and up to 1,024 where an example is little work, so that threads seldom wait
 * for each other. An example's result does not depend on it.
 *
 * @param batch of a training step
 * @param flops of an example in it
 * @param bytes of an example's values and gradients
 */
export function inferBatchFor(batch: number, flops: number, bytes: number): number {
  const most = Math.min(1024, FLOPS / flops, BYTES / bytes);
  return Math.max(64, Math.min(512, batch * 4), 64 * Math.floor(most / 64));
}

/** Drafts a model's inference and lays it out from `from` on. */
export function drawInfer({ graph, batch, slices, weights, writer }: InferSpec, from: number): InferDrawing {
  const draft = draftStep({ graph, batch, training: false, losses: [] });
  const allocation = allocate(draft.stages, batch, slices, draft.kept);
  const addressOf = addressesFrom(allocation, from);
  const whole = { n: batch, batch, start: 0, index: 0, count: 1 };
  const copies = new Map(draft.params.map(({ weight, place }) => [weight.id, place]));
  return {
    blueprint: {
      step: placesOf(draft, whole, addressOf),
      laidOut: allocation.laidOut,
      bytes: bytesOf(allocation, slices),
      largest: allocation.largest,
      places: weights.map(({ id }) => {
        const copy = copies.get(id);
        return copy ? addressOf(copy.buf, whole) + copy.offset : null;
      }),
    },
    wordsFor: (n) =>
      draft.stages.map((stage) => slicesOf(n, slices).map((slice) => writer.words(stage, slice, addressOf))),
  };
}
