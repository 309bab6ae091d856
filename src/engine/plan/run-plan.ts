import {
  TEAM_AT,
  type Blueprint,
  type InferBlueprint,
  type PlanParam,
  type StepBlueprint,
  type StepFault,
  type StepKind,
  type StepWords,
  type TrainBlueprint,
} from './blueprint';
import type { InferDrawing } from './draw-infer';
import { InputError } from '../../core/input-error';
import type { ActivationStats, StepJudge } from '../training-session';
import { inspection, type WeightNorms, type Workplace } from './inspection';
import { growTo, returnMemory, takeMemory } from './memory-pool';
import { kernelsIn } from './module';
import { optimizerFrom, type PlanOptimizer } from './optimizers';
import { unpack } from './param';
import { keepPace } from './pace';
import { stepJudge } from './step-judge';
import { startTeam, type Team } from './team';

export interface RunOptions {
  /** Threads that may work on a step, the calling one included; defaults to 1. */
  readonly threads?: number;
  /** Milliseconds of steps before helping threads are asked for, which takes some by itself; defaults to 0. */
  readonly alone?: number;
  /** Dropout and noise draw from it; defaults to 0. */
  readonly seed?: number;
  /** Instead of the blueprint's own; its settings are looked up at each step. */
  readonly optimizer?: PlanOptimizer;
  /** Writes the programs of sizes that the blueprint does not hold. */
  wordsFor?(kind: 'train' | 'watched', n: number): StepWords;
  /** Draws inference to lie from an address on, where the blueprint holds none. */
  drawInfer?(from: number): InferDrawing;
}

/** What can be put to work: inference may be drawn later. */
export type RunBlueprint = TrainBlueprint & Partial<Pick<Blueprint, 'infer'>>;

/** Data in the plan's memory, or in reach of it. */
export interface PlanData {
  readonly n: number;
  readonly inputs: readonly number[];
  readonly targets: readonly number[];
  /** One for each target, 0 where its examples all count the same. */
  readonly weights: readonly number[];
  /** The data where they stay, of which each step copies the examples it takes to the places above. */
  readonly attached?: DataBlocks;
}

/** Numbers of the examples, one block for each input and target. */
export interface DataBlocks {
  readonly n: number;
  readonly inputs: readonly Float32Array[];
  readonly targets?: readonly Float32Array[];
  /** How much each example counts in the loss: for all targets, or one block for each (undefined: all the same). */
  readonly weights?: Float32Array | readonly (Float32Array | undefined)[];
}

/** What a watched step tells. */
export interface WatchedStep {
  readonly loss: number;
  readonly norms: readonly WeightNorms[];
  readonly activations: readonly ActivationStats[];
  /** Norm of each example's gradient by the weights of the last layer; null where that is not dense. */
  readonly exampleGradients: Float32Array | null;
}

/** A blueprint at work in a memory of its own. */
export interface RunningPlan {
  readonly blueprint: RunBlueprint;
  readonly slices: number;
  readonly flops: number;
  /** Bytes of all buffers if none were used twice, and of the memory as it is. */
  readonly memory: { readonly laidOut: number; readonly bytes: number };
  readonly params: readonly PlanParam[];
  /** Copies data into the plan's memory. */
  load(data: DataBlocks): PlanData;
  /** Leaves data where they are, in memory that many plans read; a step costs a copy of its examples more. */
  attach(data: DataBlocks): PlanData;
  /** One update on some examples; returns the mean loss. */
  step(data: PlanData, rows: ArrayLike<number>): number;
  /** The same, with square sums of update, weight (before it) and gradient of each trained weight. */
  watchedStep(data: PlanData, rows: ArrayLike<number>): WatchedStep;
  /** Whether every weight is a finite number. */
  finite(): boolean;
  /** Lets `infer` go on with the weights of now while steps move them, until the function that it returns is called. */
  hold(): () => void;
  /** Runs the model on some examples, in inference mode. */
  infer(data: PlanData, rows: ArrayLike<number>): void;
  /** Outputs of the examples of the last `step` or `infer`; valid until the next one. */
  outputs(index?: number): Float32Array;
  /** Losses of the examples of the last `step`. */
  exampleLosses(index?: number): Float32Array;
  /** Returns a judge of the examples of steps by the model's only output: one label each, by their places. */
  judge(labels: Int32Array): StepJudge;
  readonly inferBatch: number;
  /** Sets all weights (row-major, in the order of `params`) and starts the optimizer afresh. */
  setWeights(values: readonly ArrayLike<number>[]): void;
  values(param: PlanParam): Float32Array;
  gradient(param: PlanParam): Float32Array;
  dispose(): void;
}

const up = (bytes: number): number => Math.ceil(bytes / 64) * 64;

/** The weights of the examples for one target. */
const weightsOf = ({ weights }: Pick<DataBlocks, 'weights'>, target: number): Float32Array | undefined =>
  weights instanceof Float32Array ? weights : weights?.[target];

/** Copies rows of `size` numbers side by side; neighbours at one go. */
function copyRows(from: Float32Array, rows: ArrayLike<number>, size: number, to: Float32Array): void {
  for (let i = 0; i < rows.length;) {
    let run = 1;
    while (i + run < rows.length && rows[i + run] === rows[i] + run) run++;
    to.set(from.subarray(rows[i] * size, (rows[i] + run) * size), i * size);
    i += run;
  }
}

/** Puts a blueprint to work. */
export function runPlan(blueprint: RunBlueprint, options: RunOptions = {}): RunningPlan {
  const { train, params, slices, optimizer: plainOptimizer } = blueprint;
  const optimizer = options.optimizer ?? optimizerFrom(plainOptimizer.name, plainOptimizer.settings);
  let end = blueprint.bytes + (blueprint.infer?.bytes ?? 0);
  const memory = takeMemory(end); // throws TooLarge
  const kernels = kernelsIn(memory, blueprint.module);
  const written: Record<StepKind, Map<number, number>> = {
    train: new Map(),
    watched: new Map(),
    infer: new Map(),
  };

  function take(bytes: number): number {
    const address = end;
    const after = up(end + bytes + 64);
    growTo(memory, after);
    end = after;
    return address;
  }
  const floatsAt = (address: number, length: number): Float32Array =>
    new Float32Array(memory.buffer, address, length);
  const doublesAt = (address: number, length: number): Float64Array =>
    new Float64Array(memory.buffer, address, length);
  function setWord(address: number, value: number): void {
    new Uint32Array(memory.buffer, address, 1)[0] = value;
  }

  function writeWords(words: Uint32Array): [from: number, to: number] {
    const from = take(words.length * 4);
    new Uint32Array(memory.buffer, from, words.length).set(words);
    return [from, from + words.length * 4];
  }

  /** Writes a program, its kernels being numbered as they are in this memory; returns where it begins and ends. */
  function writeProgram(program: Uint32Array): [from: number, to: number] {
    const words = program.slice();
    for (let i = 0; i < words.length; i += 2 + words[i + 1]) {
      words[i] = kernels.indexOf(blueprint.kernels[words[i]]);
    }
    return writeWords(words);
  }

  /** Where weights that were put beyond the end for a moment ended; all behind is zero. */
  let scribbled = 0;
  let drawnInfer: InferDrawing | undefined;
  /** Inference; where the blueprint holds none it is drawn when it is first needed. */
  function inference(): InferBlueprint {
    if (blueprint.infer) return blueprint.infer;
    if (!drawnInfer) {
      const from = end;
      const drawn = options.drawInfer!(from);
      const { bytes } = drawn.blueprint;
      take(bytes);
      if (scribbled > from) new Uint8Array(memory.buffer, from, Math.min(bytes, scribbled - from)).fill(0);
      drawnInfer = drawn;
    }
    return drawnInfer.blueprint;
  }

  const stepOf = (kind: StepKind): StepBlueprint => (kind === 'infer' ? inference().step : blueprint[kind]);

  function wordsFor(kind: StepKind, n: number): StepWords {
    const words =
      stepOf(kind).words.get(n) ?? (kind === 'infer' ? drawnInfer?.wordsFor(n) : options.wordsFor?.(kind, n));
    if (!words) throw new Error(`the blueprint holds no ${kind} step for ${n} examples`);
    return words;
  }

  /** The table of a step for `n` examples; written when first asked for. */
  function stepFor(kind: StepKind, n: number): number {
    const known = written[kind].get(n);
    if (known !== undefined) return known;
    const programs = wordsFor(kind, n).map((stage) => stage.map(writeProgram));
    const table = [programs.length, ...programs.flatMap((stage) => [stage.length, ...stage.flat()])];
    const address = take(table.length * 4);
    new Uint32Array(memory.buffer, address, table.length).set(table);
    written[kind].set(n, address);
    return address;
  }

  const turnAll = writeProgram(blueprint.turnWords);
  const packWords = take(20);

  const most = Math.min(options.threads ?? 1, slices);
  const { alone = 0 } = options;
  const paces = { train: keepPace(most), watched: keepPace(most), infer: keepPace(most) };
  let team: Team | undefined;
  /** Milliseconds that were spent in steps on one thread. */
  let spent = 0;

  /** Runs a step on one thread, or on the team once it is there and where it pays. */
  function runStep(kind: StepKind, address: number): void {
    if (most === 1) return kernels.exports.runStep(address, TEAM_AT, 1);
    if (spent >= alone) team ??= startTeam(memory, kernels, TEAM_AT, most - 1, blueprint.module);
    const pace = team && team.ready() === most ? paces[kind] : undefined;
    const begun = performance.now();
    kernels.exports.runStep(address, TEAM_AT, pace?.threads() ?? 1);
    const took = performance.now() - begun;
    if (pace) pace.took(took);
    else spent += took;
  }

  let window: PlanData | undefined;
  /** Places for the examples of one step. */
  function makeWindow(): PlanData {
    const most = Math.max(blueprint.batch, blueprint.inferBatch);
    const { inputs, targets } = blueprint.exampleBytes;
    const room = (bytes: number): number => take(most * bytes);
    return {
      n: most,
      inputs: inputs.map(room),
      targets: targets.map(room),
      weights: targets.map(() => room(4)),
    };
  }
  /** Copies the examples of a step from where they stay. */
  function fetch(
    { inputs, targets, weights, attached }: PlanData,
    rows: ArrayLike<number>,
    all: boolean,
  ): void {
    const { exampleBytes } = blueprint;
    inputs.forEach((at, i) =>
      copyRows(attached!.inputs[i], rows, exampleBytes.inputs[i] / 4, new Float32Array(memory.buffer, at)),
    );
    if (!all) return;
    targets.forEach((at, i) =>
      copyRows(attached!.targets![i], rows, exampleBytes.targets[i] / 4, new Float32Array(memory.buffer, at)),
    );
    weights.forEach((at, i) => {
      if (at) copyRows(weightsOf(attached!, i)!, rows, 1, new Float32Array(memory.buffer, at));
    });
  }

  function run(kind: StepKind, data: PlanData, rows: ArrayLike<number>): void {
    const step = stepOf(kind);
    const address = stepFor(kind, rows.length);
    const own = new Int32Array(memory.buffer, step.rows, rows.length);
    if (data.attached) {
      fetch(data, rows, kind !== 'infer');
      for (let i = 0; i < rows.length; i++) own[i] = i;
    } else {
      own.set(rows);
    }
    step.inputs.forEach((cell, i) => setWord(cell, data.inputs[i]));
    step.targets.forEach((cell, i) => setWord(cell, data.targets[i]));
    runStep(kind, address);
    last = step;
    lastRows = rows.length;
    for (const fault of step.faults) throwIfFound(fault);
  }

  function throwIfFound({ place, layer, ...words }: StepFault): void {
    if (new Uint32Array(memory.buffer, place, 1)[0] === 0) return;
    setWord(place, 0);
    throw new InputError({ code: 'out-of-range', fn: layer, ...words, received: floatsAt(place + 4, 1)[0] });
  }

  /** Room for a moment beyond the end of what is in use, where data will soon lie. */
  function roomBeyond(bytes: number): number {
    growTo(memory, end + bytes);
    scribbled = Math.max(scribbled, end + bytes);
    return end;
  }

  /** Puts row-major numbers where a weight lies, zeros where that is wider. Steps begin by clearing the gradients. */
  function packInto({ pack, place, floats, gradient }: PlanParam, values: ArrayLike<number>): void {
    const { rows, columns } = pack;
    if (pack.kind === 'lines' && pack.stride === columns) return floatsAt(place, rows * columns).set(values);
    if (pack.kind === 'lines') {
      const to = floatsAt(place, floats).fill(0);
      for (let i = 0; i < rows * columns; i++)
        to[Math.floor(i / columns) * pack.stride + (i % columns)] = values[i];
      return;
    }
    const from = gradient ?? roomBeyond(rows * columns * 4);
    floatsAt(from, rows * columns).set(values);
    const { blocks = 1 } = pack;
    new Uint32Array(memory.buffer, packWords, 5).set([from, place, rows, blocks, columns / blocks]);
    workplace.call('packPanels', packWords);
  }

  /** Inference has a copy of the weights that it uses: those of now, or those that are held. */
  function refreshInfer(): void {
    const { places } = inference();
    if (inferFresh) return;
    inferFresh = true;
    params.forEach(({ place, floats }, i) => {
      const copy = places[i];
      if (copy !== null) floatsAt(copy, floats).set(held?.[i] ?? floatsAt(place, floats));
    });
  }

  const workplace: Workplace = {
    memory,
    take,
    call: (kernel, words) => (kernels.exports[kernel] as (words: number) => void)(words),
    program(ops) {
      const words = ops.flatMap(({ kernel, words: args }) => [kernels.indexOf(kernel), args.length, ...args]);
      const [from, to] = writeWords(Uint32Array.from(words));
      return () => kernels.exports.runProgram(from, to);
    },
  };
  const inspected = inspection(blueprint, workplace);

  const { cells } = blueprint;
  const weightCells = [...cells]
    .filter(([name]) => name.startsWith('weights '))
    .map(([name, cell]) => [cell, Number(name.slice('weights '.length))] as const);
  const stepCell = cells.get('step');
  const seedCell = cells.get('seed');
  if (seedCell !== undefined) setWord(seedCell, options.seed ?? 0);

  let updates = 0;
  let last: StepBlueprint = train;
  let lastRows = 0;
  let inferFresh = false;
  let held: readonly Float32Array[] | undefined;

  function update(kind: 'train' | 'watched', data: PlanData, rows: ArrayLike<number>): number {
    updates++;
    const used = optimizer.rates(updates);
    floatsAt(blueprint.rates, used.length).set(used);
    for (const [cell, target] of weightCells) setWord(cell, data.weights[target]);
    if (stepCell !== undefined) setWord(stepCell, updates);
    run(kind, data, rows);
    if (!held) inferFresh = false;
    // What does not fit is known by now.
    if (updates === 1) inference();
    let loss = 0;
    for (const sum of train.sums) loss += doublesAt(sum, slices).reduce((a, b) => a + b, 0) / rows.length;
    const { place, count } = blueprint.penalties;
    if (count > 0) loss += doublesAt(place, count).reduce((a, b) => a + b, 0);
    return loss;
  }

  return {
    blueprint,
    slices,
    flops: blueprint.flops,
    get memory() {
      return { laidOut: blueprint.laidOut + inference().laidOut, bytes: memory.buffer.byteLength };
    },
    params,
    inferBatch: blueprint.inferBatch,
    load({ n, inputs, targets = [], weights }) {
      const put = (block: Float32Array): number => {
        const address = take(block.byteLength);
        floatsAt(address, block.length).set(block);
        return address;
      };
      return {
        n,
        inputs: inputs.map(put),
        targets: targets.map(put),
        weights: blueprint.exampleBytes.targets.map((_, i) => {
          const block = weightsOf({ weights }, i);
          return block ? put(block) : 0;
        }),
      };
    },
    attach(attached) {
      window ??= makeWindow();
      const { inputs, targets, weights } = window;
      const used = weights.map((at, i) => (weightsOf(attached, i) ? at : 0));
      return { n: attached.n, inputs, targets, weights: used, attached };
    },
    step: (data, rows) => update('train', data, rows),
    watchedStep(data, rows) {
      const { result, norms } = inspected.around(() => update('watched', data, rows));
      const { norms: place } = blueprint;
      const exampleGradients = place === null ? null : floatsAt(place, rows.length).slice();
      return { loss: result, norms, activations: inspected.activations(rows.length), exampleGradients };
    },
    finite: () => inspected.finite(),
    hold() {
      held = params.map(({ place, floats }) => floatsAt(place, floats).slice());
      inferFresh = false;
      return () => {
        held = undefined;
        inferFresh = false;
      };
    },
    infer(data, rows) {
      refreshInfer();
      run('infer', data, rows);
    },
    outputs(index = 0) {
      const { place, floats } = last.outputs[index];
      return floatsAt(place, lastRows * floats);
    },
    exampleLosses(index = 0) {
      return floatsAt(train.losses[index], lastRows);
    },
    judge: (labels) =>
      stepJudge(workplace, {
        ...{ labels, batch: blueprint.batch },
        ...{ outputs: train.outputs[0], losses: train.losses[0] },
      }),
    setWeights(values) {
      params.forEach((param, i) => packInto(param, values[i]));
      kernels.exports.runProgram(...turnAll);
      blueprint.states.forEach((state, i) => {
        const first = optimizer.states[i];
        // Zeros stay zeros until there is a step.
        if (updates > 0 || first !== 0) floatsAt(state, blueprint.trainedFloats).fill(first);
      });
      updates = 0;
      inferFresh = false;
    },
    values: ({ pack, place, floats }) => unpack(pack, floatsAt(place, floats)),
    gradient: ({ pack, gradient, floats, name }) => {
      if (gradient === null) throw new Error(`${name} is not trained and has no gradient`);
      return unpack(pack, floatsAt(gradient, floats));
    },
    dispose() {
      team?.dispose();
      returnMemory(memory);
    },
  };
}
