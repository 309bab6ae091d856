import type { RunEvent } from '../notebook/runner/run-notebook';
import { plainText } from '../notebook/runner/plain-text';

/** Tells how far a notebook is. */
export interface RunProgress {
  take(event: RunEvent): void;
  stop(): void;
}

const MARKS = { ok: '✓', error: '✗', aborted: '–' } as const;

/** Returns the first line of a cell that says something, for one line of a terminal. */
export function firstLine(source: string, columns = 60): string {
  const lines = plainText(source)
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
  const line = lines.find((l) => !/^(\/\/|\/\*|\*)/.test(l)) ?? lines[0] ?? '';
  return line.length > columns ? `${line.slice(0, columns - 1)}…` : line;
}

/** Returns the line for a cell that has ended: mark, number, seconds, first line. */
export function endLine(event: RunEvent & { type: 'end' }, columns = 60): string {
  const { cell, cells, seconds, status, source } = event;
  const number = `${String(cell).padStart(String(cells).length)}/${cells}`;
  return `${MARKS[status]} cell ${number} ${seconds.toFixed(1).padStart(6)} s  ${firstLine(source, columns)}`;
}

function plainProgress(stream: NodeJS.WritableStream): RunProgress {
  return {
    take(event) {
      if (event.type === 'end') stream.write(`${endLine(event)}\n`);
    },
    stop: () => undefined,
  };
}

function barProgress(stream: NodeJS.WriteStream): RunProgress {
  const { MultiBar, Presets } = require('cli-progress') as typeof import('cli-progress');
  const bars = new MultiBar(
    {
      stream,
      format: '{bar} {value}/{total}  {words}',
      barsize: 20,
      clearOnComplete: true,
      hideCursor: true,
      gracefulExit: false,
      linewrap: false,
    },
    Presets.shades_classic,
  );
  let bar: ReturnType<typeof bars.create> | undefined;
  const width = (): number => Math.max(20, (stream.columns || 80) - 30);
  const fit = (words: string): string => (words.length > width() ? `${words.slice(0, width() - 1)}…` : words);
  return {
    take(event) {
      if (event.type === 'start') {
        bar ??= bars.create(event.cells, 0, { words: '' });
        bar.update(event.cell - 1, { words: firstLine(event.source, width()) });
      } else if (event.type === 'progress') {
        bar?.update({ words: fit(event.text) });
      } else {
        bars.log(`${endLine(event, width())}\n`);
        bar?.update(event.cell, { words: '' });
      }
    },
    stop: () => bars.stop(),
  };
}

/** Returns progress for a stream: a bar that moves in a terminal, a line for each cell elsewhere. */
export function runProgress(stream: NodeJS.WriteStream): RunProgress {
  return stream.isTTY ? barProgress(stream) : plainProgress(stream);
}
