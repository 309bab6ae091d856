/** A text in a notebook file: whole, or by lines. */
export type NotebookText = string | readonly string[];

/** One output of a cell, notebook format 4. */
export interface NotebookOutput {
  readonly output_type: string;
  readonly name?: string;
  readonly text?: NotebookText;
  readonly data?: Readonly<Record<string, unknown>>;
  readonly metadata?: Readonly<Record<string, unknown>>;
  readonly execution_count?: number | null;
  readonly ename?: string;
  readonly evalue?: string;
  readonly traceback?: readonly string[];
}

/** One cell of a notebook file. */
export interface NotebookCell {
  readonly cell_type: 'code' | 'markdown' | 'raw';
  readonly id?: string;
  readonly metadata: Readonly<Record<string, unknown>>;
  readonly source: NotebookText;
  readonly attachments?: Readonly<Record<string, Record<string, unknown>>>;
  readonly execution_count?: number | null;
  readonly outputs?: readonly NotebookOutput[];
}

/** A notebook file, format 4. */
export interface Notebook {
  readonly cells: readonly NotebookCell[];
  readonly metadata: Readonly<Record<string, unknown>>;
  readonly nbformat: 4;
  readonly nbformat_minor: number;
}

/** Returns a notebook's text in one piece; nothing gives the empty text. */
export function wholeText(text: NotebookText | undefined): string {
  if (text === undefined) return '';
  return typeof text === 'string' ? text : text.join('');
}
