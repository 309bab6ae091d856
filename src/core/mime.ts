/** Content by MIME type, as Jupyter's protocol has it: text, base64 for binary types, objects for JSON types. */
export type MimeBundle = Record<string, unknown>;

/** The method a front end calls to show a value; Deno's kernel and Hunch's own look for the same symbol. */
export const JUPYTER_DISPLAY: symbol = Symbol.for('Jupyter.display');
