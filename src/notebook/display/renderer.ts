import type { Renderer } from '../../core/showable';
import { bundleOf, textOf } from './bundle-of';

/** Returns the renderer that gives results their looks in notebooks and terminals. */
export function createRenderer(): Renderer {
  return { bundle: (result) => bundleOf(result), text: textOf };
}
