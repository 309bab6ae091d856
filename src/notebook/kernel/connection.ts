import { readFileSync } from 'node:fs';

/** Where a kernel listens and the key that signs its messages: the content of Jupyter's connection file. */
export interface ConnectionInfo {
  readonly transport: string;
  readonly ip: string;
  readonly key: string;
  readonly signature_scheme: string;
  readonly shell_port: number;
  readonly control_port: number;
  readonly iopub_port: number;
  readonly stdin_port: number;
  readonly hb_port: number;
}

/** A channel of the Jupyter protocol. */
export type Channel = 'shell' | 'control' | 'iopub' | 'stdin' | 'hb';

/** Returns the ZeroMQ address of a channel: `tcp://ip:port`, or `ipc://path-port`. */
export function endpoint(info: ConnectionInfo, channel: Channel): string {
  const separator = info.transport === 'ipc' ? '-' : ':';
  return `${info.transport}://${info.ip}${separator}${info[`${channel}_port`]}`;
}

/**
 * Reads Jupyter's connection file.
 *
 * @throws Error when it cannot be read, is no connection file, or asks for another signature than HMAC-SHA-256
 */
export function readConnectionFile(path: string): ConnectionInfo {
  const info = JSON.parse(readFileSync(path, 'utf8')) as ConnectionInfo;
  for (const channel of ['shell', 'control', 'iopub', 'stdin', 'hb'] as const) {
    if (!Number.isInteger(info[`${channel}_port`])) {
      throw new Error(`${path} is not a Jupyter connection file: "${channel}_port" is missing.`);
    }
  }
  if (info.key !== '' && info.signature_scheme && info.signature_scheme !== 'hmac-sha256') {
    throw new Error(
      `Signature scheme "${info.signature_scheme}" is not supported; Hunch signs with hmac-sha256.`,
    );
  }
  return info;
}
