import { dirname, join } from 'node:path';
import { InputError } from '../core/input-error';
import { nearestName } from '../core/nearest-name';
import { loadNativeBinding } from './native-binding';
import { compileAhead } from './plan/module';
import { wideVectors } from './plan/wide-vectors';
import type { TensorFlow } from './tf';

export type EngineName = 'native' | 'wasm' | 'cpu';

/** TensorFlow.js on the engine that was chosen, and why that one. */
export interface Engine {
  readonly tf: TensorFlow;
  readonly name: EngineName;
  readonly version: string;
  readonly reason: string;
}

const NAMES: readonly EngineName[] = ['native', 'wasm', 'cpu'];

/** How each engine is loaded; each throws where it cannot be had. */
const LOADERS: Readonly<Record<EngineName, (tf: TensorFlow) => Promise<void>>> = {
  async native(tf) {
    loadNativeBinding();
    await tf.setBackend('tensorflow');
    // One that loads may still not work, under a Node that it does not know.
    tf.tidy(() => tf.addN([tf.tensor1d([1]), tf.tensor1d([2])]).dataSync());
  },
  async wasm(tf) {
    const { setWasmPaths } = await import('@tensorflow/tfjs-backend-wasm');
    const entry = require.resolve('@tensorflow/tfjs-backend-wasm/package.json');
    setWasmPaths(join(dirname(entry), 'dist', '/'));
    if (!(await tf.setBackend('wasm'))) throw new Error('the WebAssembly module did not start');
    const { completeBackend } = await import('./tfjs/complete');
    completeBackend(tf);
  },
  async cpu(tf) {
    await tf.setBackend('cpu');
  },
};

const firstLine = (error: unknown): string => String((error as Error)?.message ?? error).split('\n')[0];

async function load(): Promise<Engine> {
  const forced = process.env.HUNCH_ENGINE;
  if (forced !== undefined && forced !== '' && !NAMES.includes(forced as EngineName)) {
    const near = nearestName(forced, NAMES);
    throw new InputError({
      code: 'unknown-name',
      fn: 'useEngine',
      param: 'HUNCH_ENGINE',
      expected: `be one of ${NAMES.join(', ')}`,
      received: forced,
      mend: near && `Did you mean "${near}"?`,
    });
  }
  wideVectors();
  // Meanwhile the kernels are compiled. Where that fails, whoever needs them will say so.
  const kernels = compileAhead('plan').catch(() => undefined);
  const tf = await import('@tensorflow/tfjs');
  await Promise.all([kernels, import('./plan-session')]);
  tf.enableProdMode();
  const wanted = forced ? [forced as EngineName] : NAMES;
  const missed: string[] = [];
  for (const name of wanted) {
    try {
      await LOADERS[name](tf);
      await tf.ready();
    } catch (error) {
      if (forced) {
        throw new InputError({
          code: 'unsupported',
          fn: 'useEngine',
          param: 'HUNCH_ENGINE',
          expected: `name an engine that loads here: ${firstLine(error)}`,
          received: forced,
          mend: 'Unset it to take the best one that loads; "hunch doctor" says which.',
          cause: error,
        });
      }
      missed.push(name);
      continue;
    }
    const why = missed.length > 0 ? `${missed.join(' and ')} did not load` : 'the fastest one';
    return { tf, name, version: tf.version_core, reason: forced ? 'HUNCH_ENGINE asks for it' : why };
  }
  throw new Error('no TensorFlow.js backend could be loaded');
}

let chosen: Promise<Engine> | undefined;

/**
 * Returns TensorFlow.js on the best engine that loads here: native, else WebAssembly, else plain JavaScript. Loaded once.
 *
 * @throws InputError when HUNCH_ENGINE names an engine that is unknown or cannot load, or HUNCH_WIDE is neither "on" nor "off"
 */
export function useEngine(): Promise<Engine> {
  chosen ??= load().catch((error: unknown) => {
    chosen = undefined;
    throw error;
  });
  return chosen;
}
