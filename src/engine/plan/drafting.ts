import type { Draft, Fault, PlanContext } from './context';
import {
  hasBorder,
  imageBytes,
  isCompact,
  loopArgs,
  loopOver,
  NO_BORDER,
  padded,
  plain,
  viewOf,
  within,
  type Border,
  type Layout,
  type Shape,
  type View,
} from './layout';
import { draftGradients } from './draft-gradients';
import { draftWeights } from './draft-weights';
import { float, ref, type Buf, type Ref, type Stage } from './program';
import { Unplannable } from './unplannable';
import { shapeOf, type Value } from './value';

/** A context and the way to end it. */
export interface Drafting {
  readonly context: PlanContext;
  /**
   * The layer that is planned now: its name in messages, the border that each of its outputs shall have, and the mask that
   * they carry if the layer does not say otherwise.
   */
  enter(layer: string, borders: readonly Border[], mask?: Ref): void;
  /** Says that a value that a layer has made is taken once. */
  takenOnce(value: Value): void;
  /** Says that there are zeros around a value that no layer made. */
  hasBorder(value: Value, border: Border): void;
  /** Asks the layer that makes a value for the norms of the examples' gradients. */
  wantNorms(value: Value, place: Ref): void;
  /** Runs the backward functions; to be called once the losses have written their gradients. */
  runBackward(): void;
  finish(): Draft;
}

/** Returns an empty draft. */
export function startDraft(training: boolean): Drafting {
  const stages: Stage[] = [[]];
  const backwards: (() => void)[] = [];
  const bordered = new Map<Value, Border>();
  const aliases = new Map<Value, Value>();
  const fused = new Set<Value>();
  const normsPlaces = new Map<Value, Ref>();
  const sole = new Set<Value>();
  const shareable = new Set<Value>();
  const cells = new Map<string, Ref>();
  const kept: Buf[] = [];
  const faults: Fault[] = [];
  let buffers = 0;
  let streams = 0;
  let layer = '';
  let borders: readonly Border[] = [];
  let outputs = 0;
  let inherited: Ref | undefined;

  const newBuffer: PlanContext['buffer'] = (label, bytes, { scope = 'slice', pinned = false } = {}) => ({
    id: buffers++,
    bytes,
    scope,
    pinned,
    label: `${layer}: ${label}`,
  });

  const emit: PlanContext['emit'] = (kernel, args, { flops = 0, touches = [], ...notes } = {}) => {
    stages[stages.length - 1].push({ kernel, layer, args, flops, touches, ...notes });
  };

  const weights = draftWeights({ training, buffer: newBuffer, emit, layer: () => layer });

  /** Copies `channels` floats of each pixel; `wide` is what a pixel of `to` takes, filled up with zeros. */
  const copy = (from: View, to: View, shape: Shape, channels: number, add = 0, wide = channels): void => {
    const loop = loopOver([from, to], shape, channels, channels % 8 === 0 && wide === channels);
    emit('copy', [...loopArgs(loop), float(1), add, wide]);
  };

  function layOut(label: string, shape: Shape, layout: Layout, zeros = false): View {
    const pinned = zeros || hasBorder(layout.border) || layout.stepX > 1 || layout.stepY > 1;
    const buf = newBuffer(label, (rows) => rows * imageBytes(shape, layout), { pinned });
    return viewOf(buf, shape, layout);
  }

  function shapeFor(dims: readonly number[]): Shape {
    const shape = shapeOf(dims);
    if (!shape)
      throw new Unplannable(layer, `a value of shape [${dims.join(', ')}] has more than three sides`);
    return shape;
  }

  const gradients = draftGradients((value) => layOut('gradient', value.shape, value.gradLayout));

  const context: PlanContext = {
    training,
    buffer: newBuffer,
    output(
      dims,
      {
        needsGrad = false,
        gradLayout,
        mask = inherited,
        rectified = false,
        inner,
        zeros = false,
        lies,
        gradWith,
        gradMayBeShared = false,
      } = {},
    ) {
      const shape = shapeFor(dims);
      const border = inner ?? borders[outputs++] ?? NO_BORDER;
      const layout = { ...plain(shape[2]), border };
      const value: Value = {
        dims,
        shape,
        view: lies && !hasBorder(border) ? lies : layOut('output', shape, layout, zeros),
        channels: layout.channels,
        needsGrad: needsGrad && training,
        gradLayout: gradWith?.gradLayout ?? gradLayout ?? plain(shape[2]),
        rectified,
      };
      const made = mask ? { ...value, mask } : value;
      if (gradWith && made.needsGrad) gradients.share(made, gradients.stateOf(gradWith));
      if (gradMayBeShared) shareable.add(made);
      bordered.set(made, border);
      return made;
    },
    reshaped(value, dims) {
      const shape = shapeFor(dims);
      const { channels } = value;
      const total = shape[0] * shape[1] * shape[2];
      const [h, w, c] = value.shape;
      const sideBySide = c === channels && isCompact(value.view, [h, w, c]);
      const border = borders[outputs] ?? NO_BORDER;
      const gradPlain =
        value.gradLayout.stepX === 1 && value.gradLayout.stepY === 1 && !hasBorder(value.gradLayout.border);
      const evenly = shape[2] % 8 === 0;
      if (sideBySide && evenly && gradPlain && !hasBorder(border)) {
        outputs++;
        const retold = (view: View): View => ({
          base: view.base,
          img: total * 4,
          row: shape[1] * shape[2] * 4,
          pix: shape[2] * 4,
        });
        const alias: Value = {
          dims,
          shape,
          view: retold(value.view),
          channels: shape[2],
          needsGrad: value.needsGrad,
          gradLayout: plain(shape[2]),
          rectified: value.rectified,
        };
        aliases.set(alias, value);
        if (value.needsGrad) {
          const { view, progress } = gradients.stateOf(value);
          gradients.share(alias, { view: retold(view), progress });
        }
        return alias;
      }
      // Side by side first, then spread out as the new shape wants it.
      const line = newBuffer('side by side', (rows) => rows * padded(total) * 4);
      const lineView = (of: Shape): View => ({
        base: ref(line),
        img: padded(total) * 4,
        row: of[1] * of[2] * 4,
        pix: of[2] * 4,
      });
      copy(value.view, lineView(value.shape), value.shape, c);
      const result = context.output(dims, { needsGrad: value.needsGrad });
      copy(lineView(shape), result.view, shape, shape[2], 0, result.channels);
      if (value.needsGrad) {
        context.backward(() => {
          const dy = context.gradOf(result);
          if (!dy) return;
          const back = newBuffer('gradient side by side', (rows) => rows * padded(total) * 4);
          const backView = (of: Shape): View => ({ ...lineView(of), base: ref(back) });
          copy(dy, backView(shape), shape, shape[2]);
          const { view, add } = context.gradFor(value);
          copy(backView(value.shape), view, value.shape, c, add, value.gradLayout.channels);
        });
      }
      return result;
    },
    passed(value) {
      const border = borders[outputs] ?? NO_BORDER;
      const has = bordered.get(value) ?? NO_BORDER;
      if (within(border, has)) {
        outputs++;
        return value;
      }
      const { shape, needsGrad, mask } = value;
      const result = context.output(value.dims, mask ? { needsGrad, mask } : { needsGrad });
      copy(value.view, result.view, shape, shape[2], 0, result.channels);
      context.backward(() => {
        const dy = context.gradOf(result);
        if (!dy || !needsGrad) return;
        const { view, add } = context.gradFor(value);
        copy(dy, view, shape, shape[2], add, value.gradLayout.channels);
      });
      return result;
    },
    even(value) {
      if (value.channels % 8 === 0) return value;
      const view = layOut('evened', value.shape, plain(value.shape[2]));
      copy(value.view, view, value.shape, value.shape[2], 0, padded(value.shape[2]));
      const evened: Value = { ...value, view, channels: padded(value.shape[2]) };
      if (value.needsGrad) gradients.share(evened, gradients.stateOf(value));
      return evened;
    },
    param: weights.param,
    turned: weights.turned,
    derived: weights.derived,
    emit,
    meet() {
      stages.push([]);
    },
    backward(run) {
      if (!training) return;
      const owner = layer;
      backwards.push(() => {
        layer = owner;
        run();
      });
    },
    gradOf: gradients.gradOf,
    gradFor: gradients.gradFor,
    sharedGradFor(value) {
      if (!shareable.has(value) || !context.isSole(value)) return undefined;
      const pixel = layOut('gradient of all pixels', [1, 1, value.shape[2]], plain(value.shape[2]));
      const view = { ...pixel, row: 0, pix: 0 };
      gradients.share(value, { view, progress: { written: true, cut: false } });
      return view;
    },
    isCut: gradients.isCut,
    isSole: (value) => sole.has(value) && !aliases.has(value),
    giveGrad(value, write) {
      const { view, add } = gradients.gradFor(value);
      if (!add) return write(view);
      const extra = layOut('gradient to add', value.shape, value.gradLayout);
      write(extra);
      const { channels } = value.gradLayout;
      copy(extra, view, value.shape, channels, 1);
    },
    isFused: (value) => fused.has(aliases.get(value) ?? value),
    normsPlace: (value) => normsPlaces.get(value),
    markFused: (value) => void fused.add(aliases.get(value) ?? value),
    cell(name, bytes) {
      let place = cells.get(name);
      if (!place) {
        const buf = newBuffer(name, () => bytes, { scope: 'shared' });
        kept.push(buf);
        place = ref(buf);
        cells.set(name, place);
      }
      return place;
    },
    fault(words) {
      const buf = newBuffer('fault', () => 8, { scope: 'shared', pinned: true });
      kept.push(buf);
      faults.push({ ...words, layer, place: ref(buf) });
      return ref(buf);
    },
    nextStream: () => streams++,
  };

  return {
    context,
    enter(name, wanted, mask) {
      layer = name;
      inherited = mask;
      borders = wanted;
      outputs = 0;
    },
    takenOnce: (value) => void sole.add(value),
    hasBorder: (value, border) => void bordered.set(value, border),
    wantNorms: (value, place) => void normsPlaces.set(value, place),
    runBackward() {
      for (const run of backwards.reverse()) run();
    },
    finish() {
      const own = weights.finish();
      return {
        ...own,
        stages: stages.filter((stage, i) => i === 0 || stage.length > 0),
        cells,
        faults,
        kept: [...own.kept, ...kept],
      };
    },
  };
}
