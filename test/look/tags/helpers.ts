import { random, type Random } from '../../../src/core/random';
import { completePredictions } from '../../../src/metrics/complete-predictions';
import type { Predictions } from '../../../src/metrics/types';
import { numberTable } from '../some-predictions';

/** What an example is in truth: whether the model has it wrong, and the tags that a person would give it. */
export interface Truth {
  readonly wrong: boolean;
  readonly tags: readonly string[];
}

/** Predictions of two classes with ids "e0", "e1", … that are wrong where the truth says so. */
export function predictionsOf(truth: readonly Truth[], ids = truth.map((_, i) => `e${i}`)): Predictions {
  return completePredictions({
    name: 'model',
    task: 'classification',
    classes: ['a', 'b'],
    ids: Object.freeze(ids) as string[],
    label: Object.freeze(truth.map((_, i) => i % 2)),
    predicted: Object.freeze(truth.map(({ wrong }, i) => (wrong ? 1 - (i % 2) : i % 2))),
    probabilities: null,
    metadata: numberTable({}),
  });
}

/** N examples, wrong at a rate; each error has each tag at its own rate, independently. */
export function drawTruth(
  n: number,
  rate: number,
  tagRates: Readonly<Record<string, number>>,
  stream: Random,
): Truth[] {
  return Array.from({ length: n }, () => {
    const wrong = stream.next() < rate;
    const tags = Object.entries(tagRates).flatMap(([tag, p]) => (stream.next() < p ? [tag] : []));
    return { wrong, tags: wrong ? tags : [] };
  });
}

/** What a person says of the given ids ("e" and a row). */
export const sayOf = (truth: readonly Truth[], ids: readonly string[]): Record<string, readonly string[]> =>
  Object.fromEntries(ids.map((id) => [id, truth[Number(id.slice(1))].tags]));

export const streamOf = (seed: number): Random => random(seed);
