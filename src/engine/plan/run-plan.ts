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
import { inspection, type WeightNorms } from './inspection';
import { optimizerFrom, type PlanOptimizer } from './optimizers';
import { weightPacker } from './pack-weights';
import { unpack } from './param';
import { keepPace } from './pace';
import { dataPlaces, type DataPlaces, type PlanData } from './plan-data';
import { stepJudge } from './step-judge';
import { stepTables } from './step-tables';
import { startTeam, type Team } from './team';
import { workplaceOf } from './workplace';

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

/** What a watched step tells. */
export interface WatchedStep {
  readonly loss: number;
  readonly norms: readonly WeightNorms[];
  readonly activations: readonly ActivationStats[];
  /** Norm of each example's gradient by the weights of the last layer; null where that is not dense. */
  readonly exampleGradients: Float32Array | null;
}

/** A blueprint at work in a memory of its own. */
export interface RunningPlan extends Pick<DataPlaces, 'load' | 'attach'> {
  readonly blueprint: RunBlueprint;
  readonly slices: number;
  readonly flops: number;
  /** Bytes of all buffers if none were used twice, and of the memory as it is. */
  readonly memory: { readonly laidOut: number; readonly bytes: number };
  readonly params: readonly PlanParam[];
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

/** Puts a blueprint to work. */
export function runPlan(blueprint: RunBlueprint, options: RunOptions = {}): RunningPlan {
  const { train, params, slices, optimizer: plainOptimizer } = blueprint;
  const optimizer = options.optimizer ?? optimizerFrom(plainOptimizer.name, plainOptimizer.settings);
  const workplace = workplaceOf(blueprint.bytes + (blueprint.infer?.bytes ?? 0), blueprint.module);
  const { memory, kernels, floatsAt, doublesAt, setWord } = workplace;

  let drawnInfer: InferDrawing | undefined;
  /** Inference; where the blueprint holds none it is drawn when it is first needed. */
  function inference(): InferBlueprint {
    if (blueprint.infer) return blueprint.infer;
    drawnInfer ??= workplace.takeZeros((from) => {
      const drawn = options.drawInfer!(from);
      return { ...drawn, bytes: drawn.blueprint.bytes };
    });
    return drawnInfer.blueprint;
  }

  const stepOf = (kind: StepKind): StepBlueprint => (kind === 'infer' ? inference().step : blueprint[kind]);

  function wordsFor(kind: StepKind, n: number): StepWords {
    const words =
      stepOf(kind).words.get(n) ?? (kind === 'infer' ? drawnInfer?.wordsFor(n) : options.wordsFor?.(kind, n));
    if (!words) throw new Error(`the blueprint holds no ${kind} step for ${n} examples`);
    return words;
  }

  const tables = stepTables(workplace, blueprint.kernels, wordsFor);
  const turnAll = tables.write(blueprint.turnWords);
  const packInto = weightPacker(workplace);
  const places = dataPlaces(blueprint, workplace);
  const inspected = inspection(blueprint, workplace);

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

  function run(kind: StepKind, data: PlanData, rows: ArrayLike<number>): void {
    const step = stepOf(kind);
    const address = tables.at(kind, rows.length);
    const own = new Int32Array(memory.buffer, step.rows, rows.length);
    if (data.attached) {
      places.fetch(data, rows, kind !== 'infer');
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

  /** Inference has a copy of the weights that it uses: those of now, or those that are held. */
  function refreshInfer(): void {
    const { places: copies } = inference();
    if (inferFresh) return;
    inferFresh = true;
    params.forEach(({ place, floats }, i) => {
      const copy = copies[i];
      if (copy !== null) floatsAt(copy, floats).set(held?.[i] ?? floatsAt(place, floats));
    });
  }

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
    load: places.load,
    attach: places.attach,
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
      workplace.dispose();
    },
  };
}
