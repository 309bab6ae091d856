/** A signal that is aborted with any of the given ones, until it is released. */
export interface AnySignal {
  readonly signal: AbortSignal;
  /** Lets go of the given signals. */
  release(): void;
}

/** Returns a signal that is aborted as soon as one of the given ones is. */
export function anySignal(signals: readonly (AbortSignal | undefined)[]): AnySignal {
  const controller = new AbortController();
  const abort = (): void => controller.abort();
  for (const one of signals) {
    if (one?.aborted) abort();
    one?.addEventListener('abort', abort);
  }
  const release = (): void => signals.forEach((one) => one?.removeEventListener('abort', abort));
  return { signal: controller.signal, release };
}
