import { dataset } from '../../../src/data/dataset';
import { prepare } from '../../../src/data/prepare/prepare';
import type { Dataset, Role } from '../../../src/data/types';
import type { ColumnValues } from '../../../src/data/table';
import reference from './scikit-learn.json';

/**
 * Values of scikit-learn 1.9.1: SimpleImputer(strategy='median', add_indicator=True) then StandardScaler;
 * OneHotEncoder(handle_unknown='infrequent_if_exist', min_frequency); TfidfVectorizer(min_df=2) with analyzer 'word'
 * (1, 2), token_pattern r'(?u)\b\w+\b', and 'char_wb' (2, 4); StandardScaler on blocks of shape 2×3.
 */
const of = (columns: Record<string, ColumnValues>, roles?: Record<string, Role>): Dataset =>
  dataset({
    columns,
    roles,
    labels: Array.from(Object.values(columns)[0], () => 0),
    task: 'regression',
  });

const rowsOf = ({ features, n }: Dataset): number[][] => {
  const size = features.values.length / n;
  return Array.from({ length: n }, (_, i) => Array.from(features.values.subarray(i * size, (i + 1) * size)));
};

function expectRows(made: Dataset, expected: readonly (readonly number[])[]): void {
  const rows = rowsOf(made);
  expect(rows).toHaveLength(expected.length);
  expected.forEach((row, i) => {
    expect(rows[i]).toHaveLength(row.length);
    row.forEach((value, j) => expect(rows[i][j]).toBeCloseTo(value, 5));
  });
}

const byColumn = (rows: readonly (readonly (number | null)[])[]): Record<string, (number | null)[]> => ({
  x: rows.map((row) => row[0]),
  y: rows.map((row) => row[1]),
  z: rows.map((row) => row[2]),
});

describe('as scikit-learn has it', () => {
  it('numbers: gaps filled by the median, marked, standardised', () => {
    const { train, other, trainOut, otherOut } = reference.numbers;
    const preparation = prepare(of(byColumn(train)));
    expect(preparation.names).toEqual(['x', 'x missing', 'y', 'z']);
    expectRows(preparation.apply(of(byColumn(train))), trainOut);
    expectRows(preparation.apply(of(byColumn(other))), otherOut);
  });

  it.each(['categories', 'rare'] as const)('%s: one feature a level', (name) => {
    const { train, other, minCount, trainOut, otherOut, names } = reference[name];
    const roles = { town: 'category' } as const;
    const preparation = prepare(of({ town: train }, roles), { minCount });
    const level = { x0_None: 'town missing', x0_infrequent_sklearn: 'town other' };
    expect(preparation.names).toEqual(
      names.map((one) => level[one as keyof typeof level] ?? one.replace('x0_', 'town = ')),
    );
    expectRows(preparation.apply(of({ town: train }, roles)), trainOut);
    expectRows(preparation.apply(of({ town: other }, roles)), otherOut);
  });

  it('text: tf-idf of word and character n-grams', () => {
    const { texts, other, words, characters } = reference.text;
    const roles = { text: 'text' } as const;
    const preparation = prepare(of({ text: texts }, roles), { minCount: 2 });
    expect(preparation.steps).toMatchObject([
      { step: 'words', terms: words.terms },
      { step: 'characters', terms: characters.terms },
    ]);
    expectRows(
      preparation.apply(of({ text: other }, roles)),
      words.otherOut.map((row, i) => [...row, ...characters.otherOut[i]]),
    );
    const sums = rowsOf(preparation.apply(of({ text: texts }, roles))).map((row) => [
      row.slice(0, words.terms.length).reduce((a, b) => a + b, 0),
      row.slice(words.terms.length).reduce((a, b) => a + b, 0),
    ]);
    sums.forEach(([word, character], i) => {
      expect(word).toBeCloseTo(words.trainSum[i], 5);
      expect(character).toBeCloseTo(characters.trainSum[i], 5);
    });
  });

  it.each(['feature', 'channel', 'all'] as const)('blocks: standardised by %s', (per) => {
    const { values } = reference.block;
    const block = dataset({ features: values, shape: [2, 3], labels: values.map((_, i) => i + 0.5) });
    expectRows(prepare(block, { standardize: per }).apply(block), reference.block[per]);
  });
});
