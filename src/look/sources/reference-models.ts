import type { Baseline, Baselines } from '../../build/baselines/types';
import { InputError } from '../../core/input-error';
import { checkPredictions } from '../../metrics/check-predictions';
import type { Predictions } from '../../metrics/types';

/** A model to compare with, and its name in a ladder. */
export interface ReferenceModel {
  readonly model: Predictions;
  readonly name: string | null;
}

/** Returns what some models are called together: "the reference model", "3 baselines". */
export function modelWords(models: readonly ReferenceModel[]): string {
  const [{ name }] = models;
  if (models.length === 1) return name === null ? 'the reference model' : `"${name}"`;
  return `${models.length} ${name === null ? 'reference models' : 'baselines'}`;
}

type Reference = Predictions | readonly Predictions[] | Baseline | Baselines;

function predictionsOf(fn: string, baseline: Baseline): Predictions {
  if (baseline.predictions) return baseline.predictions;
  throw new InputError({
    code: 'missing',
    fn,
    param: 'reference',
    expected: `still hold its predictions; "${baseline.model}" has none`,
    mend: 'They are not part of the JSON: train the ladder again with baselines().',
  });
}

/** Returns the predictions of one model, of several, or of the models of a ladder but for the trivial ones. */
export function referenceModels(
  fn: string,
  given: Reference,
  { task }: Predictions,
): readonly ReferenceModel[] {
  const kind = (given as { kind?: unknown } | null | undefined)?.kind;
  if (kind === 'baselines') {
    const { rows } = given as Baselines;
    const real = rows.filter(({ trivial }) => !trivial);
    const chosen = real.length > 0 ? real : rows;
    if (chosen.length === 0) {
      throw new InputError({ code: 'empty', fn, param: 'reference', expected: 'hold at least one model' });
    }
    return chosen.map((row) => ({
      model: checkPredictions(fn, predictionsOf(fn, row), task, 'reference'),
      name: row.model,
    }));
  }
  if (kind === 'baseline') {
    const row = given as Baseline;
    return [{ model: checkPredictions(fn, predictionsOf(fn, row), task, 'reference'), name: row.model }];
  }
  const list = Array.isArray(given) ? (given as readonly Predictions[]) : [given as Predictions];
  if (list.length === 0) {
    throw new InputError({ code: 'empty', fn, param: 'reference', expected: 'hold at least one model' });
  }
  return list.map((one) => ({ model: checkPredictions(fn, one, task, 'reference'), name: null }));
}
