import { join } from 'node:path';

/** Name of the kernel, and of its folder among Jupyter's kernels. */
export const KERNEL_NAME = 'hunch';

/** What Jupyter's `kernel.json` holds. */
export interface KernelSpec {
  readonly argv: readonly string[];
  readonly display_name: string;
  readonly language: string;
  readonly interrupt_mode: 'signal' | 'message';
  readonly env: Readonly<Record<string, string>>;
  readonly metadata: Readonly<Record<string, unknown>>;
}

/** Returns the script that starts the kernel of this package. */
export function kernelLauncher(): string {
  return join(__dirname, 'main.js');
}

/** Returns the kernel's specification for the Node.js that runs this. */
export function kernelSpec(launcher: string = kernelLauncher()): KernelSpec {
  return {
    argv: [process.execPath, launcher, '--config-path', '{connection_file}'],
    display_name: 'TypeScript (Hunch)',
    language: 'typescript',
    interrupt_mode: process.platform === 'win32' ? 'message' : 'signal',
    env: { TF_CPP_MIN_LOG_LEVEL: '2' },
    metadata: { debugger: false },
  };
}
