import { basename, dirname, resolve } from 'node:path';
import { InputError } from '../../core/input-error';
import { writeFileAtomic } from '../../core/write-file';
import { notebookHtml } from '../../notebook/runner/notebook-html';
import { plainText } from '../../notebook/runner/plain-text';
import { readNotebook } from '../../notebook/runner/read-notebook';
import { runNotebook, type NotebookRun } from '../../notebook/runner/run-notebook';
import { summaryOf } from '../../notebook/runner/summary-of';
import { checkTargets } from '../check-targets';
import { EXIT } from '../exit-codes';
import { pictureReader } from '../picture-reader';
import { runProgress } from '../run-progress';
import type { Terminal } from '../terminal';

/** Options of `hunch run`. */
export interface RunCommandOptions {
  readonly html?: string;
  readonly out?: string;
  readonly timeout?: string;
  readonly summary?: boolean;
}

function secondsOf(timeout: string): number {
  const seconds = Number(timeout);
  if (timeout.trim() !== '' && Number.isFinite(seconds) && seconds > 0) return seconds;
  throw new InputError({
    code: 'out-of-range',
    fn: 'hunch run',
    param: '--timeout',
    expected: 'be a number of seconds > 0',
    received: timeout,
  });
}

async function writeResults(path: string, run: NotebookRun, options: RunCommandOptions): Promise<string[]> {
  const written: string[] = [];
  if (options.out !== undefined) {
    await writeFileAtomic(resolve(options.out), `${JSON.stringify(run.notebook, undefined, 1)}\n`);
    written.push(options.out);
  }
  if (options.html !== undefined) {
    const pictureOf = pictureReader(dirname(path));
    await writeFileAtomic(resolve(options.html), notebookHtml(run.notebook, { pictureOf }));
    written.push(options.html);
  }
  return written;
}

/** Turns the first Ctrl-C into an abort; a second ends the process at once. */
function abortOnSignals(): { readonly signal: AbortSignal; release(): void } {
  const controller = new AbortController();
  const onSignal = (): void => {
    if (controller.signal.aborted) process.exit(EXIT.stopped);
    controller.abort();
  };
  for (const name of ['SIGINT', 'SIGTERM'] as const) process.on(name, onSignal);
  return {
    signal: controller.signal,
    release: () => {
      for (const name of ['SIGINT', 'SIGTERM'] as const) process.removeListener(name, onSignal);
    },
  };
}

/**
 * Runs a notebook in Hunch's kernel and writes what was asked for, also after an error.
 *
 * @returns 0, or 1 when a cell failed, or 130 when the run was stopped
 * @throws InputError when the file is no notebook or an option is wrong
 */
export async function runCommand(
  file: string,
  options: RunCommandOptions,
  { out, note }: Terminal,
): Promise<number> {
  const timeout = secondsOf(options.timeout ?? '600');
  const path = resolve(file);
  const notebook = await readNotebook(path);
  await checkTargets({ '--out': options.out, '--html': options.html });
  const progress = runProgress(process.stderr);
  const { signal, release } = abortOnSignals();
  let run: NotebookRun;
  let written: string[];
  try {
    run = await runNotebook(notebook, {
      cwd: dirname(path),
      timeout,
      signal,
      onEvent: (event) => progress.take(event),
    });
    progress.stop();
    written = await writeResults(path, run, options);
  } finally {
    progress.stop();
    release();
  }
  const { failure, stopped } = run;
  if (failure && !stopped) {
    note(`\nCell ${failure.cell} (number ${failure.position} of all cells) of ${basename(path)} failed:`);
    note(plainText(failure.traceback.join('\n') || `${failure.ename}: ${failure.evalue}`));
  } else if (stopped) note(`\nStopped after ${run.done} ${run.done === 1 ? 'cell' : 'cells'}.`);
  else if (options.summary) {
    const summary = summaryOf(run.notebook);
    if (summary !== undefined) out(`${summary}\n`);
    else note('The last cell shows nothing, so there is no summary.');
  }
  for (const name of written) out(`Wrote ${name}`);
  if (stopped) return EXIT.stopped;
  return failure ? EXIT.failed : EXIT.ok;
}
