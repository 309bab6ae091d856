import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CellRunner } from './cell-runner';
import { ownPackageRoot } from './library';
import { PROTOCOL_VERSION } from './message';

/** Returns the content of a `kernel_info_reply`. */
export function kernelInfo({ versions }: Pick<CellRunner, 'versions'>): Readonly<Record<string, unknown>> {
  const { version } = JSON.parse(readFileSync(join(ownPackageRoot(), 'package.json'), 'utf8')) as {
    version: string;
  };
  return {
    status: 'ok',
    protocol_version: PROTOCOL_VERSION,
    implementation: 'hunch',
    implementation_version: version,
    language_info: {
      name: 'typescript',
      version: versions.typescript,
      mimetype: 'text/typescript',
      file_extension: '.ts',
      pygments_lexer: 'typescript',
      codemirror_mode: { mode: 'typescript', name: 'javascript', typescript: true },
      nbconvert_exporter: 'script',
    },
    banner: `Hunch ${version}: TypeScript ${versions.typescript} on Node ${process.versions.node}. The names of hunch-ml and tf are there.`,
    help_links: [],
  };
}
