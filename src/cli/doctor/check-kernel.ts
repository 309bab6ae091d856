import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { startKernel } from '../../notebook/client/kernel-client';
import { jupyterDataDirs } from '../../notebook/kernel/jupyter-data-dirs';
import { KERNEL_NAME, kernelLauncher } from '../../notebook/kernel/kernel-spec';
import { pythonPrefix } from '../python-prefix';
import type { DoctorItem } from './diagnose-machine';
import { firstLineOf } from './first-line';

async function checkStart(): Promise<DoctorItem> {
  const name = 'Kernel';
  try {
    const kernel = await startKernel({ startTimeoutMs: 30_000 });
    try {
      const { status, error } = await kernel.execute('const one: number = 1; one + 1', { timeoutMs: 30_000 });
      if (status !== 'ok') throw new Error(error?.evalue ?? status);
    } finally {
      await kernel.shutdown();
    }
    return { name, status: 'ok', message: 'starts and runs TypeScript' };
  } catch (error) {
    return {
      name,
      status: 'error',
      message: `does not run: ${firstLineOf(error)}`,
      mend: 'Install hunch-ml again; if npm skips install scripts, npm rebuild zeromq.',
    };
  }
}

/** Looks at the registration found first in Jupyter's folders. */
export function checkRegistration(folders: readonly string[]): DoctorItem {
  const name = 'Registered';
  const file = folders
    .map((folder) => join(folder, 'kernels', KERNEL_NAME, 'kernel.json'))
    .find((f) => existsSync(f));
  if (file === undefined) {
    return {
      name,
      status: 'warning',
      message: 'Jupyter does not know the kernel',
      mend: 'npx hunch install',
    };
  }
  const faulty = (message: string): DoctorItem => ({
    name,
    status: 'warning',
    message: `${file} ${message}`,
    mend: 'npx hunch install (with the --prefix or --sys-prefix it was made with).',
  });
  let argv: unknown;
  try {
    ({ argv } = JSON.parse(readFileSync(file, 'utf8')) as { argv?: unknown });
  } catch {
    return faulty('cannot be read');
  }
  const [node, launcher] = Array.isArray(argv) ? argv.map(String) : [];
  if (node === undefined || launcher === undefined) return faulty('does not say how to start the kernel');
  if (!existsSync(node)) return faulty(`names a Node that has gone: ${node}`);
  if (!existsSync(launcher)) return faulty(`names a kernel that has gone: ${launcher}`);
  if (launcher !== kernelLauncher()) return faulty(`starts another copy of Hunch: ${launcher}`);
  return { name, status: 'ok', message: file };
}

/** Looks whether the kernel starts, and where Jupyter finds it. */
export async function checkKernel(): Promise<DoctorItem[]> {
  const sysPrefix = await pythonPrefix();
  return [await checkStart(), checkRegistration(jupyterDataDirs({ sysPrefix }))];
}
