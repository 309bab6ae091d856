import type { Spread, Sweep, SweepRun, SweepSummary } from '../../../build/sweep-types';
import { threeDigits } from '../../../figures/template';
import { firstRows, type Cell, type View } from '../view';
import { runView } from './run-view';

const cellOf = ({ mean, interval }: Spread): Cell =>
  Number.isFinite(interval[0]) ? { value: mean, interval } : mean;

/** The sentence about the best configuration, and whether its interval keeps apart from that of the next. */
function answerOf({ summaries, metric, higherIsBetter, scored, seeds }: Sweep): string {
  const sign = higherIsBetter ? -1 : 1;
  const known = summaries.filter(({ n }) => n > 0);
  if (known.length === 0) return 'No run has ended with a result.';
  const [best, next] = [...known].sort((a, b) => sign * (a.metric.mean - b.metric.mean));
  const data = scored === 'validation' ? 'validation' : 'training';
  const over = `${best.metric.n} ${best.metric.n === 1 ? 'run' : 'runs'}`;
  const what = `${data} ${metric} ${threeDigits(best.metric.mean)} over ${over}`;
  if (!next) {
    const spread = seeds.length > 1 ? `, standard deviation over seeds ${threeDigits(best.metric.sd)}` : '';
    return `${what.charAt(0).toUpperCase()}${what.slice(1)}${spread}.`;
  }
  const [low, high] = best.metric.interval;
  const other = next.metric.interval;
  const apart = sign === 1 ? high < other[0] : low > other[1];
  const verdict = apart ? 'apart from' : 'not clearly apart from';
  return `"${best.configuration}" is best: ${what}, ${verdict} "${next.configuration}" (${threeDigits(next.metric.mean)}).`;
}

const rowOf = ({ configuration, n, begun, metric, loss }: SweepSummary): readonly Cell[] => [
  configuration,
  n === begun ? String(n) : `${n} of ${begun}`,
  cellOf(metric),
  metric.sd,
  cellOf(loss),
];

const lastOf = ({ log }: SweepRun, scored: Sweep['scored'], metric: string): readonly [Cell, Cell] => {
  const scores = log?.epochs.at(-1)?.[scored];
  return scores ? [scores.metrics[metric].value, scores.loss.value] : ['—', '—'];
};

const outcomeOf = ({ log, failure }: SweepRun): string => failure ?? log?.stopped ?? '—';

/** What is shown of many trainings: each configuration with its spread over seeds, then each run. */
export function sweepView(sweep: Sweep): View {
  const { metric, scored, runs } = sweep;
  const data = scored === 'validation' ? 'validation' : 'training';
  const shown = firstRows(runs, 60);
  const stopped = sweep.stopped === 'aborted' ? 'stopped' : 'done';
  return {
    answer: answerOf(sweep),
    notes: [
      `${sweep.name}: ${runs.length} runs, ${stopped} in ${threeDigits(sweep.seconds)} s on ${sweep.workers} workers; seeds ${sweep.seeds.join(', ')}.`,
    ],
    tables: [
      {
        title: 'Configurations at the end of their runs (95 % intervals of the mean over seeds)',
        head: ['configuration', 'runs', `${data} ${metric}`, 'standard deviation over seeds', `${data} loss`],
        rows: sweep.summaries.map(rowOf),
      },
      {
        title: 'Runs',
        head: ['configuration', 'seed', `${data} ${metric}`, `${data} loss`, 'outcome', 'ran on'],
        rows: shown.rows.map((run) => [
          run.configuration,
          run.seed,
          ...lastOf(run, scored, metric),
          outcomeOf(run),
          run.ranOn,
        ]),
        more: shown.more,
        folded: true,
      },
    ],
    warnings: sweep.warnings,
  };
}

/** What is shown of one run of a sweep: its log, or why there is none. */
export function sweepRunView(run: SweepRun): View {
  if (run.log) return runView(run.log);
  return { answer: `"${run.configuration}", seed ${run.seed}, failed: ${run.failure ?? 'unknown'}` };
}
