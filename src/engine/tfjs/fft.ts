import { sizeOf } from './backend';
import { heapKernel } from './kernel';

/** e^(−πi·k/half), real and imaginary by turns. */
const turns = (steps: readonly number[], half: number): Float64Array =>
  Float64Array.from(steps.flatMap((k) => [Math.cos((Math.PI * k) / half), -Math.sin((Math.PI * k) / half)]));

const upTo = (n: number): number[] => Array.from({ length: n }, (_, k) => k);

interface Tables {
  /** Length of the transforms that are made: n, or Bluestein's. */
  readonly m: number;
  readonly roots: Float64Array;
  readonly chirp: Float64Array;
}

/** Tables of the lengths that were last asked for: a spectrogram asks for the same again and again. */
const tables = new Map<number, Tables>();
const KEPT = 8;

function tablesOf(n: number): Tables {
  let made = tables.get(n);
  if (!made) {
    const even = (n & (n - 1)) === 0;
    const m = even ? n : 2 ** Math.ceil(Math.log2(2 * n - 1));
    const roots = turns(upTo(m / 2), m / 2);
    // k² grows beyond what a sine takes exactly: its rest is enough.
    const chirp = even ? new Float64Array() : turns(upTo(n).map((k) => (k * k) % (2 * n)), n); // prettier-ignore
    made = { m, roots, chirp };
    if (tables.size === KEPT) tables.delete(tables.keys().next().value!);
    tables.set(n, made);
  }
  return made;
}

const transform = (name: string, inverse: 0 | 1) =>
  heapKernel({
    name,
    takes: ({ input }) => input.dtype === 'complex64' && input.shape[input.shape.length - 1] > 0,
    run({ heap, inputs: { input } }) {
      const n = input.shape[input.shape.length - 1];
      const rows = sizeOf(input.shape.slice(0, -1));
      const { m, roots, chirp } = tablesOf(n);
      return heap.scratch((take) => {
        const out = heap.output(input.shape, 'complex64');
        const place = (table: Float64Array): number => {
          const at = take(table.byteLength);
          heap.floats(at, table.length * 2).set(new Float32Array(table.buffer));
          return at;
        };
        const work = take(m * 16);
        const more = m === n ? [0, 0] : [place(chirp), take(m * 16)];
        heap.call(
          'tensorFft',
          heap.at(input),
          heap.at(out),
          rows,
          n,
          inverse,
          work,
          place(roots),
          m,
          ...more,
        );
        return out;
      });
    },
  });

/** Discrete Fourier transform along the last axis, of any length in n log n steps. */
export const fft = transform('FFT', 0);

/** Its inverse. */
export const ifft = transform('IFFT', 1);
