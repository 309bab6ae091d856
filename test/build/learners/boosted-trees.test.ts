import { binFeatures } from '../../../src/build/learners/boosted-trees/bins';
import {
  boostTrees,
  boostedOutput,
  type BoostedTask,
} from '../../../src/build/learners/boosted-trees/boosted-trees';
import { treeValue } from '../../../src/build/learners/boosted-trees/tree';
import reference from './scikit-learn.json';
import { wave } from './wave';

const N = 200;
const { values, targets: linear } = wave(N, 4);
const targets = linear.map((target, i) => target + Math.abs(values[4 * i + 2]));
const codes = Int32Array.from(targets, (target) => Number(target > 3) + Number(target > 4));
const OPTIONS = { rounds: 10, minLeaf: 5, maxLeaves: 8 };

async function outputs(
  features: Float32Array,
  task: BoostedTask,
  rows: readonly number[],
): Promise<number[]> {
  const model = await boostTrees(features, N, 4, task, OPTIONS);
  const out = boostedOutput(model, features, N);
  return rows.flatMap((row) => Array.from(out.subarray(row * model.units, (row + 1) * model.units)));
}

const closeTo = (found: readonly number[], wanted: readonly number[]): void => {
  expect(found).toHaveLength(wanted.length);
  wanted.forEach((value, i) => expect(found[i]).toBeCloseTo(value, 6));
};

describe('boostTrees', () => {
  it('gives the values of scikit-learn 1.9, HistGradientBoostingRegressor', async () => {
    closeTo(await outputs(values, { kind: 'value', values: targets }, [0, 50, 100, 150, 199]), reference.hgr);
  });

  it('gives them with missing features too', async () => {
    const holes = values.map((value, e) => (e % 28 === 0 ? NaN : value));
    const found = await outputs(holes, { kind: 'value', values: targets }, [0, 50, 100, 150, 196]);
    closeTo(found, reference.hgrMissing);
  });

  it('gives the probabilities of HistGradientBoostingClassifier for three classes and for two', async () => {
    const three = await outputs(values, { kind: 'classes', codes, classes: 3 }, [0, 50, 100]);
    closeTo(three, reference.hgc.flat());
    const two = codes.map((code) => Number(code > 0));
    closeTo(await outputs(values, { kind: 'classes', codes: two, classes: 2 }, [0, 50, 100]), reference.hgb);
  });

  it('cuts where a search over all cuts finds the least squared error', async () => {
    const { rounds, start } = await boostTrees(
      values, N, 4, { kind: 'value', values: targets }, { rounds: 1, maxLeaves: 2, minLeaf: 1, learningRate: 1 },
    ); // prettier-ignore
    const tree = rounds[0][0];
    let best = { error: Infinity, feature: -1 };
    for (let f = 0; f < 4; f++) {
      for (let c = 0; c < N; c++) {
        const sides = [0, 1].map((side) =>
          [...targets.keys()].filter((i) => Number(values[4 * i + f] > values[4 * c + f]) === side),
        );
        const error = sides.reduce((sum, rows) => {
          const mean = rows.reduce((a, i) => a + targets[i], 0) / rows.length;
          return sum + rows.reduce((a, i) => a + (targets[i] - mean) ** 2, 0);
        }, 0);
        if (sides[1].length > 0 && error < best.error - 1e-12) best = { error, feature: f };
      }
    }
    const own = targets.reduce((sum, y, i) => sum + (y - start[0] - treeValue(tree, values, 4 * i)) ** 2, 0);
    expect(tree.features[0]).toBe(best.feature);
    expect(own).toBeCloseTo(best.error, 8);
  });

  it('draws rows and features by seed: the same seed the same trees, another seed others', async () => {
    const grow = async (seed: number): Promise<number[]> => {
      const model = await boostTrees(values, N, 4, { kind: 'value', values: targets }, {
        ...OPTIONS, rowShare: 0.5, columnShare: 0.5, seed,
      }); // prettier-ignore
      return Array.from(boostedOutput(model, values, N));
    };
    const first = await grow(1);
    expect(await grow(1)).toEqual(first);
    expect(await grow(2)).not.toEqual(first);
  });

  it('keeps its rules and knows nothing but the mean where features are constant', async () => {
    const deep = await boostTrees(
      values,
      N,
      4,
      { kind: 'value', values: targets },
      { rounds: 1, maxDepth: 1 },
    );
    expect(deep.nodes).toBe(3);
    const flat = await boostTrees(new Float32Array(6), 6, 1, { kind: 'value', values: [1, 2, 3, 4, 5, 6] });
    expect(boostedOutput(flat, new Float32Array(1), 1)[0]).toBeCloseTo(3.5, 12);
    const one = await boostTrees(Float32Array.of(1, 2), 2, 1, { kind: 'classes', codes: [0, 0], classes: 2 });
    expect(boostedOutput(one, Float32Array.of(1), 1)[0]).toBeLessThan(1e-6);
  });

  it('stops after a round when told to', async () => {
    const model = await boostTrees(values, N, 4, { kind: 'value', values: targets }, {
      afterRound: ({ rounds }) => rounds.length === 3,
    }); // prettier-ignore
    expect(model.rounds).toHaveLength(3);
  });
});

describe('binFeatures', () => {
  it('puts edges half-way between the values that occur, and what is missing into a bin of its own', () => {
    const { codes: found, edges } = binFeatures(Float32Array.of(1, 3, NaN, 3, 7), 5, 1, 255);
    expect(Array.from(edges[0])).toEqual([2, 5]);
    expect(Array.from(found)).toEqual([0, 1, 3, 1, 2]);
  });

  it('keeps to so many bins, about equally full', () => {
    const { codes: found, edges } = binFeatures(Float32Array.from({ length: 1000 }, (_, i) => i * i), 1000, 1, 4); // prettier-ignore
    expect(edges[0]).toHaveLength(3);
    const counts = [0, 0, 0, 0];
    found.forEach((code) => counts[code]++);
    expect(counts).toEqual([250, 250, 250, 250]);
  });
});
