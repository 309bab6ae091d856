/** What `hunch` ends with. */
export const EXIT = { ok: 0, failed: 1, misuse: 2, stopped: 130 } as const;
