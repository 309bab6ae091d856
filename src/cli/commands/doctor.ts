import { diagnoseMachine, type DoctorItem } from '../doctor/diagnose-machine';
import { EXIT } from '../exit-codes';
import { packageVersion } from '../package-version';
import type { Terminal } from '../terminal';

const MARKS = { ok: '✓', warning: '!', error: '✗' } as const;

function linesOf({ name, status, message, mend }: DoctorItem): string[] {
  const line = `${MARKS[status]} ${name.padEnd(14)}${message}`;
  return mend === undefined ? [line] : [line, `  ${' '.repeat(14)}→ ${mend}`];
}

/**
 * Says what works on this machine, why, and how to mend what does not.
 *
 * @returns 0, or 1 when something is broken that Hunch cannot do without
 */
export async function doctorCommand(
  options: { readonly json?: boolean },
  { out }: Terminal,
): Promise<number> {
  const items = await diagnoseMachine();
  const healthy = items.every((item) => item.status !== 'error');
  if (options.json) out(JSON.stringify({ version: packageVersion(), healthy, items }, undefined, 2));
  else {
    items.flatMap(linesOf).forEach(out);
    const open = items.filter((item) => item.status === 'warning').length;
    const rest = open === 0 ? '' : ` ${open} ${open === 1 ? 'thing' : 'things'} could be better.`;
    out(healthy ? `\nHunch works on this machine.${rest}` : '\nHunch does not work on this machine yet.');
  }
  return healthy ? EXIT.ok : EXIT.failed;
}
