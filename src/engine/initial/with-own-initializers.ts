import type { Tensor } from '@tensorflow/tfjs';
import type { Random } from '../../core/random';
import type { TensorFlow } from '../tf';
import { drawOrthogonal } from './draw-orthogonal';
import { drawNormal, drawUniform } from './draw-weights';

/** What tfjs' initializers hold; each class holds some of it. */
interface Settings {
  readonly seed?: number | null;
  readonly minval: number;
  readonly maxval: number;
  readonly mean: number;
  readonly stddev: number;
  readonly scale: number;
  readonly mode: 'fanIn' | 'fanOut' | 'fanAvg';
  readonly distribution: 'normal' | 'uniform' | 'truncatedNormal';
  readonly gain: number;
}

type Draw = (settings: Settings, shape: readonly number[], stream: Random) => Float32Array;

interface Initializer {
  apply(this: Settings, shape: number[], dtype?: string): Tensor;
}

const sizeOf = (shape: readonly number[]): number => shape.reduce((product, side) => product * side, 1);

/** Numbers that go into and come out of one unit of a weight of this shape, as Keras counts them. */
function fansOf(shape: readonly number[]): readonly [into: number, out: number] {
  if (shape.length < 2 || shape.length > 5) {
    const side = Math.sqrt(sizeOf(shape));
    return [side, side];
  }
  const [into, out] = shape.slice(-2);
  const field = sizeOf(shape.slice(0, -2));
  return [into * field, out * field];
}

/** tfjs cuts its truncated normals at two standard deviations, and does not widen them for it. */
const CUT = 2;

const scaled: Draw = ({ scale, mode, distribution }, shape, stream) => {
  const [into, out] = fansOf(shape);
  const fan = { fanIn: into, fanOut: out, fanAvg: (into + out) / 2 }[mode];
  const variance = scale / Math.max(1, fan);
  if (distribution === 'normal') {
    return drawNormal(stream, sizeOf(shape), { mean: 0, sd: Math.sqrt(variance), bound: CUT });
  }
  const limit = Math.sqrt(3 * variance);
  return drawUniform(stream, sizeOf(shape), -limit, limit);
};

/** For each class of initializers that draws: one of it, and its numbers. */
const OWN: readonly (readonly [make: (tf: TensorFlow) => unknown, draw: Draw])[] = [
  [(tf) => tf.initializers.varianceScaling({} as never), scaled],
  [
    (tf) => tf.initializers.randomUniform({}),
    ({ minval, maxval }, shape, stream) => drawUniform(stream, sizeOf(shape), minval, maxval),
  ],
  [
    (tf) => tf.initializers.randomNormal({} as never),
    ({ mean, stddev: sd }, shape, stream) => drawNormal(stream, sizeOf(shape), { mean, sd }),
  ],
  [
    (tf) => tf.initializers.truncatedNormal({} as never),
    ({ mean, stddev: sd }, shape, stream) => drawNormal(stream, sizeOf(shape), { mean, sd, bound: CUT }),
  ],
  [
    (tf) => tf.initializers.orthogonal({} as never),
    ({ gain }, shape, stream) =>
      drawOrthogonal(stream, sizeOf(shape.slice(0, -1)), shape[shape.length - 1], gain),
  ],
];

/**
 * Returns what `work` returns; while it runs, tfjs' initializers without a seed of their own draw from the stream, from the
 * same distributions as ever. Theirs take 0.1 to 3 s for the orthogonal weights of a recurrent layer, and call `Math.log`,
 * which gives other bits on other machines. `work` must be synchronous; all is put back whatever happens.
 */
export function withOwnInitializers<T>(tf: TensorFlow, stream: Random, work: () => T): T {
  const changed = OWN.map(([make, draw]) => {
    const holder = Object.getPrototypeOf(make(tf)) as Initializer;
    const before = holder.apply;
    holder.apply = function (shape, dtype) {
      // What tfjs refuses it shall refuse in its own words.
      const refused = 'gain' in this && shape.length < 2;
      const own = (dtype ?? 'float32') === 'float32' && !this.seed && !refused;
      return own ? tf.tensor(draw(this, shape, stream), shape) : before.call(this, shape, dtype);
    };
    return { holder, before };
  });
  try {
    return work();
  } finally {
    for (const { holder, before } of changed) holder.apply = before;
  }
}
