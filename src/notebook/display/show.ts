import { inspect } from 'node:util';
import { currentHost } from '../../core/host';
import { JUPYTER_DISPLAY, type MimeBundle } from '../../core/mime';
import { checkOptions, text } from '../../core/options';
import { otherNotebook } from './other-notebook';

/** Options of {@link show}. */
export interface ShowOptions {
  /** Replace what an earlier `show` with the same id has shown; defaults to a new output. */
  readonly displayId?: string;
}

const used = new Set<string>();

async function bundleFor(value: unknown): Promise<MimeBundle> {
  if (typeof value !== 'object' || value === null)
    return { 'text/plain': typeof value === 'string' ? value : inspect(value) };
  // What draws is loaded at the first look.
  const [{ viewOf }, { bundleOf }] = await Promise.all([import('./view-of'), import('./bundle-of')]);
  if (viewOf(value)) return bundleOf(value);
  const display = (value as Record<symbol, unknown>)[JUPYTER_DISPLAY];
  if (typeof display === 'function') return (await display.call(value)) as MimeBundle;
  return { 'text/plain': inspect(value) };
}

/**
 * Shows a result in the notebook that runs the code, or prints its words where there is none.
 *
 * Use it for what is not the last expression of a cell, and in notebooks other than Hunch's own.
 *
 * @param value a result of the library, a figure, or anything
 * @param options the display to replace
 * @returns a promise that is fulfilled once the output is on its way
 * @throws InputError `unknown-option`, `invalid-type`
 */
export async function show(value: unknown, options: ShowOptions = {}): Promise<void> {
  const { displayId } = checkOptions('show', options, { displayId: text });
  const host = currentHost() ?? otherNotebook();
  const bundle = await bundleFor(value);
  if (!host) {
    process.stdout.write(`${String(bundle['text/plain'])}\n`);
    return;
  }
  const update = displayId !== undefined && used.has(displayId);
  if (displayId !== undefined) used.add(displayId);
  host.publish(bundle, { displayId, update });
}
