import { rankCauses } from '../../src/confirm/causes';
import { expectedInformation, rateExperiments } from '../../src/confirm/choose-experiment';
import type { Experiment } from '../../src/confirm/experiment';
import type { LiveRun } from '../../src/confirm/live-run';
import type { Likelihood } from '../../src/confirm/update-causes';
import { makeLog } from '../suspect/make-log';

const two = rankCauses({ 'loss-summed': 1, 'wiring-broken': 1 });
const table = (other: number, summed: number): Likelihood => ({ other, under: { 'loss-summed': summed } });

describe('expectedInformation', () => {
  it('is all of one bit where the answer is certain', () => {
    expect(expectedInformation(two, [table(0, 1)])).toBeCloseTo(1, 12);
  });

  it('is nothing where the answer is the same under both', () => {
    expect(expectedInformation(two, [table(0.7, 0.7)])).toBeCloseTo(0, 12);
  });

  it('is what the entropy falls by on average', () => {
    // "Yes" and "no" come half the time each, and leave 0.9 against 0.1: H(0.9) = 0.468996 bits. 1 − 0.468996.
    expect(expectedInformation(two, [table(0.1, 0.9)])).toBeCloseTo(0.531004, 6);
    // Weights 3:1. P(yes) = 0.75 · 0.9 + 0.25 · 0.1 = 0.7, leaves 0.675 : 0.025, H = 0.222285; no: 0.075 : 0.225, H = 0.811278.
    // H(0.75) = 0.811278; 0.811278 − 0.7 · 0.222285 − 0.3 · 0.811278 = 0.412295.
    const three = rankCauses({ 'loss-summed': 3, 'wiring-broken': 1 });
    expect(expectedInformation(three, [table(0.1, 0.9)])).toBeCloseTo(0.412295, 5);
  });

  it('takes several answers together', () => {
    // Two certain answers tell no more than one; a second answer by chance tells nothing.
    expect(expectedInformation(two, [table(0, 1), table(0, 1)])).toBeCloseTo(1, 12);
    expect(expectedInformation(two, [table(0.1, 0.9), table(0.5, 0.5)])).toBeCloseTo(0.531004, 6);
  });
});

describe('rateExperiments', () => {
  const run: LiveRun = { kind: 'run', log: makeLog() };
  const finding = { check: 'c', code: 'c', message: 'm', causes: two };
  const make = (id: string, outcomes: Likelihood, share = 1, lack: string | null = null): Experiment => ({
    id,
    title: id,
    outcomes: [outcomes],
    suits: () => lack,
    cost: () => ({ share, seconds: share }),
    run: async () => ({ arms: [], observations: [] }),
  });
  const rated = (experiments: readonly Experiment[], causes = two, options = {}): readonly string[] =>
    Array.from(rateExperiments(experiments, causes, run, finding, null, options), (one) => one.experiment.id);

  it('puts what tells more first, of two alike the cheaper one', () => {
    const sharp = make('sharp', table(0.05, 0.95));
    const blunt = make('blunt', table(0.3, 0.7));
    const cheap = make('cheap', table(0.05, 0.95), 0.5);
    expect(rated([blunt, sharp, cheap])).toEqual(['cheap', 'sharp', 'blunt']);
  });

  it('leaves out what has been done, what cannot be run, what takes too long and what tells nothing', () => {
    const all = [
      make('done', table(0.05, 0.95)),
      make('lacking', table(0.05, 0.95), 1, 'It lacks.'),
      make('long', table(0.05, 0.95), 5),
      make('void', table(0.5, 0.5)),
      make('left', table(0.1, 0.9)),
    ];
    expect(rated(all, two, { done: ['done'] })).toEqual(['left']);
    expect(rated(all, two, { done: ['done'], most: 10 })).toEqual(['left', 'long']);
  });

  it('takes a cause away that is as good as sure, or that nothing tells from the others', () => {
    const other = make('other', { other: 0.1, under: { 'wiring-broken': 0.95 } });
    const takes = make('takes', table(0.1, 0.9));
    expect(rated([other, takes], rankCauses({ 'loss-summed': 97, 'wiring-broken': 3 }))).toEqual(['takes']);
    const both = make('both', { other: 0.1, under: { 'loss-summed': 0.9, 'wiring-broken': 0.9 } });
    expect(rated([both])).toEqual(['both']);
    expect(rated([both, takes])).toEqual(['takes']);
  });
});
