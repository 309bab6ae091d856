import type { Column } from '../types';
import { numberAt } from './cells';
import type { ColumnNotes } from './column-notes';
import type { Encoder, Fitting } from './fitting';
import { measureFilled } from './number-step';
import type { DateStep, IgnoreStep } from './types';

const DAY = 86_400_000;

type Cycle = DateStep['cycles'][number];

/** Where in a cycle a time is, from 0 up to 1 (UTC). A week begins with Monday. */
const PHASE: Readonly<Record<Cycle, (time: number) => number>> = {
  year(time) {
    const year = new Date(time).getUTCFullYear();
    const [begin, end] = [Date.UTC(year), Date.UTC(year + 1)];
    return (time - begin) / (end - begin);
  },
  // 1 January 1970 was a Thursday.
  week: (time) => ((((Math.floor(time / DAY) + 3) % 7) + 7) % 7) / 7,
  day: (time) => (((time % DAY) + DAY) % DAY) / DAY,
};

const CYCLES: readonly Cycle[] = ['year', 'week', 'day'];
/** Cycles longer than the training data tell nothing that the date itself does not. */
const SPAN: Readonly<Record<Cycle, number>> = { year: 330, week: 6, day: 0 };

/** Measures a column of dates; one without date or with one date alone is left out. */
export function fitDate({ name, column, n, notes }: Fitting): DateStep | IgnoreStep {
  const times = Float64Array.from({ length: n }, (_, row) => numberAt(column, row));
  const filled = measureFilled(times.map((time) => time / DAY));
  const known = times.filter((time) => !Number.isNaN(time));
  if (filled === null) {
    notes.add('empty-column', name);
    return { step: 'ignore', column: name, why: 'no date in training' };
  }
  const { median, mean, sd, gaps } = filled;
  if (sd === 0 && gaps === 0) {
    notes.add('constant-column', name);
    return { step: 'ignore', column: name, why: 'one date alone in training' };
  }
  const [first, last] = [known.reduce((a, b) => Math.min(a, b)), known.reduce((a, b) => Math.max(a, b))];
  const varies = (cycle: Cycle): boolean => {
    const phase = PHASE[cycle](known[0]);
    return (last - first) / DAY >= SPAN[cycle] && known.some((time) => PHASE[cycle](time) !== phase);
  };
  const cycles = CYCLES.filter(varies);
  return { step: 'date', column: name, median, mean, sd, indicator: gaps > 0, cycles };
}

/** Returns the encoder of a column of dates. */
export function dateEncoder(step: DateStep, column: Column, notes: ColumnNotes): Encoder {
  const { column: name, median, mean, sd, indicator, cycles } = step;
  const parts = cycles.flatMap((cycle) => [`${name} ${cycle} sin`, `${name} ${cycle} cos`]);
  return {
    names: [name, ...parts, ...(indicator ? [`${name} missing`] : [])],
    encode(row, put) {
      const time = numberAt(column, row);
      const missing = Number.isNaN(time);
      if (sd > 0) put(0, ((missing ? median : time / DAY) - mean) / sd);
      if (!missing) {
        cycles.forEach((cycle, i) => {
          const angle = 2 * Math.PI * PHASE[cycle](time);
          put(1 + 2 * i, Math.sin(angle));
          put(2 + 2 * i, Math.cos(angle));
        });
      } else if (indicator) put(1 + parts.length, 1);
      else notes.add('unseen-gap', name, 1);
    },
  };
}
