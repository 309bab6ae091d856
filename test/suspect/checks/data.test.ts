import { binomialCdf } from '../../../src/stats/binomial';
import { normalQuantile } from '../../../src/stats/normal-quantile';
import { chain, configured, fullLog, OUT, passing, trainedOn, withColumns, withSplit } from '../make-log';
import { copiesOf, DATA_PLANTS, sameData } from '../plants/data-plants';
import { judged, levelOf, testPlants } from '../plants/plant';

testPlants(DATA_PLANTS);

const TOKENS = chain(passing('words', 'Embedding', { parameters: 100 }), OUT);
const NORMALISED = chain(passing('norm', 'BatchNormalization', { parameters: 16 }), OUT);

describe('validation-in-train', () => {
  it('counts copies that are more than a random split would make', () => {
    const threshold = levelOf({ check: 'split', code: 'validation-in-train' });
    // Of 400 examples 40 are copies at the rate of 1 in 10 that copies have within training.
    expect(judged(copiesOf(40, 0.1), 'split').findings).toEqual([]);
    for (const [copies, rate] of [
      [5, 1 / 401],
      [6, 1 / 401],
      [62, 0.1],
    ]) {
      const z = -normalQuantile(1 - binomialCdf(copies - 1, 400, rate));
      const { outcome, findings } = judged(copiesOf(copies, rate), 'split');
      expect(outcome.scores['validation-in-train']).toBeCloseTo(z, 9);
      expect(findings.length).toBe(Number(z >= threshold));
    }
  });

  it('is sure of one that is all copies, or the same data', () => {
    for (const log of [copiesOf(400), sameData()]) {
      const [finding] = judged(log, 'split').findings;
      expect(finding).toMatchObject({ code: 'validation-in-train', severity: 'error', where: {} });
      expect(finding.causes.map(({ id }) => id)).toEqual(['duplicates-across-split']);
      expect(finding.score).toBeGreaterThan(7);
    }
  });

  it('puts two copies down to chance', () => {
    expect(judged(copiesOf(2), 'split').outcome.scores['validation-in-train']).toBe(0);
  });
});

describe('split', () => {
  it('names the pair of columns where it is their correlation that differs', () => {
    const [finding] = judged(
      withSplit({ correlation: { column: 'a and c', effect: 0.5, z: 12 } }),
      'split',
    ).findings;
    expect(finding).toMatchObject({ code: 'distribution-differs', where: { column: 'a and c' } });
    expect(finding.message).toContain('The columns a and c go together otherwise');
  });

  it('takes the larger of shift and spread', () => {
    const log = withSplit({
      shift: { column: 'a', effect: 1, z: 9 },
      spread: { column: 'd', effect: Math.log(4), z: 9 },
    });
    const [finding] = judged(log, 'split').findings;
    expect(finding).toMatchObject({ code: 'scale-differs', where: { column: 'd' }, score: Math.log(4) });
    expect(finding.evidence.ratio).toBeCloseTo(4, 12);
  });

  it('leaves the scale of numbers of words alone', () => {
    const log = { ...withSplit({ shift: { column: 'a', effect: 9, z: 9 } }), model: TOKENS };
    expect(judged(log, 'split').findings).toEqual([]);
  });
});

describe('input-scale', () => {
  it('minds large inputs more than small ones', () => {
    // log10(100) = 2, and half of that the other way.
    const score = (scale: number): number =>
      judged(withColumns({ sd: [scale, 1, 1, 1] }), 'input-scale').outcome.scores['input-scale'];
    expect([score(100), score(0.01)].map((s) => s.toFixed(9))).toEqual(['2.000000000', '1.000000000']);
    // √(30² + 40²) = 50.
    const off = judged(withColumns({ mean: [0, 0, 0, 30], sd: [1, 1, 1, 40] }), 'input-scale').findings[0];
    expect([off.evidence.scale, off.where.column]).toEqual([50, 'd']);
  });

  it.each([
    ['numbers of words', TOKENS],
    ['what the first layer normalises', NORMALISED],
  ])('spares %s', (_words, model) => {
    expect(judged(withColumns({ sd: [1e4, 1, 1, 1] }, { model }), 'input-scale').findings).toEqual([]);
  });

  it('does not take a constant column for a large one', () => {
    const log = withColumns({ mean: [1e6, 0, 0, 0], sd: [0, 1, 1, 1] });
    expect(judged(log, 'input-scale').findings).toEqual([]);
  });
});

describe('columns of words', () => {
  it('are neither copies nor leaks nor marks of what lacks', () => {
    const log = withColumns(
      {
        sentinels: [{ column: 'a', value: -999, count: 90, gap: 99 }],
        duplicates: [['a', 'b']],
        alone: [
          { column: 'a', skill: 1 },
          { column: 'b', skill: 0.1 },
        ],
      },
      { model: TOKENS },
    );
    for (const check of ['sentinel-values', 'repeated-columns', 'label-in-columns']) {
      expect(judged(log, check).findings).toEqual([]);
    }
  });
});

describe('label-in-columns', () => {
  const leak = (skill: number, aloneN = 1000) =>
    withColumns({
      alone: [
        { column: 'a', skill },
        { column: 'b', skill: 0.2 },
      ],
      aloneN,
    });

  it('asks for one error in fifty at most, and thirty examples', () => {
    const count = (log: ReturnType<typeof leak>): number => judged(log, 'label-in-columns').findings.length;
    expect([leak(0.979), leak(0.981), leak(1, 29), leak(1, 30)].map(count)).toEqual([0, 1, 0, 1]);
    expect(judged(withColumns({ alone: [{ column: 'a', skill: 1 }] }), 'label-in-columns').findings).toEqual(
      [],
    );
  });
});

describe('label-order', () => {
  it.each([
    ['shuffled', fullLog(), 'nothing-found'],
    ['of one batch an epoch', configured({ shuffle: false, batchSize: 1000 }), 'nothing-found'],
    ['of a recorder', trainedOn({ labelOrder: 30 }, configured({ shuffle: null })), 'cannot-tell'],
    ['of old', trainedOn({ labelOrder: undefined }, configured({ shuffle: false })), 'cannot-tell'],
  ])('of a run %s: %#', (_words, log, status) => {
    expect(judged(log, 'label-order').outcome.status).toBe(status);
  });
});

describe('class-counts', () => {
  it('names the class whose share differs most', () => {
    const log = withSplit({ classes: { effect: 0.3, z: 20 } });
    // Of 1000, 0.1 each; of 400 the class 3 has 0.4, the nine others 1/15.
    const classCounts = new Array<number>(10).fill(400 / 15).fill(160, 3, 4);
    const data = { ...log.data, validation: { ...log.data.validation!, classCounts } };
    const [finding] = judged({ ...log, data }, 'class-counts').findings;
    expect(finding.where).toEqual({ class: '3' });
    expect(finding.evidence.trainShare).toBe(0.1);
    expect(finding.evidence.validationShare).toBeCloseTo(0.4, 12);
  });
});
