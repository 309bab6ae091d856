import { currentHost } from '../core/host';
import { onProgress } from '../core/progress';
import { healTslab } from './display/heal-tslab';
import { isQuiet } from './live/is-quiet';

let installed = false;

/**
 * Makes long work show itself, and mends the sending of stock tslab where that is the notebook. Loads nothing that draws:
 * the live view comes with the first piece of work that is shown.
 */
export function installNotebook(): void {
  if (installed) return;
  installed = true;
  if (!currentHost()) healTslab();
  const stop = onProgress((event) => {
    if (isQuiet(event)) return;
    stop();
    const { installLiveView } = require('./live/live-view') as typeof import('./live/live-view');
    installLiveView();
  });
}
