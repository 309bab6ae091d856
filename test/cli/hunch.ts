import { spawn } from 'node:child_process';
import { join } from 'node:path';

const ROOT = join(__dirname, '..', '..');
const MAIN = join(ROOT, 'dist', 'cli', 'main.js');

/** What a command left. */
export interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly notes: string;
}

/** Runs `hunch` as a process of its own; `onNotes` sees what it has told so far and may send it a signal. */
export function hunch(
  args: readonly string[],
  options: {
    readonly cwd?: string;
    readonly env?: Readonly<Record<string, string | undefined>>;
    readonly onNotes?: (notes: string, kill: (signal: NodeJS.Signals) => void) => void;
  } = {},
): Promise<Ended> {
  const child = spawn(process.execPath, [MAIN, ...args], {
    cwd: options.cwd,
    env: { ...process.env, ...options.env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let out = '';
  let notes = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (out += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    notes += text;
    options.onNotes?.(notes, (signal) => child.kill(signal));
  });
  return new Promise((resolve) => child.once('close', (code) => resolve({ code, out, notes })));
}
