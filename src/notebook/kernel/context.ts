import { AsyncLocalStorage } from 'node:async_hooks';
import type { Header } from './message';

/** Knows which request an output belongs to. */
export interface Context {
  /** The request that output of the code now running belongs to. */
  parent(): Header | undefined;
  /** Makes a cell the one that output belongs to from now on, also after it has ended. */
  enterCell(header: Header): void;
  /** Runs a handler whose output belongs to its own request, whatever cell runs meanwhile. */
  within<T>(header: Header, run: () => T): T;
}

/** Returns a context without a cell. */
export function createContext(): Context {
  const own = new AsyncLocalStorage<Header | undefined>();
  let cell: Header | undefined;
  return {
    parent: () => own.getStore() ?? cell,
    enterCell(header) {
      cell = header;
    },
    within: (header, run) => own.run(header, run),
  };
}
