import { dataset } from '../../src/data/dataset';
import { sliceableColumns } from '../../src/data/sliceable-columns';
import { table } from '../../src/data/table';

const base = { name: 'd', labels: ['a', 'b'], features: [1, 2, 3, 4], shape: [2] };

test('features with names stand beside the metadata, which come first', () => {
  const named = dataset({
    ...base,
    featureNames: ['width', 'ink'],
    metadata: table({ ink: [7, 8] }),
  } as never);
  const { names, columns } = sliceableColumns(named);
  expect(names).toEqual(['ink', 'width']);
  expect(columns.width).toMatchObject({ values: Float64Array.of(1, 3) });
  expect(columns.ink).toMatchObject({ values: Float64Array.of(7, 8) });
});

test('features without names are left out', () => {
  expect(sliceableColumns(dataset(base)).names).toEqual([]);
});
