/** Returns the first line of what was thrown. */
export function firstLineOf(thrown: unknown): string {
  return String((thrown as Error)?.message ?? thrown).split('\n')[0];
}
