import { homedir } from 'node:os';
import { join } from 'node:path';

/** What Jupyter's `kernel.json` holds. */
export interface KernelSpec {
  readonly argv: readonly string[];
  readonly display_name: string;
  readonly language: string;
  readonly interrupt_mode: 'signal' | 'message';
  readonly env: Readonly<Record<string, string>>;
  readonly metadata: Readonly<Record<string, unknown>>;
}

/** Returns the kernel's specification for the Node.js that runs this and the given launcher script. */
export function kernelSpec(launcher: string): KernelSpec {
  return {
    argv: [process.execPath, launcher, '--config-path', '{connection_file}'],
    display_name: 'TypeScript (Hunch)',
    language: 'typescript',
    interrupt_mode: process.platform === 'win32' ? 'message' : 'signal',
    env: { TF_CPP_MIN_LOG_LEVEL: '2' },
    metadata: { debugger: false },
  };
}

/** The folder in which Jupyter looks for a user's kernels and extensions. */
export function userDataDir(): string {
  const { JUPYTER_DATA_DIR, APPDATA, XDG_DATA_HOME } = process.env;
  if (JUPYTER_DATA_DIR) return JUPYTER_DATA_DIR;
  if (process.platform === 'darwin') return join(homedir(), 'Library', 'Jupyter');
  if (process.platform === 'win32') return join(APPDATA ?? join(homedir(), 'AppData', 'Roaming'), 'jupyter');
  return join(XDG_DATA_HOME ?? join(homedir(), '.local', 'share'), 'jupyter');
}
