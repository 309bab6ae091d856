import type { Baseline, Baselines } from '../../../build/baselines/types';
import { baselines as baselinesFigure, verdictOf } from '../../../figures/baselines';
import { percent, threeDigits } from '../../../figures/template';
import type { Cell, View, ViewTable } from '../view';

const isShare = ({ metricUnit }: Pick<Baseline, 'metricUnit'>): boolean => metricUnit === 'share';

function bytesText(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`;
  return bytes < 1e6 ? `${threeDigits(bytes / 1000)} kB` : `${threeDigits(bytes / 1e6)} MB`;
}

function sizeText({ count, unit, bytes }: Baseline['size']): string {
  return `${count} ${count === 1 ? unit.replace('parameters', 'parameter') : unit}, ${bytesText(bytes)}`;
}

const settingsText = ({ settings }: Baseline): string =>
  Object.entries(settings)
    .map(([name, value]) => `${name} ${value}`)
    .join(', ');

const seenText = ({ trainedOn, trainN }: Baseline): string =>
  trainedOn === trainN ? `all ${trainN}` : `${trainedOn} of ${trainN}`;

/** How far behind the best, with its interval; shares in percentage points. */
function behindCell({ behindBest }: Baseline, share: boolean): Cell {
  if (!behindBest) return '—';
  const word = (value: number): string =>
    share ? (100 * value).toFixed(1).replace('-', '−') : threeDigits(value);
  const [low, high] = behindBest.interval;
  return `${word(behindBest.difference)} [${word(low)}, ${word(high)}]`;
}

function ladderTable(ladder: Baselines): ViewTable {
  const share = isShare(ladder);
  const unit = share ? ' (%)' : '';
  return {
    title: 'From the simplest on (95 % intervals)',
    head: [
      'model',
      `validation ${ladder.metricTitle}${unit}`,
      'standing',
      `behind the best${share ? ' (points)' : ''}`,
      `training${unit}`,
      ladder.task === 'regression' ? 'mean squared error' : 'log loss (nats)',
      'trained on',
      'time (s)',
    ],
    rows: [
      ...ladder.rows.map((row): Cell[] => [
        row.model,
        { value: row.score, interval: row.interval, share },
        verdictOf(ladder, row),
        behindCell(row, share),
        { value: row.trainScore, ...(share && { share }) },
        row.loss,
        seenText(row),
        row.seconds,
      ]),
    ],
  };
}

/** What is shown of a ladder: its sentence, the dots, the table, and what each model was told. */
export function baselinesView(ladder: Baselines): View {
  const { rows, skipped, pending, stopped } = ladder;
  const told: ViewTable = {
    title: 'What each model is, was told, and takes up',
    head: ['model', 'what it is', 'settings', 'size', 'standard deviation over seeds'],
    rows: rows.map((row) => [
      row.model,
      row.what,
      settingsText(row),
      sizeText(row.size),
      row.spread ? `${threeDigits(row.spread.sd)} over ${row.spread.n}` : '—',
    ]),
    folded: true,
  };
  const state = stopped === 'aborted' ? 'stopped' : pending.length > 0 ? 'still at work' : 'done';
  return {
    answer: ladder.message,
    notes: [
      `${ladder.name}: ${rows.length} models on ${ladder.trainN} training examples, judged on ${ladder.n}; ${state} after ${threeDigits(ladder.seconds)} s.`,
      ...(pending.length > 0 ? [`Not there yet: ${pending.join(', ')}.`] : []),
      ...skipped.map(({ model, reason }) => `"${model}" was left out: ${reason}.`),
    ],
    ...(rows.length > 0 && { figure: baselinesFigure(ladder), tables: [ladderTable(ladder), told] }),
    warnings: ladder.warnings,
  };
}

/** What is shown of one model of a ladder. */
export function baselineView(row: Baseline): View {
  const share = isShare(row);
  const word = share ? percent : threeDigits;
  const [low, high] = row.interval;
  return {
    answer: `"${row.model}": validation ${row.metricTitle} ${word(row.score)} [${word(low)}, ${word(high)}] on ${row.n} examples, ${word(row.trainScore)} in training.`,
    notes: [
      `${row.what}; trained on ${seenText(row)} examples in ${threeDigits(row.seconds)} s; ${sizeText(row.size)}.`,
    ],
    tables: [
      {
        title: 'What it was told',
        head: ['setting', 'value'],
        rows: Object.entries(row.settings).map(([name, value]) => [name, String(value)]),
        folded: true,
      },
    ],
  };
}
