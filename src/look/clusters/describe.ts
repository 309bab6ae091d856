import type { Column } from '../../data/types';
import type { Predictions } from '../../metrics/types';
import { benjaminiHochberg } from '../../stats/benjamini-hochberg';
import { fisherExact } from '../../stats/fisher-exact';
import { wilsonInterval } from '../../stats/wilson-interval';
import { quantileBins } from '../difficulty-bins';
import { scaleWords } from '../slice-labels';
import type { ClusterDescription } from './types';

const BINS = 8;
const MOST = 3;
/** Correlation between the description and the cluster below which it tells nothing. */
const LEAST_PHI = 0.1;

interface Candidate {
  readonly words: string;
  readonly n: number;
  readonly inside: number;
}

/** Values of a column, and stretches of its bins where it holds numbers, with how many of them are in the cluster. */
function candidates(name: string, column: Column, member: Uint8Array): Candidate[] {
  if (column.type === 'string' || column.type === 'boolean') {
    const names = column.type === 'string' ? column.dictionary : ['false', 'true'];
    const found = names.map((value) => ({ words: `${name} = ${value}`, n: 0, inside: 0 }));
    for (let i = 0; i < member.length; i++) {
      const code =
        column.type === 'string' ? column.codes[i] : column.valid?.[i] === 0 ? -1 : column.values[i];
      if (code < 0) continue;
      found[code].n++;
      found[code].inside += member[i];
    }
    return found;
  }
  const values = Float64Array.from(member, (_, i) => (column.valid?.[i] === 0 ? NaN : column.values[i]));
  if (values.every(Number.isNaN)) return [];
  const bins = quantileBins(values, BINS);
  const show = scaleWords(bins, false, { unit: column.type === 'date' ? 'date' : '' });
  const inside = bins.map(({ indices }) => indices.reduce((sum, row) => sum + member[row], 0));
  const out: Candidate[] = [];
  for (let from = 0; from < bins.length; from++) {
    let n = 0;
    let own = 0;
    for (let to = from; to < bins.length; to++) {
      n += bins[to].indices.length;
      own += inside[to];
      if (from === 0 && to === bins.length - 1) continue;
      const words =
        from === 0
          ? `${name} ≤ ${show(bins[to].most)}`
          : to === bins.length - 1
            ? `${name} ≥ ${show(bins[from].least)}`
            : `${name} ${show(bins[from].least)}–${show(bins[to].most)}`;
      out.push({ words, n, inside: own });
    }
  }
  return out;
}

/** Correlation of two yes-or-no things. */
function phi({ n, inside }: Candidate, members: number, all: number): number {
  const spread = Math.sqrt(n * (all - n) * members * (all - members));
  return spread > 0 ? (inside * all - n * members) / spread : 0;
}

/** Label and prediction stand beside the metadata where there are classes. */
function columnsOf({
  metadata,
  task,
  classes,
  label,
  predicted,
}: Predictions): readonly (readonly [string, Column])[] {
  const given = metadata.names.map((name) => [name, metadata.columns[name]] as const);
  if (task !== 'classification') return given;
  const own = (['label', 'predicted'] as const).filter((name) => !metadata.names.includes(name));
  const codes = { label, predicted };
  return [
    ...given,
    ...own.map((name): readonly [string, Column] => [
      name,
      { type: 'string', codes: Int32Array.from(codes[name]), dictionary: classes },
    ]),
  ];
}

/**
 * Returns what tells the members of a cluster from the other examples: of each column the value, or the range of numbers, that
 * goes with membership most, where the two are correlated by more than luck.
 *
 * @param member 1 for the examples in the cluster
 */
export function describeMembers(
  predictions: Predictions,
  member: Uint8Array,
  level: number,
): readonly ClusterDescription[] {
  const all = member.length;
  const members = member.reduce((sum, one) => sum + one, 0);
  const tried = columnsOf(predictions).flatMap(([column, held]) =>
    candidates(column, held, member)
      .filter(({ n }) => n > 0 && n < all)
      .map((one) => ({ ...one, column, phi: phi(one, members, all) })),
  );
  // The exact test is for those that may be shown; all others count as tried.
  const worth = tried.filter((one) => one.phi >= LEAST_PHI);
  const p = tried.map((one) => (worth.includes(one) ? fisherExact(one.inside, one.n, members, all) : 1));
  const adjusted = benjaminiHochberg(p);
  const best = new Map<string, { readonly at: number; readonly phi: number }>();
  tried.forEach((one, at) => {
    if (!(one.phi >= LEAST_PHI && adjusted[at] < 0.05)) return;
    if (one.phi > (best.get(one.column)?.phi ?? 0) + 1e-12) best.set(one.column, { at, phi: one.phi });
  });
  const sorted = [...best.values()].sort((x, y) => y.phi - x.phi).slice(0, MOST);
  return sorted.map(({ at }) => {
    const { column, words, n, inside } = tried[at];
    return {
      ...{ column, words, n, precision: inside / n, interval: wilsonInterval(inside, n, level) },
      ...{ coverage: inside / members, lift: inside / n / (members / all), adjusted: adjusted[at] },
    };
  });
}
