import type { LevelTried } from './search-slices';

/** Adds up what two searches looked at, level by level. */
export function sumTried(a: readonly LevelTried[], b: readonly LevelTried[]): readonly LevelTried[] {
  const levels = [...new Set([...a, ...b].map(({ level }) => level))].sort((x, y) => x - y);
  return levels.map((level) =>
    [...a, ...b]
      .filter((own) => own.level === level)
      .reduce((sum, own) => ({
        level,
        candidates: sum.candidates + own.candidates,
        evaluated: sum.evaluated + own.evaluated,
        valid: sum.valid + own.valid,
      })),
  );
}
