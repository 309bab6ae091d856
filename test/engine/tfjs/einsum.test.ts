import fc from 'fast-check';
import type { TensorFlow } from '../../../src/engine/tf';
import { completed, expectClose, expectSame, normal, on } from './both';

let tf: TensorFlow;
beforeAll(async () => {
  tf = await completed();
});

const sides: Readonly<Record<string, number>> = { a: 2, b: 3, c: 4, d: 1, e: 5 };
const letters = fc.shuffledSubarray(Object.keys(sides));

/** The sum by its definition: over all values of all letters. The plain backend forgets letters that only one tensor has. */
function definition(
  one: readonly string[],
  two: readonly string[],
  output: readonly string[],
  a: number[],
  b: number[],
) {
  const all = [...new Set([...one, ...two])];
  const at = (term: readonly string[], values: Record<string, number>): number =>
    term.reduce((place, letter) => place * sides[letter] + values[letter], 0);
  const shape = shapeOf(output);
  const values = new Array<number>(shape.reduce((size, side) => size * side, 1)).fill(0);
  const visit = (k: number, chosen: Record<string, number>): void => {
    if (k === all.length) values[at(output, chosen)] += a[at(one, chosen)] * b[at(two, chosen)];
    else for (let i = 0; i < sides[all[k]]; i++) visit(k + 1, { ...chosen, [all[k]]: i });
  };
  visit(0, {});
  return [{ shape, dtype: 'float32', values }];
}

const shapeOf = (term: readonly string[]): number[] => term.map((letter) => sides[letter]);

describe('Einstein sums on WebAssembly', () => {
  it('of two tensors, with any axes in any order, are those of their definition', async () => {
    await fc.assert(
      fc.asyncProperty(letters, letters, fc.integer({ min: 0, max: 1000 }), async (one, two, seed) => {
        const all = [...new Set([...one, ...two])];
        const output = all.filter((_, i) => (seed >> i) & 1);
        if (seed % 3 === 0) output.reverse();
        const equation = `${one.join('')},${two.join('')}->${output.join('')}`;
        const [sum, a, b] = await on(tf, 'wasm', () => {
          const inputs = [normal(tf, 1, ...shapeOf(one)), normal(tf, 2, ...shapeOf(two))];
          return [tf.einsum(equation, ...inputs), ...inputs];
        });
        // Sums of up to 120 products that may all but cancel.
        expectClose([sum], definition(one, two, output, a.values as number[], b.values as number[]), 1e-4);
      }),
      { numRuns: 150, seed: 1 },
    );
  });

  it('of usual equations are those of the plain backend', async () => {
    for (const equation of [
      'ab,bc->ac',
      'abc,acd->abd',
      'abc,dbc->ad',
      'a,b->ab',
      'abcd,aecd->acbe',
      'ab,ab->ab',
    ]) {
      const [one, two] = equation.split('->')[0].split(',');
      await expectSame(tf, () =>
        tf.einsum(equation, normal(tf, 1, ...shapeOf([...one])), normal(tf, 2, ...shapeOf([...two]))),
      );
    }
  });

  it('of one tensor', async () => {
    for (const equation of ['abc->cab', 'abc->b', 'ab->', 'ab->ab', 'a -> a']) {
      await expectSame(tf, () => {
        const term = equation.split('->')[0].trim();
        return tf.einsum(equation, normal(tf, 1, ...shapeOf([...term])));
      });
    }
  });

  it('of whole numbers', async () => {
    await expectSame(tf, () =>
      tf.einsum('ij,jk->ik', tf.tensor2d([[1, 2]], [1, 2], 'int32'), tf.ones([2, 2], 'int32')),
    );
  });

  it('refuse sizes that do not agree, and leave the backend usable', () => {
    const before = tf.memory().numTensors;
    tf.tidy(() => {
      expect(() => tf.einsum('ij,jk->ik', tf.ones([2, 3]), tf.ones([4, 2]))).toThrow(/dimension/i);
      expect(() => tf.einsum('ii->i', tf.ones([2, 2]))).toThrow(/duplicate/i);
      expect(tf.einsum('ij,jk->ik', tf.ones([1, 2]), tf.ones([2, 1])).dataSync()[0]).toBe(2);
    });
    expect(tf.memory().numTensors).toBe(before);
  });
});
