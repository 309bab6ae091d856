import type { Confirmation, ConfirmationStep } from '../../../confirm/types';
import { experiment } from '../../../figures/experiment';
import { threeDigits } from '../../../figures/template';
import type { View, ViewTable } from '../view';
import { causesAfterTable } from './finding-parts';

/** The experiments in their order: what each asked and saw, what it took, what is likeliest after it. */
function stepsTable(steps: readonly ConfirmationStep[]): ViewTable {
  return {
    title: 'Experiments, one after another',
    head: ['experiment', 'seen', 'most likely then', 'weight (%)', 'seconds', 'said before'],
    rows: steps.map(({ title, observations, causes, seconds, estimate }) => [
      `Training ${title}`,
      observations.map(({ question, seen }) => `${question} ${seen ? 'Yes.' : 'No.'}`).join(' '),
      causes[0]?.title ?? '—',
      { value: causes[0]?.weight ?? NaN, share: true },
      threeDigits(seconds),
      threeDigits(estimate),
    ]),
  };
}

/** What is shown of an experiment: what was learnt, the losses of its arms, the causes before and afterwards. */
export function confirmationView(confirmation: Confirmation): View {
  const { arms, steps = [] } = confirmation;
  const tables: (ViewTable | false)[] = [
    steps.length > 1 && stepsTable(steps),
    confirmation.causes.length > 0 &&
      causesAfterTable(confirmation, 'Causes before and after the experiment'),
    arms.length > 0 && {
      title: 'Arms of the experiment',
      head: ['arm', 'outcome', 'first loss', 'final loss', 'steps'],
      rows: arms.map((arm) => [arm.title, arm.outcome, arm.firstLoss, arm.finalLoss, arm.steps]),
    },
  ];
  return {
    answer: confirmation.message,
    notes: confirmation.fix ? [confirmation.fix] : [],
    figure: arms.length > 0 ? experiment(confirmation) : undefined,
    tables: tables.filter((table) => table !== false),
  };
}
