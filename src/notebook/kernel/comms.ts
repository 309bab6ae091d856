import { randomUUID } from 'node:crypto';

/** What travels beside the data of a comm message. */
export interface CommExtras {
  readonly metadata?: Readonly<Record<string, unknown>>;
  readonly buffers?: readonly Uint8Array[];
}

/** A message that came over a comm. */
export interface CommMessage {
  readonly data: unknown;
  readonly metadata: Readonly<Record<string, unknown>>;
  readonly buffers: readonly Uint8Array[];
}

/** One open line between the kernel and something in the front end, for example a widget. */
export interface Comm {
  readonly id: string;
  readonly target: string;
  /** Sends data with binary buffers; without effect once the comm is closed. */
  send(data: unknown, extras?: CommExtras): void;
  close(data?: unknown, extras?: CommExtras): void;
  /** Called for each message from the front end; replace it to listen. */
  onMessage: (message: CommMessage) => void;
  /** Called when the front end closes the comm. */
  onClose: (message: CommMessage) => void;
}

/** All comms of a kernel. */
export interface Comms {
  /** Opens a comm to a target that the front end has registered. */
  open(target: string, data?: unknown, extras?: CommExtras & { readonly id?: string }): Comm;
  /** Registers what happens when the front end opens a comm to `target`; returns the function that takes it away. */
  onOpen(target: string, handler: (comm: Comm, message: CommMessage) => void): () => void;
  /** Open comms by id; of one target when given. */
  list(target?: string): Readonly<Record<string, { readonly target_name: string }>>;
  /** Takes a `comm_open`, `comm_msg` or `comm_close` from the front end. */
  receive(type: string, content: Readonly<Record<string, unknown>>, message: Omit<CommMessage, 'data'>): void;
}

const KEY = Symbol.for('hunch.comms');
type Holder = { [KEY]?: Comms | undefined };

/** The comms of the kernel this code runs in; undefined in a plain script and in other kernels. */
export function currentComms(): Comms | undefined {
  return (globalThis as Holder)[KEY];
}

/** Makes the comms known to every copy of the library in this process. */
export function setComms(comms: Comms | undefined): void {
  (globalThis as Holder)[KEY] = comms;
}

/** Returns a kernel's comms; `publish` sends a message on iopub. */
export function createComms(
  publish: (type: string, content: Record<string, unknown>, extras: CommExtras) => void,
): Comms {
  const open = new Map<string, Comm>();
  const targets = new Map<string, (comm: Comm, message: CommMessage) => void>();

  function createComm(id: string, target: string): Comm {
    const comm: Comm = {
      id,
      target,
      send(data, extras = {}) {
        if (open.get(id) === comm) publish('comm_msg', { comm_id: id, data: data ?? {} }, extras);
      },
      close(data, extras = {}) {
        if (!open.delete(id)) return;
        publish('comm_close', { comm_id: id, data: data ?? {} }, extras);
      },
      onMessage: () => undefined,
      onClose: () => undefined,
    };
    open.set(id, comm);
    return comm;
  }

  return {
    open(target, data, { id = randomUUID(), ...extras } = {}) {
      publish('comm_open', { comm_id: id, target_name: target, data: data ?? {} }, extras);
      return createComm(id, target);
    },
    onOpen(target, handler) {
      targets.set(target, handler);
      return () => {
        if (targets.get(target) === handler) targets.delete(target);
      };
    },
    list(target) {
      const listed = [...open.values()].filter((comm) => target === undefined || comm.target === target);
      return Object.fromEntries(listed.map((comm) => [comm.id, { target_name: comm.target }]));
    },
    receive(type, content, { metadata, buffers }) {
      const id = String(content.comm_id);
      const message: CommMessage = { data: content.data, metadata, buffers };
      if (type === 'comm_open') {
        const target = String(content.target_name);
        const handler = targets.get(target);
        if (!handler) {
          publish('comm_close', { comm_id: id, data: {} }, {});
          return;
        }
        const comm = createComm(id, target);
        try {
          handler(comm, message);
        } catch (error) {
          comm.close();
          throw error;
        }
        return;
      }
      const comm = open.get(id);
      if (type === 'comm_msg') comm?.onMessage(message);
      if (type === 'comm_close') {
        open.delete(id);
        comm?.onClose(message);
      }
    },
  };
}
