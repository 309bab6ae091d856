import { idsOf, linesOf, once } from './bundled';
import { birdStrikes, cars, sentences, vowels } from './bundled-columns';
import { dataset } from './dataset';
import type { Dataset } from './types';

const LICENCE = 'CC BY 4.0';

/** A file whose first line is "examples,features,class,class,…" and whose rows end in the class code. */
function fromCsv(
  name: string,
  file: string,
  featureNames: readonly string[],
  title: string,
  url: string,
): Dataset {
  return once(name, () => {
    const [head, ...rows] = linesOf(file);
    const numbers = rows.map((row) => row.split(',').map(Number));
    return dataset({
      name,
      features: numbers.map((row) => row.slice(0, -1)),
      labels: numbers.map((row) => row[row.length - 1]),
      classes: head.split(',').slice(2),
      featureNames,
      ids: idsOf(name, numbers.length),
      origin: { title, licence: LICENCE, url },
    });
  });
}

function digits(): Dataset {
  return once('digits', () => {
    const rows = linesOf('digits.csv.gz').map((row) => row.split(',').map(Number));
    const pixels = rows.map((row) => row.slice(0, 64));
    const ink = Float64Array.from(pixels, (row) => row.reduce((a, b) => a + b, 0) / 64);
    return dataset({
      name: 'digits',
      features: pixels,
      shape: [8, 8, 1],
      labels: rows.map((row) => row[64]),
      classes: Array.from({ length: 10 }, (_, i) => String(i)),
      ids: idsOf('digits', rows.length),
      metadata: {
        kind: 'table',
        n: rows.length,
        names: ['ink'],
        columns: { ink: { type: 'number', values: ink, valid: null } },
        warnings: [],
      },
      origin: {
        title: 'Optical Recognition of Handwritten Digits (Alpaydin & Kaynak, 1998)',
        licence: LICENCE,
        url: 'https://archive.ics.uci.edu/dataset/80',
      },
    });
  });
}

const MEASURES = [
  'radius', 'texture', 'perimeter', 'area', 'smoothness',
  'compactness', 'concavity', 'concave points', 'symmetry', 'fractal dimension',
]; // prettier-ignore

function breastCancer(): Dataset {
  const names = ['mean', 'error of', 'worst'].flatMap((which) =>
    MEASURES.map((measure) => `${which} ${measure}`),
  );
  const title = 'Breast Cancer Wisconsin (Diagnostic) (Wolberg et al., 1993)';
  return fromCsv(
    'breast cancer',
    'breast_cancer.csv',
    names,
    title,
    'https://archive.ics.uci.edu/dataset/17',
  );
}

const CHEMISTRY = [
  'alcohol', 'malic acid', 'ash', 'alcalinity of ash', 'magnesium', 'total phenols', 'flavanoids',
  'nonflavanoid phenols', 'proanthocyanins', 'color intensity', 'hue', 'od280/od315', 'proline',
]; // prettier-ignore

function wine(): Dataset {
  return fromCsv(
    'wine',
    'wine.csv',
    CHEMISTRY,
    'Wine (Aeberhard & Forina, 1992)',
    'https://archive.ics.uci.edu/dataset/109',
  );
}

function iris(): Dataset {
  const names = ['sepal length (cm)', 'sepal width (cm)', 'petal length (cm)', 'petal width (cm)'];
  return fromCsv('iris', 'iris.csv', names, 'Iris (Fisher, 1936)', 'https://archive.ics.uci.edu/dataset/53');
}

/** Small real data sets that come with the package, read from disk at the first call. */
export const datasets: {
  /** 1,797 handwritten digits: 8×8 pixels from 0 to 16, ten classes, metadata `ink` (mean pixel). */
  readonly digits: () => Dataset;
  /** 569 tumours: 30 measures, malignant or benign. */
  readonly breastCancer: () => Dataset;
  /** 178 wines: 13 measures, three cultivars. */
  readonly wine: () => Dataset;
  /** 150 flowers: 4 measures in cm, three species. */
  readonly iris: () => Dataset;
  /** 398 cars of 1970–82: miles per gallon from raw columns, six without horsepower; metadata `name`. */
  readonly cars: () => Dataset;
  /**
   * 9,985 birds and bats that struck aircraft, 1990–2002: damage or none (one in ten) from raw columns: date, speed with
   * gaps, categories of many levels. Metadata: the amount of damage and what it cost, which nobody knows beforehand.
   */
  readonly birdStrikes: () => Dataset;
  /** 3,000 sentences of three presidents in one text column, a thousand each; metadata `year`. */
  readonly sentences: () => Dataset;
  /**
   * 640 utterances of nine speakers: 29 steps of 12 channels, zeros at the end of those that are shorter; metadata `length`,
   * and `part`, the published cut into train and test.
   */
  readonly vowels: () => Dataset;
} = { digits, breastCancer, wine, iris, cars, birdStrikes, sentences, vowels };
