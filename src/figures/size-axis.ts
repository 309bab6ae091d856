import type { Trace } from './figure';

/** Pixels of the y axis in figures of usual height. */
export const PLOT_HEIGHT = 284;

/** All values that traces have on the y axis. */
export const valuesOf = (data: readonly Trace[]): number[] => data.flatMap((trace) => trace.y as number[]);

const ROUND = [1, 2, 5];

/** Returns a logarithmic axis of numbers of examples with ticks at 1, 2 and 5 times powers of ten. */
export function sizeAxis(least: number, most: number): Record<string, unknown> {
  const ticks = Array.from({ length: 12 }, (_, power) => ROUND.map((round) => round * 10 ** power)).flat();
  const inside = ticks.filter((tick) => tick >= least * 0.9 && tick <= most * 1.1);
  return {
    type: 'log',
    range: [Math.log10(least * 0.9), Math.log10(most * 1.1)],
    tickmode: 'array',
    tickvals: inside,
    ticktext: inside.map((tick) => tick.toLocaleString('en-US')),
  };
}
