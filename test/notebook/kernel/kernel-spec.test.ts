import { existsSync } from 'node:fs';
import { isAbsolute, join } from 'node:path';
import { kernelInfo } from '../../../src/notebook/kernel/kernel-info';
import { kernelLauncher, kernelSpec, KERNEL_NAME } from '../../../src/notebook/kernel/kernel-spec';

const ROOT = join(__dirname, '..', '..', '..');

describe('kernelSpec', () => {
  it('starts this Node with this package, by absolute path, and hands over the connection file', () => {
    const { argv, ...rest } = kernelSpec();
    expect(argv).toEqual([process.execPath, kernelLauncher(), '--config-path', '{connection_file}']);
    expect(argv.slice(0, 2).every(isAbsolute)).toBe(true);
    expect(existsSync(join(ROOT, 'src', 'notebook', 'kernel', 'main.ts'))).toBe(true);
    expect(kernelLauncher()).toBe(join(ROOT, 'dist', 'notebook', 'kernel', 'main.js'));
    expect(rest).toEqual({
      display_name: 'TypeScript (Hunch)',
      language: 'typescript',
      interrupt_mode: process.platform === 'win32' ? 'message' : 'signal',
      env: { TF_CPP_MIN_LOG_LEVEL: '2' },
      metadata: { debugger: false },
    });
  });

  it('has a name that Jupyter takes: letters, digits, dots, dashes', () => {
    expect(KERNEL_NAME).toMatch(/^[a-z0-9._-]+$/);
  });
});

describe('kernelInfo', () => {
  it('says what a front end needs to colour, save and export a notebook', () => {
    const info = kernelInfo({ versions: { tslab: '1.0.22', typescript: '5.0.4' } });
    expect(info).toMatchObject({
      status: 'ok',
      protocol_version: '5.3',
      implementation: 'hunch',
      language_info: {
        name: 'typescript',
        version: '5.0.4',
        mimetype: 'text/typescript',
        file_extension: '.ts',
        pygments_lexer: 'typescript',
        nbconvert_exporter: 'script',
      },
    });
    expect(info.banner).toContain('TypeScript 5.0.4');
    expect(info.implementation_version).toBe(
      (require(join(ROOT, 'package.json')) as { version: string }).version,
    );
  });
});
