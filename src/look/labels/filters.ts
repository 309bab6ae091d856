import { calibrateJoint, confidentJoint, type ConfidentJoint } from './confident-joint';
import { confidentThresholds, TOLERANCE, type LabelledRows, type RowFacts } from './labelled-rows';
import { pruneCounts, type PruneOptions } from './prune-counts';
import { labelScores } from './scores';
import { markSmallest, selectionRoom } from './select-rows-by';

/** Rules that flag labels. Named as in cleanlab. */
export type FilterBy =
  | 'prune_by_noise_rate'
  | 'prune_by_class'
  | 'both'
  | 'confident_learning'
  | 'predicted_neq_given'
  | 'low_self_confidence'
  | 'low_normalized_margin';

/** Numbers that are given instead of estimated. */
export interface GivenNoise {
  /** A threshold a class; null to estimate them. */
  readonly thresholds: ArrayLike<number> | null;
  /** K×K counts, `[given][true]`; null to estimate them. */
  readonly joint: Float64Array | null;
}

/** Everything that the rules are made from, each part once. */
export interface Evidence {
  readonly data: LabelledRows;
  readonly facts: RowFacts;
  readonly perClass: Int32Array;
  readonly thresholds: Float64Array;
  readonly confident: ConfidentJoint;
  /** Estimated examples of each pair, `[given · K + true]`; calibrated, or as given. */
  readonly joint: Float64Array;
}

/** Gathers the evidence. */
export function gatherEvidence(data: LabelledRows, facts: RowFacts, given: GivenNoise): Evidence {
  const { k } = data;
  const perClass = Int32Array.from({ length: k }, (_, j) => facts.starts[j + 1] - facts.starts[j]);
  const thresholds = given.thresholds ? Float64Array.from(given.thresholds) : confidentThresholds(k, facts);
  const confident = confidentJoint(data, facts, thresholds);
  const joint = given.joint ?? calibrateJoint(confident.counts, perClass);
  return { data, facts, perClass, thresholds, confident, joint };
}

/** Flags for every class the examples whose given label is the least likely, as many as the joint says are wrong. */
function pruneByClass({ data, facts, perClass }: Evidence, counts: Float64Array, least: number): Uint8Array {
  const { n, k } = data;
  const { starts, rows, self } = facts;
  const flags = new Uint8Array(n);
  const room = selectionRoom(perClass.reduce((a, b) => Math.max(a, b), 0));
  for (let j = 0; j < k; j++) {
    if (perClass[j] <= least) continue;
    for (let r = 0; r < perClass[j]; r++) room.keys[r] = self[rows[starts[j] + r]];
    markSmallest(room, perClass[j], perClass[j] - counts[j * k + j], (r) => (flags[rows[starts[j] + r]] = 1));
  }
  return flags;
}

/**
 * Flags for every pair of a given and another class the examples whose margin for the other is the largest, as many as the
 * joint says. What nearly agrees is never flagged in the end, so that the selection is made among those that disagree
 * wherever they are enough.
 */
function pruneByNoiseRate(
  { data, facts, perClass }: Evidence,
  counts: Float64Array,
  least: number,
): Uint8Array {
  const { n, k, p } = data;
  const { starts, rows, disagrees, self } = facts;
  const flags = new Uint8Array(n);
  const most = perClass.reduce((a, b) => Math.max(a, b), 0);
  const room = selectionRoom(most);
  const split = new Int32Array(most);
  const ahead = new Int32Array(most);
  for (let given = 0; given < k; given++) {
    const size = perClass[given];
    if (size <= least) continue;
    const own = rows.subarray(starts[given], starts[given + 1]);
    let differing = 0;
    for (let r = 0; r < size; r++) if (disagrees[own[r]] === 1) split[differing++] = own[r];
    // Copied once, since rows of a class lie far apart.
    const near = new Float64Array(differing * k);
    for (let r = 0; r < differing; r++) {
      const i = split[r];
      for (let j = 0, at = i * k; j < k; j++) near[r * k + j] = self[i] - p[at + j];
    }
    for (let likely = 0; likely < k; likely++) {
      const count = counts[likely * k + given];
      if (likely === given || count <= 0) continue;
      let leading = 0;
      for (let r = 0, at = likely; r < differing; r++, at += k) {
        const key = near[at];
        if (key >= -2 * TOLERANCE) continue;
        ahead[leading] = split[r];
        room.keys[leading++] = key;
      }
      if (leading >= count) {
        markSmallest(room, leading, count, (r) => (flags[ahead[r]] = 1));
        continue;
      }
      for (let r = 0; r < size; r++) room.keys[r] = self[own[r]] - p[own[r] * k + likely];
      markSmallest(room, size, count, (r) => (flags[own[r]] = 1));
    }
  }
  return flags;
}

/** Takes back the flags of examples whose given label is as good as the likeliest. In place. */
function keepDisagreeing(flags: Uint8Array, disagrees: Uint8Array): Uint8Array {
  for (let i = 0; i < flags.length; i++) flags[i] &= disagrees[i];
  return flags;
}

function confidentlyOther({ data, confident }: Evidence): Uint8Array {
  const flags = new Uint8Array(data.n);
  for (let i = 0; i < data.n; i++)
    flags[i] = confident.likely[i] >= 0 && confident.likely[i] !== data.given[i] ? 1 : 0;
  return flags;
}

/** Flags as many of the lowest scores as there are confident disagreements. */
function lowest(evidence: Evidence, rankBy: 'self_confidence' | 'normalized_margin'): Uint8Array {
  const { data, facts } = evidence;
  const { n } = data;
  const count = keepDisagreeing(confidentlyOther(evidence), facts.disagrees).reduce((a, b) => a + b, 0);
  const every = Int32Array.from({ length: n }, (_, i) => i);
  const keys = labelScores(data, facts, rankBy, every, null);
  const flags = new Uint8Array(n);
  markSmallest({ keys, copy: new Float64Array(n) }, n, count, (i) => (flags[i] = 1));
  return flags;
}

/**
 * Returns 1 for every row that a rule flags, else 0; equal to `find_label_issues` of cleanlab 2.9, where of equally suspicious
 * examples the first are taken (cleanlab leaves that to the machine's sort).
 */
export function flagRows(evidence: Evidence, filterBy: FilterBy, prune: PruneOptions): Uint8Array {
  const { data, facts, joint, perClass } = evidence;
  const { minExamplesPerClass: least } = prune;
  const counts = (): Float64Array => pruneCounts(joint, perClass, prune);
  const rules: Readonly<Record<FilterBy, () => Uint8Array>> = {
    prune_by_noise_rate: () => keepDisagreeing(pruneByNoiseRate(evidence, counts(), least), facts.disagrees),
    prune_by_class: () => keepDisagreeing(pruneByClass(evidence, counts(), least), facts.disagrees),
    both: () => {
      const own = counts();
      const flags = pruneByNoiseRate(evidence, own, least);
      const byClass = pruneByClass(evidence, own, least);
      for (let i = 0; i < data.n; i++) flags[i] &= byClass[i];
      return keepDisagreeing(flags, facts.disagrees);
    },
    confident_learning: () => keepDisagreeing(confidentlyOther(evidence), facts.disagrees),
    predicted_neq_given: () => {
      const flags = new Uint8Array(data.n);
      for (let i = 0; i < data.n; i++) flags[i] = facts.top[i] === data.given[i] ? 0 : 1;
      return keepDisagreeing(flags, facts.disagrees);
    },
    low_self_confidence: () => lowest(evidence, 'self_confidence'),
    low_normalized_margin: () => lowest(evidence, 'normalized_margin'),
  };
  return rules[filterBy]();
}
