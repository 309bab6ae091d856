/** A signal that is aborted with any of the given ones; `release` lets go of them. */
export function anyOf(signals: readonly (AbortSignal | undefined)[]): {
  readonly signal: AbortSignal;
  release(): void;
} {
  const controller = new AbortController();
  const abort = (): void => controller.abort();
  for (const one of signals) {
    if (one?.aborted) abort();
    one?.addEventListener('abort', abort);
  }
  const release = (): void => signals.forEach((one) => one?.removeEventListener('abort', abort));
  return { signal: controller.signal, release };
}
