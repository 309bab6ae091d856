import { dataset } from '../../../src/data/dataset';
import { table } from '../../../src/data/table';
import { random } from '../../../src/core/random';
import { labelIssues } from '../../../src/look/labels/label-issues';
import { withSeeds } from '../../../src/metrics/by-seed';
import type { Predictions } from '../../../src/metrics/types';
import { classified, labelSets, values } from './some-labels';

/** N examples of K classes that a good model knows, with a share of labels wrong at random. */
function noisy(
  n: number,
  k: number,
  share: number,
  seed = 1,
): { predictions: Predictions; wrong: Set<number> } {
  const stream = random(seed);
  const wrong = new Set<number>();
  const labels = new Int32Array(n);
  const p = new Float64Array(n * k);
  for (let i = 0; i < n; i++) {
    const truth = i % k;
    labels[i] = truth;
    if (stream.next() < share) {
      labels[i] = (truth + 1 + stream.integer(k - 1)) % k;
      wrong.add(i);
    }
    let sum = 0;
    for (let j = 0; j < k; j++) sum += p[i * k + j] = Math.exp(0.7 * stream.normal() + (j === truth ? 5 : 0));
    for (let j = 0; j < k; j++) p[i * k + j] /= sum;
  }
  return { predictions: classified(labels, p, k), wrong };
}

describe('labelIssues', () => {
  it('finds planted wrong labels, says what kind they are, and how many of the list are wrong', () => {
    const { predictions, wrong } = noisy(2000, 4, 0.1);
    const { issues, precision, noise, flagged, n } = labelIssues(predictions);
    const hits = issues.filter(({ index }) => wrong.has(index)).length;
    expect(hits / wrong.size).toBeGreaterThan(0.95);
    const share = hits / issues.length;
    expect(share).toBeGreaterThan(0.95);
    expect(share).toBeGreaterThanOrEqual(precision.interval[0]);
    expect(share).toBeLessThanOrEqual(precision.interval[1]);
    expect(noise?.kind).toBe('class-conditional');
    expect(flagged).toMatchObject({ count: issues.length, share: issues.length / n });
    for (const issue of issues.slice(0, 50)) expect(issue.given).not.toBe(issue.suggested);
  });

  it('flags next to nothing of its healthy twin', () => {
    const { issues, noise } = labelIssues(noisy(2000, 4, 0).predictions);
    expect(issues.length).toBeLessThan(10);
    expect(noise?.kind).toBe('little');
  });

  it('estimates the noise of each class with an interval that holds the truth', () => {
    const { predictions, wrong } = noisy(3000, 3, 0.2, 3);
    const { perClass, joint } = labelIssues(predictions);
    perClass.forEach(({ n, interval }, j) => {
      const own = [...wrong].filter((i) => predictions.label[i] === j).length;
      expect(own / n).toBeGreaterThanOrEqual(interval[0] - 0.01);
      expect(own / n).toBeLessThanOrEqual(interval[1] + 0.01);
      expect(joint[j].reduce((a, b) => a + b, 0)).toBe(n);
    });
  });

  it('is the same each time, survives JSON, and leaves its input alone', () => {
    const { predictions } = noisy(200, 3, 0.2);
    const first = JSON.stringify(labelIssues(Object.freeze(predictions)));
    expect(JSON.stringify(labelIssues(predictions))).toBe(first);
    expect(JSON.parse(first)).toMatchObject({
      kind: 'label-issues',
      options: { filterBy: 'auto', rankBy: 'self_confidence' },
    });
  });

  it('takes the mean over seeds', () => {
    const say = (p: number): Predictions => classified([0, 1], [p, 1 - p, 0.2, 0.8], 2);
    const both = withSeeds([0.2, 0.6].map((p, seed) => ({ seed, predictions: say(p) })));
    const [issue] = labelIssues(both, { filterBy: 'predicted_neq_given' }).issues;
    // (0.2 + 0.6) / 2
    expect(issue.confidence).toBeCloseTo(0.4, 12);
  });

  it('leaves out what has no probabilities, and says so', () => {
    const p = [0.9, 0.1, NaN, NaN, 0.2, 0.8, 0.9, 0.1];
    const found = labelIssues(classified([0, 0, 1, 1], p, 2), { filterBy: 'predicted_neq_given' });
    expect(found.n).toBe(3);
    expect(found.issues.map(({ index }) => index)).toEqual([3]);
    expect(found.warnings.map(({ code, count }) => [code, count])).toEqual([['no-prediction', 1]]);
  });

  it('works for one example, and for labels of one class', () => {
    expect(labelIssues(classified([0], [0.9, 0.1], 2)).issues).toEqual([]);
    expect(labelIssues(classified([0, 0, 0], [0.9, 0.1, 0.8, 0.2, 0.7, 0.3], 2)).n).toBe(3);
    const nothing = labelIssues(classified([0, 1], [0.9, 0.1, 0.1, 0.9], 2));
    expect([nothing.precision.value, nothing.precision.why]).toEqual([NaN, 'nothing is flagged']);
  });

  it('warns of predictions of what the model was trained on, and of classes too small to prune', () => {
    const { predictions } = noisy(100, 3, 0.1);
    const codes = (of: Predictions, options = {}): string[] =>
      labelIssues(of, options).warnings.map(({ code }) => code);
    expect(codes({ ...predictions, outOfSample: false })).toEqual(['in-sample']);
    expect(codes({ ...predictions, outOfSample: true })).toEqual([]);
    expect(codes(predictions, { filterBy: 'both', minExamplesPerClass: 99 })).toEqual(['small-classes']);
  });

  const two = classified([0, 1, 0, 1], [0.9, 0.1, 0.9, 0.1, 0.8, 0.2, 0.1, 0.9], 2);
  it.each([
    [{ filterBy: 'prune_by_noise' }, 'Did you mean "prune_by_class"|"prune_by_noise_rate"'],
    [{ filter_by: 'both' }, 'Did you mean "filterBy"'],
    [{ rankBy: 'residual' }, 'must be one of "self_confidence"'],
    [{ fracNoise: 0.5 }, 'be given with a rule that prunes only'],
    [{ filterBy: 'both', numToRemovePerClass: [1] }, 'each of the 2 classes; it has 1'],
    [{ thresholds: [0.5, -1] }, 'thresholds[1]'],
    [{ filterBy: 'both', confidentJoint: [[1, 2]] }, 'each of the 2 given labels'],
    [{ rankBy: 'confidence_weighted_entropy', adjustProbabilities: true }, 'not be combined'],
    [{ deviations: 3 }, 'not be given for a classification task'],
    [{ duplicatesBy: ['text'] }, 'be a metadata column'],
  ] as [object, string][])('refuses %j', (options, message) => {
    const [first] = message.split('|');
    const caught = (): unknown => labelIssues(two, options);
    expect(caught).toThrow(message.includes('|') ? /Did you mean "prune_by_/ : first);
  });

  it('refuses predictions without probabilities, without examples, or of one class', () => {
    expect(() => labelIssues({ ...two, probabilities: null })).toThrow('know the probability of each class');
    expect(() => labelIssues({ ...two, n: 0 })).toThrow('at least one example');
    expect(() => labelIssues(classified([0], [1], 1))).toThrow('at least two classes');
    expect(() => labelIssues({ ...two, probabilities: [2, 0, 0, 1, 0, 1, 0, 1] })).toThrow('between 0 and 1');
  });

  it('takes thresholds in place of the estimated ones', () => {
    expect(labelIssues(two, { thresholds: [0.5, 0.6] }).thresholds).toEqual([0.5, 0.6]);
  });
});

describe('conflicting duplicates', () => {
  const features = [
    [1, 2],
    [3, 4],
    [1, 2],
    [5, 6],
    [3, 4],
    [1, 2],
  ];
  const labels = ['a', 'b', 'b', 'a', 'b', 'a'];
  const data = dataset({ features, labels, ids: ['0', '1', '2', '3', '4', '5'] });
  const predictions = classified([0, 1, 1, 0, 1, 0], new Float64Array(12).fill(0.5), 2);

  it('names equal inputs with different labels', () => {
    expect(labelIssues(predictions, { data }).conflicts).toEqual([
      { indices: [0, 2, 5], ids: ['0', '2', '5'], labels: ['c0', 'c1', 'c0'] },
    ]);
    expect(labelIssues(predictions).conflicts).toEqual([]);
  });

  it('compares raw columns, gaps being equal to gaps', () => {
    const raw = table({ x: [1, null, 1, null, 2, 3], t: ['u', 'v', 'u', 'v', 'u', 'u'] });
    const columns = { ...data, features: { values: new Float32Array(0), shape: [0] }, columns: raw };
    const { conflicts } = labelIssues(predictions, { data: columns });
    expect(conflicts.map(({ indices }) => indices)).toEqual([
      [0, 2],
      [1, 3],
    ]);
  });

  it('compares metadata columns where inputs are not at hand', () => {
    const own = classified([0, 1, 1, 0], new Float64Array(8).fill(0.5), 2, {
      hash: [7, 7, 8, 8],
      page: [1, 2, 1, 1],
    });
    const found = (duplicatesBy: string[]): unknown =>
      labelIssues(own, { duplicatesBy }).conflicts.map(({ indices }) => indices);
    expect(found(['hash'])).toEqual([
      [0, 1],
      [2, 3],
    ]);
    expect(found(['hash', 'page'])).toEqual([[2, 3]]);
  });

  it('refuses data of other examples', () => {
    const others = { ...data, ids: ['u', 'v', 'w', 'x', 'y', 'z'] };
    expect(() => labelIssues(predictions, { data: others })).toThrow('no id stands in both');
  });
});

describe('values', () => {
  const stream = random(5);
  const predicted = Float64Array.from({ length: 400 }, () => 10 * stream.next());
  const label = predicted.map((value, i) => value + 0.5 * stream.normal() + (i % 100 === 7 ? 6 : 0));

  it('flags planted wrong values and expects nearly all of the list to be', () => {
    const { issues, precision } = labelIssues(values(label, predicted));
    expect(issues.map(({ index }) => index).sort((a, b) => a - b)).toEqual(
      expect.arrayContaining([7, 107, 207, 307]),
    );
    expect(issues.length).toBeLessThanOrEqual(5);
    expect(precision.value).toBeGreaterThan(0.9);
  });

  it('claims nothing where the residuals have heavy shoulders', () => {
    const heavy = predicted.map((value, i) => value + 0.2 * stream.normal() * (i % 4 === 0 ? 12 : 1));
    const { precision } = labelIssues(values(heavy, predicted));
    expect([precision.value, precision.why]).toEqual([NaN, expect.stringContaining('heavier shoulders')]);
  });

  it('names equal inputs whose values are far apart, and leaves out what has no prediction', () => {
    const one = dataset({
      features: [[1], [1], [2], [2]],
      labels: [1, 9, 3, 3.1],
      ids: ['0', '1', '2', '3'],
    });
    const found = labelIssues(values([1, 9, 3, 3.1], [1.1, 9.1, 3, 3]), { data: one });
    expect(found.conflicts.map(({ indices }) => indices)).toEqual([[0, 1]]);
    expect(labelIssues(values([1, 2, 3], [NaN, 2, 3.5])).warnings.map(({ code }) => code)).toContain(
      'no-prediction',
    );
  });

  it('refuses options of classes', () => {
    expect(() => labelIssues(values([1], [1]), { filterBy: 'both' })).toThrow('regression task');
  });
});

describe('several labels', () => {
  it('suggests the labels with those turned that look wrong', () => {
    const given = Array.from({ length: 60 }, (_, i) => [i % 2, i % 3 === 0 ? 1 : 0]);
    const p = given.map((row) => row.map((has) => (has ? 0.9 : 0.1)));
    given[4] = [1, 0];
    const { issues, perClass } = labelIssues(labelSets(given, p));
    expect(issues.map(({ index, given: own, suggested }) => [index, own, suggested])).toEqual([
      [4, 'l0', 'no label'],
    ]);
    expect(perClass.map(({ label, flagged }) => [label, flagged])).toEqual([
      ['l0', 1],
      ['l1', 0],
    ]);
  });
});
