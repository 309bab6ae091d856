import type { MimeBundle } from './mime';

/** How a bundle is sent to a front end. */
export interface PublishOptions {
  /** The display that later updates refer to. */
  readonly displayId?: string;
  /** Replace what the display with this id shows; defaults to false. */
  readonly update?: boolean;
  readonly metadata?: Record<string, unknown>;
}

/** The notebook that the code runs in: Hunch's kernel, stock tslab, Deno, or a test's own. */
export interface NotebookHost {
  readonly name: string;
  /** Sends a bundle to the front end. Must not throw. */
  publish(bundle: MimeBundle, options?: PublishOptions): void;
  /**
   * Aborted when the person stops the running cell. Asking for it tells the host that the work stops by itself,
   * so that the first interrupt is a request and only the second one ends the cell by force.
   */
  interruptSignal(): AbortSignal | undefined;
  /** Keeps the running cell from counting as done until this settles, for at most ten seconds: a picture under way. */
  awaitBeforeIdle?(work: Promise<unknown>): void;
}

const KEY = Symbol.for('hunch.host');
type Holder = { [KEY]?: NotebookHost | undefined };

/** Registers the notebook for every copy of the library in this process; undefined takes it away. */
export function setHost(host: NotebookHost | undefined): void {
  (globalThis as Holder)[KEY] = host;
}

/** The notebook the code runs in, or undefined in a plain script. */
export function currentHost(): NotebookHost | undefined {
  return (globalThis as Holder)[KEY];
}
