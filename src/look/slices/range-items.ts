import type { LevelRule } from './level-rule';
import type { Items } from './search-slices';

/** First code of each step of a rule, and one after the last: what is searched is made of whole steps. */
function stepsOf({ ordered, step }: LevelRule): number[] {
  const starts: number[] = [];
  for (let code = 0; code < ordered; code += step) starts.push(code);
  return [...starts, ordered];
}

/** Single steps of numbers, and every other level. */
export function singleItems(rules: readonly LevelRule[]): Items {
  return Int32Array.from(
    rules.flatMap((rule, column) => {
      const starts = stepsOf(rule);
      const ranges = starts.slice(0, -1).map((from, s) => [column, from, starts[s + 1] - 1]);
      const others = Array.from({ length: rule.levels - rule.ordered }, (_, i) => [column, rule.ordered + i, rule.ordered + i]);
      return [...ranges, ...others].flat();
    }),
  );
}

/** Every range of neighbouring steps of numbers but that of all, and every other level. */
export function rangeItems(rules: readonly LevelRule[]): Items {
  return Int32Array.from(
    rules.flatMap((rule, column) => {
      const starts = stepsOf(rule);
      const last = starts.length - 1;
      const ranges = Array.from({ length: last }, (_, from) =>
        Array.from({ length: last - from }, (_unused, width) => [column, starts[from], starts[from + width + 1] - 1]),
      )
        .flat()
        .filter(([, from, to]) => last === 1 || from > 0 || to < rule.ordered - 1);
      const others = Array.from({ length: rule.levels - rule.ordered }, (_, i) => [column, rule.ordered + i, rule.ordered + i]);
      return [...ranges, ...others].flat();
    }),
  );
}
