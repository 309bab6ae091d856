import type { Forecast } from '../look/forecast/types';
import { errorWords, withInterval } from './error-words';

/** Returns the sentence that answers whether more data would help. */
export function forecastTitle(forecast: Forecast): string {
  const { verdict, share, error, double, quadruple, rises, title } = forecast;
  const word = errorWords(share);
  const { error: at2, interval } = double;
  switch (verdict) {
    case 'more-data-helps':
      return `Twice the data should bring the ${title} from ${word(error)} to ${withInterval(share, at2, interval)}`;
    case 'saturated':
      return `More data will hardly help: four times as much leaves the ${title} at ${withInterval(share, quadruple.error, quadruple.interval)}, now ${word(error)}`;
    case 'limited-by-bias':
      return `More data will hardly help: the model does as badly on its training examples, ${title} ${word(forecast.observed[forecast.observed.length - 1].train)} there and ${word(error)} in the test`;
    case 'ill-behaved':
      return `More data made it worse: from ${rises[0].from} to ${rises[0].to} examples the ${title} rises from ${word(rises[0].errorFrom)} to ${word(rises[0].errorTo)}`;
    case 'cannot-tell':
      return `It cannot be told whether more data would help: with twice as much the ${title} may be ${word(interval[0])} to ${word(interval[1])}, now ${word(error)}`;
  }
}
