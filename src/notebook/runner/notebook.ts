import type { MimeBundle } from '../../core/mime';

/** Text as the notebook format stores it: whole, or in lines that keep their line ends. */
export type NotebookText = string | readonly string[];

/** One output of a code cell; which fields are there depends on `output_type`. */
export interface NotebookOutput {
  readonly output_type: string;
  readonly name?: string;
  readonly text?: NotebookText;
  readonly data?: MimeBundle;
  readonly metadata?: Readonly<Record<string, unknown>>;
  readonly execution_count?: number | null;
  readonly ename?: string;
  readonly evalue?: string;
  readonly traceback?: readonly string[];
}

/** One cell of a notebook. */
export interface NotebookCell {
  readonly cell_type: 'code' | 'markdown' | 'raw';
  readonly id?: string;
  readonly source: NotebookText;
  readonly metadata: Readonly<Record<string, unknown>>;
  readonly attachments?: Readonly<Record<string, MimeBundle>>;
  readonly execution_count?: number | null;
  readonly outputs?: readonly NotebookOutput[];
}

/** A notebook in format 4. */
export interface Notebook {
  readonly cells: readonly NotebookCell[];
  readonly metadata: Readonly<Record<string, unknown>>;
  readonly nbformat: number;
  readonly nbformat_minor: number;
}

/** Returns stored text as one string. */
export function wholeText(text: NotebookText | undefined): string {
  return typeof text === 'string' ? text : (text ?? []).join('');
}
