import { displayBundle } from './display-bundle';
import type { CellError } from './cell-error';
import type { CellRunner } from './cell-runner';
import type { Interrupts } from './interrupts';

/** The content of an `execute_request`. */
export interface ExecuteRequest {
  readonly code: string;
  /** Say nothing on iopub about input, result and error; implies no history. Defaults to false. */
  readonly silent?: boolean;
  /** Count the cell and remember its code; defaults to true. */
  readonly store_history?: boolean;
  /** After an error, abort the requests that wait; defaults to true. */
  readonly stop_on_error?: boolean;
  /** Expressions to evaluate after the cell, by name. */
  readonly user_expressions?: Readonly<Record<string, string>>;
}

/** The content of an `execute_reply`. */
export interface ExecuteReply extends Readonly<Record<string, unknown>> {
  readonly status: 'ok' | 'error';
  readonly execution_count: number;
}

/** Runs execute requests and keeps their count and history. */
export interface Execution {
  run(
    request: ExecuteRequest,
    publish: (type: string, content: Record<string, unknown>) => void,
  ): Promise<ExecuteReply>;
  /** Code of the counted cells, from 1. */
  readonly history: readonly (readonly [session: number, line: number, source: string])[];
}

/** Returns the part of a kernel that executes. `complain` writes to the cell's stderr. */
export function createExecution(
  runner: CellRunner,
  interrupts: Interrupts,
  complain: (text: string) => void,
): Execution {
  const history: [number, number, string][] = [];
  let count = 0;
  let unnamed = 0;

  async function evaluate(expressions: Readonly<Record<string, string>>): Promise<Record<string, unknown>> {
    const values: Record<string, unknown> = {};
    for (const [name, source] of Object.entries(expressions)) {
      const outcome = await runner.run(`(${source})`, `expression-${++unnamed}`);
      values[name] =
        outcome.status === 'ok'
          ? { status: 'ok', data: await displayBundle(outcome.value, complain), metadata: {} }
          : { status: 'error', ...outcome.error };
    }
    return values;
  }

  return {
    history,
    async run(request, publish) {
      const { code, silent = false, store_history = true, user_expressions = {} } = request;
      const counted = store_history && !silent;
      if (counted) history.push([0, ++count, code]);
      if (!silent) publish('execute_input', { code, execution_count: count });
      const fail = (error: CellError): ExecuteReply => {
        if (!silent) publish('error', { ...error });
        return { status: 'error', execution_count: count, ...error, user_expressions: {}, payload: [] };
      };
      interrupts.begin();
      try {
        const outcome = await runner.run(code, counted ? `cell ${count}` : `uncounted-${++unnamed}`);
        if (outcome.status === 'error') return fail(outcome.error);
        if (!silent && outcome.value !== undefined) {
          const data = await runner.unlessInterrupted(displayBundle(outcome.value, complain));
          publish('execute_result', { execution_count: count, data, metadata: {} });
        }
        return {
          status: 'ok',
          execution_count: count,
          user_expressions: await evaluate(user_expressions),
          payload: [],
        };
      } catch (thrown) {
        return fail(runner.describe(thrown));
      } finally {
        interrupts.end();
      }
    },
  };
}
