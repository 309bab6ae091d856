import type { PlanParam } from './blueprint';
import type { Workplace } from './workplace';

/** Returns a function that puts row-major numbers where a weight lies, zeros where that is wider; for before the first step. */
export function weightPacker({
  memory,
  floatsAt,
  take,
  passing,
  call,
}: Workplace): (param: PlanParam, values: ArrayLike<number>) => void {
  const words = take(20);
  return ({ pack, place, floats, gradient }, values) => {
    const { rows, columns } = pack;
    const length = rows * columns;
    if (pack.kind === 'lines') {
      if (pack.stride === columns) return floatsAt(place, length).set(values);
      const to = floatsAt(place, floats).fill(0);
      for (let i = 0; i < length; i++) to[Math.floor(i / columns) * pack.stride + (i % columns)] = values[i];
      return;
    }
    // Steps begin by clearing the gradients.
    const from = gradient ?? passing(length * 4);
    floatsAt(from, length).set(values);
    const { blocks = 1 } = pack;
    new Uint32Array(memory.buffer, words, 5).set([from, place, rows, blocks, columns / blocks]);
    call('packPanels', words);
  };
}
