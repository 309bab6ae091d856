import { JUPYTER_DISPLAY, type MimeBundle } from './mime';

/** Turns results into pictures and words. `notebook/` provides it; compute code only names the `kind`. */
export interface Renderer {
  /** The full bundle for a notebook. */
  bundle(result: object): MimeBundle | Promise<MimeBundle>;
  /** Plain words for a terminal. */
  text(result: object): string;
}

let loadRenderer: (() => Renderer) | undefined;

/** Names where results get their looks from; called once by the package's entry, loads nothing. */
export function setRendererLoader(load: () => Renderer): void {
  loadRenderer = load;
}

/** The renderer, loaded at the first call; undefined when only a part of the library was imported. */
export function renderer(): Renderer | undefined {
  return loadRenderer?.();
}

const INSPECT = Symbol.for('nodejs.util.inspect.custom');

const PROTOTYPE = {
  [JUPYTER_DISPLAY](this: object): MimeBundle | Promise<MimeBundle> {
    return renderer()?.bundle(this) ?? { 'text/plain': JSON.stringify(this) };
  },
  [INSPECT](
    this: object,
    _depth: number,
    options: object,
    inspect: (value: unknown, options: object) => string,
  ): string {
    return renderer()?.text(this) ?? inspect({ ...this }, options);
  },
  toJSON(this: object): unknown {
    return toPlain(this);
  },
};

/** Typed arrays become arrays, so that a result means the same after JSON. Own enumerable fields only, one level deep for nested results. */
function toPlain(value: object): unknown {
  return Object.fromEntries(Object.entries(value).map(([key, v]) => [key, plainValue(v)]));
}

function plainValue(value: unknown): unknown {
  if (ArrayBuffer.isView(value) && !(value instanceof DataView))
    return Array.from(value as unknown as ArrayLike<number>);
  if (Array.isArray(value)) return value.map(plainValue);
  if (typeof value !== 'object' || value === null) return value;
  if (typeof (value as { toJSON?: unknown }).toJSON === 'function') return value;
  return toPlain(value);
}

/**
 * Returns a frozen result record that knows how to show itself in a notebook and a terminal and that survives JSON.
 * Methods are put on it as non-enumerable properties, so spreading or serialising a result gives its data alone.
 *
 * @param fields plain data with a `kind` that names the result type
 * @param methods functions that belong to the live result only (for example `confirm`)
 */
export function asResult<T extends { readonly kind: string }, M extends object = object>(
  fields: T,
  methods?: M,
): Readonly<T & M> {
  const result = Object.assign(Object.create(PROTOTYPE), fields) as T;
  for (const [name, value] of Object.entries(methods ?? {})) {
    Object.defineProperty(result, name, { value, enumerable: false });
  }
  return Object.freeze(result) as Readonly<T & M>;
}
