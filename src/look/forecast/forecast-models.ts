import { CURVE_MODELS } from './curve-models';
import type { Ensemble } from './ensemble';
import type { ForecastModel } from './types';

/** Returns "no change" and the fitted curves with their parameters, largest weight first. */
export function forecastModels({ fits, last, weights, misses }: Ensemble): ForecastModel[] {
  const none = {
    id: 'last1' as const,
    formula: 'a: no change',
    parameters: { a: last },
    asymptote: last,
  };
  const curves = CURVE_MODELS.map(({ id, formula, named }, m) => {
    const { asymptote, height, theta, largest, first } = fits[m];
    return { id, formula, parameters: named(asymptote, height, theta, largest, first), asymptote };
  });
  return [none, ...curves]
    .map((model, m) => ({ ...model, weight: weights[m], backTest: Math.sqrt(misses[m]) }))
    .sort((a, b) => b.weight - a.weight);
}
