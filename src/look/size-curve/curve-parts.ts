/** Runs that are trained together. */
export interface CurvePart {
  readonly sizes: readonly number[];
  readonly seeds: readonly number[];
}

/**
 * Returns the runs that are still to be made, smallest sizes first, in parts that keep the cores busy: a part is saved when
 * it is done, so it holds as few sizes as give each core about two runs.
 *
 * @param missing seeds that a size still needs
 */
export function curveParts(
  sizes: readonly number[],
  missing: (size: number) => readonly number[],
  cores: number,
): CurvePart[] {
  const parts: CurvePart[] = [];
  for (const size of sizes) {
    const seeds = missing(size);
    if (seeds.length === 0) continue;
    const last = parts.at(-1);
    const same = last && String(last.seeds) === String(seeds);
    if (same && last.sizes.length * seeds.length < 2 * cores) {
      parts[parts.length - 1] = { sizes: [...last.sizes, size], seeds };
    } else parts.push({ sizes: [size], seeds });
  }
  return parts;
}
