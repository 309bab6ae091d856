interface Publisher {
  sendTimeout?: number;
  send?: (this: Publisher, message: unknown) => unknown;
}
const HEALED = Symbol.for('hunch.healed');

/**
 * Mends the sending of stock tslab, which loses messages once some 500 of them stand in the queue: with a send time-out
 * of 0, zeromq never turns a send into an asynchronous one, which tslab does not wait for. Does nothing elsewhere.
 *
 * @returns true when the sending was mended by this call
 */
export function healTslab(): boolean {
  if (!Object.keys(require.cache).some((name) => /[\\/]tslab[\\/]dist[\\/]jupyter\.js$/.test(name)))
    return false;
  const file = Object.keys(require.cache).find((name) => /[\\/]zeromq[\\/]lib[\\/]index\.js$/.test(name));
  const zeromq =
    file === undefined
      ? undefined
      : (require.cache[file]?.exports as { Publisher?: { prototype: Publisher } });
  const prototype = zeromq?.Publisher?.prototype;
  const send = prototype?.send;
  if (!prototype || typeof send !== 'function' || HEALED in send) return false;
  const healed = function (this: Publisher, message: unknown): unknown {
    if (this.sendTimeout !== 0) this.sendTimeout = 0;
    return send.call(this, message);
  };
  Object.defineProperty(healed, HEALED, { value: true });
  Object.defineProperty(prototype, 'send', { value: healed, writable: true, configurable: true });
  return true;
}
