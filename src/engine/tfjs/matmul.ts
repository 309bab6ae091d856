import type { TensorInfo } from '@tensorflow/tfjs';
import { activated, canFuse, type FusedAttrs } from './activation';
import { sizeOf } from './backend';
import { roundUp } from './convolution';
import type { Heap } from './heap';
import { heapKernel, isFloat, type Inputs, type KernelCall } from './kernel';

interface Attrs extends FusedAttrs {
  readonly transposeA: boolean;
  readonly transposeB: boolean;
}

type Take = (bytes: number) => number;

/** One of the two matrices: its address, the length of its rows as they lie, and whether it is taken turned. */
interface Side {
  readonly at: number;
  readonly row: number;
  readonly turned: boolean;
}

/** C = A · B for matrices of sizes M × K and K × N, with `bias` (an address or 0) and the mode of `product`. */
interface Product {
  readonly M: number;
  readonly K: number;
  readonly N: number;
  readonly bias: number;
  readonly mode: number;
}

/** The mode of `product` that cuts its results at zero. */
const RELU = 2;
/** Bytes of rows that are multiplied with all panels at a time. */
const BLOCK = 1 << 15;

/** Panels of a matrix with K rows of N, or of one with N rows of K that is taken turned. */
function panelsOf(heap: Heap, { at, row, turned }: Side, K: number, N: number, to: number): void {
  const strides = turned ? [4, row * 4] : [row * 4, 4];
  heap.call('tensorPanels', at, ...strides, to, K * 32, K, N);
}

/**
 * Returns how one kind of product runs; its memory is taken once for all matrices of a batch.
 * - A few rows: without panels.
 * - A few columns: as the turned product, so that the panels, which are 8 wide, are full.
 * - A turned, B not: what a weight gradient is, summed up row by row.
 * - Else: B in panels, rows of A as they lie (turned first, if they are columns).
 */
function plan(
  heap: Heap,
  take: Take,
  product: Product,
  aTurned: boolean,
  bTurned: boolean,
): (a: Side, b: Side, c: number, sameB: boolean) => void {
  const { M, K, N, bias, mode } = product;
  const columns = roundUp(N, 8);
  const direct = columns === N;
  /** In blocks of rows that stay in the first cache while the panels pass. */
  const multiply = (
    A: number,
    panels: number,
    C: number,
    [rows, wide]: readonly [number, number],
    start: number,
    how: number,
  ): void => {
    const block = Math.min(rows, Math.max(8, (BLOCK / (K * 4)) & ~3));
    const blocks = Math.floor(rows / block);
    const rest = rows - blocks * block;
    const tail = [1, 0, 1, 0, K, how];
    const strides = [block * K * 4, K * 4];
    heap.call(
      'product',
      A,
      0,
      ...strides,
      panels,
      C,
      0,
      block * wide * 4,
      wide * 4,
      start,
      1,
      blocks,
      block,
      wide,
      ...tail,
    );
    if (rest === 0) return;
    const [a, c] = [A + blocks * block * K * 4, C + blocks * block * wide * 4];
    heap.call('product', a, 0, 0, K * 4, panels, c, 0, 0, wide * 4, start, 1, 1, rest, wide, ...tail);
  };

  if (N < 5 && M >= 8 && bias === 0 && mode === 0) {
    const wide = roundUp(M, 8);
    const panels = take(K * wide * 4);
    const rows = take(N * K * 4);
    const turned = N === 1 && wide === M ? 0 : take(N * wide * 4);
    return (a, b, c) => {
      panelsOf(heap, { ...a, turned: !a.turned }, K, M, panels);
      if (!b.turned && N > 1) heap.call('tensorTurn', b.at, b.row * 4, rows, K * 4, K, N);
      multiply(b.turned || N === 1 ? b.at : rows, panels, turned || c, [N, wide], 0, 0);
      if (turned) heap.call('tensorTurn', turned, wide * 4, c, N * 4, N, M);
    };
  }

  if (M < 4 && !aTurned && !bTurned) {
    const cut = mode === RELU ? 1 : 0;
    return (a, b, c) => heap.call('tensorFewRows', a.at, b.at, c, M, K, N, bias, cut);
  }

  let start = bias;
  if (bias && !direct) heap.copy(bias, (start = take(columns * 4)), N * 4);

  if (aTurned && !bTurned && bias === 0 && mode === 0) {
    const panels = take(M * columns * 4);
    const wide = direct ? 0 : take(K * columns * 4);
    return (a, b, c) => {
      heap.fill(panels, M * columns * 4);
      if (wide) heap.call('tensorCopy', b.at, 0, 0, N * 4, wide, 0, 0, columns * 4, 1, 1, K, N, columns - N);
      const D = wide || b.at;
      heap.call(
        'productGrad',
        a.at,
        0,
        0,
        M * 4,
        D,
        0,
        0,
        columns * 4,
        panels,
        1,
        1,
        K,
        columns,
        1,
        0,
        1,
        0,
        M,
      );
      heap.call('tensorRows', panels, M * 32, c, N * 4, M, N);
    };
  }

  const panels = take(K * columns * 4);
  const rows = aTurned ? take(M * K * 4) : 0;
  const wide = direct ? 0 : take(M * columns * 4);
  return (a, b, c, sameB) => {
    if (!sameB) panelsOf(heap, b, K, N, panels);
    if (rows) heap.call('tensorTurn', a.at, M * 4, rows, K * 4, K, M);
    multiply(rows || a.at, panels, wide || c, [M, columns], start, mode);
    if (wide) heap.call('tensorCopy', wide, 0, 0, columns * 4, c, 0, 0, N * 4, 1, 1, M, N, 0);
  };
}

/** For each matrix of the result, which matrix of a side it takes: sides of length 1 are repeated. */
function places(batch: readonly number[], side: readonly number[]): number[] {
  const own = [...Array<number>(batch.length - side.length).fill(1), ...side];
  return batch.reduce<number[]>(
    (list, size, axis) =>
      list.flatMap((at) =>
        Array.from({ length: size }, (_, i) => at * own[axis] + (own[axis] === 1 ? 0 : i)),
      ),
    [0],
  );
}

function run(call: KernelCall<Attrs>): TensorInfo {
  const { tf, heap, inputs, attrs } = call;
  const { a, b, bias } = inputs;
  const { transposeA, transposeB } = attrs;
  const [aRows, aColumns] = a.shape.slice(-2);
  const [bRows, bColumns] = b.shape.slice(-2);
  const [M, K] = transposeA ? [aColumns, aRows] : [aRows, aColumns];
  const [inner, N] = transposeB ? [bColumns, bRows] : [bRows, bColumns];
  if (K !== inner) {
    throw new Error(
      `Error in matMul: inner shapes (${K}) and (${inner}) of Tensors with shapes ${a.shape} and ${b.shape} and ` +
        `transposeA=${transposeA} and transposeB=${transposeB} must match.`,
    );
  }
  const [aBatch, bBatch] = [a.shape.slice(0, -2), b.shape.slice(0, -2)];
  const batch = tf.backend_util.assertAndGetBroadcastShape(aBatch, bBatch);
  const sums = heap.scratch((take) => {
    const out = heap.output([...batch, M, N]);
    const size = sizeOf(out.shape);
    if (size === 0) return out;
    if (K === 0) {
      heap.fill(heap.at(out), size * 4);
      return out;
    }
    const mode = attrs.activation === 'relu' ? RELU : 0;
    const start = bias ? heap.at(bias) : 0;
    const [first, second, to] = [a, b, out].map(heap.at);
    // One matrix on the right for all: one product of all rows.
    const one = sizeOf(bBatch) === 1 && !transposeA;
    const rows = one ? sizeOf(batch) * M : M;
    const multiply = plan(heap, take, { M: rows, K, N, bias: start, mode }, transposeA, transposeB);
    const [as, bs] = one ? [[0], [0]] : [places(batch, aBatch), places(batch, bBatch)];
    as.forEach((place, i) =>
      multiply(
        { at: first + place * M * K * 4, row: aColumns, turned: transposeA },
        { at: second + bs[i] * K * N * 4, row: bColumns, turned: transposeB },
        to + i * rows * N * 4,
        i > 0 && bs[i] === bs[i - 1],
      ),
    );
    return out;
  });
  return activated(call, sums, 'relu');
}

const takes = ({ a, b, bias }: Inputs, attrs: Attrs): boolean =>
  isFloat(a, b, bias) &&
  canFuse(attrs) &&
  (!bias || (bias.shape.length === 1 && bias.shape[0] > 0)) &&
  // With nothing to sum the result is the bias and its activation: rare enough for the plain backend.
  (!bias || a.shape[attrs.transposeA ? a.shape.length - 2 : a.shape.length - 1] > 0);

/** Products of matrices, any of them turned, in batches whose sides may be repeated. */
export const batchMatMul = heapKernel<Attrs>({ name: 'BatchMatMul', takes, run });

/** The same with bias and activation. */
export const fusedMatMul = heapKernel<Attrs>({ name: '_FusedMatMul', takes, run });
