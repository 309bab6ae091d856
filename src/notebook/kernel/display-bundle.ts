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

const JSON_MIME = /[/+]json$/;

function isText(content: unknown): boolean {
  return (
    typeof content === 'string' ||
    (Array.isArray(content) && content.every((line) => typeof line === 'string'))
  );
}

/** One entry as it may go on the wire; undefined for what has no JSON form, such as a function. */
function sanitizeContent(mime: string, content: unknown): unknown {
  if (content instanceof Uint8Array) return Buffer.from(content).toString('base64');
  if (isText(content)) return content;
  if (!JSON_MIME.test(mime)) return content == null ? undefined : String(content);
  const json = JSON.stringify(content, (_, part) => (typeof part === 'bigint' ? String(part) : part)) as
    string | undefined;
  return json === undefined ? undefined : JSON.parse(json);
}

/**
 * Returns a bundle as it may go on the wire and into a notebook file: bytes become base64, what JSON cannot hold becomes text,
 * and types other than JSON hold text only. Entries that cannot be given are left out.
 */
export function sanitizeBundle(bundle: MimeBundle): MimeBundle {
  const clean: MimeBundle = {};
  for (const [mime, content] of Object.entries(bundle)) {
    const fit = sanitizeContent(mime, content);
    if (fit !== undefined) clean[mime] = fit;
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
      if (typeof bundle === 'object' && bundle !== null) {
        const clean = sanitizeBundle(bundle as MimeBundle);
        if (Object.keys(clean).length > 0) return clean;
      }
    }
  } catch (error) {
    complain(
      `The result could not be shown in full: ${error instanceof Error ? error.message : String(error)}\n`,
    );
  }
  return { 'text/plain': plainText(value) };
}
