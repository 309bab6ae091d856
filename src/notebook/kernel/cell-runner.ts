import { format } from 'node:util';
import { isPromise } from 'node:util/types';
import { describeDiagnostics, describeThrown, type CellError } from './cell-error';
import { createCellMaps, type CellMaps } from './cell-maps';
import { findLibrary, provideAtRunTime, provideTypes, type Library } from './library';
import { createPrelude, defineLazily } from './prelude';
import { keepSigintListeners } from './sigint';
import { mendShorthandProperties } from './shorthand-properties';
import { loadTslab, type TslabCompletion, type TslabConverter, type TslabDisplayData } from './tslab';

/** How a cell ended; `value` is there when its last expression gave something. */
export type CellOutcome =
  | { readonly status: 'ok'; readonly value?: unknown }
  | { readonly status: 'error'; readonly error: CellError };

/** Compiles and runs the cells of one notebook, one after the other. */
export interface CellRunner {
  readonly versions: { readonly tslab: string; readonly typescript: string };
  readonly library: Library;
  /** Runs a cell. A last expression that is a promise is awaited. */
  run(source: string, label: string): Promise<CellOutcome>;
  /** Settles as the work does, or rejects when the cell is stopped by force. */
  unlessInterrupted<T>(work: Promise<T>): Promise<T>;
  /** Stops the running cell by force; without effect when none runs. */
  interrupt(): void;
  complete(source: string, position: number): TslabCompletion | undefined;
  /** What is known about the name at a position, as text. */
  inspect(source: string, position: number): string | undefined;
  isComplete(source: string): { readonly complete: boolean; readonly indent: string };
  /** Describes what was thrown outside of a running cell. */
  describe(thrown: unknown): CellError;
  readonly maps: CellMaps;
  close(): void;
}

/** What a runner needs from its kernel. */
export interface CellRunnerOptions {
  /** Folder of the notebook: where imports are looked for. */
  readonly folder: string;
  /** Receives what tslab's `display` is given in a cell. */
  readonly onDisplay: (data: TslabDisplayData, update: boolean) => void;
  /** Receives complaints that do not end a cell. */
  readonly onComplaint: (text: string) => void;
}

/** Starts the compiler for a notebook folder; this takes about a second. */
export function createCellRunner(options: CellRunnerOptions): CellRunner {
  const { folder } = options;
  const library = findLibrary(folder);
  const maps = createCellMaps();
  const tslab = loadTslab((typescript) => {
    provideTypes(library, typescript, folder);
    return mendShorthandProperties(maps.adapt(typescript));
  });
  provideAtRunTime(library);
  tslab.setDisplay(options.onDisplay);
  const prelude = createPrelude(library);
  const sources = new Map<string, string>();
  const describe = (thrown: unknown): CellError => describeThrown(thrown, (label) => sources.get(label));

  let current = {
    source: '',
    label: '',
    error: undefined as CellError | undefined,
    value: undefined as unknown,
  };
  let rejectRunning: ((reason: unknown) => void) | undefined;

  const plain = tslab.createConverter({ isJS: false, isBrowser: false });
  const withPrelude = (declarations: string): string => declarations || prelude.declarations;
  const converter: TslabConverter = {
    ...plain,
    convert(declarations, source) {
      const converted = plain.convert(withPrelude(declarations), source);
      if (converted.diagnostics.length > 0)
        current.error = describeDiagnostics(converted.diagnostics, source);
      for (const side of converted.sideOutputs ?? []) {
        const label = side.path.slice(folder.length + 1).replace(/\.js$/, '.ts');
        maps.register(side.path, side.data, { label, headLines: 0 });
      }
      if (converted.output === undefined) return converted;
      const scriptName = `hunch-${current.label.replaceAll(' ', '-')}.ts`;
      maps.register(scriptName, converted.output, { label: current.label, headLines: 1 });
      return { ...converted, output: `${converted.output}\n//# sourceURL=${scriptName}\n` };
    },
    inspect: (declarations, source, position) => plain.inspect(withPrelude(declarations), source, position),
    complete: (declarations, source, position) => plain.complete(withPrelude(declarations), source, position),
  };
  const converters = {
    node: converter,
    get browser(): TslabConverter {
      throw new Error("Hunch's kernel runs cells in Node only; @browser cells are not supported.");
    },
    close: () => plain.close(),
  };

  const executor = tslab.createExecutor(folder, converters, {
    log: (value) => {
      current.value = value;
      // Whatever becomes of the promise is told where it is awaited.
      if (isPromise(value)) value.catch(() => undefined);
    },
    error: (...args) => {
      if (current.error) return;
      if (args.length === 1) current.error = describe(args[0]);
      else options.onComplaint(`${format(...args)}\n`);
    },
  });
  defineLazily(executor.locals, prelude.values);

  async function unlessInterrupted<T>(work: Promise<T>): Promise<T> {
    try {
      return await Promise.race([
        work,
        new Promise<never>((_, reject) => {
          rejectRunning = reject;
        }),
      ]);
    } finally {
      rejectRunning = undefined;
    }
  }

  return {
    versions: { tslab: tslab.version, typescript: tslab.typescriptVersion },
    library,
    maps,
    describe,
    unlessInterrupted,
    async run(source, label) {
      current = { source, label, error: undefined, value: undefined };
      const cell = current;
      sources.set(label, source);
      try {
        await keepSigintListeners(() => executor.execute(source));
        if (cell.error) return { status: 'error', error: cell.error };
        if (isPromise(cell.value)) cell.value = await unlessInterrupted(cell.value);
        return cell.value == null ? { status: 'ok' } : { status: 'ok', value: cell.value };
      } catch (thrown) {
        return { status: 'error', error: describe(thrown) };
      }
    },
    interrupt() {
      executor.interrupt();
      rejectRunning?.(new Error('Interrupted asynchronously'));
    },
    complete(source, position) {
      try {
        return executor.complete(source, position);
      } catch {
        return undefined;
      }
    },
    inspect(source, position) {
      try {
        const info = executor.inspect(source, position);
        return info && tslab.printQuickInfo(info);
      } catch {
        return undefined;
      }
    },
    isComplete(source) {
      const { completed, indent } = tslab.isCompleteCode(source);
      return { complete: completed, indent: indent ?? '' };
    },
    close: () => executor.close(),
  };
}
