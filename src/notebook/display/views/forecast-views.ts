import { errorWords } from '../../../figures/error-words';
import { threeDigits } from '../../../figures/template';
import { forecast as forecastFigure } from '../../../figures/forecast';
import { sizeCurve as sizeCurveFigure } from '../../../figures/size-curve';
import type { Forecast } from '../../../look/forecast/types';
import type { SizeCurve, SizeScore } from '../../../look/size-curve/types';
import type { Cell, View } from '../view';

const measured = (value: number, interval: readonly [number, number], share: boolean): Cell =>
  Number.isFinite(interval[0]) ? { value, interval, share } : { value, share };

/** What is shown of errors by number of training examples. */
export function sizeCurveView(curve: SizeCurve): View {
  const share = curve.unit === 'share';
  const unit = share ? ' (%)' : '';
  const cell = ({ mean, interval }: SizeScore): Cell => measured(mean, interval, share);
  const figure = sizeCurveFigure(curve);
  const { optimizer, learningRate, batchSize, epochs, equal } = curve.config;
  return {
    answer: `${figure.title}.`,
    notes: [
      `${curve.name}: ${curve.seeds.length} seeds, ${curve.testN} test examples; ${optimizer} at ${learningRate}, batches of ${batchSize}, ${epochs} epochs at the full size, as many ${equal} at each. forecast(curve) tells whether more data would help.`,
    ],
    figure,
    tables: [
      {
        head: ['training examples', `test ${curve.title}${unit}`, `training ${curve.title}${unit}`, 'seeds', 'epochs', 'steps'], // prettier-ignore
        rows: curve.points.map(({ size, test, train, n, epochs: passes, steps }) => [
          size,
          cell(test),
          cell(train),
          n,
          passes,
          steps,
        ]),
      },
    ],
    warnings: curve.warnings,
  };
}

/** What the point costs, in words. */
function priceWords({ price, share, n, title, level }: Forecast): string {
  const fall = share ? `${threeDigits(100 * price.point)} points` : threeDigits(price.point);
  const amount = (examples: number | null): string =>
    examples === null ? `more than ${(3 * n).toLocaleString('en-US')}` : examples.toLocaleString('en-US');
  const [low, high] = price.interval;
  return `To lower the ${title} by ${fall.replace(/^1 points/, '1 point')} would take ${amount(price.examples)} more examples (${Math.round(level * 100)} % interval: ${amount(low)} to ${amount(high)}).`;
}

/** What is shown of a forecast. */
export function forecastView(forecast: Forecast): View {
  const { share, double, quadruple, points, gains, smallestGain, models, level, hidden } = forecast;
  const word = errorWords(share);
  const figure = forecastFigure(forecast);
  const percentOf = `${Math.round(level * 100)} % interval`;
  const gainOf = (size: number): Cell[] => {
    const gain = [gains.double, gains.quadruple].find((one) => one.size === size);
    return gain ? [{ value: gain.probability, share: true }] : ['—'];
  };
  const unit = share ? ' (%)' : '';
  return {
    answer: `${figure.title}.`,
    notes: [
      priceWords(forecast),
      hidden.length > 0
        ? `Weights are by how each did with the largest sizes hidden: ${hidden.map((sizes) => sizes.join(', ')).join('; ')}.`
        : 'Too few sizes to hide some and test the fits: all weigh the same.',
    ],
    figure,
    tables: [
      {
        head: [
          'examples',
          `${forecast.title}${unit}, ${percentOf}`,
          `chance of ${word(smallestGain)} less (%)`,
        ],
        rows: [double, quadruple, ...points].map((point) => [
          point.size,
          measured(point.error, point.interval, share),
          ...gainOf(point.size),
        ]),
      },
      {
        title: 'What was blended',
        head: [
          'model',
          'formula',
          'weight (%)',
          'miss on hidden sizes (% of the error)',
          `with endless data${unit}`,
        ],
        rows: models.map(({ id, formula, weight, backTest, asymptote }) => [
          id,
          formula,
          { value: weight, share: true },
          { value: backTest, share: true },
          { value: asymptote, share },
        ]),
        folded: true,
      },
    ],
    warnings: forecast.warnings,
  };
}
