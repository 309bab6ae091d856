import { NOTHING_FOUND, suspect, type Check } from '../check';

interface PenaltiesMeasure extends Readonly<Record<string, unknown>> {
  /** Penalties on the weights before the first step, in the unit of the loss, and the loss then. */
  readonly penalty: number;
  readonly loss: number;
  readonly layer: string;
}

/** Do penalties on the weights leave room for the loss? */
export const penalties: Check<PenaltiesMeasure> = {
  id: 'penalties',
  title: 'Penalties on the weights',
  question: 'Are the penalties small beside the loss that is to be learnt?',
  needs: ['model-layers', 'initial-scores'],
  references: [
    { author: 'Krogh & Hertz', title: 'A simple weight decay can improve generalization', year: 1991 },
  ],
  symptoms: { 'penalty-dominates': { scale: 'size', least: 0.3 } },
  measure({ log }) {
    const penalised = log.model.layers.filter(({ penalty }) => penalty !== undefined);
    const worst = penalised.reduce(
      (most, one) => (one.penalty! > (most?.penalty ?? -1) ? one : most),
      penalised[0],
    );
    return {
      penalty: penalised.reduce((sum, { penalty }) => sum + penalty!, 0),
      loss: log.initial!.loss.value,
      layer: worst?.name ?? '',
    };
  },
  judge(m) {
    if (m.layer === '') return NOTHING_FOUND;
    return suspect({
      code: 'penalty-dominates',
      score: Math.log10(m.penalty / m.loss),
      severity: 'warning',
      where: { layer: m.layer },
      evidence: { penalty: m.penalty, loss: m.loss },
      causes: { 'regularised-too-much': 1 },
    });
  },
};
