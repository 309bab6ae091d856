import { allocate } from './allocate';
import { draftStep, type StepDraft } from './draft';
import type { Graph } from './graph';
import type { PlanLoss } from './losses';
import { growTo, returnMemory, takeMemory } from './memory-pool';
import { kernelsIn, type ModuleName } from './module';
import type { PlanOptimizer } from './optimizers';
import { packInto, unpack, type Param } from './param';
import { float, programWords, ref, slicesOf, type Buf, type Op, type Slice, type Stage } from './program';
import { startTeam, TEAM_BYTES, type Team } from './team';

export interface PlanSpec {
  readonly graph: Graph;
  readonly losses: readonly PlanLoss[];
  readonly optimizer: PlanOptimizer;
  /** Most examples of a step. */
  readonly batch: number;
  /** Threads that may work on a step, the calling one included. */
  readonly threads: number;
  readonly module?: ModuleName;
  /** Dropout and noise draw from it; defaults to 0. */
  readonly seed?: number;
}

/** Data in the plan's memory. */
export interface PlanData {
  readonly n: number;
  readonly inputs: readonly number[];
  readonly targets: readonly number[];
  readonly weights: number;
}

/** Numbers of the examples, one block for each input and target. */
export interface DataBlocks {
  readonly n: number;
  readonly inputs: readonly Float32Array[];
  readonly targets?: readonly Float32Array[];
  readonly weights?: Float32Array;
}

/** Square sums of one weight around a step. */
export interface WeightNorms {
  readonly layer: string;
  readonly update: number;
  readonly weight: number;
  readonly gradient: number;
}

/** A model's step, compiled. */
export interface Plan {
  readonly slices: number;
  readonly flops: number;
  /** Bytes of all buffers if none were used twice, and of the memory as it is. */
  readonly memory: { readonly laidOut: number; readonly bytes: number };
  readonly params: readonly Param[];
  load(data: DataBlocks): PlanData;
  /** One update on some examples; returns the mean loss. */
  step(data: PlanData, rows: ArrayLike<number>): number;
  /** The same, with square sums of update, weight (before it) and gradient of each trained weight. */
  watchedStep(
    data: PlanData,
    rows: ArrayLike<number>,
  ): { readonly loss: number; readonly norms: readonly WeightNorms[] };
  /** Whether every weight is a finite number. */
  finite(): boolean;
  /** Runs the model on some examples, in inference mode. */
  infer(data: PlanData, rows: ArrayLike<number>): void;
  /** Outputs of the examples of the last `step` or `infer`; valid until the next one. */
  outputs(index?: number): Float32Array;
  /** Losses of the examples of the last `step`. */
  exampleLosses(index?: number): Float32Array;
  readonly inferBatch: number;
  /** Weights from the model into the plan, and back. */
  readWeights(): void;
  values(param: Param): Float32Array;
  gradient(param: Param): Float32Array;
  dispose(): void;
}

/** The step in memory: addresses for each number of examples. */
interface Placed {
  readonly draft: StepDraft;
  readonly steps: Map<number, number>;
  readonly stages: readonly Stage[];
  addressOf(buf: Buf, slice: Slice): number;
}

const up = (bytes: number): number => Math.ceil(bytes / 64) * 64;

/**
 * How many slices a batch is cut into. It goes by the work of a step alone, never by the machine: the gradients of the slices
 * are added in their order, so the same cut gives the same bits with any number of threads.
 */
export function slicesFor(flops: number, batch: number): number {
  const wanted = flops < 1e6 ? 1 : flops < 5e7 ? 2 : flops < 1e9 ? 4 : 8;
  return Math.max(1, Math.min(wanted, Math.floor(batch / 4)));
}

/** Adds the update of each trained weight, its turned copy after it, shared out among the slices by size. */
function updateStage(
  draft: StepDraft,
  optimizer: PlanOptimizer,
  slices: number,
  states: readonly Buf[],
  rates: Buf,
  gradients: { readonly address: number; readonly stride: number },
): Stage {
  const stage: Stage = [];
  const loads = new Array<number>(slices).fill(0);
  const trained = draft.params.filter(({ gradient }) => gradient !== null);
  for (const param of [...trained].sort((a, b) => b.floats - a.floats)) {
    const slice = loads.indexOf(Math.min(...loads));
    loads[slice] += param.floats;
    const { offset } = param.place;
    const state = (i: number): number | ReturnType<typeof ref> => (states[i] ? ref(states[i], offset) : 0);
    const op: Op = {
      kernel: optimizer.kernel,
      args: [
        param.place,
        gradients.address + offset,
        gradients.stride,
        slices,
        state(0),
        state(1),
        param.floats,
        ref(rates),
        float(param.penalty.l1),
        float(param.penalty.l2),
        state(2),
      ],
      flops: 0,
      touches: [],
      slice,
    };
    stage.push(op);
    for (const turn of draft.turns) if (turn.param === param) stage.push({ ...turn.op, slice });
  }
  return stage;
}

/** Adds the penalties of the weights before they move; the numbers (f64) stand one after another. */
function penaltyStage(penalized: readonly Param[], sums: Buf): Stage {
  return penalized.map(({ place, floats, penalty }, i) => ({
    kernel: 'penalty',
    args: [place, floats, float(penalty.l1), float(penalty.l2), ref(sums, i * 8)],
    flops: 0,
    touches: [],
    slice: 0,
  }));
}

/** Compiles a model's step into a memory of its own. */
export function compilePlan(spec: PlanSpec): Plan {
  const { graph, losses, optimizer, batch } = spec;
  const train = draftStep({ graph, batch, training: true, losses });
  const flops = train.stages.flat().reduce((sum, op) => sum + op.flops, 0);
  const slices = slicesFor(flops * batch, batch);
  const inferBatch = Math.max(64, Math.min(512, batch * 4));
  const infer = draftStep({ graph, batch: inferBatch, training: false, losses: [] });

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
    args: [ref(train.gradients), train.trainedFloats * 4],
    flops: 0,
    touches: [],
  };
  const draftStages: Stage[] = train.stages.map((stage, i) => (i === 0 ? [zeroing, ...stage] : [...stage]));
  const penalized = train.params.filter(({ penalty }) => penalty.l1 !== 0 || penalty.l2 !== 0);
  const penalties: Buf = { ...rates, id: 1_000_101, bytes: () => penalized.length * 8, label: 'penalties' };
  draftStages[draftStages.length - 1].push(...penaltyStage(penalized, penalties));
  const allocation = allocate(draftStages, batch, slices, [...train.kept, ...states, rates]);
  const inferSlices = slices;
  const inferAllocation = allocate(infer.stages, inferBatch, inferSlices, infer.kept);

  const teamAt = 64;
  const trainAt = up(teamAt + TEAM_BYTES);
  const sliceAt = trainAt + up(allocation.shared);
  const inferAt = sliceAt + slices * up(allocation.slice);
  const inferSliceAt = inferAt + up(inferAllocation.shared);
  let end = inferSliceAt + inferSlices * up(inferAllocation.slice);
  const gradients = {
    address: sliceAt + allocation.offsets.get(train.gradients.id)!,
    stride: allocation.slice,
  };
  const stages = [...draftStages, updateStage(train, optimizer, slices, states, rates, gradients)];
  const laidOut = allocation.laidOut + inferAllocation.laidOut;

  const memory = takeMemory(end);
  const kernels = kernelsIn(memory, spec.module ?? 'plan');
  const trainParams = new Map(train.params.map((param) => [param.weight.id, param]));

  function take(bytes: number): number {
    const address = end;
    end = up(end + bytes + 64);
    growTo(memory, end);
    return address;
  }

  const trainAddress = (buf: Buf, slice: Slice): number => {
    const offset = allocation.offsets.get(buf.id);
    if (offset === undefined) throw new Error(`${buf.label} was not placed`);
    return buf.scope === 'shared' ? trainAt + offset : sliceAt + slice.index * allocation.slice + offset;
  };
  const inferAddress = (buf: Buf, slice: Slice): number => {
    const offset = inferAllocation.offsets.get(buf.id);
    if (offset === undefined) throw new Error(`${buf.label} was not placed`);
    return buf.scope === 'shared'
      ? inferAt + offset
      : inferSliceAt + slice.index * inferAllocation.slice + offset;
  };
  const whole: Slice = { n: batch, batch, start: 0, index: 0, count: 1 };
  const addressOfTrain = (place: { buf: Buf; offset: number }): number =>
    trainAddress(place.buf, whole) + place.offset;

  const placed: Record<'train' | 'infer', Placed> = {
    train: { draft: train, steps: new Map(), stages, addressOf: trainAddress },
    infer: { draft: infer, steps: new Map(), stages: infer.stages, addressOf: inferAddress },
  };

  /** The words of a step for `n` examples; written when first asked for. */
  function stepFor({ stages: all, steps, addressOf }: Placed, n: number): number {
    const known = steps.get(n);
    if (known !== undefined) return known;
    const cuts = slicesOf(n, slices);
    const programs = all.map((stage) =>
      cuts.map((slice) => programWords(stage, slice, kernels.indexOf, addressOf)),
    );
    const tables = programs.map((stage) =>
      stage.map((words) => {
        const from = take(words.length * 4);
        new Uint32Array(memory.buffer, from, words.length).set(words.map((word) => word >>> 0));
        return [from, from + words.length * 4];
      }),
    );
    const table = [tables.length, ...tables.flatMap((stage) => [stage.length, ...stage.flat()])];
    const address = take(table.length * 4);
    new Uint32Array(memory.buffer, address, table.length).set(table);
    steps.set(n, address);
    return address;
  }

  const floatsAt = (address: number, length: number): Float32Array =>
    new Float32Array(memory.buffer, address, length);
  function setWord(address: number, value: number): void {
    new Uint32Array(memory.buffer, address, 1)[0] = value;
  }

  const trained = train.params.filter(({ gradient }) => gradient !== null);
  const opOf = (kernel: string, args: Op['args']): Op => ({ kernel, args, flops: 0, touches: [] });
  const placeProgram = (ops: readonly Op[], addressOf: Placed['addressOf']): [number, number] => {
    const words = programWords(ops, whole, kernels.indexOf, addressOf);
    const from = take(words.length * 4 + 4);
    new Uint32Array(memory.buffer, from, words.length).set(words.map((word) => word >>> 0));
    return [from, from + words.length * 4];
  };
  const turnAll = placeProgram(
    train.turns.map(({ op }) => op),
    trainAddress,
  );

  let team: Team | undefined;
  function threads(): number {
    const wanted = Math.min(spec.threads, slices);
    if (wanted < 2) return 1;
    team ??= startTeam(memory, kernels, teamAt, wanted - 1, spec.module ?? 'plan');
    return team.ready();
  }

  function run(step: Placed, data: PlanData, rows: ArrayLike<number>): void {
    const { io } = step.draft;
    const address = stepFor(step, rows.length);
    new Int32Array(memory.buffer, step.addressOf(io.rows, whole), rows.length).set(rows);
    io.inputs.forEach(({ data: cell }, i) =>
      setWord(step.addressOf(cell.buf, whole) + cell.offset, data.inputs[i]),
    );
    io.targets.forEach(({ data: cell }, i) =>
      setWord(step.addressOf(cell.buf, whole) + cell.offset, data.targets[i]),
    );
    kernels.exports.runStep(address, teamAt, threads());
  }

  function copyWeightsToInfer(): void {
    for (const param of infer.params) {
      const from = trainParams.get(param.weight.id)!;
      floatsAt(inferAddress(param.place.buf, whole) + param.place.offset, param.floats).set(
        floatsAt(addressOfTrain(from.place), param.floats),
      );
    }
  }

  /** Memory for looking at weights: a copy of them, three numbers for each, and the program that fills those in. */
  function makeWatch(): { readonly copy: number; readonly sums: number; readonly program: [number, number] } {
    const copy = take(train.trainedFloats * 4);
    const sums = take(trained.length * 24);
    const ops = trained.map(({ place, floats }, i) =>
      opOf('norms', [place, copy + place.offset, gradients.address + place.offset, floats, sums + i * 24]),
    );
    return { copy, sums, program: placeProgram(ops, trainAddress) };
  }
  let watching: ReturnType<typeof makeWatch> | undefined;
  let finiteness: { readonly flags: number; readonly program: [number, number] } | undefined;

  let updates = 0;
  let last: Placed = placed.train;
  let lastRows = 0;
  let inferFresh = false;

  const plan: Plan = {
    slices,
    flops: flops * batch,
    get memory() {
      return { laidOut, bytes: memory.buffer.byteLength };
    },
    params: train.params,
    inferBatch,
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
        weights: weights ? put(weights) : 0,
      };
    },
    step(data, rows) {
      updates++;
      const used = optimizer.rates(updates);
      floatsAt(trainAddress(rates, whole), used.length).set(used);
      train.cells.forEach((cell, name) => {
        if (name.startsWith('weights ')) setWord(addressOfTrain(cell), data.weights);
        if (name === 'step') setWord(addressOfTrain(cell), updates);
        if (name === 'seed') setWord(addressOfTrain(cell), spec.seed ?? 0);
      });
      run(placed.train, data, rows);
      last = placed.train;
      lastRows = rows.length;
      inferFresh = false;
      let loss = 0;
      for (const sum of train.io.sums) {
        const sums = new Float64Array(memory.buffer, trainAddress(sum, whole), slices);
        loss += sums.reduce((a, b) => a + b, 0) / rows.length;
      }
      if (penalized.length > 0) {
        const sums = new Float64Array(memory.buffer, trainAddress(penalties, whole), penalized.length);
        loss += sums.reduce((a, b) => a + b, 0);
      }
      return loss;
    },
    watchedStep(data, rows) {
      watching ??= makeWatch();
      const { copy, sums, program } = watching;
      floatsAt(copy, train.trainedFloats).set(
        floatsAt(trainAddress(train.weights, whole), train.trainedFloats),
      );
      const loss = plan.step(data, rows);
      kernels.exports.runProgram(...program);
      const all = new Float64Array(memory.buffer, sums, trained.length * 3);
      const norms = trained.map(({ layer }, i) => ({
        layer,
        update: all[3 * i],
        weight: all[3 * i + 1],
        gradient: all[3 * i + 2],
      }));
      return { loss, norms };
    },
    finite() {
      if (!finiteness) {
        const flags = take(train.params.length * 4);
        const ops = train.params.map(({ place, floats }, i) =>
          opOf('allFinite', [place, floats, flags + 4 * i]),
        );
        finiteness = { flags, program: placeProgram(ops, trainAddress) };
      }
      kernels.exports.runProgram(...finiteness.program);
      return new Int32Array(memory.buffer, finiteness.flags, train.params.length).every((flag) => flag === 1);
    },
    infer(data, rows) {
      if (!inferFresh) copyWeightsToInfer();
      inferFresh = true;
      run(placed.infer, data, rows);
      last = placed.infer;
      lastRows = rows.length;
    },
    outputs(index = 0) {
      const { buf, floats } = last.draft.io.outputs[index];
      return floatsAt(last.addressOf(buf, whole), lastRows * floats);
    },
    exampleLosses(index = 0) {
      return floatsAt(trainAddress(train.io.losses[index], whole), lastRows);
    },
    readWeights() {
      for (const param of train.params) {
        packInto(
          param.pack,
          (param.weight.read() as { dataSync(): Float32Array }).dataSync(),
          floatsAt(addressOfTrain(param.place), param.floats),
        );
      }
      kernels.exports.runProgram(...turnAll);
      states.forEach((state, i) =>
        floatsAt(trainAddress(state, whole), train.trainedFloats).fill(optimizer.states[i]),
      );
      inferFresh = false;
    },
    values: (param) => unpack(param.pack, floatsAt(addressOfTrain(param.place), param.floats)),
    gradient: (param) =>
      unpack(
        param.pack,
        floatsAt(addressOfTrain({ buf: train.gradients, offset: param.place.offset }), param.floats),
      ),
    dispose() {
      team?.dispose();
      returnMemory(memory);
    },
  };
  return plan;
}
