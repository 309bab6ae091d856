import { anything, checkOptions, fn, numberIn, signal as signalRule, text } from '../../core/options';
import { startKernel, type KernelClient } from '../client/kernel-client';
import { executeCell, type CellOutcome } from './execute-cell';
import { wholeText, type Notebook, type NotebookCell } from './notebook';
import { runnableNotebook } from './runnable-notebook';

/** What happens while a notebook runs. `cell` and `cells` count code cells, from 1. */
export type RunEvent =
  | { readonly type: 'start'; readonly cell: number; readonly cells: number; readonly source: string }
  | { readonly type: 'progress'; readonly cell: number; readonly text: string }
  | {
      readonly type: 'end';
      readonly cell: number;
      readonly cells: number;
      readonly source: string;
      readonly seconds: number;
      readonly status: CellOutcome['status'];
    };

/** Options of {@link runNotebook}. */
export interface RunNotebookOptions {
  /** Folder the cells run in; defaults to the process's own. */
  readonly cwd?: string;
  /** Seconds a cell may take, > 0; defaults to 600. */
  readonly timeout?: number;
  /** Stops the running cell and the run. */
  readonly signal?: AbortSignal;
  /** Told when a cell starts, goes on and ends. */
  readonly onEvent?: (event: RunEvent) => void;
  /** Starts the kernel; defaults to Hunch's own. */
  readonly start?: (options: { cwd?: string }) => Promise<KernelClient>;
}

/** Why a run ended early. */
export interface NotebookFailure {
  /** The cell among code cells that have code, and among all cells; both from 1. */
  readonly cell: number;
  readonly position: number;
  readonly ename: string;
  readonly evalue: string;
  readonly traceback: readonly string[];
}

/** A notebook after its cells have run. */
export interface NotebookRun {
  readonly kind: 'notebook-run';
  /** With the outputs of all cells that ran. */
  readonly notebook: Notebook;
  /** Code cells that ran to their end. */
  readonly done: number;
  readonly seconds: number;
  readonly failure?: NotebookFailure;
  /** True when the signal ended the run. */
  readonly stopped: boolean;
}

const RULES = {
  cwd: text,
  timeout: numberIn(0, Infinity, { open: true }),
  signal: signalRule,
  onEvent: fn,
  start: anything,
};
const LONGEST_TIMER_MS = 2 ** 31 - 10_000;

function hasCode(cell: NotebookCell): boolean {
  return cell.cell_type === 'code' && wholeText(cell.source).trim() !== '';
}

function mayFail(cell: NotebookCell): boolean {
  const { tags } = cell.metadata as { tags?: unknown };
  return Array.isArray(tags) && tags.includes('raises-exception');
}

/** Displays change while later cells run, so outputs are copied only here, at the end. */
function withOutcome(cell: NotebookCell, outcome: CellOutcome | undefined): NotebookCell {
  if (!outcome) return cell;
  return { ...cell, execution_count: outcome.executionCount, outputs: structuredClone(outcome.outputs()) };
}

/**
 * Runs all code cells of a notebook in order, in a kernel of its own, and returns the notebook with their outputs. The
 * first error ends the run, unless the cell carries the tag `raises-exception`.
 *
 * @param notebook a notebook in format 4; not changed
 * @param options where, how long, and who is told
 * @returns the executed notebook, and the failure if there was one
 * @throws InputError for unknown options; Error when the kernel cannot be started
 */
export async function runNotebook(
  notebook: Notebook,
  options: RunNotebookOptions = {},
): Promise<NotebookRun> {
  const {
    cwd,
    timeout = 600,
    signal,
    onEvent,
    start = startKernel,
  } = checkOptions('runNotebook', options, RULES);
  const plan = runnableNotebook(notebook);
  const cells = plan.cells.filter(hasCode).length;
  const timeoutMs = Math.min(timeout * 1000, LONGEST_TIMER_MS);
  const outcomes = new Map<number, CellOutcome>();
  const began = performance.now();
  let failure: NotebookFailure | undefined;
  let done = 0;
  let cell = 0;

  const kernel = await start(cwd === undefined ? {} : { cwd });
  const interrupt = (): void => kernel.interrupt();
  signal?.addEventListener('abort', interrupt);
  try {
    for (const [index, planned] of plan.cells.entries()) {
      if (!hasCode(planned)) continue;
      if (signal?.aborted || failure) break;
      const number = ++cell;
      const source = wholeText(planned.source);
      const cellBegan = performance.now();
      onEvent?.({ type: 'start', cell, cells, source });
      const outcome = await executeCell(kernel, source, {
        timeoutMs,
        onText: (words) => onEvent?.({ type: 'progress', cell: number, text: words }),
      });
      outcomes.set(index, outcome);
      const { status, error, lost } = outcome;
      onEvent?.({
        type: 'end',
        cell,
        cells,
        source,
        seconds: (performance.now() - cellBegan) / 1000,
        status,
      });
      if (status === 'ok') done++;
      if (error && (lost || signal?.aborted || !mayFail(planned)))
        failure = { cell, position: index + 1, ...error };
    }
  } finally {
    signal?.removeEventListener('abort', interrupt);
    await kernel.shutdown();
  }
  return {
    kind: 'notebook-run',
    notebook: {
      ...plan,
      cells: plan.cells.map((planned, index) => withOutcome(planned, outcomes.get(index))),
    },
    done,
    seconds: (performance.now() - began) / 1000,
    ...(failure && { failure }),
    stopped: signal?.aborted ?? false,
  };
}
