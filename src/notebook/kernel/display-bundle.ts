import { inspect } from 'node:util';
import { JUPYTER_DISPLAY, type MimeBundle } from '../../core/mime';

type Showable = Partial<Record<symbol, () => unknown>>;

/** True for a TensorFlow.js tensor, whose fields say nothing and whose text is its values. */
function isTensor(value: object): boolean {
  return 'dataId' in value && 'shape' in value && 'dtype' in value && 'rank' in value;
}

function plainText(value: unknown): string {
  try {
    if (typeof value === 'object' && value !== null && isTensor(value)) return String(value);
    return inspect(value);
  } catch (error) {
    return `[a value that cannot be shown: ${String(error)}]`;
  }
}

/** Returns a bundle as it may go on the wire: bytes become base64, what JSON cannot hold becomes text. */
export function sanitizeBundle(bundle: MimeBundle): MimeBundle {
  const clean: MimeBundle = {};
  for (const [mime, content] of Object.entries(bundle)) {
    if (content === undefined) continue;
    clean[mime] =
      content instanceof Uint8Array
        ? Buffer.from(content).toString('base64')
        : JSON.parse(JSON.stringify(content, (_, part) => (typeof part === 'bigint' ? String(part) : part)));
  }
  return clean;
}

/**
 * Returns the bundle that shows a value: what its `Symbol.for('Jupyter.display')` method gives (awaited), else plain text.
 * A method that throws or gives no bundle is passed over, and `complain` is told why.
 */
export async function displayBundle(value: unknown, complain: (text: string) => void): Promise<MimeBundle> {
  try {
    const show = value == null ? undefined : (value as Showable)[JUPYTER_DISPLAY];
    if (typeof show === 'function') {
      const bundle: unknown = await show.call(value);
      if (typeof bundle === 'object' && bundle !== null && Object.keys(bundle).length > 0) {
        return sanitizeBundle(bundle as MimeBundle);
      }
    }
  } catch (error) {
    complain(
      `The result could not be shown in full: ${error instanceof Error ? error.message : String(error)}\n`,
    );
  }
  return { 'text/plain': plainText(value) };
}
