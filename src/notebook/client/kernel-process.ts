import { spawn, type ChildProcess } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ConnectionInfo } from '../kernel/connection';

/** A started kernel process and where it listens. */
export interface KernelProcess {
  readonly child: ChildProcess;
  readonly connection: ConnectionInfo;
  /** The last of what the process wrote to its own stderr. */
  stderrTail(): string;
  /** Removes the connection file. */
  cleanUp(): void;
}

/** How to start a kernel process. */
export interface KernelProcessOptions {
  readonly cwd: string;
  readonly launcher: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly connectionDir: string | undefined;
}

// A Unix socket's path may have 107 bytes; "-5" is added to the prefix.
const LONGEST_SOCKET_PREFIX = 100;

async function freePorts(count: number): Promise<number[]> {
  const servers = Array.from({ length: count }, () => createServer());
  const ports: number[] = [];
  for (const server of servers) {
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject).listen(0, '127.0.0.1', resolve);
    });
    ports.push((server.address() as { port: number }).port);
  }
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  return ports;
}

/** Starts a kernel that listens on sockets in a folder of its own, or on free local ports where the system has no such sockets. */
export async function startKernelProcess(options: KernelProcessOptions): Promise<KernelProcess> {
  const folder = mkdtempSync(join(options.connectionDir ?? tmpdir(), 'hunch-'));
  const prefix = join(folder, 'k');
  const useSockets = process.platform !== 'win32' && prefix.length <= LONGEST_SOCKET_PREFIX;
  const [shell, control, iopub, stdin, hb] = useSockets ? [1, 2, 3, 4, 5] : await freePorts(5);
  const connection: ConnectionInfo = {
    transport: useSockets ? 'ipc' : 'tcp',
    ip: useSockets ? prefix : '127.0.0.1',
    key: randomUUID(),
    signature_scheme: 'hmac-sha256',
    shell_port: shell,
    control_port: control,
    iopub_port: iopub,
    stdin_port: stdin,
    hb_port: hb,
  };
  const file = join(folder, 'connection.json');
  writeFileSync(file, JSON.stringify(connection), { mode: 0o600 });

  const child = spawn(process.execPath, [options.launcher, '--config-path', file], {
    cwd: options.cwd,
    env: { ...process.env, TF_CPP_MIN_LOG_LEVEL: '2', JPY_PARENT_PID: String(process.pid), ...options.env },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let tail = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    tail = (tail + text).slice(-4000);
  });
  return {
    child,
    connection,
    stderrTail: () => tail.trim(),
    cleanUp: () => rmSync(folder, { recursive: true, force: true }),
  };
}
