import { join } from 'node:path';
import { labExtensionFiles } from '../notebook/display/lab-extension';
import { KERNEL_NAME, kernelSpec } from '../notebook/kernel/kernel-spec';

/** A file that `hunch install` writes: from its content, or a copy. */
export interface InstalledFile {
  /** Where it goes, below Jupyter's data folder. */
  readonly path: string;
  readonly content?: string;
  readonly source?: string;
}

/** Folders that belong to Hunch alone, below Jupyter's data folder. */
export const INSTALLED_FOLDERS: readonly string[] = [
  join('kernels', KERNEL_NAME),
  join('labextensions', 'hunch-plotly'),
];

const LOGO =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64"><rect width="64" height="64" rx="10" fill="#0072B2"/><path d="M18 14v36M46 14v36M18 36c8-12 20-12 28 0" fill="none" stroke="#fff" stroke-width="6" stroke-linecap="round"/></svg>\n';

/** Returns everything that makes Jupyter know the kernel and draw its figures. */
export function installedFiles(): readonly InstalledFile[] {
  const [kernel, extension] = INSTALLED_FOLDERS;
  return [
    { path: join(kernel, 'kernel.json'), content: `${JSON.stringify(kernelSpec(), undefined, 2)}\n` },
    { path: join(kernel, 'logo-svg.svg'), content: LOGO },
    ...labExtensionFiles().map(({ path, source }) => ({ path: join(extension, path), source })),
  ];
}
