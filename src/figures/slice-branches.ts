import type { FoundSlices, SliceCondition } from '../look/slices/types';
import { conditionWords } from './condition-words';
import { drawnSlices, type DrawnSlice } from './slice-words';

/** A row of the tree: a slice, or what several slices have in common and was itself not found. */
export interface Branch {
  /** 0 below the whole. */
  readonly depth: number;
  /** In words, without what its parent says. */
  readonly words: string;
  readonly drawn: DrawnSlice | undefined;
}

const keyOf = (condition: SliceCondition): string => JSON.stringify(condition);
const keysOf = ({ slice }: DrawnSlice): readonly string[] => slice.predicate.map(keyOf);

interface Node {
  readonly keys: readonly string[];
  readonly words: string;
  readonly drawn: DrawnSlice | undefined;
  readonly children: Node[];
}

const within = (small: readonly string[], large: readonly string[]): boolean =>
  small.length < large.length && small.every((key) => large.includes(key));

/** The condition that most slices without a parent share with another; undefined where none do. */
function shared(orphans: readonly Node[]): string | undefined {
  const counts = new Map<string, number>();
  for (const { keys } of orphans) {
    if (keys.length > 1) keys.forEach((key) => counts.set(key, (counts.get(key) ?? 0) + 1));
  }
  const [first] = [...counts].filter(([, count]) => count > 1).sort((a, b) => b[1] - a[1]);
  return first?.[0];
}

/**
 * Returns the rows of the tree of slices, parents first: below each slice stand those that ask for more than it does. Slices
 * without a parent that share a condition stand below that.
 */
export function sliceBranches(found: Pick<FoundSlices, 'slices' | 'unconfirmed'>): readonly Branch[] {
  const nodes = drawnSlices(found).map((drawn): Node => {
    return { keys: keysOf(drawn), words: drawn.slice.description, drawn, children: [] };
  });
  let roots: Node[] = [];
  for (const node of nodes) {
    const parents = nodes.filter(({ keys }) => within(keys, node.keys));
    const [closest] = parents.sort((a, b) => b.keys.length - a.keys.length);
    (closest?.children ?? roots).push(node);
  }
  for (let key = shared(roots); key !== undefined; key = shared(roots)) {
    const common = key;
    const holds = ({ keys }: Node): boolean => keys.length > 1 && keys.includes(common);
    const children = roots.filter(holds);
    const words = conditionWords(JSON.parse(common) as SliceCondition);
    const parent: Node = { keys: [common], words, drawn: undefined, children };
    roots = roots.flatMap((node) => (node === children[0] ? [parent] : holds(node) ? [] : [node]));
  }
  const rows: Branch[] = [];
  const walk = ({ drawn, words, keys, children }: Node, depth: number, above: readonly string[]): void => {
    const own = drawn?.slice.predicate.filter((condition) => !above.includes(keyOf(condition)));
    rows.push({
      depth,
      words: own && depth > 0 ? `and ${own.map(conditionWords).join(' and ')}` : words,
      drawn,
    });
    children.forEach((child) => walk(child, depth + 1, keys));
  };
  roots.forEach((root) => walk(root, 0, []));
  return rows;
}
