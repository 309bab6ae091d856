import { Worker } from 'node:worker_threads';
import { endpoint, type ConnectionInfo } from './connection';

/** Echoes whatever comes, on a thread of its own, so that a kernel busy with a long loop still counts as alive. */
const ECHO = `
const { workerData } = require('node:worker_threads');
const { Reply } = require(workerData.zeromq);
(async () => {
  const socket = new Reply();
  await socket.bind(workerData.address);
  for await (const beat of socket) await socket.send(beat);
})();
`;

/** Starts answering heartbeats. A heartbeat that cannot be answered is told to `onFault` and does not stop the kernel. */
export function startHeartbeat(info: ConnectionInfo, onFault: (error: Error) => void): void {
  const worker = new Worker(ECHO, {
    eval: true,
    workerData: { zeromq: require.resolve('zeromq'), address: endpoint(info, 'hb') },
    stdin: false,
    env: process.env,
  });
  worker.on('error', onFault);
  worker.unref();
}
