import { heapKernel, runKernel } from './kernel';

/**
 * Types of numbers. The backend's own kernel copies also what has its type already, and takes for a truth value the whole part
 * of a number, be it 7.
 */
export const cast = heapKernel<{ dtype: string }>({
  name: 'Cast',
  takes: ({ x }, { dtype }) =>
    x.dtype === dtype || (dtype === 'bool' && ['float32', 'int32'].includes(x.dtype)),
  run(call) {
    const { heap, inputs, attrs } = call;
    if (inputs.x.dtype === attrs.dtype) return runKernel(call, 'Identity', inputs);
    const zero = heap.backend.makeOutput([], inputs.x.dtype);
    heap.fill(heap.at(zero), 4);
    try {
      return runKernel(call, 'NotEqual', { a: inputs.x, b: zero });
    } finally {
      heap.backend.disposeData(zero.dataId);
    }
  },
});
