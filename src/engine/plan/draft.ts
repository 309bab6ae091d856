import type { Draft, PlanContext } from './context';
import { startDraft } from './drafting';
import type { Graph } from './graph';
import { emitStats, type StatsPlace } from './activation-stats';
import { ruleOf } from './layers';
import { whyUnsupported } from './layers/unsupported';
import { wrappedLayer, type TfLayer } from './layers/rule';
import { NO_BORDER, padded, pixelLoop, viewArgs, viewOf, widest, type Border, type View } from './layout';
import type { PlanLoss } from './losses';
import { along, rowsOf } from './context';
import { float, MOST_SLICES, ref, type Buf, type Ref } from './program';
import { Unplannable } from './unplannable';
import { shapeOf, type Value } from './value';

/** What a step works on and what it leaves, as buffers. */
export interface StepIO {
  /** For each input and each target: a word with the address of the data, and bytes of an example. */
  readonly inputs: readonly { readonly data: Ref; readonly bytes: number }[];
  readonly targets: readonly { readonly data: Ref; readonly bytes: number }[];
  /** Which examples, i32. */
  readonly rows: Buf;
  /** For each output: numbers of each example side by side. */
  readonly outputs: readonly { readonly buf: Buf; readonly floats: number }[];
  /** For each output that a loss reaches: loss of each example, and a sum (f64) for each slice. */
  readonly losses: readonly Buf[];
  readonly sums: readonly Buf[];
  /** Of each layer, what is measured at watched steps. */
  readonly stats: readonly StatsPlace[];
  /** Norms of the examples' gradients by the weights of the last layer, where that is dense. */
  readonly norms: Buf;
}

export interface StepDraft extends Draft {
  readonly io: StepIO;
}

export interface DraftSpec {
  readonly graph: Graph;
  readonly batch: number;
  readonly training: boolean;
  /** One for each output, null where none reaches it; none for inference. */
  readonly losses: readonly (PlanLoss | null)[];
}

/** The border that all takers of a tensor together ask for. */
function bordersOf(graph: Graph, training: boolean): Map<number, Border> {
  const borders = new Map<number, Border>();
  // Takers before makers, since some layers hand on what they are given.
  for (const { layer, inputs, outputs } of [...graph.nodes].reverse()) {
    const rule = ruleOf(layer.getClassName());
    const wanted = rule?.passes?.(layer, training)
      ? outputs.map((id) => borders.get(id) ?? NO_BORDER)
      : rule?.borders?.(
          layer,
          inputs.map((id) => shapeOf(graph.tensors.get(id)!.dims) ?? [1, 1, 1]),
        );
    inputs.forEach((id, i) => {
      if (wanted?.[i]) borders.set(id, widest(borders.get(id) ?? NO_BORDER, wanted[i]));
    });
  }
  return borders;
}

/** The mask that a layer hands on. As in TensorFlow.js, a mask ends without a word at a layer that knows no masks. */
function maskFor(layer: TfLayer, inputs: readonly Value[]): Ref | undefined {
  const masked = inputs.filter(({ mask }) => mask);
  if (masked.length === 0 || !layer.supportsMasking) return undefined;
  if (inputs.length > 1 && !ruleOf(layer.getClassName())?.masks)
    throw new Unplannable(layer.name, 'masks of several inputs have no kernel');
  return masked[0].mask;
}

/** Drafts one step of a model: forward, and for training also the losses and the way back. */
export function draftStep({ graph, batch, training, losses }: DraftSpec): StepDraft {
  const drafting = startDraft(training);
  const { context } = drafting;
  const borders = bordersOf(graph, training);
  const values = new Map<number, Value>();
  drafting.enter('batch', []);
  const shared = (label: string, bytes: number): Buf =>
    context.buffer(label, () => bytes, { scope: 'shared' });
  const rows = shared('rows', batch * 4);

  const fetched = (
    name: string,
    dims: readonly number[],
    border: Border,
  ): { value: Value; data: Ref; bytes: number } => {
    const shape = shapeOf(dims);
    if (!shape) throw new Unplannable('the input', `shape [${dims.join(', ')}] has more than three sides`);
    const [h, w, c] = shape;
    const layout = { channels: c % 8 === 0 || w * h === 1 ? padded(c) : c, border, stepX: 1, stepY: 1 };
    const bordered = border !== NO_BORDER;
    const line = (w + border.left + border.right) * layout.channels * 4;
    const buf = context.buffer(name, (n) => n * (h + border.top + border.bottom) * line, {
      pinned: bordered,
    });
    const view = viewOf(buf, shape, layout);
    const data = context.cell(`${name} data`, 4);
    const bytes = h * w * c * 4;
    context.emit('gather', [
      data,
      bytes,
      along(ref(rows), 4),
      view.base,
      view.img,
      view.row,
      view.pix,
      rowsOf,
      h,
      w,
      c * 4,
    ]);
    const value: Value = {
      dims,
      shape,
      view,
      channels: layout.channels,
      needsGrad: false,
      gradLayout: { channels: padded(c), border: NO_BORDER, stepX: 1, stepY: 1 },
      rectified: false,
    };
    drafting.hasBorder(value, border);
    return { value, data, bytes };
  };

  const inputs = graph.inputs.map((id, i) => {
    const dims = graph.tensors.get(id)!.dims as readonly number[];
    const { value, data, bytes } = fetched(`input ${i}`, dims, borders.get(id) ?? NO_BORDER);
    values.set(id, value);
    return { data, bytes };
  });

  const takers = new Map<number, number>();
  for (const id of [...graph.nodes.flatMap(({ inputs: ids }) => ids), ...graph.outputs])
    takers.set(id, (takers.get(id) ?? 0) + 1);

  const stats: StatsPlace[] = [];
  for (const { layer, inputs: taken, outputs } of graph.nodes) {
    const rule = ruleOf(layer.getClassName());
    if (!rule) throw new Unplannable(layer.name, whyUnsupported(layer.getClassName()));
    // TensorFlow.js refuses these where a layer is called, but leaves them out in recurrent cells.
    if ((layer as { activityRegularizer?: unknown }).activityRegularizer)
      throw new Unplannable(layer.name, 'penalties on activations have no kernel');
    const given = taken.map((id) => values.get(id)!);
    drafting.enter(
      layer.name,
      outputs.map((id) => borders.get(id) ?? NO_BORDER),
      maskFor(layer, given),
    );
    const made = rule.plan(context, layer, given);
    outputs.forEach((id, i) => {
      values.set(id, made[i]);
      if (takers.get(id) === 1 && !given.includes(made[i])) drafting.takenOnce(made[i]);
    });
    if (training && COUNTED.test(layer.getClassName()))
      stats.push(emitStats(context, layer.name, activationNameOf(layer), made[0]));
  }

  drafting.enter('loss', []);
  const results = graph.outputs.map((id) => values.get(id)!);
  const outputs = results.map((value, i) => {
    const [h, w, c] = value.shape;
    const floats = h * w * c;
    const buf = shared(`output ${i}`, batch * floats * 4);
    const to: View = { base: ref(buf), img: floats * 4, row: w * c * 4, pix: c * 4 };
    const { views, counts } = pixelLoop([value.view, to], value.shape, c);
    context.emit('copy', [
      ...viewArgs(views[0]),
      along(ref(buf), floats * 4),
      ...viewArgs(views[1]).slice(1),
      ...counts,
      float(1),
      0,
      0,
    ]);
    return { buf, floats };
  });
  const lossBufs: Buf[] = [];
  const sums: Buf[] = [];
  const targets: StepIO['targets'][number][] = [];
  losses.forEach((loss, i) => {
    if (!loss) return;
    const made = lossStep(context, loss, results[i], i, targets.length, graph, batch, rows);
    lossBufs.push(made.losses);
    sums.push(made.sum);
    targets.push({ data: made.data, bytes: made.bytes });
  });
  const norms = shared('gradient norms', batch * 4);
  if (training) {
    drafting.wantNorms(results[0], ref(norms));
    drafting.runBackward();
  }
  return {
    ...drafting.finish(),
    io: { inputs, targets, rows, outputs, losses: lossBufs, sums, stats, norms },
  };
}

/** Layers that only move numbers, or leave some out, have no statistics of their own. */
const COUNTED =
  /^(?!Flatten|Reshape|Permute|RepeatVector|Masking|ZeroPadding|Cropping|UpSampling|.*Dropout|InputLayer|Concatenate)/;

/** The name of a layer's activation, for layers that have one or are one. */
function activationNameOf(layer: TfLayer): string | undefined {
  const own = layer as unknown as { activation?: { getClassName?(): string }; maxValue?: number };
  if (layer.getClassName() === 'ReLU') return own.maxValue === 6 ? 'relu6' : 'relu';
  return own.activation?.getClassName?.();
}

/** The layer whose activation makes an output, if that is all that happens to it there. */
function lastActivation(graph: Graph, output: number): string | undefined {
  const maker = graph.nodes.find(({ outputs }) => outputs.includes(graph.outputs[output]));
  const takers = graph.nodes.filter(({ inputs }) => inputs.includes(graph.outputs[output]));
  if (!maker || takers.length > 0 || graph.outputs.filter((id) => id === graph.outputs[output]).length > 1)
    return undefined;
  const layer = maker.layer.getClassName() === 'TimeDistributed' ? wrappedLayer(maker.layer) : maker.layer;
  const name = layer.getClassName();
  if (name === 'Softmax') return 'softmax';
  if (name !== 'Dense' && name !== 'Activation') return undefined;
  return (layer as unknown as { activation?: { getClassName(): string } }).activation?.getClassName();
}

function lossStep(
  context: PlanContext,
  loss: PlanLoss,
  value: Value,
  output: number,
  /** Which of the targets is its own. */
  place: number,
  graph: Graph,
  batch: number,
  rows: Buf,
): { data: Ref; bytes: number; losses: Buf; sum: Buf } {
  const [h, w, units] = value.shape;
  const wide = loss.sparse ? 1 : units;
  const bytes = h * w * wide * 4;
  const data = context.cell(`target ${place} data`, 4);
  const target = context.buffer(`target ${place}`, (n) => n * bytes);
  context.emit('gather', [
    data,
    bytes,
    along(ref(rows), 4),
    ref(target),
    bytes,
    bytes,
    bytes,
    rowsOf,
    1,
    1,
    bytes,
  ]);
  const hot = context.buffer('one-hot row', () => units * 4, { pinned: true });
  const losses = context.buffer('losses', () => batch * 4, { scope: 'shared' });
  const sum = context.buffer('loss sums', () => MOST_SLICES * 8, { scope: 'shared' });
  const weights = context.cell(`weights ${place}`, 4);
  const fused =
    context.training && value.needsGrad && loss.fused?.activation === lastActivation(graph, output)
      ? loss.fused
      : undefined;
  if (fused) context.markFused(value);
  const channels = value.gradLayout.channels;
  const emit = (grad?: View): void =>
    context.emit('lossOf', [
      fused ? fused.kind : loss.kind,
      ...viewArgs(value.view),
      ...(grad ? viewArgs(grad) : [0, 0, 0, 0]),
      ref(target),
      loss.sparse ? 1 : 0,
      ref(hot),
      weights,
      along(ref(losses), 4),
      ({ index }) => ref(sum, index * 8),
      rowsOf,
      h,
      w,
      channels,
      units,
      float(({ batch: all }) => 1 / (all * h * w)),
      along(ref(rows), 4),
    ]);
  if (context.training && value.needsGrad) context.giveGrad(value, emit);
  else emit();
  return { data, bytes, losses, sum };
}
