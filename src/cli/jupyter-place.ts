import { resolve } from 'node:path';
import { InputError } from '../core/input-error';
import { jupyterPrefixDir, jupyterUserDir } from '../notebook/kernel/jupyter-data-dirs';
import { pythonPrefix } from './python-prefix';

/** Options of `hunch install` and `hunch uninstall`: one of them at most. */
export interface PlaceOptions {
  readonly user?: boolean;
  readonly sysPrefix?: boolean;
  readonly prefix?: string;
}

/**
 * Returns Jupyter's data folder that the options name; without any, the person's own.
 *
 * @throws InputError when two places are named, or no Python is found for `--sys-prefix`
 */
export async function jupyterPlace(command: string, options: PlaceOptions): Promise<string> {
  const { user, sysPrefix, prefix } = options;
  const named = [user && '--user', sysPrefix && '--sys-prefix', prefix !== undefined && '--prefix'];
  const given = named.filter((name) => typeof name === 'string');
  const refuse = (param: string, expected: string, mend?: string): InputError =>
    new InputError({ code: 'unsupported', fn: `hunch ${command}`, param, expected, mend });
  if (given.length > 1) throw refuse(given[1], `not come together with ${given[0]}`);
  if (prefix !== undefined) {
    if (prefix === '') throw refuse('--prefix', 'name a folder');
    return jupyterPrefixDir(resolve(prefix));
  }
  if (!sysPrefix) return jupyterUserDir();
  const found = await pythonPrefix();
  if (found === undefined) {
    throw refuse(
      '--sys-prefix',
      'have a python3 on the PATH to ask',
      'Activate the environment that Jupyter is in, or use --user or --prefix.',
    );
  }
  return jupyterPrefixDir(found);
}
