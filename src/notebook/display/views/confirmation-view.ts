import type { Confirmation } from '../../../confirm/types';
import { experiment } from '../../../figures/experiment';
import type { View } from '../view';
import { causesTable } from './report-view';

/** What is shown of an experiment: its verdict, the losses of its arms, the causes afterwards. */
export function confirmationView(confirmation: Confirmation): View {
  const before = new Map(confirmation.before.map((cause) => [cause.id, cause.weight]));
  const after = causesTable(confirmation.causes, 'Causes after the experiment');
  const sorted = [...confirmation.causes].sort((a, b) => b.weight - a.weight);
  return {
    answer: confirmation.message,
    notes: confirmation.fix ? [confirmation.fix] : [],
    figure: confirmation.arms.length > 0 ? experiment(confirmation) : undefined,
    tables: [
      {
        title: 'Arms of the experiment',
        head: ['arm', 'outcome', 'first loss', 'final loss', 'steps'],
        rows: confirmation.arms.map((arm) => [
          arm.title,
          arm.outcome,
          arm.firstLoss,
          arm.finalLoss,
          arm.steps,
        ]),
      },
      sorted.length > 0 && {
        ...after,
        head: ['possible cause', 'weight before (%)', 'weight after (%)', 'what to do'],
        rows: sorted.map((cause) => [
          cause.title,
          { value: before.get(cause.id) ?? NaN, share: true },
          { value: cause.weight, share: true },
          cause.fix,
        ]),
      },
    ].filter((table) => table !== false),
  };
}
