import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { wideVectors } from './wide-vectors';

/**
 * `plan`: the same bits everywhere. `fast`: relaxed operations. `tfjs`: for memory that threads do not share. `bits`: counts
 * rows. `distances`: nearest neighbours.
 */
export type ModuleName = 'plan' | 'fast' | 'tfjs' | 'bits' | 'distances';

/** What a module gives besides its kernels, each of which takes the address of its arguments. */
export interface KernelExports extends Record<string, unknown> {
  readonly table: WebAssembly.Table;
  runProgram(from: number, to: number): void;
  runStep(step: number, team: number, threads: number): void;
  join(team: number, thread: number, seen: number): void;
  dismiss(team: number): void;
}

/** The kernels at work in one memory. */
export interface Kernels {
  readonly exports: KernelExports;
  /** Place of a kernel in the module's table: its number in a program. */
  indexOf(kernel: string): number;
}

const NOT_KERNELS = ['memory', 'table', 'runProgram', 'runStep', 'join', 'dismiss'];
const modules = new Map<ModuleName, WebAssembly.Module>();

/** Gives a module that another thread has compiled; its machine code is shared. */
export function offerModule(name: ModuleName, module: WebAssembly.Module): void {
  modules.set(name, module);
}

const fileOf = (name: ModuleName): string =>
  join(__dirname, '..', '..', '..', 'dist', 'engine', 'kernels', `${name}.wasm`);

/** Compiles a module on another thread, so that `kernelModule` has it at hand. */
export async function compileAhead(name: ModuleName): Promise<void> {
  if (modules.has(name)) return;
  wideVectors();
  modules.set(name, await WebAssembly.compile(await readFile(fileOf(name))));
}

/** Returns the compiled module, read from the package once. */
export function kernelModule(name: ModuleName): WebAssembly.Module {
  let module = modules.get(name);
  if (!module) {
    wideVectors();
    module = new WebAssembly.Module(readFileSync(fileOf(name)));
    modules.set(name, module);
  }
  return module;
}

/** Whether this machine can run a module: relaxed operations are not everywhere. */
export function hasModule(name: ModuleName): boolean {
  try {
    kernelModule(name);
    return true;
  } catch (error) {
    if (error instanceof WebAssembly.CompileError) return false;
    throw error;
  }
}

/** Names of the kernels of a module; the place in this list is the number of a kernel, in every process. */
export function kernelNames(module: WebAssembly.Module): readonly string[] {
  return WebAssembly.Module.exports(module)
    .map(({ name }) => name)
    .filter((name) => !NOT_KERNELS.includes(name));
}

/** Puts the kernels to work in a memory, with tiles for `wide` vectors where the machine joins two to one. */
export function kernelsIn(
  memory: WebAssembly.Memory,
  name: ModuleName = 'plan',
  wide = wideVectors().used,
): Kernels {
  const module = kernelModule(name);
  const instance = new WebAssembly.Instance(module, {
    env: {
      memory,
      wide: Number(wide),
      wait: (address: number, seen: number) =>
        Atomics.wait(new Int32Array(memory.buffer), address >> 2, seen),
      now: () => performance.now(),
      abort() {
        throw new Error('a kernel was aborted');
      },
    },
  });
  const exports = instance.exports as unknown as KernelExports;
  const names = kernelNames(module);
  const base = fillTable(exports, names);
  const indices = new Map(names.map((kernel, i) => [kernel, base + i]));
  return {
    exports,
    indexOf(kernel) {
      const index = indices.get(kernel);
      if (index === undefined) throw new Error(`there is no kernel "${kernel}"`);
      return index;
    },
  };
}

function fillTable(exports: KernelExports, names: readonly string[]): number {
  const base = exports.table.grow(names.length);
  names.forEach((kernel, i) => exports.table.set(base + i, exports[kernel] as () => void));
  return base;
}
