import { setFlagsFromString } from 'node:v8';
import { InputError } from '../../core/input-error';

/** V8's option that joins two vectors of four floats to one of eight; an experiment of V8's, for the whole process. */
const OPTION = '--experimental-wasm-revectorize';
/** The first V8 (of Node 24) under which it gains. */
const FIRST = 13;

/** Whether kernels work on vectors of eight floats, and in words why not where they were asked to. */
export interface WideVectors {
  readonly used: boolean;
  readonly missing?: string;
}

function decide(): WideVectors {
  const { HUNCH_WIDE: asked = '' } = process.env;
  if (!['', 'on', 'off'].includes(asked)) {
    throw new InputError({
      code: 'unknown-name',
      fn: 'useEngine',
      param: 'HUNCH_WIDE',
      expected: 'be on or off',
      received: asked,
      mend: 'Unset it for vectors of four floats.',
    });
  }
  if (asked !== 'on') return { used: false };
  if (process.arch !== 'x64') return { used: false, missing: `it is for x64, and this is ${process.arch}` };
  if (Number.parseInt(process.versions.v8, 10) < FIRST) {
    return { used: false, missing: `it takes Node 24 or newer, and this is ${process.version}` };
  }
  setFlagsFromString(OPTION);
  return { used: true };
}

let decided: WideVectors | undefined;

/**
 * Returns whether kernels work on vectors of eight floats, as HUNCH_WIDE=on asks. Decided once, before kernels are compiled.
 *
 * @throws InputError when HUNCH_WIDE is neither "on" nor "off"
 */
export const wideVectors = (): WideVectors => (decided ??= decide());
