import { asResult } from '../../../src/core/showable';
import * as figures from '../../../src/figures';
import { bundleOf, textOf, PLOTLY_MIME } from '../../../src/notebook/display/bundle-of';
import { createRenderer } from '../../../src/notebook/display/renderer';
import { SHOWN_KINDS } from '../../../src/notebook/display/view-of';
import { figureHtml } from '../../../src/notebook/display/figure-html';
import { trainingDynamics } from '../../../src/look/training-dynamics';
import { sliceClusters } from '../../../src/look/slice-clusters';
import { crossSlices } from '../../../src/look/cross-slices';
import { table } from '../../../src/data/table';
import { twoClasses } from '../../look/some-predictions';
import { curveOf, powerLaw } from '../../look/forecast/helpers';
import { forecast } from '../../../src/look/forecast';
import { tagErrors } from '../../../src/look/tag-errors';
import { predictionsFrom } from '../../../src/metrics/predictions-from';
import {
  confirmationOf,
  confusionOf,
  findingOf,
  labelConfusionOf,
  labelIssuesOf,
  ladderOf,
  pointOf,
  sizeCurveOf,
  slicesOf,
} from '../../figures/results';
import { foundSlicesOf } from '../../figures/found-slices';
import { evilCards } from './evil-cards';
import { makeLog } from '../../suspect/make-log';

const EVIL = '<script>alert("x")</script>&\'';

const cause = { id: 'a', title: `rate ${EVIL}`, weight: 0.75, fix: `lower ${EVIL}` };
const finding = findingOf({
  severity: 'error',
  where: { column: EVIL, epoch: 3, exampleIds: ['1', '2', '3', '4', '5', '6', EVIL] },
  evidence: { ratio: 0.123456, [EVIL]: EVIL },
  falseAlarmRate: { rate: 0.025, interval: [0.01, 0.05], healthyRuns: 200 },
  references: [{ author: EVIL, title: EVIL, year: 1998 }],
  experiment: { id: 'e', title: EVIL, seconds: 1 },
  causes: [cause, { ...cause, id: 'b', weight: 0.25 }],
  message: `Loss explodes ${EVIL}`,
});
const tagged = tagErrors(
  predictionsFrom(
    [0, 1, 2].map((i) => ({ id: `${EVIL}${i}`, [EVIL]: EVIL, y: EVIL, p: i < 2 ? 'b' : EVIL })),
    { label: 'y', predicted: 'p', id: 'id', name: EVIL },
  ),
  { tagged: { [`${EVIL}0`]: { tags: [EVIL], note: EVIL } } },
);
const predicted = { ids: [EVIL], classes: [EVIL, 'b'], label: [0], predicted: [1] };
/** A region of 60 examples that are wrong, all with a hostile name. */
const CLUSTERS = sliceClusters(
  {
    ...twoClasses(Array.from({ length: 240 }, (_, i) => Number(i % 4 === 0))),
    metadata: table({ [EVIL]: Array.from({ length: 240 }, (_, i) => (i % 4 === 0 ? EVIL : 'b')) }),
  },
  {
    features: { values: Array.from({ length: 240 }, (_, i) => (i % 4 === 0 ? 9 : 0)), shape: [1] },
    components: 2,
  },
);

const results: Record<string, object> = {
  run: { kind: 'run', log: makeLog({ name: EVIL }) },
  sweep: {
    kind: 'sweep',
    name: EVIL,
    metric: 'accuracy',
    higherIsBetter: true,
    scored: 'validation',
    seeds: [0, 1],
    runs: [{ kind: 'sweep-run', configuration: EVIL, seed: 0, log: null, failure: EVIL, ranOn: 'worker' }],
    summaries: [
      {
        configuration: EVIL,
        n: 2,
        begun: 3,
        loss: { mean: 0.5, sd: 0.1, interval: [0.4, 0.6], n: 2 },
        metric: { mean: 0.912345, sd: 0.01, interval: [0.9, 0.93], n: 2 },
      },
    ],
    workers: 2,
    stopped: 'completed',
    seconds: 1.25,
    warnings: [{ code: 'w', message: EVIL, count: 1 }],
  },
  runs: {
    kind: 'runs',
    name: EVIL,
    seeds: [0, 1],
    logs: [0, 1].map((seed) =>
      makeLog({
        ...{ name: EVIL, seed },
        layers: [
          {
            ...{ name: EVIL, type: 'Dense', parameters: 1, trainable: true },
            ...{ updateRatio: Array<number>(10).fill(0.001), gradientNorm: Array<number>(10).fill(1) },
            weightNorm: Array<number>(10).fill(1),
          },
        ],
      }),
    ),
    summary: {
      train: { loss: { mean: 0.5, sd: 0.1, interval: [0.4, 0.6], n: 2 }, metrics: {} },
      validation: null,
    },
    epochs: [],
    failed: [{ seed: 2, message: EVIL }],
    workers: 2,
    stopped: 'completed',
    seconds: 1.25,
    warnings: [{ code: 'w', message: EVIL, count: 1 }],
  },
  baselines: ladderOf(EVIL),
  baseline: { ...ladderOf().rows[1], what: EVIL, settings: { [EVIL]: EVIL } },
  'engine-explanation': {
    ...{ kind: 'engine-explanation', steps: 'plan', backend: 'wasm', reason: EVIL, batchSize: 32 },
    ...{ slices: 2, threads: 2, vectors: 4, flops: 2e6, bytes: 1e6 },
    layers: [{ layer: EVIL, kernels: 3, flops: 2e6 }],
  },
  'error-tags': tagged,
  'stored-tags': tagged.store,
  'training-dynamics': trainingDynamics(
    makeLog({
      name: EVIL,
      classes: [EVIL, 'b'],
      examples: {
        ...{
          n: 2,
          ids: [EVIL, '2'],
          labels: [0, 1],
          seen: [2, 2],
          lossSum: [1, 2],
          confidenceSum: [1.5, 0.5],
        },
        ...{ confidenceSquares: [0.1, 0.2], correctSum: [2, 0], forgotten: [0, 0], firstLearned: [1, 0] },
      },
    }),
  ),
  'learning-rate-search': {
    ...{ kind: 'learning-rate-search', name: EVIL, suggestion: null, method: 'valley', suggestions: null },
    reason: { code: 'never-falls', message: `Nothing ${EVIL}.`, mend: EVIL },
    ...{
      rates: [1, 10],
      n: 9,
      batchSize: 3,
      optimizer: EVIL,
      loss: EVIL,
      smoothing: 0.7,
      seeds: [0],
      steps: 'plan',
    },
    curves: [
      {
        seed: 0,
        losses: [2, 3],
        smoothed: [2, 2.5],
        stopped: 'diverged',
        suggestions: null,
        reason: 'never-falls',
      },
    ],
    ...{ seconds: 1, warnings: [{ code: 'w', message: EVIL, count: 1 }] },
  },
  'sweep-run': { kind: 'sweep-run', configuration: EVIL, seed: 0, log: null, failure: EVIL, ranOn: 'worker' },
  'run-log': makeLog({ name: EVIL, warnings: [{ code: 'w', message: EVIL, count: 2 }] }),
  report: {
    kind: 'report',
    name: EVIL,
    summary: `One thing looks strange ${EVIL}`,
    findings: [finding],
    outcomes: ['found', 'nothing-found', 'failed'].map((status) => ({
      ...{ check: 'c', title: EVIL, question: EVIL, status, reason: EVIL, measure: {}, scores: {} },
    })),
    healthy: EVIL,
    warnings: [],
  },
  finding,
  confirmation: {
    ...{ ...confirmationOf(), message: EVIL, fix: EVIL, causes: [cause], before: [cause] },
    steps: [1, 2].map(() => ({
      ...{ experiment: EVIL, title: EVIL, seconds: 1, estimate: 2, causes: [cause], message: EVIL },
      observations: [{ question: EVIL, seen: true }],
    })),
  },
  predictions: {
    kind: 'predictions',
    name: EVIL,
    task: 'classification',
    n: 1,
    ...predicted,
    metrics: [{ metric: 'accuracy', value: 0.98765, interval: [0.9, 1], level: 0.95, n: 1 }],
    warnings: [],
  },
  confusion: confusionOf(EVIL),
  'label-confusion': labelConfusionOf(EVIL),
  'label-issues': labelIssuesOf(EVIL),
  'most-confused': {
    kind: 'most-confused',
    name: 'm',
    n: 10,
    pairs: [{ label: EVIL, predicted: 'b', count: 3, rate: 0.3, interval: [0.1, 0.6], indices: [] }],
  },
  'top-losses': {
    kind: 'top-losses',
    name: 't',
    n: 30,
    examples: Array.from({ length: 25 }, (_, index) => ({
      index, id: `${EVIL}${index}`, loss: 9.87654, label: EVIL, predicted: 'b', confidence: NaN,
    })), // prettier-ignore
  },
  'difficulty-slices': {
    ...slicesOf(),
    slices: slicesOf().slices.map((slice) => ({ ...slice, label: EVIL })),
  },
  slices: foundSlicesOf(EVIL),
  slice: { ...foundSlicesOf(EVIL).slices[2], sql: EVIL },
  'slice-fit': {
    ...foundSlicesOf(EVIL).slices[2].heldOut,
    kind: 'slice-fit',
    description: EVIL,
    shareOfExamples: 0.1,
    indices: [],
  },
  'example-cards': {
    ...{ kind: 'example-cards', name: EVIL, n: 3, shown: EVIL, cards: evilCards(EVIL) },
    warnings: [{ code: 'w', message: EVIL, count: 1 }],
  },
  difficulty: {
    kind: 'difficulty', source: 'metadata', title: EVIL, unit: 'px', n: 3, ids: ['a', 'b', 'c'],
    values: [3, NaN, 1], circular: false, missing: 1, warnings: [],
  }, // prettier-ignore
  'cross-slices': crossSlices(
    {
      ...twoClasses(Array.from({ length: 60 }, (_, i) => Number(i % 3 === 0))),
      metadata: table({
        [EVIL]: Array.from({ length: 60 }, (_, i) => (i < 5 ? EVIL : 'b')),
        ink: Array.from({ length: 60 }, (_, i) => i),
      }),
    },
    EVIL,
    'ink',
  ),
  'cluster-slices': CLUSTERS,
  'cluster-slice': { ...CLUSTERS.slices[0] },
  'size-curve': sizeCurveOf([pointOf(10, 0.4, 0.05), pointOf(100, 0.1, 0.02)], EVIL),
  forecast: {
    ...forecast({ ...curveOf(powerLaw(0.02, 1.5, 0.5)), name: EVIL, title: EVIL }, { repeats: 20 }),
  },
  dataset: {
    kind: 'dataset',
    name: EVIL,
    task: 'classification',
    n: 3,
    features: { values: new Float32Array(6), shape: [2] },
    labels: Int32Array.of(0, 0, 1),
    classes: [EVIL, 'b'],
    ids: ['1', '2', '3'],
    columns: {
      names: [EVIL],
      columns: { [EVIL]: { type: 'string', codes: Int32Array.of(0, -1, 0), dictionary: [EVIL] } },
    },
    roles: { [EVIL]: 'category' },
  },
  preparation: {
    kind: 'preparation',
    version: 1,
    name: EVIL,
    n: 3,
    steps: [
      { step: 'number', column: EVIL, median: 1, mean: 1.23456, sd: 2, indicator: true },
      { step: 'boolean', column: EVIL, share: 0.5, indicator: true },
      { step: 'category', column: EVIL, levels: [EVIL, null], rare: [EVIL] },
      { step: 'date', column: EVIL, median: 1, mean: 1, sd: 2, indicator: false, cycles: ['year', 'day'] },
      { step: 'words', column: EVIL, range: [1, 2], terms: [EVIL], documents: [1] },
      { step: 'tokens', column: EVIL, words: [EVIL], length: 4 },
      { step: 'standardize', per: 'channel', mean: [0, 1], sd: [1, 1], padding: true },
      { step: 'ignore', column: EVIL, why: EVIL },
    ],
    shape: [20],
    vocabulary: null,
    options: {},
    fingerprint: '0',
    warnings: [{ code: 'w', message: EVIL, count: 1 }],
  },
  table: {
    kind: 'table',
    n: 12,
    names: [EVIL, 'when'],
    columns: {
      [EVIL]: { type: 'string', codes: new Int32Array(12), dictionary: [EVIL] },
      when: { type: 'date', values: new Float64Array(12).fill(NaN), valid: null },
    },
    warnings: [],
  },
  figure: figures.confusion(confusionOf(EVIL)),
};

describe('bundleOf', () => {
  it('has a look for each kind listed here and no other', () => {
    expect([...SHOWN_KINDS].sort()).toEqual(Object.keys(results).sort());
  });

  it.each(Object.entries(results))('%s: words, escaped HTML, frozen input', async (kind, result) => {
    const bundle = await bundleOf(Object.freeze(result), { png: false });
    const html = String(bundle['text/html']);
    expect(html).not.toContain('<script>alert');
    expect(html).not.toContain('&<');
    expect(html).not.toMatch(/src="http|href="http/);
    expect(String(bundle['text/plain']).length).toBeGreaterThan(10);
    expect(PLOTLY_MIME in bundle).toBe(kind === 'figure');
    expect(JSON.stringify(bundle[PLOTLY_MIME] ?? null)).not.toContain('<script>');
    expect(createRenderer().text(result)).toBe(bundle['text/plain']);
  });

  it('answers first, shows severity as word and icon, three digits, folded checks', async () => {
    const { 'text/html': html, 'text/plain': text } = await bundleOf(results.report, { png: false });
    expect(String(text).split('\n')[0]).toContain('One thing looks strange');
    expect(text).toContain('✖ error: Loss explodes');
    expect(html).toContain('>ratio</td>');
    expect(html).toContain('>0.123</td>');
    expect(text).toContain('This check spoke up on 2.5 % [1.0, 5.0] of 200 healthy runs and named 96 %');
    expect(text).toContain('examples 1, 2, 3, 4, 5 and 2 more');
    expect(html).toContain('✖ Error');
    expect(html).toContain('<details><summary');
    expect(html).toContain('width:75%'); // weight 0.75 as a bar
  });

  it('shows a ladder from the simplest on, with its intervals and what is said of each model', async () => {
    const { 'text/html': html, 'text/plain': text } = await bundleOf(ladderOf(), { png: false });
    expect(String(text).split('\n')[0]).toBe('"logistic regression" is the simplest good model of pets.');
    expect(text).toMatch(/majority class +49 % \[42 %, 56 %\] +clearly worse +47.5 \[40.0, 55.0\]/);
    expect(text).toMatch(
      /logistic regression +95 % \[91 %, 97 %\] +simplest good +1.5 \[−0.5, 3.5\] .* 300 of 600/,
    );
    expect(text).toContain('"small CNN" was left out: of pets.');
    expect(html).toContain('width:95%');
  });

  it('puts numbers right and words left', async () => {
    const { 'text/html': html, 'text/plain': text } = await bundleOf(results['most-confused'], {
      png: false,
    });
    expect(html).toContain('text-align:right');
    expect(html).toContain('30 % <span style="opacity:.7;white-space:nowrap">[10 %, 60 %]</span>');
    expect(text).toContain('30 % [10 %, 60 %]');
  });

  it('says how many rows are left', () => {
    expect(textOf(results['top-losses'])).toContain('… and 5 more'); // 25 − 20
    expect(textOf(results.table)).toContain('… and 2 more'); // 12 − 10
  });

  it('gives plain words for a kind it does not know, a toString-like kind included', async () => {
    expect(await bundleOf({ kind: 'toString', a: 1 })).toEqual({
      'text/plain': "{ kind: 'toString', a: 1 }",
    });
    expect(await bundleOf(asResult({ kind: 'other' }))).toEqual({ 'text/plain': "{ kind: 'other' }" });
  });

  it('leaves the picture out with a note where it cannot be drawn', async () => {
    // Run from the sources there is no compiled worker to start.
    const bundle = await bundleOf(confusionOf());
    expect(bundle['image/png']).toBeUndefined();
    expect(bundle['text/plain']).toContain('Note: The figure could not be drawn as a picture');
  });
});

describe('figureHtml', () => {
  it('starts with the picture and survives end tags in its data', () => {
    const figure = figures.figure({ title: 'a "b" <c>', data: [{ name: '</script><!--' }], layout: {} });
    const html = figureHtml(figure, { png: 'AAAA\n', id: '"><i>' });
    expect(html).toContain('src="data:image/png;base64,AAAA"');
    expect(html).toContain('alt="a &quot;b&quot; &lt;c&gt;"');
    expect(html.match(/<\/script>/g)).toHaveLength(1);
    expect(html).not.toContain('<i>');
  });
});
