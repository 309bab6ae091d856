import type { LevelRule } from './level-rule';
import type { Items } from './search-slices';

/** First code of each step of a rule, and one after the last: what is searched is made of whole steps. */
function stepsOf({ ordered, step }: LevelRule): number[] {
  const starts: number[] = [];
  for (let code = 0; code < ordered; code += step) starts.push(code);
  return [...starts, ordered];
}

/** Ranges of `lengths` steps of one column, but that of all of several. */
function rangesOf(rule: LevelRule, column: number, lengths: readonly number[]): number[][] {
  const starts = stepsOf(rule);
  const last = starts.length - 1;
  return starts
    .slice(0, -1)
    .flatMap((from, s) =>
      lengths
        .filter((length) => s + length <= last && (length < last || last === 1))
        .map((length) => [column, from, starts[s + length] - 1]),
    );
}

function itemsOf(rules: readonly LevelRule[], lengths: readonly number[]): Items {
  return Int32Array.from(
    rules.flatMap((rule, column) => {
      const others = Array.from({ length: rule.levels - rule.ordered }, (_, i) => rule.ordered + i);
      return [...rangesOf(rule, column, lengths), ...others.map((code) => [column, code, code])].flat();
    }),
  );
}

/** Single steps of numbers, and every other level. */
export function singleItems(rules: readonly LevelRule[]): Items {
  return itemsOf(rules, [1]);
}

const longest = (rules: readonly LevelRule[]): number =>
  rules.reduce((most, { ordered, step }) => Math.max(most, Math.ceil(ordered / step)), 1);

/** Ranges of neighbouring steps of numbers, and every other level: of all lengths where pairs of them are at most `pairs`, else of fewer. */
export function rangeItems(rules: readonly LevelRule[], pairs = Infinity): Items {
  const all = Array.from({ length: longest(rules) }, (_, i) => i + 1);
  for (const lengths of [all, [1, 2, 3, 5, 8], [1, 2, 4], [1, 2]]) {
    const items = itemsOf(rules, lengths);
    if ((items.length / 3) ** 2 / 2 <= pairs) return items;
  }
  return singleItems(rules);
}
