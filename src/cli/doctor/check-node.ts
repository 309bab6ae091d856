import type { DoctorItem } from './diagnose-machine';

const OLDEST = 20;

/** Looks at the version of Node. */
export async function checkNode(version: string = process.versions.node): Promise<DoctorItem[]> {
  const isFit = Number.parseInt(version, 10) >= OLDEST;
  const message = `${version} on ${process.platform} ${process.arch}`;
  if (isFit) return [{ name: 'Node', status: 'ok', message }];
  return [{ name: 'Node', status: 'error', message, mend: `Install Node ${OLDEST} or newer.` }];
}
