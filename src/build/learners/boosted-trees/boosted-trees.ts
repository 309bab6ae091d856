import { permutation, random } from '../../../core/random';
import { sigmoid, softmaxRows } from '../links';
import { binFeatures } from './bins';
import { growTree, nursery, type GrowRules } from './grow-tree';
import { treeValue, type Tree } from './tree';

/** What boosted trees learn: K classes by softmax, a mark by a logit, or a value. */
export type BoostedTask =
  | { readonly kind: 'classes'; readonly codes: ArrayLike<number>; readonly classes: number }
  | { readonly kind: 'value'; readonly values: ArrayLike<number> };

/** Options of {@link boostTrees}. */
export interface BoostOptions {
  /** Trees for each class; defaults to 100. */
  readonly rounds?: number;
  /** Share of its value that each tree adds; defaults to 0.1. */
  readonly learningRate?: number;
  /** Leaves of a tree, at most; defaults to 31. */
  readonly maxLeaves?: number;
  /** Cuts between root and leaf, at most; defaults to any number. */
  readonly maxDepth?: number;
  /** Examples in a leaf, at least; defaults to 20. */
  readonly minLeaf?: number;
  /** Penalty on the square of a leaf's value; defaults to 0. */
  readonly l2?: number;
  /** Bins of a feature, 2 to 255; defaults to 255. */
  readonly bins?: number;
  /** Share of the examples, and of the features, that each tree is grown on, drawn by `seed`; default to 1. */
  readonly rowShare?: number;
  readonly columnShare?: number;
  readonly seed?: number;
  /** Called after each round with the trees so far; true ends the growing. */
  readonly afterRound?: (model: BoostedTrees) => boolean | Promise<boolean>;
}

/** Trees whose values add up to a score for each unit: K for K > 2 classes, else one. */
export interface BoostedTrees {
  readonly units: number;
  readonly link: 'softmax' | 'logit' | 'identity';
  /** Score of each unit before the first tree. */
  readonly start: Float64Array;
  /** By round, then by unit. */
  readonly rounds: readonly (readonly Tree[])[];
  readonly nodes: number;
}

/** Smallest share that a class counts as, where a logarithm is taken of it. */
const LEAST_SHARE = 1e-9;

/** Scores that are best where nothing is known: logarithms of the class shares, or the mean. */
function startOf(task: BoostedTask, units: number, n: number): Float64Array {
  const start = new Float64Array(units);
  if (task.kind === 'value') {
    for (let i = 0; i < n; i++) start[0] += task.values[i] / n;
    return start;
  }
  const shares = new Float64Array(task.classes);
  for (let i = 0; i < n; i++) shares[task.codes[i]] += 1 / n;
  const log = (share: number): number => Math.log(Math.max(share, LEAST_SHARE));
  if (units === 1) start[0] = log(shares[1]) - log(shares[0]);
  else shares.forEach((share, u) => (start[u] = log(share)));
  return start;
}

/** Writes gradient and curvature of the loss by each score, unit after unit. */
function writeSlopes(
  task: BoostedTask,
  units: number,
  scores: Float64Array,
  gradients: Float64Array,
  curvatures: Float64Array,
): void {
  const n = scores.length / units;
  if (task.kind === 'value') {
    for (let i = 0; i < n; i++) {
      gradients[i] = scores[i] - task.values[i];
      curvatures[i] = 1;
    }
    return;
  }
  const p = units === 1 ? scores.map(sigmoid) : softmaxRows(scores.slice(), units);
  for (let i = 0; i < n; i++) {
    for (let u = 0; u < units; u++) {
      const share = p[i * units + u];
      const truth = Number(units === 1 ? task.codes[i] === 1 : task.codes[i] === u);
      gradients[u * n + i] = share - truth;
      curvatures[u * n + i] = share * (1 - share);
    }
  }
}

/** The first `share` of 0 … n−1 in a random order, sorted; all of them for a share of 1. */
function drawn(n: number, share: number, draw: () => Int32Array): Int32Array {
  if (share >= 1) return Int32Array.from({ length: n }, (_, i) => i);
  return draw()
    .slice(0, Math.max(1, Math.round(share * n)))
    .sort();
}

/**
 * Returns trees grown one after another, each on what those before it leave (gradient boosting of second order), on binned
 * features. NaN features go to the side of each cut where they are worth more. Without sampling nothing is random.
 *
 * @param values flat, N×D
 * @param task N class codes 0 … K−1, or N values
 * @see Jerome Friedman, "Greedy function approximation: a gradient boosting machine", 2001; scikit-learn,
 * `HistGradientBoostingClassifier`: the same defaults
 */
export async function boostTrees(
  values: Float32Array,
  n: number,
  d: number,
  task: BoostedTask,
  options: BoostOptions = {},
): Promise<BoostedTrees> {
  const { rounds: most = 100, rowShare = 1, columnShare = 1, seed = 0, afterRound } = options;
  const rules: GrowRules = {
    learningRate: options.learningRate ?? 0.1,
    maxLeaves: options.maxLeaves ?? 31,
    maxDepth: options.maxDepth ?? Infinity,
    minLeaf: options.minLeaf ?? 20,
    l2: options.l2 ?? 0,
  };
  const units = task.kind === 'classes' && task.classes > 2 ? task.classes : 1;
  const binned = binFeatures(values, n, d, options.bins ?? 255);
  const useful = Int32Array.from(binned.edges.keys()).filter(
    (f) => binned.edges[f].length > 0 || binned.codes.subarray(f * n, (f + 1) * n).includes(1),
  );
  const memory = nursery(binned);
  const start = startOf(task, units, n);
  const scores = Float64Array.from({ length: n * units }, (_, e) => start[e % units]);
  const gradients = new Float64Array(n * units);
  const curvatures = new Float64Array(n * units);
  const stream = random(seed).fork('boosted trees');
  const rounds: Tree[][] = [];
  let nodes = 0;
  const link = task.kind === 'value' ? 'identity' : units === 1 ? 'logit' : 'softmax';
  const model = (): BoostedTrees => ({ units, link, start, rounds, nodes });
  while (rounds.length < most) {
    writeSlopes(task, units, scores, gradients, curvatures);
    const rows = drawn(n, rowShare, () => permutation(n, stream));
    const trees: Tree[] = [];
    for (let u = 0; u < units; u++) {
      const places = drawn(useful.length, columnShare, () => permutation(useful.length, stream));
      const slopes = {
        gradients: gradients.subarray(u * n, (u + 1) * n),
        curvatures: curvatures.subarray(u * n, (u + 1) * n),
      };
      const own = rows.slice();
      const { tree, leaves } = growTree(binned, places.map((p) => useful[p]), own, slopes, rules, memory); // prettier-ignore
      if (rowShare >= 1) {
        for (const { value, from, to } of leaves)
          for (let r = from; r < to; r++) scores[own[r] * units + u] += value;
      } else for (let i = 0; i < n; i++) scores[i * units + u] += treeValue(tree, values, i * d);
      trees.push(tree);
      nodes += tree.features.length;
    }
    rounds.push(trees);
    if (await afterRound?.(model())) break;
  }
  return model();
}

/** Adds the values of one round's trees to scores N×U. */
export function addRound(
  trees: readonly Tree[],
  values: Float32Array,
  d: number,
  scores: Float64Array,
): void {
  const units = trees.length;
  for (let at = 0, i = 0; i < scores.length; i += units, at += d)
    for (let u = 0; u < units; u++) scores[i + u] += treeValue(trees[u], values, at);
}

/** Scores N×U as probabilities N×U (N×1: of class 1) or values; in place. */
export function linked(model: Pick<BoostedTrees, 'link' | 'units'>, scores: Float64Array): Float64Array {
  if (model.link === 'softmax') return softmaxRows(scores, model.units);
  return model.link === 'logit' ? scores.map(sigmoid) : scores;
}

/** Returns what boosted trees say of N examples: probabilities N×K, N×1 (of class 1), or values N. */
export function boostedOutput(model: BoostedTrees, values: Float32Array, n: number): Float64Array {
  const d = n > 0 ? values.length / n : 0;
  const scores = Float64Array.from({ length: n * model.units }, (_, e) => model.start[e % model.units]);
  for (const trees of model.rounds) addRound(trees, values, d, scores);
  return linked(model, scores);
}
