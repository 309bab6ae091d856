import { suspect, NOTHING_FOUND, type Check } from '../check';

/** A class this many times rarer than the largest is worth a word. */
const MUCH_RARER = 20;
/** Cramér's V below which a difference in class shares is too small to matter. */
const LEAST_EFFECT = 0.1;

interface ClassCountsMeasure extends Readonly<Record<string, unknown>> {
  readonly classes: readonly string[];
  readonly train: readonly number[];
  readonly validation: readonly number[];
  /** Cramér's V of class and set, and its z-score. */
  readonly effect: number;
  readonly z: number;
}

/** Are all classes there, in both sets, in like shares? */
export const classCounts: Check<ClassCountsMeasure> = {
  id: 'class-counts',
  title: 'Classes',
  question: 'Has each class training examples, and the same share of training and validation?',
  needs: ['train-summary', 'classification'],
  references: [{ author: 'He & Garcia', title: 'Learning from imbalanced data', year: 2009 }],
  symptoms: {
    'class-missing-in-training': { scale: 'fact', least: 1 },
    'class-shares-differ': { scale: 'z', least: 3 },
    imbalance: { scale: 'fact', least: 1 },
  },
  measure({ log }) {
    const { train, validation, split } = log.data;
    return {
      classes: log.classes,
      train: train!.classCounts,
      validation: validation?.classCounts ?? [],
      effect: split?.classes.effect ?? NaN,
      z: split?.classes.z ?? NaN,
    };
  },
  judge(m) {
    if (m.classes.length < 2) return NOTHING_FOUND;
    const absent = m.train.findIndex((count) => count === 0);
    const total = (counts: readonly number[]): number => counts.reduce((sum, count) => sum + count, 0);
    const share = (counts: readonly number[], k: number): number =>
      (counts[k] ?? 0) / Math.max(1, total(counts));
    const apart = m.classes.map((_, k) => share(m.validation, k) - share(m.train, k));
    const most = apart.reduce((best, by, k) => (Math.abs(by) > Math.abs(apart[best]) ? k : best), 0);
    const rarest = m.train.reduce((best, count, k) => (count < m.train[best] ? k : best), 0);
    const largest = Math.max(...m.train);
    return suspect(
      absent >= 0 && {
        code: 'class-missing-in-training',
        score: 1,
        severity: 'warning',
        where: { class: m.classes[absent] },
        evidence: { class: m.classes[absent], validation: m.validation[absent] ?? 0 },
        causes: { 'class-not-in-training': 1 },
      },
      m.effect >= LEAST_EFFECT && {
        code: 'class-shares-differ',
        score: m.z,
        severity: 'warning',
        where: { class: m.classes[most] },
        evidence: {
          class: m.classes[most],
          trainShare: share(m.train, most),
          validationShare: share(m.validation, most),
          effect: m.effect,
          z: m.z,
        },
        causes: { 'validation-differs': 0.6, 'validation-easier': 0.2, 'too-rare-in-training': 0.2 },
      },
      absent < 0 &&
        largest > MUCH_RARER * m.train[rarest] && {
          code: 'imbalance',
          score: 1,
          severity: 'info',
          where: { class: m.classes[rarest] },
          evidence: { class: m.classes[rarest], count: m.train[rarest], largest },
          causes: { 'too-rare-in-training': 1 },
        },
    );
  },
};
