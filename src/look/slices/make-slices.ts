import { asResult } from '../../core/showable';
import type { Dataset, Table } from '../../data/types';
import { checkPredictions } from '../../metrics/check-predictions';
import type { Predictions } from '../../metrics/types';
import { errorValues, type ErrorValues, type SlicedMeasure } from '../error-values';
import { sliceError } from '../slice-errors';
import { topLosses } from '../top-losses';
import type { TopLosses } from '../types';
import type { Hunt } from './hunt';
import { rowsWhere } from './predicate';
import { sliceData, type SliceGround } from './slice-data';
import { sliceMeasure } from './slice-measures';
import { momentsOf, valuesOf } from './slice-rows';
import type { Slice, SliceData, SliceExamplesOptions, SliceFit } from './types';

/** What slices of predictions are made from. */
export interface PredictionsGround extends SliceGround {
  readonly predictions: Predictions;
  readonly measure: SlicedMeasure;
  readonly errors: ErrorValues;
  /** N: the value of each example; NaN where it is not known. */
  readonly values: Float64Array;
  /** What the cards of examples show. */
  readonly data?: Dataset;
}

/** Makes a measured slice one that can be asked for its examples and tried on other rows. */
function asSlice(data: SliceData, { predictions, measure, reading, data: own }: PredictionsGround): Slice {
  const { predicate, description, indices } = data;

  function fit(subject: Predictions): SliceFit;
  function fit(subject: Table): readonly number[];
  function fit(subject: Predictions | Table): SliceFit | readonly number[] {
    const fn = 'slice.fit';
    if (subject?.kind === 'table') return rowsWhere(fn, predicate, subject);
    const given = checkPredictions(fn, subject);
    const values = valuesOf(errorValues(fn, given, measure));
    const rows = rowsWhere(fn, predicate, given.metadata).filter((row) => Number.isFinite(values[row]));
    const inside = momentsOf(Float64Array.from(rows, (row) => values[row]));
    const all = momentsOf(values.filter((value) => Number.isFinite(value)));
    return asResult({
      kind: 'slice-fit',
      description,
      ...sliceMeasure(inside, all, reading),
      shareOfExamples: rows.length / all.n,
      indices: rows,
    });
  }

  function examples({ limit = 10, ...shown }: SliceExamplesOptions = {}): TopLosses {
    // Where no loss is known an example is right or wrong.
    const loss = predictions.loss ?? valuesOf(errorValues('slice.examples', predictions, 'error'));
    return topLosses({ ...predictions, loss }, { data: own, ...shown, limit, among: indices });
  }

  return asResult(data, { examples, fit });
}

/** Returns the chosen slices with their rows and all that is measured of them. */
export function makeSlices({ picks, verdicts }: Hunt, ground: PredictionsGround): readonly Slice[] {
  const { predictions, values, reading, errors } = ground;
  const known = values.reduce((sum, value) => sum + (Number.isFinite(value) ? 1 : 0), 0);
  return picks.map((pick, i) => {
    const data = sliceData(pick, verdicts?.[i], ground);
    const all = rowsWhere('findSlices', data.predicate, predictions.metadata);
    const indices = all.filter((row) => Number.isFinite(values[row]));
    const sum = indices.reduce((total, row) => total + values[row], 0);
    const { seeds } = sliceError(errors, indices, reading.level);
    const own = {
      n: indices.length,
      shareOfExamples: indices.length / known,
      errors: errors.counted ? sum : NaN,
      ...(seeds && { seeds }),
      indices,
    };
    return asSlice({ ...data, ...own }, ground);
  });
}
