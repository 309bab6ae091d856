import type { Warning } from '../../core/warning';

const WORDS = {
  'id-like-column': (names: string) => `Not used, as they tell examples apart rather than kinds: ${names}.`,
  'constant-column': (names: string) => `One value in all of training, so left out: ${names}.`,
  'empty-column': (names: string) => `Nothing to learn from in training, so left out: ${names}.`,
  'non-finite-value': (names: string) => `NaN or infinite numbers count as missing: ${names}.`,
  'levels-grouped': (names: string) =>
    `More levels than are kept; the rarer ones share one feature: ${names}.`,
  'unseen-level': (names: string) =>
    `Levels that training never saw, counted as "other" or as none: ${names}.`,
  'unseen-gap': (names: string) => `Missing here though never in training, so filled: ${names}.`,
} as const;

export type NoteCode = keyof typeof WORDS;

/** Collects what is to be said of columns: one warning a code, naming each column with its count. */
export interface ColumnNotes {
  add(code: NoteCode, column: string, count?: number): void;
  list(): readonly Warning[];
}

/** Returns an empty collector. */
export function columnNotes(): ColumnNotes {
  const byCode = new Map<NoteCode, Map<string, number>>();
  return {
    add(code, column, count = 0) {
      const columns = byCode.get(code) ?? new Map<string, number>();
      columns.set(column, (columns.get(column) ?? 0) + count);
      byCode.set(code, columns);
    },
    list: () =>
      [...byCode].map(([code, columns]) => {
        const shown = [...columns].slice(0, 8).map(([name, n]) => (n > 0 ? `"${name}" (${n})` : `"${name}"`));
        const names = shown.join(', ') + (columns.size > 8 ? `, … (${columns.size} columns)` : '');
        const total = [...columns.values()].reduce((a, b) => a + b, 0);
        return { code, message: WORDS[code](names), count: total > 0 ? total : columns.size };
      }),
  };
}
