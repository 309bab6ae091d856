import { plainText } from './plain-text';
import { wholeText, type Notebook, type NotebookText } from './notebook';

const SUMMARY_MIME = 'application/vnd.hunch.summary+json';

/**
 * Returns the closing words of an executed notebook: what its last code cell shows, as
 * `application/vnd.hunch.summary+json` (`{ lines }`), as plain text, or as what it printed. Undefined when that cell shows nothing.
 *
 * @param notebook an executed notebook
 */
export function summaryOf(notebook: Notebook): string | undefined {
  const last = notebook.cells.filter((cell) => cell.cell_type === 'code').at(-1);
  const shown = last?.outputs?.filter((output) => output.data !== undefined).at(-1)?.data;
  if (!shown) {
    const written = last?.outputs?.filter(
      ({ output_type, name }) => output_type === 'stream' && name === 'stdout',
    );
    return plainText(written?.map(({ text }) => wholeText(text)).join('') ?? '').trimEnd() || undefined;
  }
  const { lines } = (shown[SUMMARY_MIME] ?? {}) as { lines?: unknown };
  const words = Array.isArray(lines)
    ? lines.map(String).join('\n')
    : wholeText(shown['text/plain'] as NotebookText | undefined);
  return plainText(words).trimEnd() || undefined;
}
