import type { Tensor, TensorInfo } from '@tensorflow/tfjs';
import { sizeOf } from './backend';
import { heapKernel, runKernel, type KernelCall } from './kernel';

const WORDS: readonly string[] = ['float32', 'int32'];

/** Rows of x by their numbers, along any axis: lookups, and how model.fit takes its batches. */
export const gather = heapKernel<{ axis: number; batchDims: number }>({
  name: 'GatherV2',
  takes: ({ x, indices }, { batchDims }) =>
    WORDS.includes(x.dtype) && indices.dtype === 'int32' && !batchDims && sizeOf(x.shape) > 0,
  run({ heap, inputs: { x, indices }, attrs }) {
    const axis = attrs.axis < 0 ? attrs.axis + x.shape.length : attrs.axis;
    const size = x.shape[axis];
    const n = sizeOf(indices.shape);
    const at = heap.at(indices);
    const list = new Int32Array(heap.floats(at, n).buffer, at, n);
    const wrong = list.find((index) => index < 0 || index >= size);
    if (wrong !== undefined) throw new Error(`GatherV2: the index value ${wrong} is not in [0, ${size - 1}]`);
    const [outer, inner] = [x.shape.slice(0, axis), x.shape.slice(axis + 1)];
    const out = heap.output([...outer, ...indices.shape, ...inner], x.dtype);
    heap.call('tensorGather', heap.at(x), at, heap.at(out), sizeOf(outer), size, n, sizeOf(inner));
    return out;
  },
});

/** Begins and sizes with −1 (all that is left) filled in. */
function box(shape: readonly number[], begin: number | readonly number[], size?: number | readonly number[]) {
  const first = typeof begin === 'number' ? [begin] : begin;
  const given = size === undefined ? [] : typeof size === 'number' ? [size] : size;
  return shape.map((side, axis) => {
    const from = first[axis] ?? 0;
    const length = given[axis] ?? -1;
    return { from, length: length < 0 ? side - from : length };
  });
}

interface SliceAttrs {
  readonly begin: number | readonly number[];
  readonly size: number | readonly number[];
}

/** A box out of a tensor of up to four axes. */
export const slice = heapKernel<SliceAttrs>({
  name: 'Slice',
  takes: ({ x }, { begin, size }) =>
    WORDS.includes(x.dtype) &&
    x.shape.length <= 4 &&
    box(x.shape, begin, size).every(({ from, length }, axis) => from >= 0 && from + length <= x.shape[axis]),
  run({ heap, inputs: { x }, attrs: { begin, size } }) {
    const sides = box(x.shape, begin, size);
    const out = heap.output(
      sides.map(({ length }) => length),
      x.dtype,
    );
    if (sizeOf(out.shape) === 0) return out;
    const axes = [
      ...Array<{ from: number; length: number; whole: number }>(4 - sides.length).fill({
        from: 0,
        length: 1,
        whole: 1,
      }),
      ...sides.map((side, i) => ({ ...side, whole: x.shape[i] })),
    ];
    const strides = (of: 'whole' | 'length'): number[] =>
      [1, 2, 3].map((k) => 4 * sizeOf(axes.slice(k).map((axis) => axis[of])));
    const [from, to] = [strides('whole'), strides('length')];
    const start = axes.reduce((at, axis, k) => at + axis.from * (from[k] ?? 4), heap.at(x));
    const [n, H, W, C] = axes.map(({ length }) => length);
    heap.call('tensorCopy', start, ...from, heap.at(out), ...to, n, H, W, C, 0);
    return out;
  },
});

/** Cuts a tensor of up to four axes into boxes along one of them. */
function cut(call: KernelCall<unknown>, axis: number, sizes: readonly number[]): TensorInfo[] {
  const { x } = call.inputs;
  const begin = x.shape.map(() => 0);
  return sizes.map((length) => {
    const size = x.shape.map((side, i) => (i === axis ? length : side));
    const part = runKernel(call, 'Slice', { x }, { begin: [...begin], size });
    begin[axis] += length;
    return part;
  });
}

const along = (axis: number, { shape }: TensorInfo): number => (axis < 0 ? axis + shape.length : axis);

/** Cuts a tensor in parts. The backend's own kernel reads all of it for each of them. */
export const split = heapKernel<{ numOrSizeSplits: number | number[]; axis: number }>({
  name: 'SplitV',
  takes: ({ x }) => WORDS.includes(x.dtype) && x.shape.length <= 4,
  run(call) {
    const { x } = call.inputs;
    const axis = along(call.attrs.axis, x);
    return cut(
      call,
      axis,
      call.tf.backend_util.prepareSplitSize(x as Tensor, call.attrs.numOrSizeSplits, axis),
    );
  },
});

/** Cuts a tensor in parts of one each, whose axis goes. */
export const unpack = heapKernel<{ axis: number }>({
  name: 'Unpack',
  takes: ({ value }) => WORDS.includes(value.dtype) && value.shape.length <= 4,
  run(call) {
    const { value } = call.inputs;
    const axis = along(call.attrs.axis, value);
    const parts = cut({ ...call, inputs: { x: value } }, axis, Array<number>(value.shape[axis]).fill(1));
    return parts.map(({ dataId, shape, dtype }) => ({
      dataId,
      dtype,
      shape: shape.filter((_, i) => i !== axis),
    }));
  },
});
