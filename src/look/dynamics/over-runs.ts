import { InputError } from '../../core/input-error';

/** The examples of several runs, and where each stands in each run. */
export interface JoinedExamples {
  readonly ids: readonly string[];
  /** By run: the place of each example there, −1 where it is not among them. */
  readonly places: readonly Int32Array[];
  /** Whether all runs have the same examples. */
  readonly same: boolean;
}

const equal = (a: readonly string[], b: readonly string[]): boolean =>
  a === b || (a.length === b.length && a.every((id, i) => id === b[i]));

/**
 * Returns the examples of the runs by id, in the order in which they first come.
 *
 * @throws InputError `out-of-range` where examples must be matched and an id stands twice
 */
export function joinExamples(
  fn: string,
  runs: readonly { readonly ids: readonly string[] }[],
): JoinedExamples {
  const [{ ids: first }] = runs;
  if (runs.every(({ ids }) => equal(ids, first))) {
    const own = Int32Array.from(first, (_, i) => i);
    return { ids: first, places: runs.map(() => own), same: true };
  }
  const rowOf = new Map<string, number>();
  const found = runs.map(({ ids }) => {
    const rows = ids.map((id) => {
      const row = rowOf.get(id) ?? rowOf.size;
      rowOf.set(id, row);
      return row;
    });
    if (new Set(rows).size === rows.length) return rows;
    const twice = ids[rows.findIndex((row, i) => rows.indexOf(row) !== i)];
    throw new InputError({
      code: 'out-of-range',
      fn,
      param: 'runs',
      expected: 'have each id once',
      received: twice,
    });
  });
  const places = found.map((rows) => {
    const place = new Int32Array(rowOf.size).fill(-1);
    rows.forEach((row, i) => (place[row] = i));
    return place;
  });
  return { ids: [...rowOf.keys()], places, same: false };
}

/** Mean and standard deviation (n − 1) of each example over the runs that know its value, and how many those are. */
export interface OverRuns {
  readonly mean: Float64Array;
  readonly sd: Float64Array;
  readonly known: Int32Array;
}

/** Returns what several runs say together of each example: values that are not finite are left out. */
export function overRuns(
  { ids, places }: JoinedExamples,
  values: readonly (ArrayLike<number> | undefined)[],
): OverRuns {
  const n = ids.length;
  const mean = new Float64Array(n);
  const squares = new Float64Array(n);
  const known = new Int32Array(n);
  values.forEach((of, run) => {
    if (!of) return;
    for (let i = 0; i < n; i++) {
      const value = places[run][i] < 0 ? NaN : of[places[run][i]];
      if (!Number.isFinite(value)) continue;
      const away = value - mean[i];
      mean[i] += away / ++known[i];
      squares[i] += away * (value - mean[i]);
    }
  });
  return {
    mean: mean.map((value, i) => (known[i] > 0 ? value : NaN)),
    sd: squares.map((sum, i) => (known[i] > 1 ? Math.sqrt(sum / (known[i] - 1)) : NaN)),
    known,
  };
}
