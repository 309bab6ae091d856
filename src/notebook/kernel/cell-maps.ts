import { originalPlace, splitInlineMap, type LineMap } from './source-map';
import type { TypeScriptModule } from './tslab';

/** Keeps the way from the JavaScript that runs back to the lines a person wrote. */
export interface CellMaps {
  /** Makes tslab's TypeScript emit source maps, which tslab itself has no option for. */
  adapt(typescript: TypeScriptModule): TypeScriptModule;
  /** Names a compiled script, so that places in it can be found again. */
  register(scriptName: string, output: string, options: ScriptOptions): void;
  /** Rewrites the places in a stack trace to places in cells, and cuts off what lies below the cell. */
  mapStack(stack: string): string;
}

/** How a registered script is named to people, and what stands around the compiled code. */
export interface ScriptOptions {
  /** Name shown in stack traces: "cell 3", "helper.ts". */
  readonly label: string;
  /** Lines that the compiler put before the source. */
  readonly headLines: number;
}

interface Script extends ScriptOptions {
  readonly maps: readonly LineMap[];
}

type Transpile = (
  js: string,
  options: { compilerOptions: object },
) => { outputText: string; sourceMapText?: string };
type MakeHost = (files: string[], options: object, ...rest: unknown[]) => unknown;

const INTERNAL =
  /^\s+at (async Promise\.all |.*(node:|[\\/]tslab[\\/]dist[\\/]|[\\/]notebook[\\/]kernel[\\/]))/;

/** A function of an earlier cell is called as a property of tslab's proxy. */
const OF_PROXY = /^(\s+at (?:async )?)Proxy\./;

const PLACE = /((?:[A-Za-z]:)?[^\s():]+):(\d+):(\d+)/g;

/** Returns an empty collection of maps. */
export function createCellMaps(): CellMaps {
  const pending = new Map<string, readonly LineMap[]>();
  const scripts = new Map<string, Script>();

  function transpileWithMap(transpile: Transpile): Transpile {
    return (js, options) => {
      const first = splitInlineMap(js);
      const compilerOptions = { ...options.compilerOptions, inlineSourceMap: true };
      const result = transpile(first.script, { ...options, compilerOptions });
      const second = splitInlineMap(result.outputText);
      if (first.map && second.map) pending.set(second.script, [second.map, first.map]);
      return { ...result, outputText: second.script };
    };
  }

  function original(name: string, line: number, column: number): string | undefined {
    const script = scripts.get(name);
    if (!script) return undefined;
    if (script.maps.length === 0) return script.label;
    let place = { line: line - 1, column: column - 1 };
    for (const map of script.maps) {
      const before = originalPlace(map, place);
      if (!before) return script.label;
      place = before;
    }
    return `${script.label}:${place.line + 1 - script.headLines}:${place.column + 1}`;
  }

  return {
    adapt(typescript) {
      const makeHost = typescript.createWatchCompilerHost as MakeHost;
      return Object.assign({}, typescript, {
        createWatchCompilerHost: (files: string[], options: object, ...rest: unknown[]) =>
          makeHost(files, { ...options, inlineSourceMap: true }, ...rest),
        transpileModule: transpileWithMap(typescript.transpileModule as Transpile),
      });
    },
    register(scriptName, output, options) {
      scripts.set(scriptName, { ...options, maps: pending.get(output) ?? [] });
      pending.delete(output);
    },
    mapStack(stack) {
      const lines = stack.split('\n');
      let lastCell = -1;
      // Frames of what tslab wraps around a cell have no line of their own.
      const vague = new Set<number>();
      const mapped = lines.map((line, index) =>
        line.replace(PLACE, (whole, name: string, at: string, column: string) => {
          const place = original(name, Number(at), Number(column));
          if (place === undefined) return whole;
          if (place.includes(':')) lastCell = index;
          else vague.add(index);
          return place;
        }),
      );
      if (lastCell < 0) return vague.size > 0 ? mapped.join('\n') : stack;
      return mapped
        .filter((line, index) => !vague.has(index) && (index <= lastCell || !INTERNAL.test(line)))
        .map((line) => line.replace(OF_PROXY, '$1'))
        .join('\n');
    },
  };
}
