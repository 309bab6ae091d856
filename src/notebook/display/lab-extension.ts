import { join } from 'node:path';
import { plotlyFile } from './plotly-file';

/** One file of the JupyterLab extension. */
export interface LabExtensionFile {
  /** Where it goes, below `share/jupyter/labextensions/hunch-plotly`. */
  readonly path: string;
  /** Where it lies now. */
  readonly source: string;
}

/** Returns the files that make JupyterLab draw `application/vnd.plotly.v1+json`, to be copied as they are. */
export function labExtensionFiles(): readonly LabExtensionFile[] {
  const folder = join(__dirname, '..', '..', '..', 'labextension');
  return [
    { path: 'package.json', source: join(folder, 'package.json') },
    { path: join('static', 'remoteEntry.js'), source: join(folder, 'static', 'remoteEntry.js') },
    { path: join('static', 'plotly.min.js'), source: plotlyFile() },
  ];
}
