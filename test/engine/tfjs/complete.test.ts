import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import type { Tensor4D } from '@tensorflow/tfjs';
import type { TensorFlow } from '../../../src/engine/tf';
import { completeBackend } from '../../../src/engine/tfjs/complete';
import { completed, expectSame, normal, on } from './both';

const ROOT = join(__dirname, '..', '..', '..');

let tf: TensorFlow;
beforeAll(async () => {
  tf = await completed();
});

const kernels = (backend: string): string[] =>
  tf.getKernelsForBackend(backend).map(({ kernelName }) => kernelName);

/** What the backend lacks as it is delivered (4.22). */
const LACKING = [
  ...['Complex', 'ComplexAbs', 'Conv2DBackpropFilter', 'DepthwiseConv2dNativeBackpropFilter'],
  ...[
    'DepthwiseConv2dNativeBackpropInput',
    'Draw',
    'Einsum',
    'FFT',
    'IFFT',
    'Imag',
    'RaggedGather',
    'RaggedRange',
  ],
  ...['RaggedTensorToTensor', 'Real', 'StaticRegexReplace', 'UnsortedSegmentSum'],
];

describe('the completed WebAssembly backend', () => {
  it('has every kernel of the plain one, where the delivered one lacks these', () => {
    expect(kernels('cpu').filter((name) => !kernels('wasm').includes(name))).toEqual([]);
    const script = `
      const tf = require('@tensorflow/tfjs');
      require('@tensorflow/tfjs-backend-wasm');
      const names = (backend) => tf.getKernelsForBackend(backend).map(({ kernelName }) => kernelName);
      const has = new Set(names('wasm'));
      process.stdout.write(JSON.stringify(names('cpu').filter((name) => !has.has(name)).sort()));`;
    const { stdout } = spawnSync(process.execPath, ['-e', script], { cwd: ROOT, encoding: 'utf8' });
    expect(JSON.parse(stdout)).toEqual(LACKING);
  });

  it('may be completed again, to no effect', () => {
    const before = tf.getKernel('Conv2D', 'wasm').kernelFunc;
    completeBackend(tf);
    expect(tf.getKernel('Conv2D', 'wasm').kernelFunc).toBe(before);
  });

  it('runs what it has no kernel of its own for on copies: ragged tensors, text', async () => {
    await expectSame(tf, () => {
      const splits = tf.tensor1d([0, 2, 2, 5], 'int32');
      const values = normal(tf, 1, 5, 2);
      const gathered = tf.raggedGather([splits], values, tf.tensor1d([2, 0], 'int32'), 1);
      const range = tf.raggedRange(
        tf.tensor1d([0, 5], 'int32'),
        tf.tensor1d([3, 9], 'int32'),
        tf.tensor1d([1, 2], 'int32'),
      );
      const dense = tf.raggedTensorToTensor(
        ...([
          tf.tensor1d([3, 4], 'int32'),
          tf.tensor1d([1, 2, 3, 4, 5]),
          tf.scalar(-1),
          [splits],
          ['ROW_SPLITS'],
        ] as const as never as [never, never, never, never, never]),
      );
      return [
        ...gathered.outputNestedSplits,
        gathered.outputDenseValues,
        range.rtNestedSplits,
        range.rtDenseValues,
        dense,
        tf.string.staticRegexReplace(tf.tensor1d(['a1b22', '', 'ü3']), '[0-9]+', '#', true),
        tf.tensor1d(['kept', 'text']).clone(),
      ];
    });
  });

  it('takes channels that stand first, and other types of numbers, as the plain one does', async () => {
    await expectSame(tf, () => {
      const x = normal(tf, 1, 2, 3, 6, 5);
      const filter = normal(tf, 2, 3, 2, 3, 4);
      const convolve = (a: unknown, b: unknown) => tf.conv2d(a as never, b as never, 1, 'same', 'NCHW');
      return [convolve(x, filter), ...tf.grads((a, b) => convolve(a, b))([x, filter])];
    });
  });

  it('gives every other name to the same numbers, without copying them', async () => {
    const [x, y] = await on(tf, 'wasm', () => {
      const a = normal(tf, 1, 5);
      const b = a.clone();
      expect(b.dataId).toBe(a.dataId);
      a.dispose();
      return [b, b.clone()];
    });
    expect(x).toEqual(y);
  });

  it('frees what was begun when a kernel throws, and goes on', () => {
    const { wasm } = tf.backend() as unknown as { wasm: { _malloc(bytes: number): number } };
    const before = tf.memory().numTensors;
    const original = wasm._malloc;
    const input = normal(tf, 1, 2, 8, 8, 3) as Tensor4D;
    const filter = normal(tf, 2, 3, 3, 3, 5) as Tensor4D;
    const wanted = tf.tidy(() => tf.conv2d(input, filter, 1, 'same').dataSync());
    const ids = tf.engine().backend.numDataIds();
    for (let allowed = 0; allowed < 4; allowed++) {
      let left = allowed;
      wasm._malloc = (bytes) => (left-- > 0 ? original(bytes) : 0);
      expect(() => tf.tidy(() => tf.conv2d(input, filter, 1, 'same'))).toThrow('no memory');
      wasm._malloc = original;
      expect(tf.engine().backend.numDataIds()).toBe(ids);
    }
    expect(tf.tidy(() => tf.conv2d(input, filter, 1, 'same').dataSync())).toEqual(wanted);
    tf.dispose([input, filter]);
    expect(tf.memory().numTensors).toBe(before);
  });

  it('keeps tensors and memory steady over 1,000 calls of every kernel of ours', () => {
    const backend = tf.backend() as unknown as { wasm: { asm: { memory: WebAssembly.Memory } } };
    const z = tf.complex(normal(tf, 1, 4, 12), normal(tf, 2, 4, 12));
    const x = normal(tf, 3, 2, 7, 6, 3);
    const filter = normal(tf, 4, 3, 3, 3, 5);
    const narrow = normal(tf, 5, 3, 3, 3, 2);
    const a = normal(tf, 6, 5, 7);
    const w = tf.tidy(() => tf.variable(normal(tf, 7, 7, 3)));
    const optimizer = tf.train.adam(0.01);
    const work = (): void =>
      tf.tidy(() => {
        tf.ifft(tf.fft(z));
        tf.abs(z);
        tf.grads((p, q) => tf.conv2d(p as never, q as never, 2, 'same'))([x, filter]);
        tf.grads((p, q) => tf.depthwiseConv2d(p as never, q as never, 1, 'same'))([x, narrow]);
        tf.einsum('ab,bc->ca', a, w);
        tf.grad((table) => tf.gather(table, tf.tensor1d([1, 1, 2], 'int32')))(a);
        optimizer.minimize(() => tf.matMul(a, w).square().mean(), false, [w]);
        tf.string.staticRegexReplace(tf.tensor1d(['a1']), '[0-9]', '');
      });
    for (let i = 0; i < 20; i++) work();
    const [tensors, ids, bytes] = [
      tf.memory().numTensors,
      tf.engine().backend.numDataIds(),
      backend.wasm.asm.memory.buffer.byteLength,
    ];
    // The address that the allocator gives next moves on if anything is left behind.
    const probe = (): number => {
      const { wasm } = tf.backend() as unknown as {
        wasm: { _malloc(n: number): number; _free(at: number): void };
      };
      const at = wasm._malloc(3_000_000);
      wasm._free(at);
      return at;
    };
    const before = probe();
    for (let i = 0; i < 1000; i++) work();
    expect(tf.memory().numTensors).toBe(tensors);
    expect(tf.engine().backend.numDataIds()).toBe(ids);
    expect(backend.wasm.asm.memory.buffer.byteLength).toBe(bytes);
    expect(probe()).toBe(before);
    tf.dispose([z, x, filter, narrow, a, w]);
    optimizer.dispose();
  });
});
