/** How the answers fare when classes change places. */
export interface Realigned {
  /** For each class that is predicted, the one that it most often is; each class once. */
  readonly places: readonly number[];
  /** Share right in the half that the places were not taken from, as it is and with classes changed. */
  readonly before: number;
  readonly after: number;
  /** Whether more are right by more than luck. */
  readonly seen: boolean;
}

/** Assigns to each predicted class a true one, the most frequent pairs first. */
function assign(counts: readonly (readonly number[])[]): readonly number[] {
  const pairs = counts.flatMap((row, label) => row.map((count, predicted) => ({ label, predicted, count })));
  pairs.sort(
    (a, b) => b.count - a.count || Number(b.label === b.predicted) - Number(a.label === a.predicted),
  );
  const places = new Array<number>(counts.length).fill(-1);
  const taken = new Set<number>();
  for (const { label, predicted } of pairs) {
    if (places[predicted] >= 0 || taken.has(label)) continue;
    places[predicted] = label;
    taken.add(label);
  }
  return places;
}

/** Returns the places of the classes by the even rows, and what they make of the odd ones. */
export function realign(label: ArrayLike<number>, predicted: ArrayLike<number>, classes: number): Realigned {
  const counts = Array.from({ length: classes }, () => new Array<number>(classes).fill(0));
  for (let i = 0; i < label.length; i += 2) counts[label[i]][predicted[i]]++;
  const places = assign(counts);
  let [n, right, moved] = [0, 0, 0];
  for (let i = 1; i < label.length; i += 2) {
    n++;
    right += Number(predicted[i] === label[i]);
    moved += Number(places[predicted[i]] === label[i]);
  }
  const [before, after] = [right / n, moved / n];
  return { places, before, after, seen: after - before > Math.max(0.1, 3 * Math.sqrt(0.25 / n)) };
}
