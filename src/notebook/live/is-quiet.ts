import type { ProgressEvent } from '../../core/progress';

/** Whether a piece of work asks not to be shown. */
export function isQuiet(event: ProgressEvent): boolean {
  return (event.detail as { live?: unknown } | undefined)?.live === false;
}
