import { join } from 'node:path';
import { ownPackageRoot } from './library';

/** What Jupyter reads from `kernel.json`. */
export interface KernelSpec {
  readonly argv: readonly string[];
  readonly display_name: string;
  readonly language: string;
  readonly interrupt_mode: 'signal' | 'message';
  readonly env: Readonly<Record<string, string>>;
  readonly metadata: Readonly<Record<string, unknown>>;
}

/** Name of the kernel's folder, and what notebooks call it. */
export const KERNEL_NAME = 'hunch';

/** Returns the script that starts the kernel of this package. */
export function kernelLauncher(): string {
  return join(ownPackageRoot(), 'dist', 'notebook', 'kernel', 'main.js');
}

/** Returns the kernel's `kernel.json`: this Node and this package, by absolute path, so that no PATH matters. */
export function kernelSpec(): KernelSpec {
  return {
    argv: [process.execPath, kernelLauncher(), '--config-path', '{connection_file}'],
    display_name: 'TypeScript (Hunch)',
    language: 'typescript',
    interrupt_mode: process.platform === 'win32' ? 'message' : 'signal',
    env: { TF_CPP_MIN_LOG_LEVEL: '2' },
    metadata: { debugger: false },
  };
}
