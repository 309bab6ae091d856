import type { ExecuteResult, KernelClient } from '../client/kernel-client';
import type { NotebookOutput } from './notebook';
import { progressText } from './progress-text';

/** What became of a cell. */
export interface CellOutcome {
  readonly status: ExecuteResult['status'];
  readonly executionCount: number | null;
  readonly error?: NonNullable<ExecuteResult['error']>;
  /** True when the kernel itself is gone. */
  readonly lost: boolean;
  /** The outputs as they are now: displays go on changing while later cells run. */
  outputs(): readonly NotebookOutput[];
}

/** The outputs with the error that counts: a cell stopped for its time shows that, not the interruption. */
function withError(
  outputs: readonly NotebookOutput[],
  error: ExecuteResult['error'],
): readonly NotebookOutput[] {
  if (!error) return outputs;
  if (outputs.some((output) => output.output_type === 'error' && output.ename === error.ename))
    return outputs;
  return [
    ...outputs.filter((output) => output.output_type !== 'error'),
    { output_type: 'error', ename: error.ename, evalue: error.evalue, traceback: error.traceback },
  ];
}

/** Executes one cell; a kernel that is lost counts as an error of the cell. Never rejects. */
export async function executeCell(
  kernel: KernelClient,
  source: string,
  { timeoutMs, onText }: { readonly timeoutMs: number; readonly onText: (text: string) => void },
): Promise<CellOutcome> {
  try {
    const { status, executionCount, outputs, error } = await kernel.execute(source, {
      timeoutMs,
      onMessage: (message) => {
        const words = progressText(message);
        if (words !== undefined) onText(words);
      },
    });
    const common = { status, executionCount, lost: false, outputs: () => withError(outputs, error) };
    return error ? { ...common, error } : common;
  } catch (thrown) {
    const evalue = (thrown as Error).message;
    const error = { ename: 'KernelError', evalue, traceback: [`KernelError: ${evalue}`] };
    const outputs = withError([], error);
    return { status: 'error', executionCount: null, error, lost: true, outputs: () => outputs };
  }
}
