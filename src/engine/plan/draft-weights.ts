import type { Draft, PlanContext } from './context';
import { padded } from './layout';
import { packFloats, type Param } from './param';
import { at, ref, type Buf, type Op, type Ref } from './program';

/** The weights of a draft: where they and their gradients lie, and what is derived from them. */
export interface DraftWeights extends Pick<PlanContext, 'param' | 'turned' | 'derived'> {
  finish(): Pick<
    Draft,
    'params' | 'turns' | 'weights' | 'gradients' | 'trainedFloats' | 'partialFloats' | 'kept'
  >;
}

export interface DraftWeightsSpec extends Pick<PlanContext, 'training' | 'buffer' | 'emit'> {
  /** The layer that is planned now. */
  layer(): string;
}

/** Returns an empty list of weights. */
export function draftWeights({ training, buffer, emit, layer }: DraftWeightsSpec): DraftWeights {
  const params = new Map<number, Param>();
  const derivedBy = new Map<string, Ref>();
  const turns: { param: Param; op: Op }[] = [];
  const kept: Buf[] = [];
  const size = { trained: 0, partial: 0, frozen: 0 };
  const weights = buffer('weights', () => size.trained * 4, { scope: 'shared' });
  const fixed = buffer('fixed weights', () => size.frozen * 4, { scope: 'shared' });
  const gradients = buffer('gradients', () => size.partial * 4, { pinned: true });

  /** Where the gradient of a trained weight lies: for all slices together where it is `summed`, else in each. */
  function gradientPlace(floats: number, summed: boolean): Ref {
    if (!summed) {
      size.partial += floats;
      return ref(gradients, (size.partial - floats) * 4);
    }
    const own = buffer('gradient', () => floats * 4, { scope: 'shared', pinned: true });
    kept.push(own);
    return ref(own);
  }

  const param: PlanContext['param'] = (
    weight,
    pack,
    { trainable = true, penalty = { l1: 0, l2: 0 }, summed = false } = {},
  ) => {
    const known = params.get(weight.id);
    if (known) {
      // TensorFlow.js adds the penalties of a layer as often as the layer is applied.
      const { l1, l2 } = known.penalty;
      return Object.assign(known, { penalty: { l1: l1 + penalty.l1, l2: l2 + penalty.l2 } });
    }
    const floats = packFloats(pack);
    const offset = (trainable ? size.trained : size.frozen) * 4;
    if (trainable) size.trained += floats;
    else size.frozen += floats;
    const place = ref(trainable ? weights : fixed, offset);
    const gradient = trainable ? gradientPlace(floats, summed) : null;
    const made = { layer: layer(), weight, trainable, pack, floats, penalty, place, gradient, summed };
    params.set(weight.id, made);
    return made;
  };

  const derived: PlanContext['derived'] = (own, label, bytes, make) => {
    if (!training) {
      const place = ref(buffer(label, () => bytes));
      const { kernel, args } = make(place);
      emit(kernel, args);
      return place;
    }
    const key = `${own.weight.id} ${label}`;
    let place = derivedBy.get(key);
    if (!place) {
      const buf = buffer(label, () => bytes, { scope: 'shared' });
      kept.push(buf);
      place = ref(buf);
      derivedBy.set(key, place);
      turns.push({ param: own, op: { ...make(place), flops: 0, touches: [] } });
    }
    return place;
  };

  return {
    param,
    derived,
    turned: (own, taps, k, n, from = 0) =>
      derived(own, `turned weights from ${from}`, padded(k) * taps * n * 4, (place) => ({
        kernel: 'turn',
        args: [at(own.place, from), place, taps, k, n],
      })),
    finish: () => ({
      params: [...params.values()],
      turns,
      weights,
      gradients,
      trainedFloats: size.trained,
      partialFloats: size.partial,
      kept: [weights, fixed, ...kept],
    }),
  };
}
