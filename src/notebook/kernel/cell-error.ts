import { inspect } from 'node:util';
import type { TslabDiagnostic } from './tslab';

/** An error as Jupyter's protocol has it. */
export interface CellError {
  /** Name of the error: "TypeError", "TypeScriptError", "Interrupted". */
  readonly ename: string;
  readonly evalue: string;
  /** Lines to show. */
  readonly traceback: readonly string[];
}

/** The error of a cell that the person stopped. */
export const INTERRUPTED: CellError = {
  ename: 'Interrupted',
  evalue: 'The cell was stopped.',
  traceback: ['Interrupted: The cell was stopped.'],
};

/** True for what tslab and Node throw when a cell is stopped by force. */
export function isInterruption(thrown: unknown): boolean {
  if (!(thrown instanceof Error)) return false;
  const { code } = thrown as { code?: unknown };
  return code === 'ERR_SCRIPT_EXECUTION_INTERRUPTED' || thrown.message === 'Interrupted asynchronously';
}

/** The line of a source at fault with a mark under the column, and the lines around it; line and column from 1. */
export function codeFrame(source: string, line: number, column: number): string[] {
  const lines = source.split('\n');
  if (line < 1 || line > lines.length) return [];
  const first = Math.max(1, line - 2);
  const last = Math.min(lines.length, line + 1);
  const width = String(last).length;
  const frame: string[] = [];
  for (let n = first; n <= last; n++) {
    frame.push(`${n === line ? '>' : ' '} ${String(n).padStart(width)} | ${lines[n - 1]}`.trimEnd());
    if (n === line) frame.push(`  ${' '.repeat(width)} | ${' '.repeat(Math.max(0, column - 1))}^`);
  }
  return frame;
}

const FRAME = /^\s+at .*?(cell [^\s:]+):(\d+):(\d+)\)?$/;

/** What Node puts before the stack of an error that leaves a script: its own name of the script, a compiled line, a mark. */
const ARROW = /^[^\n]*:\d+\n[^\n]*\n *\^+\n+/;

function stackOf(thrown: Error, depth: number): string {
  const stack = typeof thrown.stack === 'string' && thrown.stack !== '' ? thrown.stack : String(thrown);
  const { cause } = thrown as { cause?: unknown };
  if (cause === undefined || depth >= 3) return stack;
  return `${stack}\nCaused by: ${cause instanceof Error ? stackOf(cause, depth + 1) : inspect(cause)}`;
}

const UNREADABLE: CellError = {
  ename: 'Error',
  evalue: 'Something was thrown that cannot be read.',
  traceback: ['Error: Something was thrown that cannot be read: its own fields throw.'],
};

/**
 * Returns what a cell threw as a Jupyter error. Never throws, whatever was thrown.
 *
 * @param thrown anything
 * @param sourceOf the source of a cell by the label its frames carry ("cell 3"); gives the code frame
 */
export function describeThrown(thrown: unknown, sourceOf: (label: string) => string | undefined): CellError {
  try {
    return isInterruption(thrown) ? INTERRUPTED : errorOf(thrown, sourceOf);
  } catch {
    return UNREADABLE;
  }
}

function errorOf(thrown: unknown, sourceOf: (label: string) => string | undefined): CellError {
  if (!isErrorLike(thrown)) {
    const shown = inspect(thrown);
    return { ename: 'Error', evalue: shown, traceback: [`Uncaught ${shown}`] };
  }
  const stack = stackOf(thrown, 0);
  const at = stack
    .split('\n')
    .flatMap((line) => FRAME.exec(line)?.slice(1) ?? [])
    .slice(0, 3);
  const traceback = (at.length > 0 ? stack.replace(ARROW, '') : stack).split('\n');
  const source = sourceOf(at[0] ?? '');
  if (source !== undefined) {
    traceback.push('', `${at[0]}, line ${at[1]}:`, ...codeFrame(source, Number(at[1]), Number(at[2])));
  }
  return { ename: String(thrown.name || 'Error'), evalue: String(thrown.message), traceback };
}

function isErrorLike(thrown: unknown): thrown is Error {
  return thrown instanceof Error || Object.prototype.toString.call(thrown) === '[object Error]';
}

/** Returns the complaints of the type checker about a cell as a Jupyter error. */
export function describeDiagnostics(diagnostics: readonly TslabDiagnostic[], source: string): CellError {
  const traceback: string[] = [];
  let place = '';
  for (const { start, messageText, fileName } of diagnostics) {
    const here = `${fileName ? `${fileName} ` : ''}${start.line + 1}:${start.character + 1}`;
    if (here === place) {
      traceback.push(`  ${messageText}`);
      continue;
    }
    if (place !== '') traceback.push('');
    place = here;
    traceback.push(`TypeScriptError: ${here} - ${messageText}`);
    if (!fileName) traceback.push(...codeFrame(source, start.line + 1, start.character + 1));
  }
  const [first] = diagnostics;
  const evalue = `${first.start.line + 1}:${first.start.character + 1} - ${first.messageText}`;
  return { ename: 'TypeScriptError', evalue, traceback };
}
