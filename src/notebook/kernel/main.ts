#!/usr/bin/env node
import { createKernel, type Kernel } from './kernel';
import { readConnectionFile } from './connection';
import { startHeartbeat } from './heartbeat';
import type { KernelSockets } from './sockets';
import { bindSockets } from './sockets';
import { captureProcess } from './streams';
import { decodeMessage } from './wire';

function connectionPath(args: readonly string[]): string {
  const at = args.indexOf('--config-path');
  if (at < 0 || args[at + 1] === undefined) {
    throw new Error('usage: node main.js --config-path CONNECTION_FILE (Jupyter starts it like this)');
  }
  return args[at + 1];
}

/** Ends the process when the one that started it has gone, so that no kernel is left behind. */
function endWithParent(): void {
  if (!process.env.JPY_PARENT_PID) return;
  const parent = process.ppid;
  setInterval(() => {
    if (process.ppid !== parent) process.exit(1);
  }, 1000).unref();
}

async function listen(
  channel: 'shell' | 'control',
  sockets: KernelSockets,
  kernel: Kernel,
  key: string,
  log: Log,
): Promise<void> {
  for await (const frames of sockets[channel]) {
    try {
      kernel.receive(channel, decodeMessage(frames, key));
    } catch (error) {
      log(`A message could not be handled: ${String(error)}`);
    }
    // Promises alone would keep timers and other channels waiting while requests stream in.
    await new Promise((resolve) => setImmediate(resolve));
  }
}

type Log = (text: string) => void;

/** "TypeError: x is not a function"; an error whose own fields throw must not make its stack throw too. */
function headOf(error: Error): string {
  try {
    return Error.prototype.toString.call(error);
  } catch {
    return 'Error';
  }
}

async function main(): Promise<void> {
  const connection = readConnectionFile(connectionPath(process.argv));
  const stderr = process.stderr.write.bind(process.stderr);
  const log: Log = (text) => {
    stderr(`[hunch kernel] ${text}\n`);
  };
  endWithParent();
  startHeartbeat(connection, (error) => log(`Heartbeats are not answered: ${error.message}`));
  const sockets = await bindSockets(connection);
  let ending = false;
  const kernel = createKernel({
    connection,
    sockets,
    folder: process.cwd(),
    log,
    onShutdown: () => {
      if (ending) return;
      ending = true;
      // Whatever timers or handles the cells left open, the process ends once the replies have had time to leave.
      setTimeout(() => {
        sockets.close();
        process.exit(0);
      }, 50);
    },
  });

  captureProcess(kernel.streams);
  Error.stackTraceLimit = Math.max(Error.stackTraceLimit, 30);
  Error.prepareStackTrace = (error, frames) => {
    const head = headOf(error);
    return kernel.mapStack([head, ...frames.map((frame) => `    at ${String(frame)}`)].join('\n'));
  };
  process.on('SIGINT', () => kernel.interrupt());
  process.on('uncaughtException', (error) => kernel.reportStray('Uncaught in the background', error));
  process.on('unhandledRejection', (reason) => kernel.reportStray('Unhandled rejection', reason));

  kernel.warmUp();
  await Promise.all([
    listen('shell', sockets, kernel, connection.key, log),
    listen('control', sockets, kernel, connection.key, log),
  ]);
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  process.exit(1);
});
