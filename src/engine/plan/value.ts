import type { Layout, Shape, View } from './layout';
import type { Ref } from './program';

/** What flows between layers: images of one shape in memory, and where their gradient goes. */
export interface Value {
  /** As TensorFlow.js gives it, without the batch. */
  readonly dims: readonly number[];
  readonly shape: Shape;
  readonly view: View;
  /** Floats of a pixel in memory. A multiple of 8 but for inputs and reshaped values, where it may be the channels alone. */
  readonly channels: number;
  readonly needsGrad: boolean;
  /** Its gradient's layout; the layer that makes the value chooses it. */
  readonly gradLayout: Layout;
  /** It comes out of a ReLU: its gradient counts only where it is positive. */
  readonly rectified: boolean;
  /** 0 or 1 for each pixel of a sequence (examples × w floats), where some are to be skipped. */
  readonly mask?: Ref;
}

/** Height, width and channels of a tensor without its batch; undefined where it has more than three sides. */
export function shapeOf(dims: readonly (number | null)[]): Shape | undefined {
  if (dims.some((side) => side === null || !(side >= 1))) return undefined;
  const sides = dims as readonly number[];
  if (sides.length === 0) return [1, 1, 1];
  if (sides.length === 1) return [1, 1, sides[0]];
  if (sides.length === 2) return [1, sides[0], sides[1]];
  return sides.length === 3 ? [sides[0], sides[1], sides[2]] : undefined;
}
