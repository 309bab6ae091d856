import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

const ROOT = join(__dirname, '..', '..');

/** What a script gives that runs on its own, with HUNCH_ENGINE set or not. */
function inChild<T>(engine: string | undefined, script: string): T {
  const env = { ...process.env };
  delete env.HUNCH_ENGINE;
  if (engine !== undefined) env.HUNCH_ENGINE = engine;
  const program = `(async () => { ${script} })().then((value) => process.stdout.write('@@' + JSON.stringify(value)), (error) => process.stdout.write('@@' + JSON.stringify({ ...error, name: error.name, message: error.message })));`;
  const child = spawnSync(process.execPath, ['-e', program], { cwd: ROOT, encoding: 'utf8', env });
  expect(child.stdout).toContain('@@');
  return JSON.parse(child.stdout.split('@@')[1]) as T;
}

const CHOOSE = `
  const { useEngine } = require('./dist/engine/use-engine');
  const [one, two] = await Promise.all([useEngine(), useEngine()]);
  const { name, version, reason, tf } = one;
  return { name, version, reason, backend: tf.getBackend(), once: one === two };`;

interface Chosen {
  readonly name: string;
  readonly version: string;
  readonly reason: string;
  readonly backend: string;
  readonly once: boolean;
}

const hasNative = (() => {
  try {
    require.resolve('@tensorflow/tfjs-node');
    return true;
  } catch {
    return false;
  }
})();

describe('useEngine', () => {
  it('takes WebAssembly where the native binding does not load, and says so', () => {
    const chosen = inChild<Chosen>(undefined, CHOOSE);
    if (hasNative) expect(chosen).toMatchObject({ name: 'native', reason: 'the fastest one' });
    else expect(chosen).toMatchObject({ name: 'wasm', backend: 'wasm', reason: 'native did not load' });
    expect(chosen).toMatchObject({ version: '4.22.0', once: true });
  });

  it.each(['wasm', 'cpu'])('takes %s when HUNCH_ENGINE asks for it', (engine) => {
    const wanted = { name: engine, backend: engine, reason: 'HUNCH_ENGINE asks for it' };
    expect(inChild<Chosen>(engine, CHOOSE)).toMatchObject(wanted);
  });

  it('takes the best one when HUNCH_ENGINE is empty', () => {
    expect(inChild<Chosen>('', CHOOSE).name).toBe(hasNative ? 'native' : 'wasm');
  });

  it('refuses an engine it does not know, naming the nearest, and can be asked again', () => {
    const { first, second } = inChild<{ first: object; second: string }>(
      'wsam',
      `const { useEngine } = require('./dist/engine/use-engine');
       const first = await useEngine().catch((error) => ({ ...error, message: error.message }));
       process.env.HUNCH_ENGINE = 'cpu';
       return { first, second: (await useEngine()).name };`,
    );
    expect(first).toMatchObject({ name: 'InputError', code: 'unknown-name', param: 'HUNCH_ENGINE' });
    expect(first).toMatchObject({ message: expect.stringContaining('Did you mean "wasm"?') });
    expect(second).toBe('cpu');
  });

  it('refuses an engine that does not load here, with the reason', () => {
    const error = inChild<object>(
      'native',
      `const load = require('node:module')._load;
       require('node:module')._load = (name, ...rest) => {
         if (name === '@tensorflow/tfjs-node') throw new Error('The binding was not built\\nat some place');
         return load(name, ...rest);
       };
       const { fit, datasets } = require('./dist');
       return fit(({ tf }) => tf.sequential(), datasets.iris());`,
    );
    expect(error).toMatchObject({ name: 'InputError', code: 'unsupported', received: 'native' });
    expect(error).toMatchObject({
      message: expect.stringMatching(
        /engine that loads here: The binding was not built; got "native"\. Unset it/,
      ),
    });
  });

  it('passes over a native binding that loads and does not work', () => {
    const chosen = inChild<Chosen>(
      undefined,
      `const fake = require('@tensorflow/tfjs');
       const load = require('node:module')._load;
       require('node:module')._load = (name, ...rest) => {
         if (name !== '@tensorflow/tfjs-node') return load(name, ...rest);
         fake.registerBackend('tensorflow', () => new fake.KernelBackend());
         return fake;
       };
       ${CHOOSE}`,
    );
    expect(chosen).toMatchObject({ name: 'wasm', backend: 'wasm', reason: 'native did not load' });
  });

  it('gives back what a newer Node has removed and the native binding calls', () => {
    const removed = inChild<unknown[]>(
      undefined,
      `const util = require('node:util');
       delete util.isNullOrUndefined;
       const load = require('node:module')._load;
       require('node:module')._load = (name, ...rest) =>
         name === '@tensorflow/tfjs-node' ? util.isNullOrUndefined : load(name, ...rest);
       const loaded = require('./dist/engine/native-binding').loadNativeBinding();
       return [null, undefined, 0, ''].map(loaded);`,
    );
    expect(removed).toEqual([true, true, false, false]);
  });

  it('gives WebAssembly and plain JavaScript the same training, up to the order of sums', () => {
    const script = `
      const { fit, datasets, takeExamples } = require('./dist');
      const data = takeExamples(datasets.digits(), Array.from({ length: 60 }, (_, i) => i));
      const build = ({ tf, inputShape, units }) => tf.sequential({ layers: [
        tf.layers.conv2d({ inputShape, filters: 3, kernelSize: 3, activation: 'relu' }),
        tf.layers.depthwiseConv2d({ kernelSize: 2, padding: 'same' }),
        tf.layers.separableConv2d({ filters: 4, kernelSize: 2 }),
        tf.layers.averagePooling2d({ poolSize: 2 }),
        tf.layers.flatten(),
        tf.layers.dense({ units, activation: 'softmax' }),
      ] });
      const run = await fit(build, data, { epochs: 2, batchSize: 20, learningRate: 0.01, live: false });
      return { engine: run.log.engine.name, losses: run.log.steps.loss };`;
    const [wasm, cpu] = ['wasm', 'cpu'].map((name) =>
      inChild<{ engine: string; losses: number[] }>(name, script),
    );
    expect([wasm.engine, cpu.engine]).toEqual(['wasm', 'cpu']);
    expect(wasm.losses).toHaveLength(6);
    wasm.losses.forEach((loss, i) => expect(loss).toBeCloseTo(cpu.losses[i], 4));
    expect(wasm.losses[5]).toBeLessThan(wasm.losses[0]);
  });
});
