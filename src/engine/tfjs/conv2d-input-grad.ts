import { convInfoOf, type Conv2DAttrs } from './conv2d-attrs';
import { inChunks, phaseBorder, phasesOf, place, roundUp, stridesOf, type Phase } from './convolution';
import type { Heap } from './heap';
import { heapKernel, isFloat } from './kernel';

/** Filter taps [y][x], each inChannels × outChannels, as panels over the input channels, K being [taps][outChannels]. */
function turnedPanels(
  heap: Heap,
  filter: number,
  [, width, inChannels, outChannels]: readonly number[],
  [tapsY, tapsX]: readonly (readonly number[])[],
  panels: number,
): void {
  const K = tapsY.length * tapsX.length * outChannels;
  tapsY.forEach((ky, i) =>
    tapsX.forEach((kx, j) => {
      const from = filter + (ky * width + kx) * inChannels * outChannels * 4;
      const to = panels + (i * tapsX.length + j) * outChannels * 32;
      heap.call('tensorPanels', from, 4, outChannels * 4, to, K * 32, outChannels, inChannels);
    }),
  );
}

/**
 * Gradient of a convolution with respect to its input, as ordinary convolutions of what came back with the turned filter: one
 * for each phase of the stride, so that nothing is multiplied by inserted zeros.
 */
export const conv2DInputGrad = heapKernel<Conv2DAttrs & { inputShape: readonly number[] }>({
  name: 'Conv2DBackpropInput',
  takes: ({ dy, filter }, attrs) => isFloat(dy, filter) && attrs.dataFormat !== 'NCHW',
  run({ tf, heap, inputs: { dy, filter }, attrs }) {
    const info = convInfoOf(tf, attrs.inputShape, filter.shape, attrs, 1);
    const { batchSize, inHeight, inWidth, inChannels, outHeight, outWidth, outChannels } = info;
    const { filterHeight, filterWidth, strideHeight, strideWidth, padInfo } = info;
    const rows = phasesOf(inHeight, filterHeight, strideHeight, 1, padInfo.top);
    const columns = phasesOf(inWidth, filterWidth, strideWidth, 1, padInfo.left);
    const [vertical, horizontal] = [phaseBorder(rows, outHeight, 1), phaseBorder(columns, outWidth, 1)];
    const frame = {
      ...{ height: vertical.length, top: vertical.before, width: horizontal.length, left: horizontal.before },
      channels: outChannels,
    };
    const phases = rows.flatMap((row) => columns.map((column) => [row, column] as const));
    const reached = ([row, column]: readonly [Phase, Phase]): boolean =>
      row.taps.length * column.taps.length > 0;
    const padded = roundUp(inChannels, 8);
    return heap.scratch((take) => {
      const out = heap.output(info.inShape);
      const target = stridesOf(heap.at(out), inHeight, inWidth, inChannels);
      const from = stridesOf(heap.at(dy), outHeight, outWidth, outChannels);
      const nothing = outChannels * outHeight * outWidth * inChannels === 0;
      if (nothing || !phases.every(reached)) heap.fill(target.base, batchSize * target.img);
      if (nothing) return out;
      const work = phases.filter(reached).map(([row, column]) => {
        const K = row.taps.length * column.taps.length * outChannels;
        const panels = take(K * padded * 4);
        turnedPanels(heap, heap.at(filter), filter.shape, [row.taps, column.taps], panels);
        return { row, column, panels };
      });
      let wide = 0;
      const bytes = 4 * Math.max(frame.height * frame.width * outChannels, inHeight * inWidth * padded);
      inChunks(heap, batchSize, bytes, take, ({ first, count }, framed) => {
        const A = framed(from, outHeight, outWidth, outChannels, frame);
        for (const { row, column, panels } of work) {
          const at =
            A.base + (vertical.before + row.from) * A.row + (horizontal.before + column.from) * A.pix;
          const to = {
            base: target.base + first * target.img + row.first * target.row + column.first * target.pix,
            ...{ img: target.img, row: target.row * strideHeight, pix: target.pix * strideWidth },
          };
          // Columns come in eights: where the channels do not, the result is made beside and copied.
          const direct = padded === inChannels;
          if (!direct && !wide) wide = take(count * rows[0].count * columns[0].count * padded * 4);
          const C = direct ? to : stridesOf(wide, row.count, column.count, padded);
          const segments = [row.taps.length, A.row, 1, 0, column.taps.length * outChannels];
          const sizes = [count, row.count, column.count];
          heap.call(
            'product',
            at,
            A.img,
            A.row,
            A.pix,
            panels,
            ...place(C),
            0,
            ...sizes,
            padded,
            ...segments,
            0,
          );
          if (!direct) heap.call('tensorCopy', ...place(C), ...place(to), ...sizes, inChannels, 0);
        }
      });
      return out;
    });
  },
});
