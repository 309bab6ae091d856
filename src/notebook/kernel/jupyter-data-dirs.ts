import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';

type Env = Readonly<Record<string, string | undefined>>;

/** Where a machine's folders are found; defaults to this process's. */
export interface JupyterDataDirsOptions {
  readonly env?: Env;
  readonly platform?: NodeJS.Platform;
  readonly home?: string;
  /** The `sys.prefix` of a Python whose environment is searched too. */
  readonly sysPrefix?: string;
}

/** Returns the folder in which Jupyter looks for a person's own kernels and extensions. */
export function jupyterUserDir(options: JupyterDataDirsOptions = {}): string {
  const { env = process.env, platform = process.platform, home = homedir() } = options;
  if (env.JUPYTER_DATA_DIR) return env.JUPYTER_DATA_DIR;
  if (platform === 'darwin') return join(home, 'Library', 'Jupyter');
  if (platform === 'win32') return join(env.APPDATA ?? join(home, 'AppData', 'Roaming'), 'jupyter');
  return join(env.XDG_DATA_HOME || join(home, '.local', 'share'), 'jupyter');
}

/** Returns Jupyter's data folder below a prefix. */
export function jupyterPrefixDir(prefix: string): string {
  return join(prefix, 'share', 'jupyter');
}

/** Returns all folders in which Jupyter looks for kernels and extensions, each once: those named, a person's own, shared ones. */
export function jupyterDataDirs(options: JupyterDataDirsOptions = {}): readonly string[] {
  const { env = process.env, platform = process.platform, sysPrefix } = options;
  const named = (env.JUPYTER_PATH ?? '').split(delimiter).filter((folder) => folder !== '');
  const shared =
    platform === 'win32'
      ? [join(env.PROGRAMDATA ?? 'C:\\ProgramData', 'jupyter')]
      : ['/usr/local/share/jupyter', '/usr/share/jupyter'];
  const ofPython = sysPrefix === undefined ? [] : [jupyterPrefixDir(sysPrefix)];
  return [...new Set([...named, jupyterUserDir(options), ...ofPython, ...shared])];
}
