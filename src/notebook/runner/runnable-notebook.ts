import type { Notebook, NotebookCell } from './notebook';

const KERNELSPEC = { display_name: 'TypeScript (Hunch)', language: 'typescript', name: 'hunch' };
const LANGUAGE = { file_extension: '.ts', mimetype: 'text/typescript', name: 'typescript' };

/**
 * Returns a copy of a notebook that is valid in format 4.5 and names Hunch's kernel: every cell has an id of its own,
 * code cells have neither outputs nor counts. All other metadata is kept.
 *
 * @param notebook a notebook in format 4
 */
export function runnableNotebook(notebook: Notebook): Notebook {
  const kept = new Set(notebook.cells.map((cell) => cell.id));
  const used = new Set<string>();
  let next = 1;
  const idOf = ({ id }: NotebookCell): string => {
    let own = id;
    while (own === undefined || used.has(own)) {
      const candidate = `cell-${next++}`;
      if (!kept.has(candidate)) own = candidate;
    }
    used.add(own);
    return own;
  };
  const cells = notebook.cells.map((cell): NotebookCell => {
    const { execution_count, outputs, ...rest } = cell;
    void execution_count;
    void outputs;
    const id = idOf(cell);
    return cell.cell_type === 'code' ? { ...rest, id, execution_count: null, outputs: [] } : { ...rest, id };
  });
  return {
    cells,
    metadata: { ...notebook.metadata, kernelspec: KERNELSPEC, language_info: LANGUAGE },
    nbformat: 4,
    nbformat_minor: 5,
  };
}
