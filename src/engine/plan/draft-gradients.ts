import type { PlanContext } from './context';
import type { View } from './layout';
import type { Value } from './value';

/** Where the gradient of a value lies, and what was written of it. */
export interface GradState {
  readonly view: View;
  /** Shared with the states of reshaped values, which lie in the same memory. */
  readonly progress: { written: boolean; cut: boolean };
}

/** The gradients of a draft's values. */
export interface DraftGradients extends Pick<PlanContext, 'gradOf' | 'gradFor' | 'isCut'> {
  /** The gradient of a value; it gets a place when first asked for. */
  stateOf(value: Value): GradState;
  /** Says that the gradient of a value is another one's, as it is seen by this value. */
  share(value: Value, state: GradState): void;
}

/** Returns an empty list of gradients; `layOut` finds a place for one. */
export function draftGradients(layOut: (value: Value) => View): DraftGradients {
  const grads = new Map<Value, GradState>();
  function stateOf(value: Value): GradState {
    let found = grads.get(value);
    if (!found) {
      found = { view: layOut(value), progress: { written: false, cut: true } };
      grads.set(value, found);
    }
    return found;
  }
  return {
    stateOf,
    share: (value, state) => void grads.set(value, state),
    gradOf(value) {
      const found = grads.get(value);
      return found?.progress.written ? found.view : undefined;
    },
    gradFor(value, { cuts } = { cuts: false }) {
      const { view, progress } = stateOf(value);
      const add = progress.written ? 1 : 0;
      const cut = cuts && value.rectified ? value.view : undefined;
      progress.written = true;
      progress.cut &&= cut !== undefined;
      return cut ? { view, add, cut } : { view, add };
    },
    isCut: (value) => value.rectified && stateOf(value).progress.cut,
  };
}
