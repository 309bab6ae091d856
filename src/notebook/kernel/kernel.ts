import { setHost } from '../../core/host';
import { createCellRunner } from './cell-runner';
import { createComms, setComms } from './comms';
import type { ConnectionInfo } from './connection';
import { createContext } from './context';
import { sanitizeBundle } from './display-bundle';
import { createExecution, type ExecuteRequest } from './execution';
import { createExecutionQueue } from './execution-queue';
import { createInterrupts } from './interrupts';
import { kernelInfo } from './kernel-info';
import { createLateWork } from './late-work';
import type { Header, Message } from './message';
import { createOutlet, type OutletExtras } from './outlet';
import { completeReply, historyReply, inspectReply, isCompleteReply } from './requests';
import type { KernelSockets } from './sockets';
import { createStreams, type Streams } from './streams';

/** A kernel at work. */
export interface Kernel {
  /** Takes a message that came by a channel. */
  receive(channel: 'shell' | 'control', message: Message): void;
  /** Stops the running cell: asks first, forces then. */
  interrupt(): void;
  /** Where everything that is written goes. */
  readonly streams: Streams;
  /** Writes what was thrown outside of a cell to the latest cell's stderr. */
  reportStray(what: string, thrown: unknown): void;
  /** Stack traces as people should see them. */
  mapStack(stack: string): string;
  /** Compiles nothing once, so that the first cell need not wait for the library's types. */
  warmUp(): void;
}

/** What a kernel needs. */
export interface KernelOptions {
  readonly connection: ConnectionInfo;
  readonly sockets: KernelSockets;
  /** Folder of the notebook. */
  readonly folder: string;
  /** Receives faults of the kernel's own, for its log. */
  readonly log: (text: string) => void;
  /** Called when a front end has asked for the end and has been answered. */
  readonly onShutdown: (restart: boolean) => void;
}

type Content = Readonly<Record<string, unknown>>;
type Handler = (message: Message) => Content | undefined;

/** Returns a kernel that answers on the given sockets, and makes it the notebook host of this process. */
export function createKernel(options: KernelOptions): Kernel {
  const { connection, sockets, folder, log, onShutdown } = options;
  const outlet = createOutlet(sockets, connection.key, (error) =>
    log(`A message was lost: ${String(error)}`),
  );
  const context = createContext();
  let running: Header | undefined;

  const streams = createStreams(context.parent, (name, text, parent) =>
    outlet.publish('stream', { name, text }, parent),
  );
  const publishFor = (
    parent: Header | undefined,
    type: string,
    content: Content,
    extras?: OutletExtras,
  ): void => {
    streams.flush();
    outlet.publish(type, content, parent, extras);
  };
  const publish = (type: string, content: Content, extras?: OutletExtras): void =>
    publishFor(context.parent(), type, content, extras);
  const complain = (text: string): void => streams.write('stderr', text);

  function show(data: Content, update = false, displayId?: string, metadata: Content = {}): void {
    try {
      const transient = displayId === undefined ? {} : { display_id: displayId };
      publish(update ? 'update_display_data' : 'display_data', {
        data: sanitizeBundle(data),
        metadata,
        transient,
      });
    } catch (error) {
      complain(`Something could not be shown: ${String(error)}\n`);
    }
  }

  const runner = createCellRunner({
    folder,
    onDisplay: ({ data, metadata, transient }, update) => show(data, update, transient?.display_id, metadata),
    onComplaint: complain,
  });
  const interrupts = createInterrupts(() => runner.interrupt());
  const execution = createExecution(runner, interrupts, complain);
  const comms = createComms((type, content, extras) => publish(type, content, extras));
  setComms(comms);
  const lateWork = createLateWork();
  setHost({
    name: 'hunch',
    publish: (bundle, { displayId, update, metadata } = {}) => show(bundle, update, displayId, metadata),
    interruptSignal: () => interrupts.signal(),
    awaitBeforeIdle: (work) => lateWork.add(work),
  });

  const status = (state: 'busy' | 'idle', parent: Header): void =>
    publishFor(parent, 'status', { execution_state: state });

  const queue = createExecutionQueue<Message>({
    async run(message, drained) {
      running = message.header;
      context.enterCell(message.header);
      status('busy', message.header);
      const request = message.content as unknown as ExecuteRequest;
      const reply = await execution.run(request, (type, content) =>
        publishFor(message.header, type, content),
      );
      await lateWork.settled();
      // Like Jupyter's own kernel: what an extension asks in silence stops nobody's cells.
      const stop = reply.status === 'error' && !request.silent && (request.stop_on_error ?? true);
      if (stop) await drained();
      streams.flush();
      outlet.reply('shell', message, 'execute_reply', reply);
      running = undefined;
      status('idle', message.header);
      return stop ? 'abort-waiting' : 'go-on';
    },
    abort(message) {
      status('busy', message.header);
      outlet.reply('shell', message, 'execute_reply', { status: 'aborted' });
      status('idle', message.header);
    },
    onFault: (error) => log(`A cell could not be executed: ${String(error)}`),
  });

  const comm: Handler = ({ header, content, metadata, buffers }) => {
    comms.receive(header.msg_type, content, { metadata, buffers });
    return undefined;
  };
  const handlers: Record<string, Handler> = {
    kernel_info_request: () => kernelInfo(runner),
    complete_request: ({ content }) => completeReply(runner, content),
    inspect_request: ({ content }) => inspectReply(runner, content),
    is_complete_request: ({ content }) => isCompleteReply(runner, content),
    history_request: ({ content }) => historyReply(execution.history, content),
    comm_info_request: ({ content }) => ({
      status: 'ok',
      comms: comms.list(typeof content.target_name === 'string' ? content.target_name : undefined),
    }),
    connect_request: () => ({
      status: 'ok',
      shell_port: connection.shell_port,
      iopub_port: connection.iopub_port,
      stdin_port: connection.stdin_port,
      hb_port: connection.hb_port,
      control_port: connection.control_port,
    }),
    interrupt_request: () => {
      interrupts.interrupt();
      return { status: 'ok' };
    },
    shutdown_request: ({ content }) => ({ status: 'ok', restart: content.restart === true }),
    comm_open: comm,
    comm_msg: comm,
    comm_close: comm,
  };

  /** The reply to a request, or undefined for messages that want none. */
  function answer(message: Message): Content | undefined {
    const { msg_type: type } = message.header;
    try {
      const handler = handlers[type];
      if (handler) return handler(message);
      if (!type.endsWith('_request')) return undefined;
      return {
        status: 'error',
        ename: 'NotSupported',
        evalue: `Hunch's kernel does not know ${type}.`,
        traceback: [],
      };
    } catch (thrown) {
      const error = runner.describe(thrown);
      if (!type.endsWith('_request')) complain(`${error.traceback.join('\n')}\n`);
      return type.endsWith('_request') ? { status: 'error', ...error } : undefined;
    }
  }

  function handle(channel: 'shell' | 'control', message: Message): void {
    const { header } = message;
    status('busy', header);
    const content = context.within(header, () => answer(message));
    streams.flush();
    const isShutdown = header.msg_type === 'shutdown_request';
    if (content) outlet.reply(channel, message, header.msg_type.replace(/_request$/, '_reply'), content);
    if (content && isShutdown) publishFor(header, 'shutdown_reply', content);
    status('idle', header);
    // A front end takes that idle for the end of the running cell unless it is told that the cell goes on.
    if (running && !isShutdown) status('busy', running);
    if (isShutdown) onShutdown(message.content.restart === true);
  }

  outlet.publish('status', { execution_state: 'starting' }, undefined);
  return {
    streams,
    receive(channel, message) {
      if (message.header.msg_type === 'execute_request') queue.add(message);
      else handle(channel, message);
    },
    interrupt: () => interrupts.interrupt(),
    reportStray(what, thrown) {
      complain(`${what}: ${runner.describe(thrown).traceback.join('\n')}\n`);
    },
    mapStack: (stack) => runner.maps.mapStack(stack),
    warmUp() {
      runner.complete('', 0);
    },
  };
}
