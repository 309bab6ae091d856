import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { endpoint, readConnectionFile } from '../../../src/notebook/kernel/connection';

const folder = mkdtempSync(join(tmpdir(), 'hunch-connection-'));
afterAll(() => rmSync(folder, { recursive: true }));

const INFO = {
  transport: 'tcp',
  ip: '127.0.0.1',
  key: 'k',
  signature_scheme: 'hmac-sha256',
  shell_port: 1,
  control_port: 2,
  iopub_port: 3,
  stdin_port: 4,
  hb_port: 5,
};

function read(info: object): ReturnType<typeof readConnectionFile> {
  const path = join(folder, 'connection.json');
  writeFileSync(path, JSON.stringify(info));
  return readConnectionFile(path);
}

describe('readConnectionFile', () => {
  it('reads what Jupyter writes', () => {
    expect(read({ ...INFO, kernel_name: 'hunch' })).toMatchObject(INFO);
  });

  it('refuses a file that names not all ports', () => {
    expect(() => read({ ...INFO, hb_port: undefined })).toThrow(
      'is not a Jupyter connection file: "hb_port" is missing',
    );
  });

  it('refuses a signature it cannot check, unless nothing is signed', () => {
    const other = { ...INFO, signature_scheme: 'hmac-md5' };
    expect(() => read(other)).toThrow('Signature scheme "hmac-md5" is not supported');
    expect(read({ ...other, key: '' }).key).toBe('');
  });
});

describe('endpoint', () => {
  it('joins a port by a colon, a socket file by a dash', () => {
    expect(endpoint(INFO, 'iopub')).toBe('tcp://127.0.0.1:3');
    expect(endpoint({ ...INFO, transport: 'ipc', ip: '/tmp/k' }, 'hb')).toBe('ipc:///tmp/k-5');
  });
});
