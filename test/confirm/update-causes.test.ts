import { rankCauses } from '../../src/confirm/causes';
import { judgeLosses } from '../../src/confirm/judge-losses';
import { updateCauses, updateWithUnnamed } from '../../src/confirm/update-causes';

describe('updateCauses', () => {
  it('weighs by the probability of what was seen', () => {
    const before = rankCauses({ 'loss-summed': 0.2, 'wiring-broken': 0.8 });
    const probability = { other: 0.1, under: { 'loss-summed': 0.9 } };
    // 0.2 · 0.9 = 0.18 against 0.8 · 0.1 = 0.08: 0.18 / 0.26.
    const [top] = updateCauses(before, [{ seen: true, probability }]);
    expect(top.id).toBe('loss-summed');
    expect(top.weight).toBeCloseTo(0.18 / 0.26, 12);
    // 0.2 · 0.1 = 0.02 against 0.8 · 0.9 = 0.72: 0.72 / 0.74.
    expect(updateCauses(before, [{ seen: false, probability }])[0].weight).toBeCloseTo(0.72 / 0.74, 12);
  });
});

describe('updateWithUnnamed', () => {
  const probability = { other: 0.1, under: { 'weights-equal': 0.95 } } as const;
  const alone = rankCauses({ 'weights-equal': 1 });

  it('leaves all of the weight to a cause whose removal made the difference', () => {
    expect(updateWithUnnamed(alone, [{ seen: true, probability }])).toEqual(alone);
  });

  it('tells of something else where it made none', () => {
    // 1 · 0.05 against 0.03 · 0.9 = 0.027: 0.05 / 0.077, 0.027 / 0.077.
    const [cause, unnamed] = updateWithUnnamed(alone, [{ seen: false, probability }]);
    expect([cause.id, unnamed.id]).toEqual(['weights-equal', 'something-else']);
    expect(cause.weight).toBeCloseTo(0.05 / 0.077, 12);
    // A second experiment that says no: 0.05 · 0.05 against 0.027 · 0.9.
    const again = updateWithUnnamed([cause, unnamed], [{ seen: false, probability }]);
    expect(again[0].id).toBe('something-else');
    expect(again[0].weight).toBeCloseTo(0.0243 / 0.0268, 12);
  });
});

describe('judgeLosses', () => {
  const swinging = Array.from({ length: 20 }, (_, i) => (i % 2 === 0 ? 0.5 : 3));
  it.each([
    [[2.3, 1, 0.2, 0.01], 2.3, 'goes-to-zero'],
    [[2.3, 1, 0.5, 0.229], 2.3, 'goes-to-zero'],
    [[2.3, 1, 0.5, 0.231], 2.3, 'plateaus'],
    [[2.3, 2.3, 2.3, 2.3], 2.3, 'plateaus'],
    [[2.3, 3, 4, 5], 2.3, 'rises'],
    [[2.3, 50, NaN], 2.3, 'explodes'],
    [[2.3, 50, 1e5], 2.3, 'explodes'],
    [[...swinging], 2.3, 'oscillates'],
    [[10, 5, 1, 0.5], NaN, 'goes-to-zero'],
  ])('judges %j against %d: %s', (losses, guess, outcome) => {
    expect(judgeLosses(losses, guess)).toBe(outcome);
  });
});
