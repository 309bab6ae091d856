/** Something degraded but valid that a result rests on. Equal codes are counted, not repeated. */
export interface Warning {
  readonly code: string;
  readonly message: string;
  readonly count: number;
}

/** Collects warnings for one result, one entry a code. */
export interface Warnings {
  add(code: string, message: string, count?: number): void;
  list(): readonly Warning[];
}

/** Returns an empty collector; the first message of a code is kept, its count grows. */
export function collectWarnings(): Warnings {
  const byCode = new Map<string, Warning>();
  return {
    add(code, message, count = 1) {
      const seen = byCode.get(code);
      byCode.set(code, seen ? { ...seen, count: seen.count + count } : { code, message, count });
    },
    list: () => [...byCode.values()],
  };
}
