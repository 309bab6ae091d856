import type { PlanParam } from './blueprint';
import type { Kernels } from './module';

/** Square sums of one weight around a step. */
export interface WeightNorms {
  readonly layer: string;
  readonly update: number;
  /** Before the step. */
  readonly weight: number;
  readonly gradient: number;
}

/** Looks at the weights of a plan where they lie. */
export interface WeightWatch {
  /** Makes a step and measures around it. */
  around(step: () => number): { readonly loss: number; readonly norms: readonly WeightNorms[] };
  finite(): boolean;
}

interface Place {
  readonly memory: WebAssembly.Memory;
  readonly kernels: Kernels;
  take(bytes: number): number;
}

/** Returns a watch over the weights of a plan; the memory for it is taken when it is first used. */
export function watchWeights(
  { memory, kernels, take }: Place,
  params: readonly PlanParam[],
  weights: number,
  floats: number,
): WeightWatch {
  const trained = params.filter(({ gradient }) => gradient !== null);

  function write(kernel: string, calls: readonly (readonly number[])[]): [from: number, to: number] {
    const index = kernels.indexOf(kernel);
    const words = calls.flatMap((args) => [index, args.length, ...args]);
    const from = take(words.length * 4);
    new Uint32Array(memory.buffer, from, words.length).set(words);
    return [from, from + words.length * 4];
  }

  function makeNorms(): { copy: number; sums: number; program: [number, number] } {
    const copy = take(floats * 4);
    const sums = take(trained.length * 24);
    const calls = trained.map(({ place, gradient, floats: count }, i) => [
      place,
      copy + place - weights,
      gradient!,
      count,
      sums + i * 24,
    ]);
    return { copy, sums, program: write('norms', calls) };
  }

  function makeFlags(): { flags: number; program: [number, number] } {
    const flags = take(params.length * 4);
    const calls = params.map(({ place, floats: count }, i) => [place, count, flags + 4 * i]);
    return { flags, program: write('allFinite', calls) };
  }

  let norms: ReturnType<typeof makeNorms> | undefined;
  let finiteness: ReturnType<typeof makeFlags> | undefined;
  return {
    around(step) {
      norms ??= makeNorms();
      const { copy, sums, program } = norms;
      new Uint8Array(memory.buffer).copyWithin(copy, weights, weights + floats * 4);
      const loss = step();
      kernels.exports.runProgram(...program);
      const all = new Float64Array(memory.buffer, sums, trained.length * 3);
      const rows = trained.map(({ layer }, i) => ({
        layer,
        update: all[3 * i],
        weight: all[3 * i + 1],
        gradient: all[3 * i + 2],
      }));
      return { loss, norms: rows };
    },
    finite() {
      finiteness ??= makeFlags();
      kernels.exports.runProgram(...finiteness.program);
      return new Int32Array(memory.buffer, finiteness.flags, params.length).every((flag) => flag === 1);
    },
  };
}
