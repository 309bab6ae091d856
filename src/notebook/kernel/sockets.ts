import type { Publisher, Router } from 'zeromq';
import { endpoint, type ConnectionInfo } from './connection';

/** The kernel's end of the four channels that carry messages (the heartbeat has a thread of its own). */
export interface KernelSockets {
  readonly shell: Router;
  readonly control: Router;
  readonly stdin: Router;
  readonly iopub: Publisher;
  /** Stops listening; what is queued still has up to `lingerMs` to leave. */
  close(lingerMs?: number): void;
}

/**
 * Listens on the channels of a connection file.
 *
 * zeromq.js lets every 513th `send` in a row wait for the event loop and makes the next one fail with EBUSY; a send time-out
 * of 0 and no high-water mark keep every send immediate, so that nothing is lost however much one cell prints.
 */
export async function bindSockets(info: ConnectionInfo): Promise<KernelSockets> {
  const zmq = await import('zeromq');
  const unlimited = { sendTimeout: 0, sendHighWaterMark: 0, receiveHighWaterMark: 0 };
  const shell = new zmq.Router(unlimited);
  const control = new zmq.Router(unlimited);
  const stdin = new zmq.Router(unlimited);
  const iopub = new zmq.Publisher({ sendTimeout: 0, sendHighWaterMark: 0 });
  await Promise.all([
    shell.bind(endpoint(info, 'shell')),
    control.bind(endpoint(info, 'control')),
    stdin.bind(endpoint(info, 'stdin')),
    iopub.bind(endpoint(info, 'iopub')),
  ]);
  return {
    shell,
    control,
    stdin,
    iopub,
    close(lingerMs = 1000) {
      for (const socket of [shell, control, stdin, iopub]) {
        socket.linger = lingerMs;
        socket.close();
      }
    },
  };
}
