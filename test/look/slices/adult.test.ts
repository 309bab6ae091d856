import { findSlices } from '../../../src/look/slices/find-slices';
import { table } from '../../../src/data/table';
import { completePredictions } from '../../../src/metrics/complete-predictions';

const { readAdult } = require('../../../bench/slices/adult.cjs') as {
  readAdult: () => null | {
    n: number;
    columns: { name: string; levels: number; codes: Uint8Array }[];
    errors: Float64Array;
  };
};
const expected = require('../../../bench/slices/adult-top.json') as {
  found: { cells: [number, number][]; size: number; errors: number }[];
};

const adult = readAdult();
const whereItIs = adult ? test : test.skip;
if (!adult)
  process.stdout.write('Adult is not beside the project: the ten published slices are not compared.\n');

whereItIs('the ten best slices of Adult are those that the published search finds', () => {
  const { n, columns, errors } = adult!;
  const metadata = table(
    Object.fromEntries(columns.map(({ name, codes }) => [name, Array.from(codes, (c) => `v${c}`)])),
  );
  const predictions = completePredictions({
    ...{
      name: 'adult',
      task: 'classification',
      classes: ['≤50K', '>50K'],
      ids: Array.from(errors.keys(), String),
    },
    ...{ label: new Int32Array(n), predicted: Int32Array.from(errors), probabilities: null, metadata },
  });
  const options = {
    alpha: 0.95,
    minSupport: Math.ceil(n / 100),
    k: 10,
    maxLevel: 3,
    holdOut: 0,
    group: false,
  };
  const { slices } = findSlices(predictions, options);
  const place = new Map(columns.map(({ name }, c) => [name, c]));
  const found = slices.map(({ predicate, n: size, errors: wrong }) => ({
    cells: predicate.map((condition) => [
      place.get(condition.column),
      Number(String('is' in condition && condition.is).slice(1)),
    ]),
    size,
    errors: wrong,
  }));
  expect(found).toEqual(expected.found);
});
