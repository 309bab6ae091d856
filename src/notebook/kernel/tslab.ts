import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/** A place in a source; line and character count from 0. */
export interface TslabPosition {
  readonly offset: number;
  readonly line: number;
  readonly character: number;
}

/** One complaint of the type checker. */
export interface TslabDiagnostic {
  readonly start: TslabPosition;
  readonly end: TslabPosition;
  readonly messageText: string;
  readonly code: number;
  readonly fileName?: string;
}

/** What became of a cell: JavaScript and declarations, or diagnostics. */
export interface TslabConversion {
  output?: string;
  declOutput?: string;
  diagnostics: TslabDiagnostic[];
  hasToplevelAwait?: boolean;
  sideOutputs?: { path: string; data: string }[];
  lastExpressionVar?: string;
}

/** Names that fit at a position, and the stretch of code they replace (UTF-16 offsets). */
export interface TslabCompletion {
  readonly start: number;
  readonly end: number;
  readonly candidates: readonly string[];
}

/** tslab's compiler of cells. */
export interface TslabConverter {
  convert(declarations: string, source: string): TslabConversion;
  inspect(declarations: string, source: string, position: number): object | undefined;
  complete(declarations: string, source: string, position: number): TslabCompletion;
  addModule(name: string, content: string, meta?: unknown): TslabDiagnostic[];
  close(): void;
}

/** tslab's runner of compiled cells. */
export interface TslabExecutor {
  execute(source: string): Promise<boolean>;
  inspect(source: string, position: number): object | undefined;
  complete(source: string, position: number): TslabCompletion;
  interrupt(): void;
  close(): void;
  readonly locals: Record<string, unknown>;
}

/** What tslab's `display` sends. */
export interface TslabDisplayData {
  readonly data: Record<string, unknown>;
  readonly metadata?: Record<string, unknown>;
  readonly transient?: { readonly display_id?: string };
}

/** The parts of tslab that the kernel stands on. */
export interface Tslab {
  readonly version: string;
  readonly typescriptVersion: string;
  createConverter(options: { isJS: boolean; isBrowser: boolean }): TslabConverter;
  createExecutor(
    rootDir: string,
    converters: { node: TslabConverter; browser: TslabConverter; close(): void },
    console: { log(value: unknown): void; error(...args: unknown[]): void },
  ): TslabExecutor;
  isCompleteCode(source: string): { completed: boolean; indent?: string };
  printQuickInfo(info: object): string;
  /** Where `import { display } from 'tslab'` sends to. */
  setDisplay(send: (data: TslabDisplayData, update: boolean) => void): void;
}

/** The version whose internals the kernel knows. */
export const TSLAB_VERSION = '1.0.22';

const internalsOf = (version: string, detail: string): Error =>
  new Error(
    `Hunch's kernel stands on the internals of tslab ${TSLAB_VERSION}, but the installed tslab ${version} differs: ${detail}. ` +
      `Install hunch-ml anew so that it gets tslab ${TSLAB_VERSION}.`,
  );

/** A TypeScript module whose functions have been wrapped; see {@link loadTslab}. */
export type TypeScriptModule = Record<string, unknown> & { readonly version: string };

interface TypeScriptParser extends TypeScriptModule {
  createSourceFile(
    name: string,
    text: string,
    target: number,
  ): { readonly parseDiagnostics?: readonly { readonly code: number }[] };
}

const UNTERMINATED_TEMPLATE = 1160;
const LATEST_TARGET = 99;

/** True for code whose last template literal is still open, which tslab takes for complete. */
function endsInTemplate(typescript: TypeScriptParser, source: string): boolean {
  const { parseDiagnostics = [] } = typescript.createSourceFile('cell.ts', source, LATEST_TARGET);
  return parseDiagnostics.some(({ code }) => code === UNTERMINATED_TEMPLATE);
}

/**
 * Loads tslab's converter and executor, not its server.
 *
 * @param adapt receives tslab's own TypeScript before tslab sees it and returns the one tslab shall use
 * @throws Error naming the version when a needed part is not what tslab 1.0.22 has
 */
export function loadTslab(adapt: (typescript: TypeScriptModule) => TypeScriptModule): Tslab {
  const here = createRequire(__filename);
  const folder = dirname(here.resolve('tslab/package.json'));
  const version = String((here('tslab/package.json') as { version?: unknown }).version);
  const inside = createRequire(join(folder, 'dist', 'main.js'));
  const part = (file: string): Record<string, unknown> => {
    try {
      return inside(join(folder, 'dist', file)) as Record<string, unknown>;
    } catch (cause) {
      throw Object.assign(internalsOf(version, `dist/${file} cannot be loaded (${String(cause)})`), {
        cause,
      });
    }
  };

  const typescriptPath = inside.resolve('@tslab/typescript-for-tslab');
  const typescript = inside(typescriptPath) as TypeScriptModule;
  const cached = require.cache[typescriptPath];
  if (cached) cached.exports = adapt(typescript);

  const parts = {
    'converter.js': part('converter.js'),
    'executor.js': part('executor.js'),
    'inspect.js': part('inspect.js'),
    'jupyter.js': part('jupyter.js'),
  };
  const take = <T>(file: keyof typeof parts, name: string): T => {
    if (typeof parts[file][name] !== 'function') throw internalsOf(version, `dist/${file} has no ${name}()`);
    return parts[file][name] as T;
  };
  if (!('lastWriteDisplayData' in parts['jupyter.js'])) {
    throw internalsOf(version, 'dist/jupyter.js has no lastWriteDisplayData');
  }
  const isCompleteCode = take<Tslab['isCompleteCode']>('converter.js', 'isCompleteCode');
  return {
    version,
    typescriptVersion: typescript.version,
    createConverter: take('converter.js', 'createConverter'),
    createExecutor: take('executor.js', 'createExecutor'),
    isCompleteCode: (source) =>
      endsInTemplate(typescript as TypeScriptParser, source) ? { completed: false } : isCompleteCode(source),
    printQuickInfo: take('inspect.js', 'printQuickInfo'),
    setDisplay: (send) => {
      parts['jupyter.js'].lastWriteDisplayData = send;
    },
  };
}
