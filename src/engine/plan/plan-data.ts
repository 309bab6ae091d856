import type { TrainBlueprint } from './blueprint';
import type { Workplace } from './workplace';

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

/** Brings examples into a plan's memory. */
export interface DataPlaces {
  /** Copies data into the plan's memory. */
  load(data: DataBlocks): PlanData;
  /** Leaves data where they are, in memory that many plans read; a step costs a copy of its examples more. */
  attach(data: DataBlocks): PlanData;
  /** Copies the examples of a step from where they stay; `all`: with targets and weights. */
  fetch(data: PlanData, rows: ArrayLike<number>, all: boolean): void;
}

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

/** Returns the places of a plan's data. */
export function dataPlaces(
  { batch, inferBatch, exampleBytes }: Pick<TrainBlueprint, 'batch' | 'inferBatch' | 'exampleBytes'>,
  { memory, take, floatsAt }: Workplace,
): DataPlaces {
  let window: PlanData | undefined;
  /** Places for the examples of one step. */
  function makeWindow(): PlanData {
    const n = Math.max(batch, inferBatch);
    const room = (bytes: number): number => take(n * bytes);
    const { inputs, targets } = exampleBytes;
    return {
      n,
      inputs: inputs.map(room),
      targets: targets.map(room),
      weights: targets.map(() => room(4)),
    };
  }
  function put(block: Float32Array): number {
    const address = take(block.byteLength);
    floatsAt(address, block.length).set(block);
    return address;
  }
  const from = (address: number): Float32Array => new Float32Array(memory.buffer, address);
  return {
    load: ({ n, inputs, targets = [], weights }) => ({
      n,
      inputs: inputs.map(put),
      targets: targets.map(put),
      weights: exampleBytes.targets.map((_, i) => {
        const block = weightsOf({ weights }, i);
        return block ? put(block) : 0;
      }),
    }),
    attach(attached) {
      window ??= makeWindow();
      const { inputs, targets, weights } = window;
      const used = weights.map((at, i) => (weightsOf(attached, i) ? at : 0));
      return { n: attached.n, inputs, targets, weights: used, attached };
    },
    fetch({ inputs, targets, weights, attached }, rows, all) {
      inputs.forEach((at, i) => copyRows(attached!.inputs[i], rows, exampleBytes.inputs[i] / 4, from(at)));
      if (!all) return;
      targets.forEach((at, i) =>
        copyRows(attached!.targets![i], rows, exampleBytes.targets[i] / 4, from(at)),
      );
      weights.forEach((at, i) => {
        if (at) copyRows(weightsOf(attached!, i)!, rows, 1, from(at));
      });
    },
  };
}
