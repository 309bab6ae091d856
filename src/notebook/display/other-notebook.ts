import type { NotebookHost } from '../../core/host';
import type { MimeBundle } from '../../core/mime';

interface DisplayData {
  readonly data: MimeBundle;
  readonly metadata: Record<string, unknown>;
  readonly transient: Record<string, unknown>;
}
interface TslabJupyter {
  lastWriteDisplayData?: (message: DisplayData, update: boolean) => void;
}
interface TslabGlobal {
  require?: (name: string) => { display?: { raw?: (mime: string, content: unknown) => void } };
}
interface DenoGlobal {
  jupyter?: { display?: (bundle: MimeBundle, options: object) => unknown };
}

function loadedModule(pattern: RegExp): unknown {
  const file = Object.keys(require.cache).find((name) => pattern.test(name));
  return file === undefined ? undefined : require.cache[file]?.exports;
}

function notebook(name: string, send: NotebookHost['publish']): NotebookHost {
  return {
    name,
    publish(bundle, options) {
      try {
        send(bundle, options);
      } catch {
        // Showing never fails the work that is shown.
      }
    },
    interruptSignal: () => undefined,
  };
}

/** Returns the stock tslab or Deno kernel this code runs in, or undefined in a plain script. */
export function otherNotebook(): NotebookHost | undefined {
  const jupyter = loadedModule(/[\\/]tslab[\\/]dist[\\/]jupyter\.js$/) as TslabJupyter | undefined;
  if (typeof jupyter?.lastWriteDisplayData === 'function') {
    return notebook('tslab', (data, { displayId, update = false, metadata = {} } = {}) =>
      jupyter.lastWriteDisplayData?.(
        { data, metadata, transient: displayId === undefined ? {} : { display_id: displayId } },
        update,
      ),
    );
  }
  const { __tslab__: tslab, Deno: deno } = globalThis as { __tslab__?: TslabGlobal; Deno?: DenoGlobal };
  if (typeof tslab?.require === 'function') {
    return notebook('tslab', (bundle) => {
      const [mime, content] =
        Object.entries(bundle).find(([type]) => type === 'text/html') ?? Object.entries(bundle)[0];
      tslab.require?.('tslab').display?.raw?.(mime, content);
    });
  }
  if (typeof deno?.jupyter?.display === 'function') {
    return notebook('deno', (bundle, { displayId, update = false } = {}) => {
      const sent = deno.jupyter?.display?.(bundle, { raw: true, update, display_id: displayId });
      Promise.resolve(sent).catch(() => undefined);
    });
  }
  return undefined;
}
