import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  startKernel,
  type ExecuteOptions,
  type ExecuteResult,
  type KernelClient,
} from '../../../../src/notebook/client/kernel-client';
import type { Message } from '../../../../src/notebook/kernel/message';
import { ensureBuilt } from '../../../ensure-built';

/** One kernel for all tests of a file, in an empty folder of its own. */
export interface SharedKernel {
  readonly client: KernelClient;
  readonly folder: string;
  /** Executes a cell and returns its result and every message it published. */
  run(code: string, options?: ExecuteOptions): Promise<ExecuteResult & { readonly messages: Message[] }>;
  /** Resolves with the first message from now on that fits. */
  next(fits: (message: Message) => boolean): Promise<Message>;
}

/** "stream", or "status busy": what a message says, for the order of messages. */
export function saying({ header, content }: Message): string {
  return header.msg_type === 'status' ? `status ${content.execution_state}` : header.msg_type;
}

/** All that was written to a stream. */
export function written(messages: readonly Message[], name: 'stdout' | 'stderr' = 'stdout'): string {
  return messages
    .filter(({ header, content }) => header.msg_type === 'stream' && content.name === name)
    .map(({ content }) => content.text)
    .join('');
}

/** Resolves after some milliseconds. */
export function wait(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

/** Starts a kernel before the tests of a file and ends it after them. */
export function shareKernel(): SharedKernel {
  const folder = mkdtempSync(join(tmpdir(), 'hunch-cells-'));
  let client: KernelClient | undefined;
  beforeAll(async () => {
    ensureBuilt();
    client = await startKernel({ cwd: folder, env: { HUNCH_ENGINE: 'cpu' } });
  }, 180_000);
  afterAll(async () => {
    await client?.shutdown();
    rmSync(folder, { recursive: true, force: true });
  });
  const running = (): KernelClient => {
    if (!client) throw new Error('The kernel has not been started.');
    return client;
  };
  return {
    folder,
    get client() {
      return running();
    },
    async run(code, options) {
      const messages: Message[] = [];
      const result = await running().execute(code, {
        timeoutMs: 20_000,
        onMessage: (message) => messages.push(message),
        ...options,
      });
      return { ...result, messages };
    },
    next: (fits) =>
      new Promise((resolve) => {
        const stop = running().onPublished((message) => {
          if (!fits(message)) return;
          stop();
          resolve(message);
        });
      }),
  };
}
