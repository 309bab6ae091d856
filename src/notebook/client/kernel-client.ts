// A client for Hunch's kernel, over the Jupyter protocol, without Jupyter:
//
//   const kernel = await startKernel({ cwd: 'notebooks' });
//   const { status, executionCount, outputs, error } = await kernel.execute('1 + 1', { timeoutMs: 60_000 });
//   await kernel.complete('tf.ten', 6);  await kernel.inspect('fit', 1);  await kernel.isComplete('if (x) {');
//   kernel.interrupt();
//   await kernel.shutdown();
//
// `outputs` are notebook-format objects, ready to be written into a cell. `onMessage` sees each iopub message of the cell as it
// comes. When the process ends, everything that still waits is rejected with an error that tells the end of its stderr.

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { InputError } from '../../core/input-error';
import { anything, check, checkOptions, text } from '../../core/options';
import { ownPackageRoot } from '../kernel/library';
import type { Message } from '../kernel/message';
import { openChannels, type Channels } from './channels';
import { startKernelProcess } from './kernel-process';
import { createOutputList, type DisplayRegistry, type Output } from './outputs';

/** How to start a kernel. */
export interface StartKernelOptions {
  /** Folder of the notebook; defaults to the process's own. */
  readonly cwd?: string;
  /** The kernel's script; defaults to the one of this package. */
  readonly launcher?: string;
  /** Environment variables to add; undefined takes one away. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Folder in which the connection file gets a folder of its own; defaults to the system's temporary folder. */
  readonly connectionDir?: string;
  /** Milliseconds after which a kernel that does not answer is given up; defaults to 60,000. */
  readonly startTimeoutMs?: number;
}

/** How to execute a cell. */
export interface ExecuteOptions {
  /** Sees each iopub message that belongs to the cell. */
  readonly onMessage?: (message: Message) => void;
  /** No input, result or error is told and nothing is counted; defaults to false. */
  readonly silent?: boolean;
  /** Count the cell; defaults to true. */
  readonly storeHistory?: boolean;
  /** After an error, abort cells that wait; defaults to true. */
  readonly stopOnError?: boolean;
  /** Milliseconds after which the cell is interrupted and counts as failed; defaults to none. */
  readonly timeoutMs?: number;
}

/** What a cell left. */
export interface ExecuteResult {
  readonly status: 'ok' | 'error' | 'aborted';
  readonly executionCount: number | null;
  readonly outputs: readonly Output[];
  /** There when the status is `error`. */
  readonly error?: { readonly ename: string; readonly evalue: string; readonly traceback: readonly string[] };
}

/** A running kernel. */
export interface KernelClient {
  /** Content of the kernel's `kernel_info_reply`. */
  readonly info: Readonly<Record<string, unknown>>;
  readonly pid: number;
  /** Executes code; cells asked for at once run one after the other. Rejects only when the kernel is lost. */
  execute(code: string, options?: ExecuteOptions): Promise<ExecuteResult>;
  /** Names that fit at a position (in code points), and the stretch they replace. */
  complete(
    code: string,
    position: number,
  ): Promise<{ readonly matches: readonly string[]; readonly start: number; readonly end: number }>;
  /** Type and documentation at a position (in code points), or undefined. */
  inspect(code: string, position: number): Promise<string | undefined>;
  isComplete(code: string): Promise<{ readonly status: string; readonly indent: string }>;
  /** Sends any request and returns the reply; comm messages, which have none, go by {@link KernelClient.send}. */
  request(type: string, content?: Readonly<Record<string, unknown>>): Promise<Message>;
  /** Sends a message that has no reply. */
  send(type: string, content: Readonly<Record<string, unknown>>, buffers?: readonly Uint8Array[]): void;
  /** Adds a listener to all iopub messages; returns the function that takes it away. */
  onPublished(listener: (message: Message) => void): () => void;
  /** Stops the running cell: asks first, forces at the second call or after two seconds. */
  interrupt(): void;
  /** Ends the kernel, by force if it does not end within three seconds. Safe to call more than once. */
  shutdown(): Promise<void>;
}

const EXECUTE_RULES = {
  onMessage: anything,
  silent: anything,
  storeHistory: anything,
  stopOnError: anything,
  timeoutMs: anything,
};

function defaultLauncher(): string {
  const launcher = join(ownPackageRoot(), 'dist', 'notebook', 'kernel', 'main.js');
  if (existsSync(launcher)) return launcher;
  throw new InputError({
    code: 'not-found',
    fn: 'startKernel',
    param: 'launcher',
    expected: 'be there',
    received: launcher,
    mend: 'Build the package first: npm run build.',
  });
}

/**
 * Starts a Hunch kernel as a process of its own and resolves once it answers.
 *
 * @throws Error when the process ends or stays silent, with the end of what it wrote to stderr
 * @throws InputError for an unknown option, or when the kernel has not been built
 */
export async function startKernel(options: StartKernelOptions = {}): Promise<KernelClient> {
  checkOptions('startKernel', options, {
    cwd: text,
    launcher: text,
    env: anything,
    connectionDir: text,
    startTimeoutMs: anything,
  });
  const { cwd = process.cwd(), env = {}, connectionDir, startTimeoutMs = 60_000 } = options;
  const launcher = options.launcher ?? defaultLauncher();
  const kernel = await startKernelProcess({ cwd, launcher, env, connectionDir });
  const { child } = kernel;
  const channels = await openChannels(kernel.connection);
  const ended = new Promise<void>((resolve) => {
    const finish = (reason: string): void => {
      const said = kernel.stderrTail();
      channels.fail(new Error(`The kernel ${reason}.${said ? `\n${said}` : ''}`));
      channels.close();
      kernel.cleanUp();
      resolve();
    };
    child.once('error', (error) => finish(`could not be started: ${error.message}`));
    child.once('close', (code, signal) => finish(`ended (${signal ?? `exit code ${code}`})`));
  });
  const killOnExit = (): void => void child.kill('SIGKILL');
  process.once('exit', killOnExit);
  void ended.then(() => process.removeListener('exit', killOnExit));

  async function shutdown(): Promise<void> {
    if (child.exitCode === null && child.signalCode === null) {
      channels.request('control', 'shutdown_request', { restart: false }).reply.catch(() => undefined);
      const force = setTimeout(() => child.kill('SIGKILL'), 3000);
      await ended;
      clearTimeout(force);
    }
    await ended;
  }

  const giveUp = setTimeout(() => {
    channels.fail(
      new Error(`The kernel did not answer within ${startTimeoutMs} ms.\n${kernel.stderrTail()}`),
    );
    child.kill('SIGKILL');
  }, startTimeoutMs);
  let info: Message;
  try {
    info = await channels.ready();
  } finally {
    clearTimeout(giveUp);
  }

  const displays: DisplayRegistry = new Map();
  const ask = async (
    type: string,
    content: Record<string, unknown>,
  ): Promise<Readonly<Record<string, unknown>>> =>
    (await channels.request('shell', type, content).reply).content;
  const interrupt = (): void => {
    if (process.platform === 'win32') {
      channels.request('control', 'interrupt_request', {}).reply.catch(() => undefined);
    } else child.kill('SIGINT');
  };

  return {
    info: info.content,
    pid: child.pid ?? -1,
    execute: (code, executeOptions = {}) => {
      check('execute', 'code', code, anything);
      checkOptions('execute', executeOptions, EXECUTE_RULES);
      return execute(channels, displays, interrupt, code, executeOptions);
    },
    async complete(code, position) {
      const reply = await ask('complete_request', { code, cursor_pos: position });
      return {
        matches: reply.matches as string[],
        start: reply.cursor_start as number,
        end: reply.cursor_end as number,
      };
    },
    async inspect(code, position) {
      const reply = await ask('inspect_request', { code, cursor_pos: position, detail_level: 0 });
      return reply.found ? (reply.data as Record<string, string>)['text/plain'] : undefined;
    },
    async isComplete(code) {
      const reply = await ask('is_complete_request', { code });
      return { status: String(reply.status), indent: String(reply.indent ?? '') };
    },
    request: (type, content = {}) => channels.request('shell', type, content).reply,
    send: (type, content, buffers) => channels.send(type, content, buffers),
    onPublished: (listener) => channels.onPublished(listener),
    interrupt,
    shutdown,
  };
}

const FORCE_AFTER_MS = 5000;

async function execute(
  channels: Channels,
  displays: DisplayRegistry,
  interrupt: () => void,
  code: string,
  { onMessage, silent = false, storeHistory = true, stopOnError = true, timeoutMs }: ExecuteOptions,
): Promise<ExecuteResult> {
  const list = createOutputList(displays);
  let timedOut = false;
  const timers: NodeJS.Timeout[] = [];
  const request = channels.request(
    'shell',
    'execute_request',
    {
      code,
      silent,
      store_history: storeHistory && !silent,
      user_expressions: {},
      allow_stdin: false,
      stop_on_error: stopOnError,
    },
    (message) => {
      // The clock starts when the cell does, not when it begins to wait behind others.
      if (message.header.msg_type === 'status' && message.content.execution_state === 'busy') startClock();
      list.take(message);
      onMessage?.(message);
    },
  );
  function startClock(): void {
    if (timeoutMs === undefined || timers.length > 0) return;
    const stop = (): void => {
      timedOut = true;
      interrupt();
    };
    timers.push(setTimeout(stop, timeoutMs));
    timers.push(
      setTimeout(() => request.fail(new Error('The cell could not be stopped.')), timeoutMs + FORCE_AFTER_MS),
    );
  }
  try {
    const { content } = await request.reply;
    await request.idle;
    const executionCount = typeof content.execution_count === 'number' ? content.execution_count : null;
    const result = { executionCount, outputs: list.outputs };
    if (timedOut) {
      const evalue = `The cell ran longer than ${timeoutMs} ms and was stopped.`;
      return {
        status: 'error',
        ...result,
        error: { ename: 'Timeout', evalue, traceback: [`Timeout: ${evalue}`] },
      };
    }
    if (content.status !== 'error') return { status: content.status as 'ok' | 'aborted', ...result };
    const { ename, evalue, traceback } = content as { ename: string; evalue: string; traceback: string[] };
    return { status: 'error', ...result, error: { ename, evalue, traceback } };
  } finally {
    timers.forEach(clearTimeout);
  }
}
