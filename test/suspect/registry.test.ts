import type { RunLog } from '../../src/build/types';
import { CAUSES } from '../../src/confirm/causes';
import type { Predictions } from '../../src/metrics/types';
import { CHECKS, DATA_CHECKS, MODEL_CHECKS } from '../../src/suspect/checks';
import { diagnose } from '../../src/suspect/diagnose';
import { lacking } from '../../src/suspect/needs';
import type { CheckOutcome, Need } from '../../src/suspect/types';
import { WORDED_CODES } from '../../src/suspect/words';
import { fullLog, makeLog } from './make-log';
import { COURSE_PLANTS } from './plants/course-plants';
import { copiesOf, DATA_PLANTS } from './plants/data-plants';
import { LAYER_PLANTS } from './plants/layer-plants';
import { MODEL_PLANTS } from './plants/model-plants';
import { judged, levelOf } from './plants/plant';
import { sliced, tested, VALIDATION_PLANTS } from './plants/validation-plants';

const PLANTS = [
  ...DATA_PLANTS,
  ...MODEL_PLANTS,
  ...COURSE_PLANTS,
  ...LAYER_PLANTS,
  ...VALIDATION_PLANTS,
  { check: 'split', code: 'validation-in-train', at: () => copiesOf(400) },
];
const CODES = CHECKS.flatMap(({ symptoms }) => Object.keys(symptoms));

/** All that any check needs. */
const EVERYTHING = {
  run: fullLog(),
  predictions: (tested(0.24) as { readonly predictions: Predictions }).predictions,
  slices: (sliced(10, 30, 3) as unknown as { readonly slices: never }).slices,
};
const NEEDS = [...new Set(CHECKS.flatMap(({ needs }) => needs))];

describe('the registry of checks', () => {
  it('is partitioned by what the checks look at: data, model, run', () => {
    const before = [...DATA_CHECKS, ...MODEL_CHECKS];
    expect(CHECKS.slice(0, before.length)).toEqual(before);
    expect([DATA_CHECKS.length, MODEL_CHECKS.length, CHECKS.length]).toEqual([9, 6, 31]);
    expect(new Set(CHECKS).size).toBe(CHECKS.length);
    // Checks of the data need no model, and neither they nor those of the model a training.
    const known: readonly Need[] = ['columns', 'train-summary', 'classification', 'split'];
    for (const { needs } of DATA_CHECKS) for (const need of needs) expect(known).toContain(need);
    for (const { needs } of MODEL_CHECKS) {
      for (const need of needs) expect(['model-layers', 'initial-scores']).toContain(need);
    }
  });

  it('has unique ids and codes, and words for each code', () => {
    expect(new Set(CHECKS.map(({ id }) => id)).size).toBe(CHECKS.length);
    expect(new Set(CODES).size).toBe(CODES.length);
    // The spread over the seeds is no check of one run.
    expect([...CODES, 'seed-dependent'].sort()).toEqual([...WORDED_CODES].sort());
  });

  it.each(CHECKS.map((check) => [check.id, check] as const))('%s says what it asks, by whom', (id, check) => {
    expect(id).toMatch(/^[a-z]+(-[a-z]+)*$/);
    expect(check.title).toMatch(/^[A-Z].*[^.]$/);
    expect(check.question).toMatch(/^[A-Z].*\?$/);
    expect(check.references.length).toBeGreaterThan(0);
    for (const { author, title, year } of check.references) {
      expect([author.length > 1, title.length > 1, year > 1850]).toEqual([true, true, true]);
    }
    expect(Object.keys(check.symptoms).length).toBeGreaterThan(0);
    for (const { scale, least } of Object.values(check.symptoms)) {
      expect(scale === 'fact' ? least : Number.isFinite(least)).toBe(scale === 'fact' ? 1 : true);
    }
  });

  it('has a plant for each symptom, whose causes are known and whose code is declared', () => {
    expect(PLANTS.map(({ code }) => code).sort()).toEqual([...CODES].sort());
    for (const plant of PLANTS) {
      const { findings, outcome } = judged(plant.at(1.1 * levelOf(plant) + 0.05), plant.check);
      const declared = Object.keys(CHECKS.find(({ id }) => id === plant.check)!.symptoms);
      expect(findings.map(({ code }) => code)).toContain(plant.code);
      for (const code of Object.keys(outcome.scores)) expect(declared).toContain(code);
      for (const { causes } of findings) {
        for (const { id } of causes) expect(Object.keys(CAUSES)).toContain(id);
      }
    }
  });
});

describe('a healthy run', () => {
  const { findings, outcomes, summary, warnings } = diagnose(EVERYTHING);

  it('is looked at by each check, and none finds anything', () => {
    expect(findings).toEqual([]);
    expect(new Set(outcomes.map(({ status }) => status))).toEqual(new Set(['nothing-found']));
    expect(outcomes.map(({ check }) => check)).toEqual(CHECKS.map(({ id }) => id));
    expect(summary).toBe('tiny run: nothing looks strange to 31 checks.');
    expect(warnings).toEqual([]);
  });

  it('has scores below their thresholds, each of a symptom that is declared', () => {
    for (const { check, scores } of outcomes) {
      for (const [code, score] of Object.entries(scores)) {
        expect(score).toBeLessThan(levelOf({ check, code }));
      }
    }
  });
});

/** What a log is like without what a need asks for. */
const WITHOUT: Readonly<Record<Need, (log: RunLog) => RunLog>> = {
  steps: (log) => ({ ...log, steps: { stride: 1, loss: [], learningRate: [] } }),
  epochs: (log) => ({ ...log, epochs: [] }),
  'initial-scores': (log) => ({ ...log, initial: null }),
  validation: (log) => ({ ...log, epochs: log.epochs.map((one) => ({ ...one, validation: null })) }),
  'train-summary': (log) => ({ ...log, data: { ...log.data, train: null } }),
  'validation-summary': (log) => ({ ...log, data: { ...log.data, validation: null } }),
  columns: (log) => {
    const train = { ...log.data.train!, columns: undefined };
    return { ...log, data: { ...log.data, train } };
  },
  split: (log) => ({ ...log, data: { ...log.data, split: null } }),
  'model-layers': (log) => ({ ...log, model: { layers: [], parameters: 0 } }),
  layers: (log) => ({ ...log, layers: log.layers.map((one) => ({ ...one, weightNorm: [] })) }),
  gradients: (log) => ({
    ...log,
    layers: log.layers.map((one) => ({ ...one, gradientNorm: one.gradientNorm.map(() => NaN) })),
  }),
  activations: (log) => ({ ...log, activations: [] }),
  outcome: (log) => ({ ...log, outcome: null }),
  classification: (log) => ({ ...log, task: 'regression', classes: [] }),
  predictions: (log) => log,
  'difficulty-slices': (log) => log,
};
/** Needs that lack together with another one. */
const WITH_IT: Partial<Record<Need, readonly Need[]>> = {
  epochs: ['validation'],
  'train-summary': ['columns'],
};

const skipped = (outcomes: readonly CheckOutcome[]): readonly string[] =>
  outcomes.filter(({ status }) => status === 'skipped').map(({ check }) => check);

describe('a check whose needs lack', () => {
  it.each(NEEDS)('is skipped with the reason, and no other one: %s', (need) => {
    const { predictions, slices } = EVERYTHING;
    const { outcomes } = diagnose({
      run: WITHOUT[need](EVERYTHING.run),
      ...(need === 'predictions' ? {} : { predictions }),
      ...(need === 'difficulty-slices' ? {} : { slices }),
    });
    const lack = [need, ...(WITH_IT[need] ?? [])];
    const those = CHECKS.filter(({ needs }) => needs.some((one) => lack.includes(one))).map(({ id }) => id);
    expect(those.length).toBeGreaterThan(0);
    expect(skipped(outcomes)).toEqual(those);
    expect(outcomes.filter(({ status }) => status === 'failed')).toEqual([]);
    for (const { status, reason, measure, scores } of outcomes) {
      if (status !== 'skipped') continue;
      expect(reason).toMatch(/^[A-Z].*[^.]\.$/);
      expect([measure, scores]).toEqual([{}, {}]);
    }
  });

  it('says all that lacks', () => {
    const input = { log: makeLog({ steps: { stride: 1, loss: [], learningRate: [] }, epochs: [] }) };
    expect(lacking(['steps', 'train-summary', 'epochs'], { ...input, predictions: null, slices: null })).toBe(
      'the log has no steps; no epoch was finished',
    );
  });

  it('is not looked at in a log of old, which is judged by the others', () => {
    const { findings, outcomes } = diagnose(makeLog());
    expect(findings).toEqual([]);
    const old: readonly Need[] = [
      ...(['columns', 'split', 'model-layers', 'layers', 'gradients', 'activations', 'outcome'] as const),
      ...(['predictions', 'difficulty-slices'] as const),
    ];
    const those = CHECKS.filter(({ needs }) => needs.some((need) => old.includes(need)));
    expect(skipped(outcomes)).toEqual(those.map(({ id }) => id));
    expect(outcomes.filter(({ status }) => status === 'cannot-tell').map(({ check }) => check)).toEqual([
      'mixed-examples',
    ]);
  });
});
