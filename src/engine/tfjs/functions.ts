import { sizeOf } from './backend';
import { real } from './heap';
import { heapKernel, isFloat } from './kernel';

const map = (name: string, kind: number) =>
  heapKernel<{ alpha?: number }>({
    name,
    takes: ({ x }) => isFloat(x),
    run({ heap, inputs: { x }, attrs }) {
      const out = heap.output(x.shape);
      heap.call('tensorFunction', heap.at(x), heap.at(out), sizeOf(x.shape), kind, real(attrs?.alpha ?? 0));
      return out;
    },
  });

/** Functions of single numbers that gates and activations are made of, four numbers at a time. */
export const FUNCTIONS = ['Sigmoid', 'Tanh', 'Step', 'Exp'].map(map);
