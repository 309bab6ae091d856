/**
 * Runs code that may add SIGINT listeners while Node's own watch for an interrupt is on (`breakOnSigint`). When that watch ends
 * it takes the process's signal handler with it, and the next interrupt would end the process; listening anew puts it back.
 */
export function keepSigintListeners<T>(run: () => T): T {
  const before = process.listenerCount('SIGINT');
  try {
    return run();
  } finally {
    const listeners = process.listeners('SIGINT');
    if (listeners.length !== before) {
      process.removeAllListeners('SIGINT');
      for (const listener of listeners) process.on('SIGINT', listener);
    }
  }
}
