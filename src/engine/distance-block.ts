import { kernelModule } from './plan/module';

/** Rows of a block, and rows that are woven together in each. */
export const BLOCK = 64;
const QUERIES = 4;
const POINTS = 8;
/** Where the data begin in the memory of the module. */
const FIRST = 1024;
const PAGE = 65536;

/** Squared distances between two blocks of examples at a time, in single precision. */
export interface DistanceBlock {
  /** Puts rows `first` … of flat values N×d in place. */
  setQueries(values: Float32Array, first: number): void;
  setPoints(values: Float32Array, first: number): void;
  /** Distances that are large enough to be of no interest, of the queries of the block and then of its points. */
  readonly bounds: Float32Array;
  /** BLOCK×BLOCK, by query; where all near a pair exceed their bounds, any number above them. */
  readonly distances: Float32Array;
  /** Largest relative error of a distance. */
  readonly error: number;
  run(): void;
}

/** Writes rows `first` … into `into`, `width` of them woven together; what is beyond the end is 0. */
function weave(values: Float32Array, d: number, first: number, width: number, into: Float32Array): void {
  for (let row = 0; row < BLOCK; row++) {
    const at = (row - (row % width)) * d + (row % width);
    const from = (first + row) * d;
    const there = from < values.length;
    for (let j = 0; j < d; j++) into[at + j * width] = there ? values[from + j] : 0;
  }
}

/** Returns a place to compare blocks of examples of d features in. */
export function distanceBlock(d: number): DistanceBlock {
  const floats = 2 * BLOCK * d + 2 * BLOCK + BLOCK * BLOCK;
  const memory = new WebAssembly.Memory({ initial: Math.ceil((FIRST + 4 * floats) / PAGE) });
  const instance = new WebAssembly.Instance(kernelModule('distances'), { env: { memory } });
  const kernel = instance.exports.distances as (...places: number[]) => void;
  let end = FIRST;
  const take = (n: number): Float32Array => {
    const part = new Float32Array(memory.buffer, end, n);
    end += 4 * n;
    return part;
  };
  const [queries, points, bounds, distances] = [BLOCK * d, BLOCK * d, 2 * BLOCK, BLOCK * BLOCK].map(take);
  const places = [queries, points, bounds, distances].map(({ byteOffset }) => byteOffset);
  return {
    setQueries: (values, first) => weave(values, d, first, QUERIES, queries),
    setPoints: (values, first) => weave(values, d, first, POINTS, points),
    bounds,
    distances,
    // One rounding of each difference, square and sum of terms that are not negative.
    error: (d + 4) * 2 ** -23,
    run: () => kernel(...places, d),
  };
}
