import { InputError } from '../../core/input-error';
import { loadNativeBinding } from '../../engine/native-binding';
import { wideVectors } from '../../engine/plan/wide-vectors';
import { useEngine } from '../../engine/use-engine';
import type { DoctorItem } from './diagnose-machine';
import { firstLineOf } from './first-line';

const WORDS = { native: 'native (TensorFlow)', wasm: 'WebAssembly', cpu: 'plain JavaScript' } as const;

function checkBinding(): DoctorItem {
  const name = 'tfjs-node';
  let folder: string;
  try {
    folder = require.resolve('@tensorflow/tfjs-node/package.json');
  } catch {
    return {
      name,
      status: 'warning',
      message: 'is not installed; it serves models that cannot be compiled, and Hunch works without it',
      mend: 'npm install @tensorflow/tfjs-node@4.22.0 (it fetches a native library, or builds it).',
    };
  }
  try {
    loadNativeBinding();
    return { name, status: 'ok', message: 'loads' };
  } catch (error) {
    return {
      name,
      status: 'warning',
      message: `is there, but its native library does not load: ${firstLineOf(error)}`,
      mend: `npm rebuild @tensorflow/tfjs-node --build-addon-from-source (in ${folder.replace(/[\\/]node_modules[\\/].*$/, '')}).`,
    };
  }
}

/** Nothing where nobody asked for them. */
function checkVectors(): DoctorItem[] {
  const { used, missing } = wideVectors();
  const name = 'HUNCH_WIDE';
  if (used) return [{ name, status: 'ok', message: 'vectors of the kernels hold eight floats' }];
  if (!missing) return [];
  return [{ name, status: 'warning', message: `changes nothing: ${missing}`, mend: 'Unset it.' }];
}

/** Looks which engine TensorFlow.js runs on and why, and whether the native one could be had. */
export async function checkEngine(): Promise<DoctorItem[]> {
  try {
    const { tf, name, version, reason } = await useEngine();
    const sum = tf.tidy(() => tf.tensor1d([1, 2, 3]).sum().dataSync()[0]);
    const engine: DoctorItem =
      sum === 6
        ? { name: 'Engine', status: 'ok', message: `${WORDS[name]}, TensorFlow.js ${version}: ${reason}` }
        : {
            name: 'Engine',
            status: 'error',
            message: `${WORDS[name]} adds 1, 2 and 3 to ${sum}`,
            mend: 'Set HUNCH_ENGINE=cpu and report it.',
          };
    return [engine, ...checkVectors(), checkBinding()];
  } catch (error) {
    const asked = error instanceof InputError ? error.param : process.env.HUNCH_ENGINE && 'HUNCH_ENGINE';
    const mend = asked ? `Unset ${asked}.` : 'Install hunch-ml again.';
    return [{ name: 'Engine', status: 'error', message: firstLineOf(error), mend }, checkBinding()];
  }
}
