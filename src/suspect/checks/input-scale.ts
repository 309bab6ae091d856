import { NOTHING_FOUND, suspect, type Check } from '../check';
import { normalisesFirst, takesTokens } from '../model-chain';

interface InputScaleMeasure extends Readonly<Record<string, unknown>> {
  /** Why size does not matter here; empty where it does. */
  readonly spared: string;
  readonly column: string;
  /** Root mean square of the column that is farthest from 1, and of the one that is farthest from it. */
  readonly scale: number;
  readonly otherColumn: string;
  readonly otherScale: number;
}

/** Are the inputs of a size that default weights and rates are made for? */
export const inputScale: Check<InputScaleMeasure> = {
  id: 'input-scale',
  title: 'Scale of the inputs',
  question: 'Are the inputs near 1 in size, and the columns of one scale?',
  needs: ['columns'],
  references: [{ author: 'LeCun, Bottou, Orr & Müller', title: 'Efficient BackProp', year: 1998 }],
  symptoms: { 'input-scale': { scale: 'size', least: 1.2 } },
  measure({ log }) {
    const { names, mean, sd } = log.data.train!.columns!;
    const { layers } = log.model;
    const sizes = names
      .map((name, c) => ({ name, scale: Math.hypot(mean[c], sd[c]), sd: sd[c] }))
      .filter((one) => one.sd > 0 && one.scale > 0);
    const far = (scale: number): number => Math.abs(Math.log10(scale));
    const worst = sizes.reduce((most, one) => (far(one.scale) > far(most.scale) ? one : most), {
      name: '',
      scale: 1,
    });
    const apart = (scale: number): number => Math.abs(Math.log10(scale / worst.scale));
    const other = sizes.reduce((most, one) => (apart(one.scale) > apart(most.scale) ? one : most), worst);
    return {
      spared: takesTokens(log)
        ? 'the inputs are numbers of words'
        : normalisesFirst(layers)
          ? 'the first layer brings them to one scale'
          : '',
      ...{ column: worst.name, scale: worst.scale, otherColumn: other.name, otherScale: other.scale },
    };
  },
  judge(m) {
    if (m.spared !== '' || m.column === '') return NOTHING_FOUND;
    // Small inputs slow learning down, large ones break it.
    const size = Math.log10(m.scale);
    return suspect({
      code: 'input-scale',
      score: size > 0 ? size : -size / 2,
      severity: 'warning',
      where: { column: m.column },
      evidence: { scale: m.scale, otherColumn: m.otherColumn, otherScale: m.otherScale },
      causes: { 'inputs-not-scaled': 0.85, 'missing-coded-as-number': 0.15 },
    });
  },
};
