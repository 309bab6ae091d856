import type { DuckDBConnection } from '@duckdb/node-api';
import type { Column } from '../types';
import { quoteName, type ColumnPlan } from './column-plan';

interface Doubles {
  readonly items: Float64Array;
}
interface Texts {
  getItem(i: number): string | null;
}

/** Collects the chunks of one column. */
interface Collector {
  add(value: unknown, valid: unknown, at: number, rows: number): void;
  column(): Column;
}

function numbers(plan: ColumnPlan, n: number): Collector {
  const values = plan.type === 'boolean' ? new Uint8Array(n) : new Float64Array(n);
  const valid = plan.nulls > 0 ? new Uint8Array(n) : null;
  return {
    add(value, isValid, at, rows) {
      values.set((value as Doubles).items.subarray(0, rows), at);
      valid?.set((isValid as Doubles).items.subarray(0, rows), at);
    },
    column: () => ({ type: plan.type, values, valid }) as Column,
  };
}

function strings(n: number): Collector {
  const codes = new Int32Array(n);
  const codeOf = new Map<string, number>();
  return {
    add(value, _valid, at, rows) {
      for (let i = 0; i < rows; i++) {
        const text = (value as Texts).getItem(i);
        if (text === null) {
          codes[at + i] = -1;
          continue;
        }
        let code = codeOf.get(text);
        if (code === undefined) codeOf.set(text, (code = codeOf.size));
        codes[at + i] = code;
      }
    },
    column: () => ({ type: 'string', codes, dictionary: [...codeOf.keys()] }),
  };
}

/** Reads the planned columns of a table of n rows, chunk by chunk, each as one vector of doubles or strings. */
export async function readColumns(
  connection: DuckDBConnection,
  from: string,
  plans: readonly ColumnPlan[],
  n: number,
): Promise<Readonly<Record<string, Column>>> {
  const collectors = plans.map((plan) => (plan.type === 'string' ? strings(n) : numbers(plan, n)));
  const parts: string[] = [];
  const places = plans.map((plan) => {
    const withNulls = plan.type !== 'string' && plan.nulls > 0;
    const value = parts.push(withNulls ? `coalesce(${plan.value}, 0)` : plan.value) - 1;
    const valid = withNulls ? parts.push(`(${quoteName(plan.name)} IS NOT NULL)::INTEGER::DOUBLE`) - 1 : -1;
    return { value, valid };
  });
  const result = await connection.stream(`SELECT ${parts.join(', ')} FROM ${from}`);
  let at = 0;
  for (;;) {
    const chunk = await result.fetchChunk();
    if (!chunk || chunk.rowCount === 0) break;
    const rows = chunk.rowCount;
    collectors.forEach((collector, k) => {
      const { value, valid } = places[k];
      collector.add(
        chunk.getColumnVector(value),
        valid < 0 ? undefined : chunk.getColumnVector(valid),
        at,
        rows,
      );
    });
    at += rows;
  }
  return Object.fromEntries(plans.map((plan, k) => [plan.name, collectors[k].column()]));
}
