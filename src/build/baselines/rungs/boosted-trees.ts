import type { Dataset } from '../../../data/types';
import {
  boostedOutput,
  boostTrees,
  type BoostedTask,
  type BoostedTrees,
} from '../../learners/boosted-trees/boosted-trees';
import type { Answer, Rung, Sizes } from '../rung';
import { rowsOf, targetsOf } from '../targets';

const SETTINGS = { 'learning rate': 0.1, leaves: 31, 'examples in a leaf': 20, bins: 64 } as const;
/** Features that a tree is grown on, at most: drawn anew for each. */
const FEATURES = 128;
const FEWEST_ROUNDS = 30;
const MOST_ROUNDS = 100;
/** A tree adds up each example in each feature about four times, and looks at the bins of each feature in each leaf twice. */
const EXAMPLE = 4 * 1.5e-9;
const BINS = 2 * 6e-9;
/** Bytes of a node: three integers of 4, two numbers of 8, one byte. */
const NODE = 29;

const roundCost = (n: number, { d, units }: Sizes): number => {
  const leaves = Math.min(SETTINGS.leaves, n / SETTINGS['examples in a leaf']);
  return units * Math.min(d, FEATURES) * (EXAMPLE * n + BINS * SETTINGS.bins * leaves);
};

/** Cuts of the features, tree upon tree. */
export const boosted: Rung = {
  name: 'boosted trees',
  what: 'cuts of the features, tree upon tree',
  weight: 3,
  fits: () => true,
  cost: (n, sizes) => {
    const round = roundCost(n, sizes);
    return { least: FEWEST_ROUNDS * round, usual: MOST_ROUNDS * round };
  },
  async train({ train, validation, check, sizes, seeds: [seed], seconds, pause }) {
    const affordable = Math.floor(seconds / roundCost(train.n, sizes));
    const rounds = Math.max(FEWEST_ROUNDS, Math.min(MOST_ROUNDS, affordable));
    const targets = targetsOf(train);
    const tasks: readonly BoostedTask[] =
      targets.kind === 'labels'
        ? targets.columns.map((codes) => ({ kind: 'classes', codes, classes: 2 }))
        : [targets.kind === 'class' ? { ...targets, kind: 'classes' } : targets];
    const models: BoostedTrees[] = [];
    for (const task of tasks) {
      models.push(
        await boostTrees(train.features.values, train.n, sizes.d, task, {
          rounds,
          learningRate: SETTINGS['learning rate'],
          maxLeaves: SETTINGS.leaves,
          minLeaf: SETTINGS['examples in a leaf'],
          bins: SETTINGS.bins,
          columnShare: Math.min(1, FEATURES / sizes.d),
          seed,
          afterRound: pause,
        }),
      );
    }
    const answer = (data: Dataset): Answer => {
      const columns = models.map((model) => boostedOutput(model, data.features.values, data.n));
      return { output: targets.kind === 'labels' ? rowsOf(columns) : columns[0] };
    };
    const count = models.reduce((sum, { nodes }) => sum + nodes, 0);
    return {
      answers: [{ validation: answer(validation), train: answer(check) }],
      size: { count, unit: 'nodes', bytes: NODE * count },
      settings: { rounds, ...SETTINGS, ...(sizes.d > FEATURES && { 'features of a tree': FEATURES, seed }) },
    };
  },
};
