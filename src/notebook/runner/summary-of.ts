import { plainText } from './plain-text';
import { wholeText, type Notebook, type NotebookText } from './notebook';

const SUMMARY_MIME = 'application/vnd.hunch.summary+json';

/**
 * Returns the closing words of an executed notebook: what its last code cell shows, as
 * `application/vnd.hunch.summary+json` (`{ lines }`), else as plain text, else what it prints. Undefined when that cell
 * shows nothing.
 *
 * @param notebook an executed notebook
 */
export function summaryOf(notebook: Notebook): string | undefined {
  const last = notebook.cells
    .filter((cell) => cell.cell_type === 'code' && wholeText(cell.source).trim() !== '')
    .at(-1);
  const outputs = last?.outputs ?? [];
  const shown = outputs.filter((output) => output.data !== undefined).at(-1)?.data;
  const { lines } = (shown?.[SUMMARY_MIME] ?? {}) as { lines?: unknown };
  const printed = outputs.filter(({ output_type, name }) => output_type === 'stream' && name === 'stdout');
  const words = Array.isArray(lines)
    ? lines.map(String).join('\n')
    : wholeText(shown?.['text/plain'] as NotebookText | undefined) ||
      printed.map(({ text }) => wholeText(text)).join('');
  return plainText(words).trimEnd() || undefined;
}
