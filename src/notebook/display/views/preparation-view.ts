import type { Preparation, PrepareStep } from '../../../data/prepare/types';
import { threeDigits } from '../../../figures/template';
import { firstRows, type View } from '../view';

const several = (n: number, what: string): string => `${n} ${what}${n === 1 ? '' : 's'}`;

/** What a step does, in words, and how many features it makes; null where that is the shape of the whole. */
function told(step: PrepareStep): { readonly what: string; readonly features: number | null } {
  switch (step.step) {
    case 'number':
    case 'date': {
      const gaps = step.indicator ? '; gaps filled by the median and marked' : '';
      const unit = step.step === 'date' ? ' in days since 1970' : '';
      const cycles = step.step === 'date' ? step.cycles : [];
      const parts = cycles.length > 0 ? `; sine and cosine of ${cycles.join(', ')}` : '';
      return {
        what: `(x − ${threeDigits(step.mean)}) / ${threeDigits(step.sd)}${unit}${parts}${gaps}`,
        features: 1 + 2 * cycles.length + (step.indicator ? 1 : 0),
      };
    }
    case 'boolean':
      return {
        what: step.indicator ? `0 or 1; gaps ${threeDigits(step.share)} and marked` : '0 or 1',
        features: step.indicator ? 2 : 1,
      };
    case 'category': {
      const other = step.rare.length > 0 ? `; ${step.rare.length} rare ones together as "other"` : '';
      return {
        what: `1 for its level, of ${step.levels.length}${other}`,
        features: step.levels.length + (step.rare.length > 0 ? 1 : 0),
      };
    }
    case 'words':
    case 'characters':
      return {
        what: `tf-idf of runs of ${step.range.join(' to ')} ${step.step}, length 1 for each text`,
        features: step.terms.length,
      };
    case 'tokens':
      return {
        what: `ids of the first ${several(step.length, 'token')}, ${several(step.words.length, 'known word')}`,
        features: step.length,
      };
    case 'standardize': {
      const [mean, sd] = [step.mean, step.sd].map((values) => values.map(threeDigits));
      const one = mean.length === 1 ? `(x − ${mean[0]}) / ${sd[0]}` : '(x − mean) / standard deviation';
      const each = { feature: 'of each feature', channel: 'of each channel', all: 'of all numbers alike' };
      return { what: `${one} ${each[step.per]}${step.padding ? '; padding stays 0' : ''}`, features: null };
    }
    default:
      return { what: `left out: ${step.why}`, features: 0 };
  }
}

/** What is shown of a preparation: each column and what is made of it. */
export function preparationView(preparation: Preparation): View {
  const { name, n, shape, steps, vocabulary, warnings } = preparation;
  const { rows, more } = firstRows(steps);
  const features = shape.join('×');
  const made = vocabulary === null ? `${features} features` : `${features} token ids below ${vocabulary}`;
  return {
    answer: `Makes ${made}, as measured on the ${n} examples of "${name}".`,
    tables: [
      {
        head: ['column', 'read as', 'what is made of it', 'features'],
        rows: rows.map((step) => {
          const { what, features: own } = told(step);
          return ['column' in step ? step.column : 'all', step.step, what, own ?? features];
        }),
        more,
      },
    ],
    warnings,
  };
}
