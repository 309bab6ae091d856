import { sizeOf } from './backend';
import { heapKernel, isFloat } from './kernel';

/** Sums rows that share an id: the gradient of a lookup (embedding, gather). */
export const segmentSum = heapKernel<{ numSegments: number }>({
  name: 'UnsortedSegmentSum',
  takes: ({ x, segmentIds }) => isFloat(x) && segmentIds.dtype === 'int32' && segmentIds.shape.length === 1,
  run({ heap, inputs: { x, segmentIds }, attrs: { numSegments } }) {
    const inner = x.shape.slice(1);
    const out = heap.output([numSegments, ...inner]);
    const [from, ids, to] = [x, segmentIds, out].map(heap.at);
    heap.fill(to, numSegments * sizeOf(inner) * 4);
    heap.call('tensorSegmentSum', from, ids, to, x.shape[0], sizeOf(inner), numSegments);
    return out;
  },
});
