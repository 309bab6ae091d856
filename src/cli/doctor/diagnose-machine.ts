import { checkDuckdb } from './check-duckdb';
import { checkEngine } from './check-engine';
import { checkJupyter } from './check-jupyter';
import { checkKernel } from './check-kernel';
import { checkNode } from './check-node';
import { checkPictures } from './check-pictures';

/** What one look at the machine has found. */
export interface DoctorItem {
  readonly name: string;
  /** `error`: Hunch cannot do its work; `warning`: it can, without this. */
  readonly status: 'ok' | 'warning' | 'error';
  readonly message: string;
  /** What to do about it. */
  readonly mend?: string;
}

const CHECKS = [checkNode, checkEngine, checkDuckdb, checkPictures, checkKernel, checkJupyter];

/** Returns what works on this machine and what does not, in a fixed order. */
export async function diagnoseMachine(): Promise<readonly DoctorItem[]> {
  const items: DoctorItem[] = [];
  for (const check of CHECKS) items.push(...(await check()));
  return items;
}
