import { execFile } from 'node:child_process';

/** Runs a program and returns what it prints, or undefined when it is not there or fails. */
export function outputOf(command: string, args: readonly string[]): Promise<string | undefined> {
  return new Promise((resolve) => {
    execFile(command, args, { timeout: 20_000, windowsHide: true }, (error, stdout) =>
      resolve(error ? undefined : stdout.trim()),
    );
  });
}

/** Returns the prefix of the Python environment on the PATH, or undefined when there is no Python. */
export async function pythonPrefix(): Promise<string | undefined> {
  for (const name of ['python3', 'python']) {
    const prefix = await outputOf(name, ['-c', 'import sys; print(sys.prefix)']);
    if (prefix) return prefix;
  }
  return undefined;
}
