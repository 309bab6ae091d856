import * as tf from '@tensorflow/tfjs';
import { random } from '../../../src/core/random';
import { LOSSES } from '../../../src/engine/losses';
import { planSession } from '../../../src/engine/plan-session';
import { inWords } from '../../../src/engine/plan/memory-pool';
import type { TrainingSession } from '../../../src/engine/training-session';

beforeAll(() => tf.setBackend('cpu'));

/** A model of one layer whose weights are never made: they are looked at only when the plan is there. */
function widthModel(units: number): tf.LayersModel {
  return tf.sequential({ layers: [tf.layers.dense({ inputShape: [4], units, activation: 'relu' })] });
}

const session = (model: tf.LayersModel, units: number, batch: number): TrainingSession =>
  planSession({
    tf,
    model,
    optimizer: tf.train.sgd(0.1),
    loss: LOSSES.meanSquaredError,
    units,
    batch,
    stream: random(1),
    threads: 1,
  });

describe('memory', () => {
  it('that is not enough is told with the layer, the size and the mend, and the next plan works', () => {
    const wide = widthModel(20_000);
    // 100,000 examples × 20,000 units × 4 bytes = 8 GB for the outputs alone.
    expect(() => session(wide, 20_000, 100_000)).toThrow(
      /^fit: "model" must fit in memory: a step of 100000 examples takes \d+ GB, of which 8 GB are for \S+: (output|gradient)\. Take a smaller batchSize/,
    );
    const small = session(wide, 20_000, 2);
    const data = small.load({ n: 2, inputs: new Float32Array(8).fill(1), targets: new Float32Array(40_000) });
    expect(small.step(data, [0, 1]).loss).toBeGreaterThan(0);
    small.dispose();
    wide.dispose();
  });

  it('that is not enough for inference, which is drawn after the first step, is told so too', () => {
    // More than a memory that is kept from an ended plan can have: 256 examples × 60,000 units × 4 bytes = 61 MB.
    const units = 60_000;
    const model = widthModel(units);
    const own = session(model, units, 64);
    const targets = new Float32Array(2 * units);
    const data = own.load({ n: 2, inputs: new Float32Array(8).fill(1), targets });
    const grow = jest.spyOn(WebAssembly.Memory.prototype, 'grow').mockImplementation(() => {
      throw new RangeError('no more');
    });
    try {
      expect(() => own.step(data, [0, 1])).toThrow(/^fit: "model" must fit in memory: a step of 64 examples/);
    } finally {
      grow.mockRestore();
    }
    expect(own.step(data, [0, 1]).loss).toBeGreaterThan(0);
    expect(own.predict(data, [0, 1])[0]).not.toBeNaN();
    own.dispose();
    model.dispose();
  });

  it('of large data is not taken twice, and gives the same numbers', () => {
    const model = widthModel(3);
    const n = 6;
    const inputs = Float32Array.from({ length: n * 4 }, (_, i) => Math.sin(i));
    const targets = Float32Array.from({ length: n * 3 }, (_, i) => Math.cos(i));
    const large = Object.defineProperty(new Float32Array(inputs), 'byteLength', { value: 1e9 });
    const [one, other] = [session(model, 3, 3), session(model, 3, 3)];
    const [here, there] = [one.load({ n, inputs, targets }), other.load({ n, inputs: large, targets })];
    for (const rows of [
      [5, 0, 1],
      [2, 3, 4],
      [1, 1],
    ]) {
      expect(other.step(there, rows).loss).toBe(one.step(here, rows).loss);
      expect(other.predict(there, [0, 5])).toEqual(one.predict(here, [0, 5]));
    }
    one.dispose();
    other.dispose();
    model.dispose();
  });

  it('is told in words', () => {
    expect([12, 34_500, 8e6, 3.21e9].map(inWords)).toEqual(['0.012 kB', '35 kB', '8 MB', '3.2 GB']);
  });
});
