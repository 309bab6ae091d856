import type { ActivationStats } from '../training-session';
import { peakBytes } from './activation-stats';
import type { TrainBlueprint } from './blueprint';
import type { Workplace } from './workplace';

/** Square sums of one weight around a step. */
export interface WeightNorms {
  readonly layer: string;
  readonly update: number;
  readonly weight: number;
  readonly gradient: number;
}

/** Looks at the weights of a running plan. */
export interface Inspection {
  /** What `work`, a step, returns, and the square sums of update, weight (before it) and gradient of each trained weight. */
  around<T>(work: () => T): { readonly result: T; readonly norms: readonly WeightNorms[] };
  /** Whether every weight is a finite number. */
  finite(): boolean;
  /** What the last watched step, of `rows` examples, measured of each layer's output. */
  activations(rows: number): readonly ActivationStats[];
}

/** Returns an inspection; it takes memory when it is first asked. */
export function inspection(
  { params, weights, trainedFloats, slices, stats }: TrainBlueprint,
  { memory, take, program }: Workplace,
): Inspection {
  const trained = params.filter(({ gradient }) => gradient !== null);

  function makeWatch(): { readonly copy: number; readonly sums: number; readonly run: () => void } {
    const copy = take(trainedFloats * 4);
    const sums = take(trained.length * 24);
    const ops = trained.map(({ place, gradient, floats }, i) => ({
      kernel: 'norms',
      words: [place, copy + place - weights, gradient!, floats, sums + i * 24],
    }));
    return { copy, sums, run: program(ops) };
  }

  function makeCheck(): { readonly flags: number; readonly run: () => void } {
    const flags = take(params.length * 4);
    const ops = params.map(({ place, floats }, i) => ({
      kernel: 'allFinite',
      words: [place, floats, flags + 4 * i],
    }));
    return { flags, run: program(ops) };
  }

  let watch: ReturnType<typeof makeWatch> | undefined;
  let check: ReturnType<typeof makeCheck> | undefined;
  return {
    around(work) {
      watch ??= makeWatch();
      const { copy, sums, run } = watch;
      new Uint8Array(memory.buffer).copyWithin(copy, weights, weights + trainedFloats * 4);
      const result = work();
      run();
      const all = new Float64Array(memory.buffer, sums, trained.length * 3);
      const norms = trained.map(({ layer }, i) => ({
        layer,
        update: all[3 * i],
        weight: all[3 * i + 1],
        gradient: all[3 * i + 2],
      }));
      return { result, norms };
    },
    activations(rows) {
      return stats.map(({ layer, sums, peaks, units, size }) => {
        const all = new Float64Array(memory.buffer, sums, 4 * slices);
        const [sum, square, zeros, saturated] = [0, 1, 2, 3].map((k) => {
          let total = 0;
          for (let s = 0; s < slices; s++) total += all[4 * s + k];
          return total;
        });
        const stride = peakBytes(units) / 4;
        const peak = new Float32Array(memory.buffer, peaks, stride * slices);
        let dead = 0;
        for (let unit = 0; unit < units; unit++) {
          let alive = false;
          for (let s = 0; s < slices; s++) alive ||= peak[s * stride + unit] !== 0;
          if (!alive) dead++;
        }
        const count = rows * size;
        const mean = sum / count;
        const spread = Math.sqrt(Math.max(0, square / count - mean * mean));
        return {
          layer,
          mean,
          spread,
          zeros: zeros / count,
          saturated: saturated / count,
          dead: dead / units,
        };
      });
    },
    finite() {
      check ??= makeCheck();
      check.run();
      return new Int32Array(memory.buffer, check.flags, params.length).every((flag) => flag === 1);
    },
  };
}
