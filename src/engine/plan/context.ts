import type { Border, Layout, View } from './layout';
import type { LayerWeight, Pack, Param, Penalty } from './param';
import { at, type Arg, type Buf, type Op, type Ref, type Slice, type Stage } from './program';
import type { Value } from './value';

/** What an op may say beyond its arguments. */
export interface OpNotes {
  readonly flops?: number;
  readonly slice?: number;
  readonly touches?: readonly Buf[];
  readonly watch?: boolean;
}

/**
 * The plan of one step while it is being made. A layer asks it for memory, emits its forward kernels, and leaves a function
 * that emits the backward ones; those are called in reverse order once the losses are there.
 */
export interface PlanContext {
  /** Whether this is a training step (dropout on, statistics of the batch) or inference. */
  readonly training: boolean;

  /** Memory of each slice (or shared by all): `bytes` for so many examples. */
  buffer(
    label: string,
    bytes: (rows: number) => number,
    options?: Partial<Pick<Buf, 'scope' | 'pinned'>>,
  ): Buf;
  /** A value of the given dims that the next layers take, with the border they ask for. */
  output(dims: readonly number[], options?: OutputOptions): Value;
  /** The same numbers under other dims, without a copy where they lie side by side. */
  reshaped(value: Value, dims: readonly number[]): Value;
  /** The value itself as the output of a layer that does nothing; a copy where the takers want a border that it has not. */
  passed(value: Value): Value;
  /** The value with a multiple of 8 floats a pixel, as kernels that work number by number want it; a copy where needed. */
  even(value: Value): Value;

  /** A weight of the layer. */
  param(weight: LayerWeight, pack: Pack, options?: ParamOptions): Param;
  /** The turned panels of a weight (see the kernel `turn`), or of those from byte `from`, kept up to date after each update. */
  turned(param: Param, taps: number, k: number, n: number, from?: number): Ref;
  /**
   * What a kernel makes of a weight, in `bytes` of memory, kept up to date after each update. Made once for all that ask with
   * the same label; in inference, which has no updates, made anew at each run.
   */
  derived(
    param: Param,
    label: string,
    bytes: number,
    make: (place: Ref) => { readonly kernel: string; readonly args: readonly Arg[] },
  ): Ref;

  emit(kernel: string, args: readonly Arg[], notes?: OpNotes): void;
  /** All slices wait here for each other. */
  meet(): void;
  /** Emits the backward part of a layer; called only where `needsGrad` holds for something in it. */
  backward(emit: () => void): void;
  /** The gradient that has come to a value, or undefined where none has. */
  gradOf(value: Value): View | undefined;
  /**
   * Where to put a gradient for a value, and whether to add to what is there (1) or to overwrite (0). A taker that says
   * `cuts` gets, for a rectified value, that value as `cut`, and then writes zeros where it is not positive.
   */
  gradFor(
    value: Value,
    options?: { readonly cuts: boolean },
  ): { readonly view: View; readonly add: number; readonly cut?: View };
  /**
   * Where to put the gradient of one pixel that all pixels of a value share, so that it need not lie in full; undefined where
   * other gradients come to it as well, or its layer cannot take that.
   */
  sharedGradFor(value: Value): View | undefined;
  /** Whether all that has come to a rectified value was cut where the value is not positive: its layer need not do it. */
  isCut(value: Value): boolean;
  /** Whether one layer alone takes a value, once, and nothing else lies in its memory. */
  isSole(value: Value): boolean;
  /** For kernels that cannot add: `emit` writes a gradient of the value's own layout. */
  giveGrad(value: Value, emit: (view: View) => void): void;

  /** Whether the loss has already gone through the last activation of this value. */
  isFused(value: Value): boolean;
  markFused(value: Value): void;
  /** Where the norms of the examples' gradients go (a float each), for the layer that makes an output. */
  normsPlace(value: Value): Ref | undefined;
  /** Words that change from step to step: their address, set with `plan.setCell`. */
  cell(name: string, bytes: number): Ref;
  /** Two words for a kernel that may find a number it cannot use; the step that sets them ends in an InputError. */
  fault(words: FaultWords): Ref;
  /** A number for each random layer, so that each draws from a stream of its own. */
  nextStream(): number;
}

export interface OutputOptions {
  readonly needsGrad?: boolean;
  /** How the gradient that comes back is to lie; defaults to plainly. */
  readonly gradLayout?: Layout;
  /** Defaults to that of the input; `null` for none. */
  readonly mask?: Ref | null;
  /** The value comes out of a ReLU of the same layer. */
  readonly rectified?: boolean;
  /** Its layer reads the gradient pixel by pixel, and it may be one pixel for all. */
  readonly gradMayBeShared?: boolean;
  /** Its gradient lies where that of this value does, a sole one; its layer works on it in place. */
  readonly gradWith?: Value;
  /** The border of a value that stays inside of its layer; values that leave it have the one that is asked for. */
  readonly inner?: Border;
  /** The layer leaves some of it unwritten, which is then zero. */
  readonly zeros?: boolean;
  /** Where its numbers are already; taken unless a border is asked for, so compare it with the view of what is returned. */
  readonly lies?: View;
}

export interface ParamOptions {
  readonly trainable?: boolean;
  readonly penalty?: Penalty;
  /** The slices have one gradient together; the layer keeps it zero where a step adds nothing. */
  readonly summed?: boolean;
}

/** What a kernel may find wrong in the data, in the words of an InputError of the layer. */
export interface FaultWords {
  readonly param: string;
  readonly expected: string;
  readonly mend: string;
}

/** A word that the kernel sets to 1, and the number at fault in the next one. */
export interface Fault extends FaultWords {
  readonly layer: string;
  readonly place: Ref;
}

/** All that was planned, before anything has an address. */
export interface Draft {
  readonly stages: readonly Stage[];
  readonly params: readonly Param[];
  /** Kernels that bring what is derived from weights up to date, by param. */
  readonly turns: readonly { readonly param: Param; readonly op: Op }[];
  readonly weights: Buf;
  readonly gradients: Buf;
  readonly cells: ReadonlyMap<string, Ref>;
  readonly faults: readonly Fault[];
  /** Floats of all trained params, and of those whose gradients the update adds. */
  readonly trainedFloats: number;
  readonly partialFloats: number;
  readonly kept: readonly Buf[];
}

/** Examples of the slice. */
export const rowsOf = ({ n }: Slice): number => n;
/** A place that moves with the slice's first example: `bytes` for each. */
export const along =
  (place: Ref, bytes: number) =>
  ({ start }: Slice): Ref =>
    at(place, start * bytes);
