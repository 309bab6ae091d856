import fc from 'fast-check';
import { dataset } from '../../src/data/dataset';
import { datasets } from '../../src/data/datasets';
import { prepare } from '../../src/data/prepare/prepare';
import { standardize } from '../../src/data/standardize';
import { table } from '../../src/data/table';
import type { Dataset } from '../../src/data/types';
import { chooseExamples } from '../../src/look/cards/choose-examples';
import { pixelRange } from '../../src/look/cards/image-body';
import { seriesBody } from '../../src/look/cards/series-body';
import { shortText } from '../../src/look/cards/short-text';
import type { CardBody, ImageBody, RowBody, SeriesBody, TextBody } from '../../src/look/cards/types';
import { confusion } from '../../src/look/confusion';
import { exampleCards, type ExampleCardsOptions } from '../../src/look/example-cards';
import { mostConfused } from '../../src/look/most-confused';
import { sliceByDifficulty } from '../../src/look/slice-by-difficulty';
import { topLosses } from '../../src/look/top-losses';
import { predictionsFrom } from '../../src/metrics/predictions-from';
import type { Predictions } from '../../src/metrics/types';
import { twoClasses } from './some-predictions';

/** Predictions of a data set, all right. */
function allRight({ ids, labels, classes }: Dataset): Predictions {
  const rows = ids.map((id, i) => ({ id, y: classes[labels[i]], p: classes[labels[i]] }));
  return predictionsFrom(rows, { id: 'id', label: 'y', predicted: 'p', classes });
}

/** The body of the first example of a data set of one class. */
function bodyOf(data: Dataset, options: ExampleCardsOptions = {}): CardBody {
  return exampleCards(allRight(data), [0], { data, ...options }).cards[0].body;
}

const flat = (
  features: readonly number[],
  shape?: readonly number[],
  featureNames?: readonly string[],
): Dataset =>
  dataset({
    features: [features],
    labels: ['a'],
    ...(shape && { shape }),
    ...(featureNames && { featureNames }),
  });

const bytes = (body: CardBody): number[] => [...Buffer.from((body as ImageBody).pixels, 'base64')];
const upTo = (n: number): number[] => Array.from({ length: n }, (_, i) => i);

describe('exampleCards', () => {
  it('says what the model said, from the row of the predictions', () => {
    const p = twoClasses([0, 1], { ink: [3, 4.5] });
    const { cards, n, shown } = exampleCards(p, [1]);
    expect([n, shown]).toEqual([1, 'metadata']);
    expect(cards).toEqual([
      {
        ...{ index: 1, id: '1', label: 'a', predicted: 'b', confidence: 0.25, predictedConfidence: 0.75 },
        ...{ loss: -Math.log(0.25), correct: false, metadata: [] },
        body: { kind: 'row', cells: [['ink', 4.5]] },
      },
    ]);
    expect(JSON.parse(JSON.stringify(cards))).toEqual(cards);
  });

  it('has null for what is unknown, none for nothing to show, and no verdict on values', () => {
    const rows = [{ y: 1.5, p: 2 }];
    const [card] = exampleCards(
      predictionsFrom(rows, { label: 'y', predicted: 'p', task: 'regression' }),
      [0],
    ).cards;
    expect(card).toMatchObject({ label: '1.5', predicted: '2', confidence: null, loss: 0.25, correct: null });
    expect(card.body).toEqual({ kind: 'none' });
  });

  it('shows the first of many and says of how many', () => {
    const { cards, n } = exampleCards(twoClasses(Array<number>(40).fill(1)), upTo(40));
    expect([cards.length, n]).toEqual([24, 40]);
    expect(exampleCards(twoClasses([1, 1]), [], { limit: 3 }).cards).toEqual([]);
  });

  it('matches by id, in any order, and says which are not there', () => {
    const data = dataset({ columns: { legs: [4, 2] }, labels: ['dog', 'bird'], ids: ['a', 'b'] });
    const rows = ['b', 'x', 'a'].map((id) => ({ id, y: 'dog', p: 'dog' }));
    const p = predictionsFrom(rows, { id: 'id', label: 'y', predicted: 'p' });
    const { cards, warnings } = exampleCards(p, [0, 1, 2], { data });
    expect(cards.map(({ body }) => body)).toEqual([
      { kind: 'row', cells: [['legs', 2]] },
      { kind: 'none' },
      { kind: 'row', cells: [['legs', 4]] },
    ]);
    expect(warnings).toMatchObject([{ code: 'unmatched', count: 1 }]);
    expect(() => exampleCards(p, [0], { data: flat([1]) })).toThrow(
      '"data" must share ids with the predictions',
    );
  });

  it('does not say again beside a row what is in it', () => {
    const data = dataset({ columns: { legs: [4], tail: ['no'] }, labels: ['dog'], ids: ['a'] });
    const p = predictionsFrom([{ id: 'a', y: 'dog', p: 'cat', legs: 4, town: 'Ulm' }], {
      id: 'id',
      label: 'y',
      predicted: 'p',
    });
    const [card] = exampleCards(p, [0], { data }).cards;
    expect(card.body).toEqual({ kind: 'row', cells: [['legs', 4], ['tail', 'no']] }); // prettier-ignore
    expect(card.metadata).toEqual([['town', 'Ulm']]);
    const [chosen] = exampleCards(p, [0], { data, columns: ['tail', 'town'] }).cards;
    expect(chosen).toMatchObject({ body: { cells: [['tail', 'no']] }, metadata: [['town', 'Ulm']] });
  });

  it('names what is wrong', () => {
    const p = twoClasses([0, 1], { ink: [1, 2] });
    expect(() => exampleCards(p, [2])).toThrow(
      '"indices" must be row numbers of the predictions, from 0 to 1; got 2.',
    );
    expect(() => exampleCards(p, [0], { columns: ['inc'] })).toThrow('Did you mean "ink"?');
    expect(() => exampleCards(p, [0], { as: 'image' })).toThrow('"data" must be given with "as"');
    expect(() => exampleCards(p, [0], { data: {} as never })).toThrow('"data" must be a Dataset');
    expect(() => exampleCards(p, [0], { date: null } as never)).toThrow('Did you mean "data"?');
    expect(() => bodyOf(flat([1, 2, 3]), { as: 'image' })).toThrow('its examples have the shape [3]');
  });
});

describe('bodies', () => {
  it('are pictures for [h, w, 1 | 3 | 4] and for [h, w] that is about square', () => {
    expect(bodyOf(flat([0, 1, 0.5, 0.25], [2, 2, 1]))).toMatchObject({
      kind: 'image',
      width: 2,
      height: 2,
      channels: 1,
    });
    expect(bytes(bodyOf(flat([0, 1, 0.5, 0.25], [2, 2, 1])))).toEqual([0, 255, 128, 64]);
    expect(bodyOf(flat(upTo(18), [2, 3, 3]))).toMatchObject({
      kind: 'image',
      width: 3,
      height: 2,
      channels: 3,
    });
    expect(bodyOf(flat(upTo(16), [2, 2, 4]))).toMatchObject({ channels: 4 });
    expect(bodyOf(flat(upTo(8), [2, 2, 2])).kind).toBe('none');
    expect(bodyOf(flat(upTo(80), [8, 10]))).toMatchObject({ kind: 'image', width: 10, height: 8 });
    expect(bodyOf(flat(upTo(160), [8, 20])).kind).toBe('series');
    expect(bodyOf(flat(upTo(160), [8, 20]), { as: 'image' }).kind).toBe('image');
    expect(bodyOf(flat(upTo(16)), { as: 'image' })).toMatchObject({ width: 4, height: 4 });
  });

  it('find out what is black and white', () => {
    const rangeOf = (values: readonly number[]) => pixelRange(() => Float64Array.from(values), 1);
    expect(rangeOf([0, 0.4])).toEqual([0, 1]);
    expect(rangeOf([-0.4, 0.9])).toEqual([-1, 1]);
    expect(rangeOf([0, 200])).toEqual([0, 255]);
    expect(rangeOf([0, 16])).toEqual([0, 16]);
    expect(rangeOf([-2, 3])).toEqual([-2, 3]);
    expect(rangeOf([0, 0])).toEqual([0, 1]);
    const digits = datasets.digits();
    expect(exampleCards(allRight(digits), [0], { data: digits }).shown).toBe(
      '8×8 pixels, 0 (black) to 16 (white)',
    );
  });

  it('average large pictures down and say so', () => {
    const body = bodyOf(flat(Array<number>(128 * 100).fill(1), [128, 100, 1])) as ImageBody;
    expect([body.height, body.width, body.of]).toEqual([64, 50, [128, 100]]);
    expect(new Set(bytes(body))).toEqual(new Set([255]));
  });

  it('are as they were before they were standardised', () => {
    for (const data of [datasets.digits(), datasets.vowels()]) {
      const [scaled] = standardize(data);
      const [was, is] = [bodyOf(data), bodyOf(scaled)];
      if (was.kind === 'image') {
        bytes(was).forEach((byte, i) => expect(Math.abs(byte - bytes(is)[i])).toBeLessThanOrEqual(1));
      } else {
        const [a, b] = [was as SeriesBody, is as SeriesBody];
        expect(b.steps).toBe(a.steps);
        a.values.flat().forEach((value, i) => expect(b.values.flat()[i]).toBeCloseTo(value, 2));
      }
    }
  });

  it('are series for numbers without names, rows for few of them or named ones', () => {
    expect(bodyOf(flat(upTo(9)))).toEqual({ kind: 'series', values: [upTo(9)], channels: ['1'], steps: 9 });
    expect(bodyOf(flat([1, 2]))).toEqual({ kind: 'row', cells: [['feature 1', 1], ['feature 2', 2]] }); // prettier-ignore
    expect(bodyOf(flat([0.1, 2], undefined, ['x', 'y']))).toEqual({ kind: 'row', cells: [['x', 0.1], ['y', 2]] }); // prettier-ignore
    expect(bodyOf(flat([0.1, 2], undefined, ['x', 'y']), { columns: ['y'] })).toEqual({
      kind: 'row',
      cells: [['y', 2]],
    });
  });

  it('show a text, its tokens, those that are unknown, and how many are never read', () => {
    const words = {
      columns: { words: ['one two three', 'one two four five six seven'] },
      labels: ['a', 'b'],
    };
    const data = dataset({ ...words, roles: { words: 'text' } });
    expect(bodyOf(data)).toEqual({ kind: 'text', text: 'one two three' });
    const ready = prepare(data, { text: 'tokens', maxLength: 4, minCount: 2 }).apply(data);
    const { cards } = exampleCards(allRight(ready), [1], { data: ready });
    expect(cards[0].body).toEqual({
      ...{ kind: 'text', text: 'one two four five six seven', tokens: ['one', 'two', 'four', 'five'] },
      ...{ unknown: [2, 3], unread: 2 },
    });
    const bare = { ...ready, columns: undefined } as Dataset;
    expect((exampleCards(allRight(ready), [1], { data: bare }).cards[0].body as TextBody).text).toBe(
      'one two ? ?',
    );
  });

  it('are rows of raw columns: gaps null, days without a time, as many as there is room for', () => {
    const data = dataset({
      columns: table({
        age: [20, null],
        when: [new Date('2020-02-03'), null],
        name: ['x'.repeat(200), null],
      }),
      labels: ['a', 'b'],
    });
    const { cells } = bodyOf(data) as RowBody;
    expect(cells.slice(0, 2)).toEqual([['age', 20], ['when', '2020-02-03']]); // prettier-ignore
    expect(String(cells[2][1])).toHaveLength(120);
    const names = upTo(30).map((i) => `f${i}`);
    expect(bodyOf(flat(upTo(30), undefined, names))).toMatchObject({ more: 6 });
  });
});

describe('seriesBody', () => {
  it('keeps the least and the most of every stretch', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: -999, max: 999 }), { minLength: 1, maxLength: 700 }),
        (values) => {
          const [own] = seriesBody(Float64Array.from(values), 1).values;
          expect(Math.min(...own)).toBe(Math.min(...values));
          expect(Math.max(...own)).toBe(Math.max(...values));
          expect(own.length).toBe(Math.min(values.length, 120));
        },
      ),
    );
  });

  it('leaves out zeros that pad the end, and channels for which there is no room', () => {
    expect(seriesBody(Float64Array.of(1, 2, 0, 3, 0, 0), 2)).toMatchObject({ values: [[1, 0], [2, 3]], steps: 2 }); // prettier-ignore
    expect(seriesBody(Float64Array.of(1, 0), 1).steps).toBe(2);
    expect(seriesBody(new Float64Array(16), 8)).toMatchObject({
      steps: 1,
      more: 2,
      channels: ['1', '2', '3', '4', '5', '6'],
    });
  });
});

describe('shortText', () => {
  it('cuts whole signs only', () => {
    expect(shortText('abc', 3)).toBe('abc');
    expect(shortText('abcd', 3)).toBe('ab…');
    expect(shortText('😀😀😀', 3)).toBe('😀😀😀');
    expect(shortText('😀😀😀😀', 3)).toBe('😀😀…');
  });
});

describe('chooseExamples', () => {
  it('takes the highest losses, equal ones in order, unknown ones last; a sample where none is known', () => {
    expect(chooseExamples([0, 1, 2, 3], [1, NaN, 3, 1], 3)).toEqual([2, 0, 3]);
    const drawn = chooseExamples(upTo(100), null, 5);
    expect(drawn).toHaveLength(5);
    expect([...drawn].sort((a, b) => a - b)).toEqual(drawn);
    expect(chooseExamples(upTo(100), null, 5)).toEqual(drawn);
    expect(chooseExamples([4, 7], null, 5)).toEqual([4, 7]);
  });
});

describe('results', () => {
  const data = datasets.digits();
  const rows = data.ids.map((id, i) => {
    const y = data.labels[i];
    const wrong = i % 7 === 0;
    const share = 0.5 + 0.4 * ((i % 11) / 11);
    const p = data.classes.map((_, k) => (k === (wrong ? (y + 1) % 10 : y) ? share : (1 - share) / 9));
    return { id, y: String(y), ...Object.fromEntries(p.map((value, k) => [`p${k}`, value])), i };
  });
  const options = {
    id: 'id',
    label: 'y',
    metadata: [] as string[],
    classes: data.classes,
    probabilities: data.classes.map((_, k) => `p${k}`),
  };
  const predictions = predictionsFrom(rows, options);
  const frozen = Object.freeze({ ...predictions }) as Predictions;

  it('carry cards only where there is something to show', () => {
    expect(confusion(frozen)).not.toHaveProperty('cells');
    expect(topLosses(frozen)).not.toHaveProperty('cards');
    expect(mostConfused(frozen).pairs[0]).not.toHaveProperty('cards');
    const withMetadata = predictionsFrom(rows, { ...options, metadata: ['i'] });
    expect(topLosses(withMetadata, { limit: 1 }).cards![0].body).toMatchObject({ kind: 'row' });
    expect(confusion(withMetadata).cells!.flatMap(({ cards }) => cards).length).toBeLessThanOrEqual(60);
  });

  it('confusion: mistakes first, the largest on top, worst examples of each, within bounds', () => {
    const { cells, counts } = confusion(frozen, { data });
    const mistakes = cells!.filter(({ label, predicted }) => label !== predicted);
    expect(cells!.slice(0, mistakes.length)).toEqual(mistakes);
    expect(mistakes.map(({ n }) => n)).toEqual(mistakes.map(({ n }) => n).sort((a, b) => b - a));
    for (const { label, predicted, n, cards } of cells!) {
      expect(counts[label][predicted]).toBe(n);
      expect(cards.length).toBe(Math.min(n, label === predicted ? 3 : 6));
      const own = cards.map(({ loss }) => loss as number);
      expect(own).toEqual([...own].sort((a, b) => b - a));
      for (const card of cards) {
        expect([card.label, card.predicted]).toEqual([data.classes[label], data.classes[predicted]]);
        expect(card.body.kind).toBe('image');
      }
    }
    expect(JSON.stringify(cells).length).toBeLessThan(330_000);
  });

  it('the others: the same examples as their rows', () => {
    const top = topLosses(frozen, { data, limit: 4 });
    expect(top.cards!.map(({ index, loss }) => [index, loss])).toEqual(
      top.examples.map(({ index, loss }) => [index, loss]),
    );
    for (const { indices, cards } of mostConfused(frozen, { data }).pairs) {
      expect(cards!.every(({ index }) => indices.includes(index))).toBe(true);
      expect(cards).toHaveLength(6);
    }
    const by = { source: 'own-loss' } as const;
    const { slices } = sliceByDifficulty(frozen, { by, data });
    const errors = slices.map(({ cards }) => cards!.filter(({ correct }) => correct).length);
    expect(errors).toEqual([0, 0, 0, 0, 0]);
    expect(slices[4].cards).toHaveLength(6);
    expect(slices[0].cards).toHaveLength(0);
  });
});
