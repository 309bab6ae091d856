import type { PlanContext } from '../context';
import { rowsOf } from '../context';
import { padded, viewArgs } from '../layout';
import type { Param } from '../param';
import { at, inSlice, ref, type Buf, type Ref } from '../program';
import { Unplannable } from '../unplannable';
import type { Value } from '../value';
import { isTrained, penaltyOf, weightOf, type LayerRule } from './rule';

/** Bytes before the tokens of a list; see src/engine/kernels/embedding.ts. */
const HEAD = 16;

/** y = the rows of a table that the tokens name. */
export const embedding: LayerRule = {
  classes: ['Embedding'],
  plan(context, layer, [x]) {
    const weight = weightOf(layer, 'embeddings')!;
    const [rows, columns] = weight.shape as readonly number[];
    const stride = padded(columns);
    const trainable = isTrained(layer, weight);
    const penalty = penaltyOf(layer, 'embeddingsRegularizer');
    const table = context.param(
      weight,
      { kind: 'lines', rows, columns, stride },
      { trainable, penalty, summed: true },
    );
    // Tokens are the last side of their tensor; one line of them for each of the sides before.
    const [h, w, length] = x.shape;
    if (h > 1) throw new Unplannable(layer.name, 'its tokens have more than two sides');
    const masked = (layer as unknown as { maskZero?: boolean }).maskZero === true;
    if (masked && w > 1) throw new Unplannable(layer.name, 'a mask of more than one side has no kernel');
    const mask = masked ? tokenMask(context, x) : null;
    const y = context.output([...x.dims, columns], {
      ...{ needsGrad: table.gradient !== null, mask },
      gradMayBeShared: true,
    });
    const tokens = w * length;
    const list = y.needsGrad ? listOf(context, tokens) : undefined;
    if (list && table.gradient) {
      if (penalty.l1 === 0 && penalty.l2 === 0)
        context.emit('embedForget', [ref(list), table.gradient, stride * 4]);
      else forgetAll(context, table, table.gradient, rows, stride);
    }
    const fault = context.fault({
      param: 'tokens',
      expected: `be whole numbers from 0 to ${rows - 1}`,
      mend: 'Give the embedding an inputDim larger than the largest token.',
    });
    context.emit('embed', [
      x.view.base,
      x.view.img,
      x.view.pix,
      table.place,
      stride * 4,
      rows,
      ...viewArgs(y.view),
      list ? ref(list) : 0,
      fault,
      rowsOf,
      w,
      length,
    ]);
    if (!list || !table.gradient) return [y];
    const gradient = table.gradient;
    context.backward(() => {
      const dy = context.gradOf(y);
      if (!dy) return;
      context.meet();
      const second =
        (place: Ref) =>
        ({ count }: { count: number }) =>
          inSlice(place, count > 1 ? 1 : 0);
      context.emit('embedGrad', [
        inSlice(ref(list), 0),
        second(ref(list)),
        inSlice(dy.base, 0),
        second(dy.base),
        dy.img,
        dy.row,
        dy.pix,
        w,
        length,
        gradient,
        stride * 4,
        ({ index }) => index,
        ({ count }) => count,
      ]);
      context.meet();
    });
    return [y];
  },
};

/** The tokens of the slice, and those of the last step until they are overwritten. */
function listOf(context: PlanContext, tokens: number): Buf {
  return context.buffer('tokens', (n) => HEAD + n * tokens * 4, { pinned: true });
}

/** A penalty leaves something in every row of the gradient: each slice makes its share of them zero. */
function forgetAll(context: PlanContext, table: Param, gradient: Ref, rows: number, stride: number): void {
  const row = (index: number, count: number): number => Math.floor((index * rows) / count);
  context.emit('zero', [
    ({ index, count }) => at(gradient, row(index, count) * stride * 4),
    ({ index, count }) =>
      (index + 1 === count ? table.floats : row(index + 1, count) * stride) * 4 -
      row(index, count) * stride * 4,
  ]);
}

/** 1 for every token but zero. */
function tokenMask(context: PlanContext, x: Value): Ref {
  const length = x.shape[2];
  const mask = ref(context.buffer('mask', (n) => n * length * 4));
  context.emit('tokenMask', [x.view.base, x.view.img, mask, rowsOf, length]);
  return mask;
}
