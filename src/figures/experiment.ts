import type { Confirmation } from '../confirm/types';
import { checkKind } from './check-kind';
import { figure, type Figure } from './figure';
import { COLOURS, layoutOf, plotlyText, shortText, threeDigits } from './template';

const LINES = [
  { color: COLOURS.train, dash: 'solid' },
  { color: COLOURS.validation, dash: 'dash' },
  { color: COLOURS.human, dash: 'dot' },
  { color: COLOURS.strange, dash: 'dashdot' },
  { color: '#CC79A7', dash: 'longdash' },
  { color: '#56B4E9', dash: 'longdashdot' },
] as const;

/**
 * Returns the losses of an experiment's arms over their steps, each named at its end with its final loss.
 *
 * @param confirmation what an experiment did
 * @returns a Plotly figure; its title is the message of the experiment
 * @throws InputError `invalid-type` for anything but a confirmation
 */
export function experiment(confirmation: Confirmation): Figure {
  checkKind('experiment', 'confirmation', confirmation, 'confirmation');
  const arms = confirmation.arms.map((arm, i) => {
    const { losses, steps } = arm;
    const x = losses.map((_, at) => (losses.length > 1 ? Math.round((at * steps) / (losses.length - 1)) : 0));
    const y = losses.map((loss) => (Number.isFinite(loss) ? loss : null));
    return { arm, x, y, line: LINES[i % LINES.length] };
  });
  const positive = arms.every(({ y }) => y.every((loss) => loss === null || loss > 0));
  const values = arms.flatMap(({ y }) => y.filter((loss) => loss !== null));
  const log = positive && values.length > 0 && Math.max(...values) / Math.min(...values) > 50;
  const title = confirmation.message;
  return figure({
    title,
    data: arms.map(({ arm, x, y, line }) => ({
      type: 'scatter',
      mode: arm.losses.length > 60 ? 'lines' : 'lines+markers',
      name: plotlyText(arm.title),
      x,
      y,
      line: { ...line, width: 2 },
      marker: { size: 4 },
    })),
    layout: layoutOf({
      title,
      subtitle: `${(confirmation.steps ?? []).map((step) => `training ${step.title}`).join(', ') || confirmation.experiment} · ${arms.length} arms · seed ${confirmation.seed}`,
      xTitle: 'optimizer step',
      yTitle: log ? 'loss (log scale)' : 'loss',
      yaxis: log ? { type: 'log', dtick: 1, exponentformat: 'power' } : {},
      headRoom: 17 * arms.length + 4,
      annotations: arms.map(({ arm, line }, i) => ({
        xref: 'paper',
        yref: 'paper',
        x: 0,
        y: 1,
        yshift: 4 + 17 * (arms.length - 1 - i),
        xanchor: 'left',
        yanchor: 'bottom',
        showarrow: false,
        text: `${plotlyText(shortText(arm.title, 44))} (${line.dash}): ${plotlyText(shortText(arm.outcome, 26))}, loss ${threeDigits(arm.firstLoss)} → ${threeDigits(arm.finalLoss)}`,
        font: { color: line.color },
      })),
    }),
  });
}
