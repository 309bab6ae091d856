/** Stops cells: first by asking, then by force. */
export interface Interrupts {
  /** A cell begins. */
  begin(): void;
  /** The cell has ended. */
  end(): void;
  /** The signal of the running cell, undefined when none runs. Asking for it says that the work stops by itself. */
  signal(): AbortSignal | undefined;
  /** The person wants the cell to stop. */
  interrupt(): void;
}

/** How long work that said it stops by itself is given before the cell is ended by force. */
export const GRACE_MS = 2000;

/**
 * Returns the way from "stop" to a stopped cell. Where the cell's work has asked for the signal, the first interrupt aborts it
 * and leaves the cell to end by itself; a second one, or {@link GRACE_MS}, ends it by `force`. Otherwise `force` comes at once.
 */
export function createInterrupts(force: () => void, graceMs: number = GRACE_MS): Interrupts {
  let controller: AbortController | undefined;
  let asked = false;
  let grace: NodeJS.Timeout | undefined;
  return {
    begin() {
      controller = new AbortController();
      asked = false;
    },
    end() {
      controller = undefined;
      clearTimeout(grace);
    },
    signal() {
      asked ||= controller !== undefined;
      return controller?.signal;
    },
    interrupt() {
      if (!controller) return;
      clearTimeout(grace);
      const first = !controller.signal.aborted;
      if (first) controller.abort(new Error('The cell was stopped.'));
      if (asked && first) grace = setTimeout(force, graceMs);
      else force();
    },
  };
}
