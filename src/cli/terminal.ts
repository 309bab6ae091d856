/** Where a command writes: results to `out`, everything that only tells how it goes to `note`. */
export interface Terminal {
  out(line: string): void;
  note(line: string): void;
}

/** The process's own streams. */
export const terminal: Terminal = {
  out: (line) => void process.stdout.write(`${line}\n`),
  note: (line) => void process.stderr.write(`${line}\n`),
};
