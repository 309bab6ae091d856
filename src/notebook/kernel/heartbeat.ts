import { Worker } from 'node:worker_threads';
import { endpoint, type ConnectionInfo } from './connection';

/** Echoes whatever comes, on a thread of its own, so that a kernel busy with a long loop still counts as alive. */
const ECHO = `
const { parentPort, workerData } = require('node:worker_threads');
const { Reply } = require(workerData.zeromq);
const closed = new Int32Array(workerData.closed);
(async () => {
  const socket = new Reply({ linger: 0 });
  parentPort.once('message', () => socket.close());
  await socket.bind(workerData.address);
  try {
    for await (const beat of socket) await socket.send(beat);
  } finally {
    Atomics.store(closed, 0, 1);
    Atomics.notify(closed, 0);
  }
})();
`;
const LONGEST_CLOSE_MS = 300;

/** Starts answering heartbeats. A heartbeat that cannot be answered is told to `onFault` and does not stop the kernel. */
export function startHeartbeat(info: ConnectionInfo, onFault: (error: Error) => void): void {
  const closed = new Int32Array(new SharedArrayBuffer(4));
  const worker = new Worker(ECHO, {
    eval: true,
    workerData: { zeromq: require.resolve('zeromq'), address: endpoint(info, 'hb'), closed: closed.buffer },
    stdin: false,
    env: process.env,
  });
  const close = (): void => {
    worker.postMessage('close');
    Atomics.wait(closed, 0, 0, LONGEST_CLOSE_MS);
  };
  // A thread that ends while its socket waits makes zeromq abort the process, whoever ends it and how.
  process.once('exit', close);
  worker.once('exit', () => process.removeListener('exit', close));
  worker.on('error', onFault);
  worker.unref();
}
