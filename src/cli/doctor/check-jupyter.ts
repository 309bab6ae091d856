import { outputOf } from '../python-prefix';
import type { DoctorItem } from './diagnose-machine';

/** Looks whether JupyterLab is on the PATH. */
export async function checkJupyter(): Promise<DoctorItem[]> {
  const name = 'Jupyter';
  const version = (await outputOf('jupyter', ['lab', '--version']))?.split('\n').at(-1);
  if (version && /^\d+\./.test(version)) {
    if (Number.parseInt(version, 10) >= 4) return [{ name, status: 'ok', message: `JupyterLab ${version}` }];
    return [
      {
        name,
        status: 'warning',
        message: `JupyterLab ${version}; Hunch is tried with 4 and newer`,
        mend: 'pip install --upgrade jupyterlab',
      },
    ];
  }
  return [
    {
      name,
      status: 'warning',
      message: 'JupyterLab is not on the PATH; "hunch run" works without it',
      mend: 'pip install jupyterlab, or activate the environment it is in.',
    },
  ];
}
