import type { MimeBundle } from '../../core/mime';
import type { Message } from '../kernel/message';

/** One output of a code cell, as the notebook format (version 4) has it. */
export type Output =
  | { readonly output_type: 'stream'; readonly name: 'stdout' | 'stderr'; readonly text: string }
  | {
      readonly output_type: 'display_data';
      readonly data: MimeBundle;
      readonly metadata: Readonly<Record<string, unknown>>;
    }
  | {
      readonly output_type: 'execute_result';
      readonly execution_count: number | null;
      readonly data: MimeBundle;
      readonly metadata: Readonly<Record<string, unknown>>;
    }
  | {
      readonly output_type: 'error';
      readonly ename: string;
      readonly evalue: string;
      readonly traceback: readonly string[];
    };

type Rich = { data: MimeBundle; metadata: Readonly<Record<string, unknown>> };
type Streamed = { text: string };

/** Which outputs show a display id, over all cells of a notebook. */
export type DisplayRegistry = Map<string, Set<Rich>>;

/** The outputs of one cell while it runs. */
export interface OutputList {
  /** Grows in place; the objects in it change when their display is updated, also after the cell has ended. */
  readonly outputs: Output[];
  /** Takes a message from iopub; others than outputs are passed over. */
  take(message: Pick<Message, 'header' | 'content'>): void;
}

/**
 * Returns the empty outputs of a cell.
 *
 * Neighbouring pieces of one stream become one output, `update_display_data` changes every output with its display id, and
 * `clear_output` empties the list, at once or (`wait`) when the next output comes.
 */
export function createOutputList(displays: DisplayRegistry): OutputList {
  const outputs: Output[] = [];
  let clearBeforeNext = false;

  function add(output: Output): void {
    if (clearBeforeNext) outputs.length = 0;
    clearBeforeNext = false;
    const last = outputs.at(-1);
    if (output.output_type === 'stream' && last?.output_type === 'stream' && last.name === output.name) {
      (last as Streamed).text += output.text;
    } else {
      outputs.push(output);
    }
  }

  function updateDisplays(id: string, { data, metadata }: Rich): void {
    for (const shown of displays.get(id) ?? []) {
      shown.data = data;
      shown.metadata = metadata;
    }
  }

  return {
    outputs,
    take({ header, content }) {
      const { msg_type: type } = header;
      if (type === 'stream') {
        const { name, text } = content as { name: 'stdout' | 'stderr'; text: string };
        add({ output_type: 'stream', name, text });
      } else if (type === 'error') {
        const { ename, evalue, traceback } = content as {
          ename: string;
          evalue: string;
          traceback: string[];
        };
        add({ output_type: 'error', ename, evalue, traceback });
      } else if (type === 'clear_output') {
        if (content.wait) clearBeforeNext = true;
        else outputs.length = 0;
      } else if (type === 'display_data' || type === 'execute_result' || type === 'update_display_data') {
        const rich: Rich = {
          data: content.data as MimeBundle,
          metadata: (content.metadata ?? {}) as Rich['metadata'],
        };
        const id = (content.transient as { display_id?: string } | undefined)?.display_id;
        if (id !== undefined) updateDisplays(id, rich);
        if (type === 'update_display_data') return;
        const output =
          type === 'display_data'
            ? { output_type: type, ...rich }
            : {
                output_type: type,
                execution_count: (content.execution_count ?? null) as number | null,
                ...rich,
              };
        add(output as Output);
        if (id !== undefined) displays.set(id, (displays.get(id) ?? new Set<Rich>()).add(output));
      }
    },
  };
}
